"""The chart's colours and fonts, from the widget's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPalette

from tray_app.core.light_dataclass import dataclass
from tray_app.presentation.chart_colours import ChartColours, chart_colours
from tray_app.presentation.chart_geometry import TextMetrics
from tray_app.ui.labels import bold, scaled, tabular

if TYPE_CHECKING:
    from tray_app.presentation.icon_spec import Rgb

_LABEL_SCALE: Final = 0.9


@dataclass(frozen=True, slots=True)
class ChartLook:
    """How the chart is painted, whatever it shows."""

    colours: ChartColours
    behind: QColor
    """What shows beyond the card's corners."""
    text: QFont
    label: QFont
    title: QFont


def look_of(palette: QPalette, font: QFont, accent: Rgb) -> ChartLook:
    """Return the look for a desktop's palette and font, with the balance in this colour."""
    ground, ink, behind = (
        palette.color(role)
        for role in (
            QPalette.ColorRole.Base,
            QPalette.ColorRole.Text,
            QPalette.ColorRole.Window,
        )
    )
    figures = tabular(font)
    return ChartLook(
        chart_colours(_rgb(ground), _rgb(ink), accent),
        behind,
        text=font,
        label=scaled(figures, _LABEL_SCALE),
        title=bold(figures),
    )


def metrics_of(font: QFont) -> TextMetrics:
    """Return how much room the font takes, in logical pixels."""
    measured = QFontMetricsF(font)
    return TextMetrics(
        width=measured.horizontalAdvance,
        ascent=measured.ascent(),
        descent=measured.descent(),
        digit_height=measured.capHeight(),
    )


def _rgb(colour: QColor) -> Rgb:
    return colour.red(), colour.green(), colour.blue()
