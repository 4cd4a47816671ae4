"""What the wall clock tells besides the time: a sleep, or that it was set."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from tray_app.core.account_state import ClockWentBack, Resumed

if TYPE_CHECKING:
    from datetime import datetime

    from tray_app.core.account_state import AccountState

# A busy computer wakes a program some seconds late.
_LATE: Final = timedelta(seconds=15)
# A corrected clock is not a new one; whatever is due, is due that much later at most.
_CORRECTION: Final = timedelta(minutes=1)


def clock_jump(
    state: AccountState, now: datetime, planned: datetime | None
) -> Resumed | ClockWentBack | None:
    """Return what must have happened for the clock to show ``now`` (UTC).

    ``planned`` is when the program had meant to look at it. Long after that it was asleep, or the
    clock was set forward: nobody can tell, and for a figure it is the same. Before the last
    attempt: the clock was set back.
    """
    if state.last_attempt_at is not None and state.last_attempt_at - now > _CORRECTION:
        return ClockWentBack(now)
    if planned is not None and now - planned > _LATE:
        return Resumed(now)
    return None
