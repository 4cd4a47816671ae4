"""What the tray shows at a moment, as one comparable value."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from tray_app.core.problem import NoKey
from tray_app.core.refresh_policy import next_due
from tray_app.core.status import Status, shown_problem, status_of
from tray_app.presentation.day_wording import moment_text
from tray_app.presentation.headline import SEPARATOR, headline_of, longer_headline_of
from tray_app.presentation.history_wording import history_problem_text
from tray_app.presentation.problem_wording import ProblemText, Surface, problem_text
from tray_app.presentation.runway_wording import runway_row
from tray_app.presentation.tooltip import tooltip_of
from tray_app.presentation.translation import tr
from tray_app.presentation.tray_icon import icon_for
from tray_app.presentation.tray_menu import Command, MenuContents, MenuRow, menu_of
from tray_app.presentation.wording import (
    Mishap,
    amount_text,
    detail_rows,
    keyring_wait_lines,
    mishap_text,
    next_try_text,
    simulated_note,
)

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from tray_app.core.account_state import AccountState
    from tray_app.core.outlook import Outlook
    from tray_app.core.settings import Settings
    from tray_app.presentation.icon_spec import IconSpec
    from tray_app.presentation.source import Source
    from tray_app.presentation.tray_menu import MenuItem, OtherAccount

_TOLD_FOR: Final = timedelta(days=1)
"""How long a top-up is told."""


@dataclass(frozen=True, slots=True)
class TrayView:
    """Everything that the tray shows; equal views look the same."""

    icon: IconSpec
    tooltip: str
    menu: tuple[MenuItem, ...]
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
    mishap: MenuRow | None = None
    """What went wrong in the program itself, and how to learn more."""

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


@dataclass(frozen=True, slots=True)
class OwnState:
    """What the program itself goes through, whatever the account."""

    mishap: Mishap | None = None
    keyring_wait: bool = False
    """Whether an answer of the keyring is due for so long that the user must be meant to act."""
    account: str = ""
    """The account's name, where there are several."""
    others: tuple[OtherAccount, ...] = ()
    """Those that are not shown."""
    alerts: tuple[str, ...] = ()
    """What was told of late, and until when nothing is."""
    snoozed: bool = False
    """Whether the user wants to hear no alerts for a while."""
    settings_trouble: tuple[str, ...] = ()
    """What is wrong with the settings file."""


_AT_EASE: Final = OwnState()


def present(  # noqa: PLR0913 — each says another thing of the moment
    state: AccountState,
    now: datetime,
    settings: Settings,
    source: Source,
    zone: tzinfo,
    *,
    own: OwnState = _AT_EASE,
) -> TrayView:
    """Return what to show at ``now`` (UTC) to a user in that zone."""
    status = status_of(state, now, settings.stale_after)
    headline = headline_of(state, now, status, demo=source.demo)
    longer = longer_headline_of(state, now, status, demo=source.demo)
    details = () if state.reading is None else detail_rows(state.reading)
    trouble = _trouble(state, now, settings, source)
    if own.keyring_wait:
        trouble = keyring_wait_lines(can_be_left=source.keyring_can_be_left)
        if state.reading is None:
            headline, *rest = trouble
            longer, trouble = headline, tuple(rest)
    if own.account:
        headline = tr("{account}: {figure}", account=own.account, figure=headline)
        longer = tr("{account}: {figure}", account=own.account, figure=longer)
    view = TrayView(
        icon=icon_for(state, status, settings, keyring_wait=own.keyring_wait),
        tooltip=tooltip_of(headline, longer, details, trouble),
        menu=(),
        headline=headline,
        details=details,
        trouble=trouble,
        notes=_notes(source),
        runway=_runway(state.outlook, status),
        top_up=_top_up(state.outlook, now, zone),
        history_trouble=_history_trouble(state.outlook),
        alerts=own.alerts,
        mishap=None if own.mishap is None else _mishap_row(own.mishap, source),
    )
    return replace(view, menu=menu_of(_contents(view, state, own)))


def _contents(view: TrayView, state: AccountState, own: OwnState) -> MenuContents:
    snoozed = own.snoozed or any(other.snoozed for other in own.others)
    was_told = bool(own.alerts) or any(other.alerts for other in own.others)
    return MenuContents(
        facts=view.facts,
        notes=view.notes,
        mishap=view.mishap,
        others=own.others,
        settings_trouble=own.settings_trouble,
        offers_key_first=isinstance(state.problem, NoKey),
        offers_snooze=was_told and not snoozed,
        offers_wake=snoozed,
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


def _mishap_row(mishap: Mishap, source: Source) -> MenuRow:
    logged = not source.demo
    text = mishap_text(mishap, logged=logged)
    return MenuRow(text, Command.OPEN_LOGS if logged else Command.OPEN_WINDOW)
