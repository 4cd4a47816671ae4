from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.samples import (
    KEY_PROBLEMS,
    NOW,
    PASSING_PROBLEMS,
    WORST_WORDED,
    reading_of,
    state_after,
)
from tray_app.core.account_state import AccountState
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
from tray_app.core.status import Status, shown_problem, status_of

if TYPE_CHECKING:
    from tray_app.core.reading import BalanceReading

STALE_AFTER = timedelta(minutes=15)
MINUTE = timedelta(minutes=1)
RECENT = reading_of("12", NOW - STALE_AFTER)
OLD = reading_of("12", NOW - STALE_AFTER - timedelta(microseconds=1))
UNREACHABLE: list[Problem] = [
    *(Offline(fault) for fault in ConnectionFault),
    TimedOut(),
    *(ProxyFailed(fault) for fault in ProxyFault),
    *(CertificateRejected(fault) for fault in CertificateFault),
]
ANSWERED: list[Problem] = [
    PermissionLacking("FORBIDDEN"),
    BlockedBeforeApi(403),
    RateLimited(None),
    ServerTrouble(500, ""),
    UnexpectedReply("x"),
]
SETTLED: list[tuple[Problem, Status]] = [
    (NoKey(), Status.NO_KEY),
    (KeyringLocked(), Status.KEYRING_CLOSED),
    (KeyringMissing(), Status.KEYRING_CLOSED),
    (KeyringRefused(), Status.KEYRING_CLOSED),
    (KeyringFailed(), Status.KEYRING_CLOSED),
    (WrongKey("X"), Status.WRONG_KEY),
]


def status(state: AccountState) -> Status:
    return status_of(state, NOW, STALE_AFTER)


@pytest.mark.parametrize("in_flight", [False, True])
def test_without_reading_and_problem_it_is_loading(in_flight: bool) -> None:  # noqa: FBT001 — a table
    assert status(AccountState(in_flight=in_flight)) is Status.LOADING


@pytest.mark.parametrize(("problem", "expected"), SETTLED, ids=repr)
@pytest.mark.parametrize("reading", [None, RECENT, OLD], ids=["none", "recent", "old"])
@pytest.mark.parametrize("in_flight", [False, True])
def test_what_only_the_user_can_end_stands_before_any_reading(
    problem: Problem,
    expected: Status,
    reading: BalanceReading | None,
    in_flight: bool,  # noqa: FBT001 — a table
) -> None:
    assert status(replace(state_after(problem, reading=reading), in_flight=in_flight)) is expected


@pytest.mark.parametrize("problem", UNREACHABLE, ids=repr)
def test_unreachable_is_offline_once_the_reading_is_old_or_missing(problem: Problem) -> None:
    assert status(state_after(problem)) is Status.OFFLINE
    assert status(state_after(problem, reading=OLD)) is Status.OFFLINE
    assert status(state_after(problem, reading=RECENT)) is Status.FRESH


@pytest.mark.parametrize("problem", ANSWERED, ids=repr)
def test_an_answer_without_a_figure_is_failing_or_stale(problem: Problem) -> None:
    assert status(state_after(problem)) is Status.FAILING
    assert status(state_after(problem, reading=OLD)) is Status.STALE
    assert status(state_after(problem, reading=RECENT)) is Status.FRESH


def test_a_reading_is_fresh_up_to_the_limit_and_stale_beyond() -> None:
    assert status(state_after(None, reading=RECENT)) is Status.FRESH
    assert status(state_after(None, reading=OLD)) is Status.STALE


@settings(deadline=None)
@given(
    st.sampled_from(PASSING_PROBLEMS + WORST_WORDED[:3]),
    st.timedeltas(timedelta(0), STALE_AFTER),
    st.integers(1, 50),
    st.booleans(),
)
def test_a_short_failure_never_changes_fresh(
    problem: Problem,
    age: timedelta,
    failures: int,
    in_flight: bool,  # noqa: FBT001 — drawn
) -> None:
    reading = reading_of("12", NOW - age)
    state = replace(state_after(problem, reading=reading, failures=failures), in_flight=in_flight)
    assert status(state) is Status.FRESH


@settings(deadline=None)
@given(
    st.sampled_from([None, *PASSING_PROBLEMS, *KEY_PROBLEMS]),
    st.timedeltas(STALE_AFTER + timedelta(microseconds=1), timedelta(days=4000)),
)
def test_an_old_reading_is_never_fresh(problem: Problem | None, age: timedelta) -> None:
    state = state_after(problem, reading=reading_of("12", NOW - age))
    assert status(state) is not Status.FRESH


@pytest.mark.parametrize("ahead", [timedelta(hours=1), timedelta(days=1), timedelta(days=400)])
def test_a_reading_from_the_future_has_no_known_age_and_is_not_fresh(ahead: timedelta) -> None:
    """The clock was set back, and no request has succeeded since."""
    state = state_after(TimedOut(), reading=reading_of("12", NOW + ahead))
    assert status(state) is Status.OFFLINE
    assert status(replace(state, problem=None)) is Status.STALE


def test_a_clock_that_was_corrected_by_a_little_leaves_a_reading_fresh() -> None:
    state = state_after(None, reading=reading_of("12", NOW + timedelta(seconds=2)))
    assert status(state) is Status.FRESH


@pytest.mark.parametrize("problem", PASSING_PROBLEMS, ids=repr)
def test_in_the_first_minute_after_a_sleep_no_failure_is_told(problem: Problem) -> None:
    for since, quiet in ((timedelta(0), True), (timedelta(seconds=59.9), True), (MINUTE, False)):
        state = replace(state_after(problem), resumed_at=NOW - since)
        assert (shown_problem(state, NOW) is None) is quiet
        assert (status(state) is Status.LOADING) is quiet
        old = replace(state_after(problem, reading=OLD), resumed_at=NOW - since)
        assert status(old) is (Status.STALE if quiet else status(replace(old, resumed_at=None)))


def test_after_a_sleep_an_old_figure_is_still_old_and_a_recent_one_fresh() -> None:
    assert status(replace(state_after(None, reading=OLD), resumed_at=NOW)) is Status.STALE
    assert status(replace(state_after(None, reading=RECENT), resumed_at=NOW)) is Status.FRESH


@pytest.mark.parametrize(("problem", "expected"), SETTLED, ids=repr)
def test_what_only_the_user_can_end_is_told_after_a_sleep_too(
    problem: Problem, expected: Status
) -> None:
    state = replace(state_after(problem), resumed_at=NOW)
    assert shown_problem(state, NOW) == problem
    assert status(state) is expected


def test_a_clock_that_was_set_back_ends_the_silence() -> None:
    state = replace(state_after(TimedOut()), resumed_at=NOW + timedelta(seconds=1))
    assert shown_problem(state, NOW) == TimedOut()
