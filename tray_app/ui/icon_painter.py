"""Paints an ``IconSpec`` as pixels: the same on every machine, as no system font takes part.

WORKAROUND(PySide6 6.11: to see whether an argument is a colour, a brush or a fill rule, or to name
one, it loads the namespace Qt with all its enumerations, which takes 25 ms and 0.7 MB and which
the tray needs for nothing else): pictures begin as bytes, brushes come from a palette, and paths
from what Qt writes for them. Remove when a namespace's enumerations are loaded one by one.
"""

from __future__ import annotations

import struct
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QDataStream
from PySide6.QtGui import (
    QBrush,
    QColor,
    QIcon,
    QImage,
    QPainter,
    QPainterPath,
    QPalette,
    QPixmap,
)

from tray_app.presentation.badge import badge_contours, ink_contours
from tray_app.presentation.icon_spec import INK
from tray_app.presentation.text_layout import GRIDS

if TYPE_CHECKING:
    from tray_app.presentation.icon_spec import IconSpec
    from tray_app.presentation.outlines import Contour

_BYTES_PER_PIXEL: Final = 4
# As QPainterPath writes them.
# Not one format for a whole path: struct keeps a hundred of these, 8 kB each.
_COUNT: Final = struct.Struct(">i")
_ELEMENT: Final = struct.Struct(">idd")
_MOVE_TO: Final = 0
_LINE_TO: Final = 1
_WINDING_FILL: Final = 1

SIZES: Final = tuple(GRIDS)
"""The physical sizes in pixels that an icon holds, ascending."""


def paint_icon(spec: IconSpec, size_px: int) -> QImage:
    """Return the picture in premultiplied ARGB32, ``size_px`` (one of ``SIZES``) square.

    Light ink never leaves the badge, so it is always on its fill and never on the panel. Raises
    KeyError on another size: a size needs hinting of its own.
    """
    grid = GRIDS[size_px]
    pixel_format = QImage.Format.Format_ARGB32_Premultiplied
    row = size_px * _BYTES_PER_PIXEL
    image = QImage(bytes(size_px * row), size_px, size_px, row, pixel_format).copy()
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    badge = badge_contours(spec.tone.silhouette, size_px)
    painter.fillPath(_path(badge), _brush(spec.fill))
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceAtop)
    painter.fillPath(_path(ink_contours(spec, grid)), _brush(INK))
    painter.end()
    return image


@lru_cache(maxsize=8)
def icon_of(spec: IconSpec) -> QIcon:
    """Return an icon of one pixmap per physical size, each at a device pixel ratio of 1.

    The last few are kept: a balance that wavers between two looks is painted twice, not for ever.
    """
    icon = QIcon()
    for size in SIZES:
        icon.addPixmap(QPixmap.fromImage(paint_icon(spec, size)))
    return icon


@lru_cache(maxsize=8)
def _brush(colour: tuple[int, int, int]) -> QBrush:
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Window, QColor(*colour))
    return palette.brush(QPalette.ColorRole.Window)


def _path(contours: tuple[Contour, ...]) -> QPainterPath:
    """Return the contours as one path, each filled where it winds.

    It is read from the bytes that Qt would write for it: count, elements, start of the last
    contour, fill rule. That is also faster than point by point.
    """
    elements = [
        _ELEMENT.pack(_LINE_TO if index else _MOVE_TO, x, y)
        for contour in contours
        for index, (x, y) in enumerate(contour)
    ]
    count = len(elements)
    start = count - len(contours[-1]) if contours else 0
    end = _COUNT.pack(start) + _COUNT.pack(_WINDING_FILL)
    written = b"".join((_COUNT.pack(count), *elements, end))
    path = QPainterPath()
    stream = QDataStream(QByteArray(written))
    stream >> path
    return path
