"""Paints a placed chart and its crosshair; text in the desktop's own font."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from tray_app.core.level import Level
from tray_app.presentation.chart_geometry import dashed, sharp, snapped
from tray_app.presentation.chart_marks import MARK_ABOVE, MARK_SIZE
from tray_app.ui.chart_look import metrics_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tray_app.presentation.chart_colours import ChartColours
    from tray_app.presentation.chart_forecast import Forecast
    from tray_app.presentation.chart_geometry import Label, Line, Rect
    from tray_app.presentation.chart_layout import ChartLayout
    from tray_app.presentation.chart_readout import Readout
    from tray_app.presentation.icon_spec import Rgb
    from tray_app.ui.chart_look import ChartLook

CORNER: Final = 6.0
"""The radius of the card's corners."""
_LINE_WIDTH: Final = 2.0
_THIN: Final = 1.0
_DASH: Final = (5.0, 4.0)
_DOTS: Final = (2.0, 3.0)
_END_BAR: Final = 4.0
_DOT: Final = 3.5
_READ_DOT: Final = 3.0
_RIM: Final = 3.0
_BOX_PADDING: Final = 8.0
_BOX_ASIDE: Final = 10.0


def paint_chart(painter: QPainter, layout: ChartLayout, look: ChartLook) -> None:
    """Paint everything but the crosshair: areas first, then lines, then what is read."""
    colours = look.colours
    painter.setFont(look.label)
    _paint_areas(painter, layout, colours)
    _paint_grid(painter, layout, colours)
    _paint_thresholds(painter, layout, colours)
    if layout.forecast is not None:
        _paint_forecast(painter, layout.forecast, colours)
    for guess in layout.line.guessed:
        _stroke(painter, dashed(guess, *_DOTS), colours.line, _THIN)
    _stroke(painter, layout.line.known, colours.line, _LINE_WIDTH)
    for lone in layout.line.known:
        if len(lone) == 1:
            _dot(painter, lone[0], _LINE_WIDTH, colours.line, colours.ground)
    _paint_top_ups(painter, layout, colours)
    _dot(painter, layout.line.known[-1][-1], _DOT, colours.line, colours.ground)


def paint_readout(
    painter: QPainter, readout: Readout, layout: ChartLayout, look: ChartLook
) -> None:
    """Paint the crosshair and the box with what it reads, beside it within the frame."""
    frame, colours = layout.frame, look.colours
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    x = sharp(readout.x)
    painter.setPen(QPen(_colour(colours.label), _THIN))
    painter.drawLine(QPointF(x, frame.top), QPointF(x, frame.bottom))
    for y in readout.ys:
        _dot(painter, (readout.x, y), _READ_DOT, colours.ink, colours.ground)
    title, subtitle = metrics_of(look.title), metrics_of(look.label)
    width = max(title.width(readout.title), subtitle.width(readout.subtitle)) + 2 * _BOX_PADDING
    height = title.height + subtitle.height + 2 * _BOX_PADDING - 4
    left = readout.x + _BOX_ASIDE
    if left + width > frame.right:
        left = max(readout.x - _BOX_ASIDE - width, 0.0)
    box = QRectF(round(left) + 0.5, frame.top + 0.5, round(width), round(height))
    painter.setPen(QPen(_colour(colours.zero), _THIN))
    painter.setBrush(_colour(colours.box))
    painter.drawRoundedRect(box, CORNER - 1, CORNER - 1)
    text_left = round(left) + _BOX_PADDING
    baseline = round(frame.top + _BOX_PADDING - 2 + title.ascent)
    painter.setPen(_colour(colours.ink))
    painter.setFont(look.title)
    painter.drawText(QPointF(text_left, baseline), readout.title)
    painter.setFont(look.label)
    below = round(baseline + title.descent + subtitle.ascent)
    painter.drawText(QPointF(text_left, below), readout.subtitle)


def _paint_areas(painter: QPainter, layout: ChartLayout, colours: ChartColours) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    for line in (*layout.line.known, *layout.line.guessed):
        foot = ((line[-1][0], layout.zero_y), (line[0][0], layout.zero_y))
        painter.fillPath(_path((*line, *foot)), _colour(colours.area))
    if layout.forecast is not None:
        painter.fillPath(_path(layout.forecast.area), _colour(colours.fan))


