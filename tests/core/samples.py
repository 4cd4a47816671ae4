"""Values that many tests need: one of each problem, a moment, a reading."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from hypothesis import strategies as st

from tray_app.core.account_state import AccountState
from tray_app.core.level import Thresholds, level_of
from tray_app.core.money import ZERO, Usd
from tray_app.core.outlook import Outlook
from tray_app.core.problem import (
    BlockedBeforeApi,
    CertificateFault,
    CertificateRejected,
    ConnectionFault,
    KeyringFailed,
    KeyringLocked,
    KeyringMissing,
    KeyringRefused,
    NoKey,
    Offline,
    PermissionLacking,
    Problem,
    ProxyFailed,
    ProxyFault,
    RateLimited,
    ServerTrouble,
    TimedOut,
    UnexpectedReply,
    WrongKey,
)
from tray_app.core.reading import BalanceReading
from tray_app.core.runway import LONGEST, Empty, Lasting, Learning, NotSpending
from tray_app.core.spent_by_day import SpentByDay

NOW: Final = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
LONGEST_REASON: Final = "R" * 64

KEY_PROBLEMS: Final[tuple[Problem, ...]] = (
    NoKey(),
    KeyringLocked(),
    KeyringMissing(),
    KeyringRefused(),
    KeyringFailed(),
    WrongKey("FAILED_TO_AUTH"),
)
"""Only the user can end these."""
PASSING_PROBLEMS: Final[tuple[Problem, ...]] = (
    PermissionLacking("BILLING_AUTH_FAILED"),
    BlockedBeforeApi(403),
    RateLimited(None),
    RateLimited(timedelta(seconds=30)),
    *(Offline(fault) for fault in ConnectionFault),
    *(ProxyFailed(fault) for fault in ProxyFault),
    *(CertificateRejected(fault) for fault in CertificateFault),
    TimedOut(),
    ServerTrouble(500, "BILLING_FAILED"),
    ServerTrouble(503, "", timedelta(minutes=2)),
    UnexpectedReply("availableBalance is missing"),
)
PROBLEMS: Final = KEY_PROBLEMS + PASSING_PROBLEMS
WORST_WORDED: Final[tuple[Problem, ...]] = (
    ServerTrouble(599, LONGEST_REASON),
    UnexpectedReply(f"an error in a 200 reply, {LONGEST_REASON}"),
    UnexpectedReply("outstandingInvoices is not an amount"),
    PermissionLacking(LONGEST_REASON),
    WrongKey(LONGEST_REASON),
)
"""With the longest texts that an adapter lets into a problem."""

problems: Final = st.sampled_from(PROBLEMS + WORST_WORDED)
NOTHING_SPENT: Final = SpentByDay(ZERO, ZERO, ZERO, ZERO, ZERO)
STEADY: Final = Outlook(
    as_of=NOW,
    runway=Lasting(timedelta(days=9), timedelta(days=6), timedelta(days=14)),
    spent=NOTHING_SPENT,
)
"""What the history says of a reading taken now: about nine days are left."""

spans: Final = st.timedeltas(timedelta(seconds=1), LONGEST) | st.just(LONGEST)
runways: Final = st.one_of(
    st.just(Empty()),
    st.builds(Learning, st.timedeltas(timedelta(0), timedelta(days=1))),
    st.builds(NotSpending, spans),
    st.lists(spans, min_size=3, max_size=3)
    .map(sorted)
    .map(lambda some: Lasting(low=some[0], middle=some[1], high=some[2])),
)
unit_texts: Final = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["", "+", "-"]),
    st.sampled_from(["", "0", "00"]),
    st.integers(0, 10**13 - 1) | st.integers(0, 200_000),
    st.just("") | st.integers(0, 10**12 - 1).map(".{:012d}".format) | st.sampled_from([".0", ".5"]),
)
"""Texts of amounts in 1/10000 USD."""
amounts: Final = unit_texts.map(Usd.of_units_text)
jitters: Final = st.floats(min_value=0, max_value=1, exclude_max=True)


def usd(dollars: str) -> Usd:
    """Return the amount that is written in dollars with at most four decimals."""
    sign = -1 if dollars.startswith("-") else 1
    whole, _, fraction = dollars.lstrip("-").partition(".")
    return Usd.of_units(sign * int(whole + fraction.ljust(4, "0")))


def reading_of(dollars: str, taken_at: datetime = NOW) -> BalanceReading:
    """Return a reading with nothing but what is available."""
    return BalanceReading(usd(dollars), taken_at)


def state_after(
    problem: Problem | None,
    *,
    reading: BalanceReading | None = None,
    failures: int | None = None,
    jitter: float = 0.0,
    last_attempt_at: datetime | None = NOW,
) -> AccountState:
    """Return the state after an attempt that ended with ``problem``, or well with None."""
    thresholds = Thresholds()
    return AccountState(
        thresholds=thresholds,
        reading=reading,
        level=None if reading is None else level_of(reading.available, thresholds),
        problem=problem,
        generation=1,
        failures=int(problem is not None) if failures is None else failures,
        last_attempt_at=last_attempt_at,
        jitter=jitter,
    )
