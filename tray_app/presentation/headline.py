"""The first line: what is available, how comfortable that is, and how old the figure is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tray_app.core.account_state import decisive_time
from tray_app.core.status import Status, age_of, shown_problem
from tray_app.presentation.day_wording import moment_text
from tray_app.presentation.runway_wording import short_runway, time_left_text
from tray_app.presentation.translation import tr
from tray_app.presentation.wording import age_text, amount_text, level_text

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from tray_app.core.account_state import AccountState

SEPARATOR: Final = " · "


def headline_of(
    state: AccountState, now: datetime, status: Status, zone: tzinfo, *, demo: bool
) -> str:
    """Return ``$12.34 available · as of 14:05``, or why there is no figure.

    A level has its word, and its reason where that is the time left. The words of a current figure
    do not change with each minute: nothing is drawn or told anew while nothing happens.
    """
    return _headline(state, now, status, zone, "", demo=demo)


def longer_headline_of(
    state: AccountState, now: datetime, status: Status, zone: tzinfo, *, demo: bool
) -> str:
    """Return the same with the runway in short: ``$12.34 available · ≈ 9 d · as of 14:05``."""
    says_time = decisive_time(state) is not None
    runway = "" if says_time or state.outlook is None else short_runway(state.outlook.runway)
    return _headline(state, now, status, zone, runway, demo=demo)


def _headline(  # noqa: PLR0913 — each says another thing of the moment
    state: AccountState, now: datetime, status: Status, zone: tzinfo, runway: str, *, demo: bool
) -> str:
    figure = _figure(state, now, status, zone, runway)
    return tr("Demo: {figure}", figure=figure) if demo else figure


def _figure(state: AccountState, now: datetime, status: Status, zone: tzinfo, runway: str) -> str:
    if state.reading is None:
        if shown_problem(state, now) is None:
            return tr("Loading the balance…")
        return tr("No balance yet")
    amount = amount_text(state.reading.available)
    if status is not Status.FRESH:
        age = age_of(state.reading, now)
        when = tr("earlier") if age is None else age_text(age)
        # Neither level nor runway is told of an old figure as if it were current.
        return tr("{amount} was available {age}", amount=amount, age=when)
    when = tr("as of {moment}", moment=moment_text(state.reading.taken_at, now, zone))
    parts = (tr("{amount} available", amount=amount), _level_word(state), runway, when)
    return SEPARATOR.join(part for part in parts if part)


def _level_word(state: AccountState) -> str:
    if state.level is None:
        return ""
    word, left = level_text(state.level), decisive_time(state)
    if left is None:
        return word
    return tr("{level}: {time_left}", level=word, time_left=time_left_text(left))
