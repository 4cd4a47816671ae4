"""What the chart of the balance shows, before anything is placed or painted."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from enum import Enum
from itertools import pairwise
from typing import TYPE_CHECKING, Final, assert_never

from tray_app.core.light_dataclass import dataclass
from tray_app.core.runway import LONGEST, Lasting, fan_of, runway_of
from tray_app.presentation.translation import tr

if TYPE_CHECKING:
    from datetime import datetime

    from tray_app.core.history import ChartPoint, TopUp
    from tray_app.core.history_problem import HistoryProblem
    from tray_app.core.level import Thresholds
    from tray_app.core.runway import FanPoint
    from tray_app.core.spend_series import SpendSeries


_FAN_STEPS: Final = 48


class ChartRange(Enum):
    """How far the chart looks back, and how far its forecast reaches.

    The forecast takes about a third of the width. In a day and in a year it takes a fifth: six
    hours ahead are hardly uncertain, and half a year ahead is no forecast any more.
    """

    DAY = (timedelta(hours=24), timedelta(hours=6))
    WEEK = (timedelta(days=7), timedelta(days=3))
    MONTH = (timedelta(days=30), timedelta(days=14))
    YEAR = (timedelta(days=365), timedelta(days=90))

    def __init__(self, span: timedelta, ahead: timedelta) -> None:
        self.span = span
        self.ahead = ahead
        """How far the fan is to reach beyond the last reading."""

    @property
    def label(self) -> str:
        """The span in short, for a button: ``24 h``."""
        match self:
            case ChartRange.DAY:
                return tr("24 h")
            case ChartRange.WEEK:
                return tr("7 d")
            case ChartRange.MONTH:
                return tr("30 d")
            case ChartRange.YEAR:
                return tr("1 y")
            case _:
                assert_never(self)


@dataclass(frozen=True, slots=True)
class RunsOut:
    """When nothing is left any more, each aware and in UTC; None is more than a year ahead."""

    low: datetime | None
    """One case of ten runs out before it."""
    middle: datetime | None
    high: datetime | None
    """One case of ten lasts longer."""

    @classmethod
    def of(cls, lasting: Lasting, since: datetime) -> RunsOut:
        """Return the ends of a runway that is counted from ``since`` (UTC), the last reading."""
        spans = (lasting.low, lasting.middle, lasting.high)
        return cls(*(None if span >= LONGEST else since + span for span in spans))


@dataclass(frozen=True, slots=True)
class ChartData:
    """The balance of one account up to now, and its forecast; every time is aware and in UTC."""

    range: ChartRange
    until: datetime
    """Now: what was read ends here at the latest."""
    points: tuple[ChartPoint, ...]
    """In order of time. The last one is the last reading, from which the fan is counted.

    One that lies before the range lets the line enter from the left.
    """
    thresholds: Thresholds
    top_ups: tuple[TopUp, ...] = ()
    fan: tuple[FanPoint, ...] = ()
    """In order; shares of the last point's balance. Empty where there is no forecast."""
    runs_out: RunsOut | None = None
    """None where there is no forecast."""
    problem: HistoryProblem | None = None
    """What is wrong with the history's file, where it could not be asked."""

    def foretold(self, spends: SpendSeries) -> ChartData:
        """Return the same with a forecast by what was spent up to the last point, if there is one.

        Raises ValueError without a point.
        """
        if not self.points:
            raise ValueError("a forecast starts from a reading")
        last = self.points[-1]
        runway = runway_of(spends, last.available)
        return replace(
            self,
            fan=fan_of(spends, last.available, self.range.ahead, _FAN_STEPS),
            runs_out=RunsOut.of(runway, last.at) if isinstance(runway, Lasting) else None,
        )

    def __post_init__(self) -> None:
        if any(one.at >= other.at for one, other in pairwise(self.points)):
            raise ValueError("points follow each other in time")
        if self.fan and not self.points:
            raise ValueError("a forecast starts from a reading")
