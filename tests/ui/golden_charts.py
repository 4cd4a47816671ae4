"""The golden pictures of chart and window, and the script that writes them.

``python -m tests.ui.golden_charts`` writes one picture for each state, in light and dark. The font
is DejaVu Sans without hinting, so that no desktop's own matters. The system's FreeType draws it:
2.12 and 2.13 (Debian 12 and 13) alike. Other processors were not tried.
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QColor, QFont, QFontDatabase, QImage, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from tests.presentation.chart_samples import (
    BERLIN,
    DAY,
    HOUR,
    NOW,
    healthy,
    negative,
    no_point,
    one_day,
    one_month,
    one_point,
    one_year,
    runs_out,
)
from tray_app.core.account_state import AccountState
from tray_app.core.history import TopUp
from tray_app.core.level import Level
from tray_app.core.money import Usd
from tray_app.core.outlook import Outlook
from tray_app.core.reading import BalanceReading
from tray_app.core.runway import Lasting
from tray_app.core.settings import Settings
from tray_app.core.spent_by_day import SpentByDay
from tray_app.presentation.details_view import details_of
from tray_app.presentation.icon_spec import CRITICAL_FILL, HEALTHY_FILL, LOW_FILL, UNKNOWN_FILL
from tray_app.presentation.source import Source
from tray_app.presentation.tray_view import present
from tray_app.ui.balance_chart import BalanceChart
from tray_app.ui.details_window import DetailsWindow

if TYPE_CHECKING:
    from tray_app.presentation.chart_data import ChartData
    from tray_app.presentation.icon_spec import Rgb

GOLDEN_FOLDER: Final = Path(__file__).parent / "golden"
FONT_FILES: Final = tuple(
    Path("/usr/share/fonts/truetype/dejavu") / name
    for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")
)
"""Where Debian's fonts-dejavu-core has them."""
THEMES: Final = ("light", "dark")
_FAMILY: Final = "DejaVu Sans"
_PIXELS: Final = 13
_SIZE: Final = (760, 280)
_ROLES: Final = {
    "light": {
        QPalette.ColorRole.Window: "#efefef",
        QPalette.ColorRole.WindowText: "#1a1a1a",
        QPalette.ColorRole.Base: "#ffffff",
        QPalette.ColorRole.Text: "#1a1a1a",
        QPalette.ColorRole.Button: "#e6e6e6",
        QPalette.ColorRole.ButtonText: "#1a1a1a",
        QPalette.ColorRole.PlaceholderText: "#6a6a6a",
        QPalette.ColorRole.Highlight: "#2f6fc4",
    },
    "dark": {
        QPalette.ColorRole.Window: "#2b2b2b",
        QPalette.ColorRole.WindowText: "#eeeeee",
        QPalette.ColorRole.Base: "#1e1e1e",
        QPalette.ColorRole.Text: "#eeeeee",
        QPalette.ColorRole.Button: "#3a3a3a",
        QPalette.ColorRole.ButtonText: "#eeeeee",
        QPalette.ColorRole.PlaceholderText: "#a0a0a0",
        QPalette.ColorRole.Highlight: "#5a9be6",
    },
}

_CHARTS: Final[dict[str, tuple[ChartData | None, Rgb]]] = {
    "week": (healthy(), HEALTHY_FILL),
    "day": (one_day(), HEALTHY_FILL),
    "month": (one_month(), LOW_FILL),
    "year": (one_year(), HEALTHY_FILL),
    "negative": (negative(), CRITICAL_FILL),
    "one point": (one_point(), HEALTHY_FILL),
    "no point": (no_point(), UNKNOWN_FILL),
    "loading": (None, UNKNOWN_FILL),
    "failing": (None, UNKNOWN_FILL),
    "crosshair": (healthy(), HEALTHY_FILL),
    "crosshair in the forecast": (one_month(), HEALTHY_FILL),
}
STATES: Final = (*_CHARTS, "window")


def fonts_are_there() -> bool:
    return all(path.exists() for path in FONT_FILES)


def palette_of(theme: str) -> QPalette:
    palette = QPalette()
    for role, colour in _ROLES[theme].items():
        palette.setColor(role, QColor(colour))
    return palette


def golden_font() -> QFont:
    for path in FONT_FILES:
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            raise RuntimeError(f"{path.name} cannot be loaded")
    font = QFont(_FAMILY)
    font.setPixelSize(_PIXELS)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def painted(state: str, theme: str) -> QImage:
    """Paint in the format in which PNG keeps a picture, so that it can be compared exactly."""
    widget = _window() if state == "window" else _chart(state)
    widget.setPalette(palette_of(theme))
    style = QStyleFactory.create("Fusion")
    for each in (widget, *widget.findChildren(QWidget)):
        each.setStyle(style)
    image = QImage(widget.size(), QImage.Format.Format_ARGB32)
    image.fill(palette_of(theme).color(QPalette.ColorRole.Window))
    widget.render(image)
    widget.deleteLater()
    return image


def golden_path(state: str, theme: str) -> Path:
    return GOLDEN_FOLDER / f"chart-{state.replace(' ', '-')}-{theme}.png"


def _chart(state: str) -> BalanceChart:
    data, accent = _CHARTS[state]
    chart = BalanceChart(BERLIN)
    chart.setFont(golden_font())
    chart.resize(*_SIZE)
    chart.set_accent(accent)
    chart.show_data(data, failing=state == "failing")
    if state.startswith("crosshair"):
        layout = chart._placed()
        assert layout is not None
        at = NOW + 4 * DAY if "forecast" in state else NOW - 2 * DAY - 3 * HOUR
        chart._move_cursor(layout.times.x(at))
    return chart


def _window() -> DetailsWindow:
    QApplication.setFont(golden_font())
    window = DetailsWindow(BERLIN)
    window._ranges._buttons.buttons()[2].click()
    reading = BalanceReading(
        Usd.of_units(153_456),
        NOW,
        cash=Usd.of_units(133_456),
        credit_limit=Usd.of_cents(200),
        pending_charges=Usd.of_cents(0),
        outstanding_invoices=Usd.of_cents(0),
    )
    ends = runs_out(9)
    assert ends.low is not None
    assert ends.middle is not None
    assert ends.high is not None
    outlook = Outlook(
        NOW,
        Lasting(middle=ends.middle - NOW, low=ends.low - NOW, high=ends.high - NOW),
        SpentByDay(*(Usd.of_units(units) for units in (6_512, 18_344, 130_021, 512_300, 430_877))),
        TopUp(Usd.of_cents(2_000), NOW - 5 * HOUR),
    )
    state = AccountState(reading=reading, level=Level.HEALTHY, outlook=outlook)
    view = present(state, NOW + DAY / 360, Settings(), Source(), BERLIN)
    window.show_view(view)
    window.show_details(details_of(reading, outlook, NOW, BERLIN))
    window.show_chart(replace(one_month(), runs_out=ends))
    window.resize(window.sizeHint())
    return window


def _main() -> None:
    application = QApplication([])
    GOLDEN_FOLDER.mkdir(exist_ok=True)
    for state in STATES:
        for theme in THEMES:
            if not painted(state, theme).save(str(golden_path(state, theme))):
                sys.exit(f"cannot write {golden_path(state, theme)}")
    application.shutdown()


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _main()
