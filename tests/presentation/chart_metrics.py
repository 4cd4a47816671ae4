"""A font of one width for the chart's tests: every sign is seven pixels wide."""

from __future__ import annotations

from typing import Final

from tray_app.presentation.chart_geometry import TextMetrics

METRICS: Final = TextMetrics(
    width=lambda text: 7.0 * len(text), ascent=11.0, descent=3.0, digit_height=9.0
)
