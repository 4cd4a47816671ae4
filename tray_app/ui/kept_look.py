"""An icon as bytes and back: for each physical size its side in pixels and its points, compressed.

No PNG: to read or write the first picture in any format Qt loads all its plug-ins for pictures, ten
libraries with what they link to. Bytes in the order red, green, blue, alpha (premultiplied) are the
same on every machine.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QIcon, QImage, QPixmap

if TYPE_CHECKING:
    from tray_app.presentation.icon_spec import IconSpec

_FORMAT: Final = QImage.Format.Format_RGBA8888_Premultiplied
_POINT_BYTES: Final = 4
_MOST_BYTES: Final = 256 * 1024
"""Of all pictures together; those of ours have 51 kB."""


def icon_from(content: bytes) -> QIcon:
    """Return the icon; one without pictures where the bytes are none of ours.

    Nothing else is loaded for it, so that it can be shown first of all.
    """
    try:
        points = zlib.decompressobj().decompress(content, _MOST_BYTES)
    except zlib.error:
        return QIcon()
    icon = QIcon()
    while points:
        side, end = points[0], 1 + points[0] ** 2 * _POINT_BYTES
        if not side or len(points) < end:
            return QIcon()
        # The image looks at bytes that are Python's, and a pixmap may go on doing so.
        image = QImage(points[1:end], side, side, side * _POINT_BYTES, _FORMAT).copy()
        icon.addPixmap(QPixmap.fromImage(image))
        points = points[end:]
    return icon


def kept(spec: IconSpec) -> bytes:
    """Return an icon's pictures as bytes."""
    from tray_app.ui.icon_painter import SIZES, paint_icon

    content = bytearray()
    for size in SIZES:
        image = paint_icon(spec, size).convertToFormat(_FORMAT)
        content.append(size)
        content += image.constBits()
    return zlib.compress(bytes(content))
