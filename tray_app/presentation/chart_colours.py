"""The chart's colours, from the desktop's own two and the palette of the icon."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tray_app.core.light_dataclass import dataclass
from tray_app.presentation.contrast import legible, mixed
from tray_app.presentation.icon_spec import CRITICAL_FILL, LOW_FILL

if TYPE_CHECKING:
    from tray_app.presentation.icon_spec import Rgb

LINE_RATIO: Final = 3.0
"""What WCAG 2 asks of graphics (1.4.11)."""
TEXT_RATIO: Final = 4.5
"""What it asks of text (1.4.3)."""
_EDGE_SHARE: Final = 0.20
_BOX_SHARE: Final = 0.04
_GRID_SHARE: Final = 0.10
_LABEL_SHARE: Final = 0.62
_ZERO_SHARE: Final = 0.45
_AREA_SHARE: Final = 0.10
_FAN_SHARE: Final = 0.24


@dataclass(frozen=True, slots=True)
class ChartColours:
    """Every colour of a chart on ``ground``; text has 4.5:1 on it, and lines that tell 3:1."""

    ground: Rgb
    edge: Rgb
    """Around the ground."""
    box: Rgb
    """Behind what the crosshair reads."""
    ink: Rgb
    """What is read exactly."""
    label: Rgb
    """Amounts and times beside the axes."""
    grid: Rgb
    """Faint on purpose: it tells nothing that the labels do not."""
    zero: Rgb
    line: Rgb
    """The balance, in the colour of the icon."""
    area: Rgb
    """Below the balance."""
    fan: Rgb
    low: Rgb
    critical: Rgb


def chart_colours(ground: Rgb, ink: Rgb, accent: Rgb) -> ChartColours:
    """Return the colours on the palette's base and in its text colour, for a level's accent."""
    # More than must be: on a dark ground 3:1 still looks dim.
    line = legible(accent, ground, TEXT_RATIO)
    return ChartColours(
        ground=ground,
        edge=mixed(ground, ink, _EDGE_SHARE),
        box=mixed(ground, ink, _BOX_SHARE),
        ink=legible(ink, mixed(ground, ink, _BOX_SHARE), TEXT_RATIO),
        label=legible(mixed(ground, ink, _LABEL_SHARE), ground, TEXT_RATIO),
        grid=mixed(ground, ink, _GRID_SHARE),
        zero=legible(mixed(ground, ink, _ZERO_SHARE), ground, LINE_RATIO),
        line=line,
        area=mixed(ground, line, _AREA_SHARE),
        fan=mixed(ground, line, _FAN_SHARE),
        low=legible(LOW_FILL, ground, TEXT_RATIO),
        critical=legible(CRITICAL_FILL, ground, TEXT_RATIO),
    )
