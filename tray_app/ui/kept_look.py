"""An icon as bytes and back: one PNG for each physical size, each behind its length."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QIcon, QPixmap

if TYPE_CHECKING:
    from tray_app.presentation.icon_spec import IconSpec

_LENGTH_BYTES: Final = 4


def icon_from(content: bytes) -> QIcon:
    """Return the icon; one without pictures where the bytes are none of ours.

    Nothing else is loaded for it, so that it can be shown first of all.
    """
    icon = QIcon()
    while len(content) > _LENGTH_BYTES:
        length = int.from_bytes(content[:_LENGTH_BYTES], "big")
        picture = QPixmap()
        if not picture.loadFromData(content[_LENGTH_BYTES : _LENGTH_BYTES + length]):
            return QIcon()
        icon.addPixmap(picture)
        content = content[_LENGTH_BYTES + length :]
    return icon


def kept(spec: IconSpec) -> bytes:
    """Return an icon's pictures as bytes."""
    from PySide6.QtCore import QBuffer

    from tray_app.ui.icon_painter import SIZES, paint_icon

    content = bytearray()
    for size in SIZES:
        buffer = QBuffer()
        buffer.open(QBuffer.OpenModeFlag.WriteOnly)
        paint_icon(spec, size).save(buffer, "PNG")  # type: ignore[call-overload]  # takes a device
        picture = bytes(buffer.data().data())
        content += len(picture).to_bytes(_LENGTH_BYTES, "big") + picture
    return bytes(content)
