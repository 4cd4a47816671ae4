"""Paints an ``IconSpec`` as pixels: the same on every machine, as no system font takes part."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPainterPath, QPixmap

from tray_app.presentation.badge import badge_contours, ink_contours
from tray_app.presentation.icon_spec import INK
from tray_app.presentation.text_layout import GRIDS

if TYPE_CHECKING:
    from tray_app.presentation.icon_spec import IconSpec
    from tray_app.presentation.outlines import Contour

SIZES: Final = tuple(GRIDS)
"""The physical sizes in pixels that an icon holds, ascending."""


def paint_icon(spec: IconSpec, size_px: int) -> QImage:
    """Return the picture in premultiplied ARGB32, ``size_px`` (one of ``SIZES``) square.

    Light ink never leaves the badge, so it is always on its fill and never on the panel. Raises
    KeyError on another size: a size needs hinting of its own.
    """
    grid = GRIDS[size_px]
    image = QImage(size_px, size_px, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    badge = badge_contours(spec.tone.silhouette, size_px)
    painter.fillPath(_path(badge), QColor(*spec.fill))
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceAtop)
    painter.fillPath(_path(ink_contours(spec, grid)), QColor(*INK))
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


def _path(contours: tuple[Contour, ...]) -> QPainterPath:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for contour in contours:
        path.moveTo(*contour[0])
        # Point by point is four times as fast as a QPolygonF from a list.
        for x, y in contour[1:]:
            path.lineTo(x, y)
        path.closeSubpath()
    return path
