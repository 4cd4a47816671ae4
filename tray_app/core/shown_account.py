"""Whose figure the tray shows where there are several accounts."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from tray_app.core.level import Level
from tray_app.core.runway import LONGEST, Empty, Lasting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tray_app.core.account_state import AccountState

# One that lasts as long must not take turns with the one that is shown.
_CLEARLY_LESS: Final = 0.9
_UNKNOWN: Final = 2 * LONGEST
_NO_READING: Final = 8 * LONGEST


def account_to_show(
    states: Mapping[str, AccountState], chosen: str | None, shown: str | None
) -> str:
    """Return the name of the account to show; ``states`` has one at least, in the user's order.

    That is the ``chosen`` one where there is such, else the one with the least time left. The
    one that is ``shown`` stays unless another has clearly less. Where nobody knows how long a
    balance lasts, it comes after those that are known, and by its level.
    """
    if chosen is not None and chosen in states:
        return chosen
    times = {name: _time_left(state) for name, state in states.items()}
    least = min(times, key=lambda name: times[name])
    if shown is not None and shown in times and times[least] >= times[shown] * _CLEARLY_LESS:
        return shown
    return least


def _time_left(state: AccountState) -> timedelta:
    if state.reading is None or state.level is None:
        return _NO_READING
    if state.level is Level.EMPTY:
        return timedelta(0)
    runway = None if state.outlook is None else state.outlook.runway
    match runway:
        case Lasting(middle, _, _):
            return middle
        case Empty():
            return timedelta(0)
        case _:
            # Level by level, so that a low balance comes before a comfortable one.
            comfort = {Level.CRITICAL: 0, Level.LOW: 1}.get(state.level, 2)
            return _UNKNOWN + comfort * LONGEST