def _paint_grid(painter: QPainter, layout: ChartLayout, colours: ChartColours) -> None:
    frame = layout.frame
    painter.setPen(QPen(_colour(colours.grid), _THIN))
    for money in layout.money_ticks:
        _horizontal(painter, frame, money.y)
    for time in layout.time_ticks:
        x = sharp(time.x)
        painter.drawLine(QPointF(x, frame.top), QPointF(x, frame.bottom))
    painter.setPen(QPen(_colour(colours.zero), _THIN))
    _horizontal(painter, frame, layout.zero_y)
    if layout.forecast is not None:
        x = sharp(layout.now_x)
        painter.drawLine(QPointF(x, frame.top), QPointF(x, frame.bottom))
    painter.setPen(_colour(colours.label))
    for label in (
        *(tick.label for tick in layout.money_ticks),
        *(tick.label for tick in layout.time_ticks),
    ):
        _write(painter, label)


def _paint_thresholds(painter: QPainter, layout: ChartLayout, colours: ChartColours) -> None:
    for line in layout.thresholds:
        colour = colours.low if line.level is Level.LOW else colours.critical
        y = sharp(line.y)
        ends = ((layout.frame.left, y), (layout.frame.right, y))
        _stroke(painter, dashed(ends, *_DASH), colour, _THIN)
        if line.label is not None:
            _write_over(painter, line.label, colour, colours.ground)


def _paint_forecast(painter: QPainter, forecast: Forecast, colours: ChartColours) -> None:
    _stroke(painter, dashed(forecast.middle, *_DASH), colours.line, _LINE_WIDTH)
    ends = forecast.runs_out
    if ends is None:
        return
    bar = QRectF(ends.low_x, ends.y - _END_BAR / 2, ends.high_x - ends.low_x, _END_BAR)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_colour(colours.line))
    painter.drawRoundedRect(bar, _END_BAR / 2, _END_BAR / 2)
    if ends.middle_x is not None:
        _dot(painter, (ends.middle_x, ends.y), _DOT, colours.line, colours.ground)
    if ends.label is not None:
        _write_over(painter, ends.label, colours.ink, colours.ground)


def _paint_top_ups(painter: QPainter, layout: ChartLayout, colours: ChartColours) -> None:
    for mark in layout.top_ups:
        foot = mark.y - MARK_ABOVE
        half = MARK_SIZE / 2
        triangle = (
            (mark.x - half, foot),
            (mark.x, foot - MARK_SIZE),
            (mark.x + half, foot),
        )
        painter.fillPath(_path(triangle), _colour(colours.ink))
        if mark.label is not None:
            _write_over(painter, mark.label, colours.ink, colours.ground)


def _horizontal(painter: QPainter, frame: Rect, y: float) -> None:
    painter.drawLine(QPointF(frame.left, sharp(y)), QPointF(frame.right, sharp(y)))


def _write(painter: QPainter, label: Label) -> None:
    painter.drawText(QPointF(label.x, label.baseline), label.text)


def _write_over(painter: QPainter, label: Label, colour: Rgb, ground: Rgb) -> None:
    """Write on whatever is drawn there, with a rim of the ground's colour around the letters."""
    outline = QPainterPath()
    outline.addText(QPointF(label.x, label.baseline), painter.font(), label.text)
    rim = QPen(_colour(ground), _RIM)
    rim.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(outline, rim)
    painter.setPen(_colour(colour))
    _write(painter, label)


def _stroke(painter: QPainter, lines: Iterable[Line], colour: Rgb, width: float) -> None:
    pen = QPen(_colour(colour), width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    path = QPainterPath()
    for line in lines:
        path.moveTo(*line[0])
        for place in line[1:]:
            path.lineTo(*place)
    painter.strokePath(path, pen)


def _dot(
    painter: QPainter, place: tuple[float, float], radius: float, fill: Rgb, ring: Rgb
) -> None:
    painter.setPen(QPen(_colour(ring), _LINE_WIDTH))
    painter.setBrush(_colour(fill))
    x, y = snapped(place[0]), snapped(place[1])
    painter.drawEllipse(QPointF(x, y), radius + 1, radius + 1)


def _path(outline: Line) -> QPainterPath:
    path = QPainterPath()
    path.moveTo(*outline[0])
    for place in outline[1:]:
        path.lineTo(*place)
    path.closeSubpath()
    return path


def _colour(colour: Rgb) -> QColor:
    return QColor(*colour)
