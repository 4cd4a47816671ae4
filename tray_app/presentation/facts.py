"""What is known of a balance, as lines: the same in the tray's menu and on the command line."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from tray_app.core.light_dataclass import dataclass
from tray_app.core.refresh_policy import next_due
from tray_app.core.status import Status, shown_problem, status_of
from tray_app.presentation.day_wording import moment_text
from tray_app.presentation.headline import SEPARATOR, headline_of
from tray_app.presentation.history_wording import history_problem_text
from tray_app.presentation.problem_wording import ProblemText, Surface, problem_text
from tray_app.presentation.runway_wording import runway_row
from tray_app.presentation.translation import tr
from tray_app.presentation.wording import (
    amount_text,
    detail_rows,
    next_try_text,
    simulated_note,
)

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from tray_app.core.account_state import AccountState
    from tray_app.core.outlook import Outlook
    from tray_app.core.settings import Settings
    from tray_app.presentation.source import Source

_TOLD_FOR: Final = timedelta(days=1)
"""How long a top-up is told."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known and what is wrong, whoever shows it."""

    headline: str
    """The available amount and its age, or why there is none."""
    details: tuple[tuple[str, str], ...]
    """Word and amount of everything else that the reply had."""
    trouble: tuple[str, ...]
    """What is wrong and the next step; empty when nothing is."""
    notes: tuple[str, ...]
    """Where the figures come from, where that is not the plain case."""
    runway: str = ""
    """How long the balance lasts, with its range; empty where nothing current is known."""
    top_up: str = ""
    """The last top-up, for a day."""
    history_trouble: tuple[str, ...] = ()
    """What is wrong with the history's file and the next step; empty when nothing is."""
    alerts: tuple[str, ...] = ()
    """What was told of late, and until when nothing is."""

    @property
    def facts(self) -> tuple[str, ...]:
        """What is known, as plain lines: the menu's first rows."""
        told = (line for line in (self.headline, self.runway, self.top_up) if line)
        amounts = (
            tr("{word}: {amount}", word=word, amount=amount) for word, amount in self.details
        )
        return (*told, *amounts, *self.trouble, *self.history_trouble, *self.alerts)

    @property
    def brief(self) -> str:
        """One line for a list of accounts."""
        return SEPARATOR.join((self.headline, *self.trouble[:1]))

    @property
    def lines(self) -> tuple[str, ...]:
        """All of it as plain lines, for a terminal."""
        return (*self.facts, *self.notes)


def facts_of(
    state: AccountState, now: datetime, settings: Settings, source: Source, zone: tzinfo
) -> Facts:
    """Return what is known at ``now`` (UTC) to a user in that zone."""
    status = status_of(state, now, settings.stale_after)
    return Facts(
        headline=headline_of(state, now, status, zone, demo=source.demo),
        details=() if state.reading is None else detail_rows(state.reading),
        trouble=_trouble(state, now, settings, source),
        notes=_notes(source),
        runway=_runway(state.outlook, status),
        top_up=_top_up(state.outlook, now, zone),
        history_trouble=_history_trouble(state.outlook),
    )


def _runway(outlook: Outlook | None, status: Status) -> str:
    # How long an old figure would last is nothing that holds now.
    return "" if outlook is None or status is not Status.FRESH else runway_row(outlook.runway)


def _top_up(outlook: Outlook | None, now: datetime, zone: tzinfo) -> str:
    top_up = None if outlook is None else outlook.recent_top_up
    if top_up is None or now - top_up.at >= _TOLD_FOR:
        return ""
    return tr(
        "Top-up: +{amount}, {when}",
        amount=amount_text(top_up.amount),
        when=moment_text(top_up.at, now, zone),
    )


def _history_trouble(outlook: Outlook | None) -> tuple[str, ...]:
    if outlook is None or outlook.problem is None:
        return ()
    text = history_problem_text(outlook.problem)
    return (text.title, text.next_step)


def _trouble(
    state: AccountState, now: datetime, settings: Settings, source: Source
) -> tuple[str, ...]:
    problem = shown_problem(state, now)
    if problem is None:
        return ()
    text = problem_text(problem, Surface.TRAY, key_from_environment=source.key_from_environment)
    return tuple(line for line in (text.title, _next_step(text, state, now, settings)) if line)


def _next_step(text: ProblemText, state: AccountState, now: datetime, settings: Settings) -> str:
    if text.next_step:
        return text.next_step
    due = next_due(state, settings.refresh_interval)
    return next_try_text(due - now) if due is not None else tr("Trying again…")


def _notes(source: Source) -> tuple[str, ...]:
    notes = []
    if source.demo:
        notes.append(simulated_note())
    if source.key_from_environment:
        notes.append(tr("Key from NOVITA_API_KEY"))
    if source.api_url is not None:
        notes.append(tr("Asking {address}", address=source.api_url))
    return tuple(notes)
