"""The chart in a few sentences, for whoever cannot see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tray_app.presentation.chart_readout import reading_time
from tray_app.presentation.runs_out_wording import runs_out_text
from tray_app.presentation.translation import joined, tr
from tray_app.presentation.wording import amount_text

if TYPE_CHECKING:
    from datetime import tzinfo

    from tray_app.core.history import ChartPoint
    from tray_app.core.money import Usd
    from tray_app.presentation.chart_data import ChartData
    from tray_app.presentation.chart_layout import ChartLayout


def chart_summary(data: ChartData, layout: ChartLayout, zone: tzinfo) -> str:
    """Return first, last, lowest and highest balance, the top-ups, and the forecast."""

    def said(point: ChartPoint) -> str:
        return tr(
            "{amount} on {when}",
            amount=amount_text(point.available),
            when=reading_time(point.at, data, zone),
        )

    readings = layout.readings
    if len(readings) == 1:
        sentences = [tr("One reading: {reading}.", reading=said(readings[0]))]
    else:
        lowest = min(readings, key=_available)
        highest = max(readings, key=_available)
        sentences = [
            tr("From {first} to {last}.", first=said(readings[0]), last=said(readings[-1])),
            tr("Lowest {lowest}, highest {highest}.", lowest=said(lowest), highest=said(highest)),
        ]
    if layout.top_ups:
        count = len(layout.top_ups)
        sentences.append(tr("One top-up.") if count == 1 else tr("%n top-up(s).", n=count))
    if layout.forecast is not None and data.runs_out is not None:
        end = runs_out_text(data.runs_out, data.until, zone)
        sentences.append(tr("Forecast: {end}.", end=end or tr("more than a year")))
    return joined(*sentences)


def _available(point: ChartPoint) -> Usd:
    return point.available
