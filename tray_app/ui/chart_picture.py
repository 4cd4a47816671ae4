"""The chart as a picture, all but its crosshair, which then moves without painting it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from tray_app.ui.chart_painter import CORNER, paint_chart

if TYPE_CHECKING:
    from tray_app.presentation.chart_layout import ChartLayout
    from tray_app.ui.chart_look import ChartLook

_ASIDE: Final = 24.0
_PATCH: Final = (12.0, 4.0)
"""So much wider and higher than the words is the ground behind them."""


def chart_picture(
    size: QSize, ratio: float, layout: ChartLayout | None, message: str, look: ChartLook
) -> QPixmap:
    """Paint the chart on its card, and the message in its middle where there is one.

    ``size`` is in logical pixels, ``ratio`` so many of the screen's are one of them.
    """
    picture = QPixmap(size * ratio)
    picture.setDevicePixelRatio(ratio)
    # Text is drawn at its best on an opaque picture alone.
    picture.fill(look.behind)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    room = QRectF(0, 0, size.width(), size.height())
    _paint_card(painter, room, look)
    if layout is not None:
        paint_chart(painter, layout, look)
    if message:
        _paint_message(painter, message, room, look)
    painter.end()
    return picture


def _paint_card(painter: QPainter, room: QRectF, look: ChartLook) -> None:
    painter.setPen(QPen(QColor(*look.colours.edge), 1))
    painter.setBrush(QColor(*look.colours.ground))
    painter.drawRoundedRect(room.adjusted(0.5, 0.5, -0.5, -0.5), CORNER, CORNER)


def _paint_message(painter: QPainter, message: str, room: QRectF, look: ChartLook) -> None:
    """Write on a patch of the ground, since a chart of one reading lies below."""
    painter.setFont(look.text)
    within = room.adjusted(_ASIDE, 0, -_ASIDE, 0)
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
    wider, higher = _PATCH
    patch = painter.boundingRect(within, flags, message).adjusted(-wider, -higher, wider, higher)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(*look.colours.ground))
    painter.drawRoundedRect(patch, CORNER, CORNER)
    painter.setPen(QColor(*look.colours.label))
    painter.drawText(within, flags, message)
