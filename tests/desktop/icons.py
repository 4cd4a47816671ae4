"""The icon as it must arrive at a panel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from tests.desktop.waiting import wait_for
from tray_app.ui.icon_painter import SIZES, paint_icon

if TYPE_CHECKING:
    from tests.desktop.status_notifier import StatusNotifierItem
    from tray_app.presentation.icon_spec import IconSpec


def painted(spec: IconSpec) -> list[bytes]:
    """Return the icon in every size as it must arrive: alpha, red, green, blue."""
    images = [paint_icon(spec, size).convertToFormat(QImage.Format.Format_ARGB32) for size in SIZES]
    return [
        b"".join(
            image.pixel(x, y).to_bytes(4, "big")
            for y in range(image.height())
            for x in range(image.width())
        )
        for image in images
    ]


def wait_for_icon(item: StatusNotifierItem, spec: IconSpec) -> None:
    """Wait until the item shows the icon in every size."""
    wanted = painted(spec)
    wait_for(lambda: [pixmap.argb for pixmap in item.pixmaps] == wanted, 5, f"the icon {spec}")
