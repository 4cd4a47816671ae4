"""An account's life as the alerts see it: a step is a reading, a failure or nothing but time."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from tests.core.samples import NOTHING_SPENT, usd
from tray_app.core.account_state import AccountState
from tray_app.core.alert import Alert, episode_of
from tray_app.core.alert_memory import AlertMemory, SnoozeSpan
from tray_app.core.alerts import Judgement, Moment, judge
from tray_app.core.history import TopUp
from tray_app.core.outlook import Outlook
from tray_app.core.reading import BalanceReading
from tray_app.core.runway import Lasting, Learning, Runway
from tray_app.core.settings import Settings
from tray_app.core.spike import Spike

if TYPE_CHECKING:
    from tray_app.core.problem import Problem

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


def spike_at(pace: str, usual: str) -> Spike:
    """Return a spike with that much an hour, and what is usual."""
    return Spike(usd(pace).scaled(1, 4), usd(pace), usd(usual), usd(pace).ratio_to(usd(usual)))


def lasting(days: float) -> Runway:
    middle = timedelta(days=days)
    return Lasting(middle, middle * 0.7, middle * 1.4)


@dataclass
class AlertLife:
    """Judges after each step, as the tray does."""

    settings: Settings = field(default_factory=Settings)
    zone: tzinfo = UTC
    now: datetime = NOON
    memory: AlertMemory = field(default_factory=AlertMemory)
    state: AccountState = field(default_factory=AccountState)
    top_up: TopUp | None = None
    _judged_at: datetime | None = None

    def reads(  # noqa: PLR0913 — a reading and what the history says about it
        self,
        dollars: str,
        *,
        runway: Runway | None = None,
        today: str = "0",
        month: str = "0",
        top_up: str = "",
        spike: Spike | None = None,
        has_calmed_down: bool = True,
        after: timedelta = 5 * MINUTE,
    ) -> list[str]:
        """Let a reading come after a while; return the episodes that are told."""
        self.now += after
        if top_up:
            self.top_up = TopUp(usd(top_up), self.now)
        is_recent = self.top_up is not None and self.now - self.top_up.at < DAY
        outlook = Outlook(
            as_of=self.now,
            runway=runway or Learning(timedelta(0)),
            spent=replace(NOTHING_SPENT, today=usd(today), this_month=usd(month)),
            recent_top_up=self.top_up if is_recent else None,
            spike=spike,
            has_calmed_down=has_calmed_down,
        )
        self.state = replace(
            self.state,
            thresholds=self.settings.thresholds,
            reading=BalanceReading(usd(dollars), self.now),
            outlook=outlook,
            problem=None,
        )
        return self.waits(timedelta(0))

    def fails(self, problem: Problem, *, after: timedelta = 5 * MINUTE) -> list[str]:
        """Let a failure come after a while; return the episodes that are told."""
        self.now += after
        self.state = replace(self.state, problem=problem)
        return self.waits(timedelta(0))

    def waits(self, span: timedelta) -> list[str]:
        """Let time go by as one step; return the episodes that are told."""
        self.now += span
        return [episode_of(alert) for alert in self.judged().alerts]

    def runs(self, span: timedelta) -> list[str]:
        """Let time go by as the tray sees it, twice a minute; return the episodes told."""
        told: list[str] = []
        end = self.now + span
        while self.now < end:
            told += self.waits(min(timedelta(seconds=30), end - self.now))
        return told

    def restarts(self) -> None:
        """End the program and start it anew: what is kept is kept, a reading is to come."""
        self.memory = self.memory.unsettled()
        self.state = AccountState(thresholds=self.settings.thresholds)
        self._judged_at = None

    def snoozes(self, span: SnoozeSpan) -> None:
        """Want to hear no more."""
        self.memory = self.memory.snoozed(span, self.now, self.zone)

    def judged(self) -> Judgement:
        """Judge the moment, and remember."""
        since = timedelta(0) if self._judged_at is None else self.now - self._judged_at
        self._judged_at = self.now
        moment = Moment(self.state, self.settings, self.now, self.zone)
        judgement = judge(self.memory, moment, since)
        self.memory = judgement.memory
        return judgement

    def told_alerts(self) -> tuple[Alert, ...]:
        """Return the last message."""
        return () if self.memory.told is None else self.memory.told.alerts
