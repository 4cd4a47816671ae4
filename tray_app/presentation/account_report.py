"""What bars and scripts are told about an account, whether from a request or by the tray."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tray_app.core.light_dataclass import dataclass
from tray_app.core.refresh_policy import next_due
from tray_app.core.status import Status, age_of, shown_problem, status_of
from tray_app.presentation.problem_code import ProblemCode, problem_code
from tray_app.presentation.problem_wording import Surface, problem_sentence
from tray_app.presentation.translation import untranslated

if TYPE_CHECKING:
    from datetime import datetime

    from tray_app.core.account_state import AccountState
    from tray_app.core.level import Level
    from tray_app.core.problem import Problem
    from tray_app.core.reading import BalanceReading
    from tray_app.core.runway import Runway
    from tray_app.core.settings import Settings


@dataclass(frozen=True, slots=True)
class AccountReport:
    """One account at one moment; times are aware and in UTC."""

    account: str
    """Its name."""
    reading: BalanceReading | None = None
    level: Level | None = None
    """That of ``reading``, however old it is."""
    runway: Runway | None = None
    """None where nothing is foreseen, and for an old reading."""
    stale: bool = False
    """Whether ``reading`` is older than three missed refreshes, or its age not known."""
    problem: ProblemCode | None = None
    """How the last request failed; there may be a reading from before."""
    message: str | None = None
    """The same as a sentence in English; there is one wherever there is a problem."""
    next_refresh: datetime | None = None
    """When the next request is due; None while one is under way, and where only the user helps."""


def report_of(
    account: str,
    state: AccountState,
    now: datetime,
    settings: Settings,
    *,
    key_from_environment: bool = False,
) -> AccountReport:
    """Return what is known about the account of that name at ``now`` (UTC)."""
    problem = shown_problem(state, now)
    age = None if state.reading is None else age_of(state.reading, now)
    is_fresh = status_of(state, now, settings.stale_after) is Status.FRESH
    # The first request has no time of its own: it is due before any clock.
    due = None if state.last_attempt_at is None else next_due(state, settings.refresh_interval)
    return AccountReport(
        account,
        reading=state.reading,
        level=state.level,
        runway=state.outlook.runway if is_fresh and state.outlook is not None else None,
        stale=state.reading is not None and (age is None or age > settings.stale_after),
        problem=None if problem is None else problem_code(problem),
        message=_message(problem, key_from_environment=key_from_environment),
        next_refresh=due,
    )


def _message(problem: Problem | None, *, key_from_environment: bool) -> str | None:
    if problem is None:
        return None
    with untranslated():
        return problem_sentence(
            problem, Surface.TERMINAL, key_from_environment=key_from_environment
        )
