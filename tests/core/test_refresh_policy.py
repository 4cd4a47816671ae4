from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.samples import (
    KEY_PROBLEMS,
    NOW,
    PASSING_PROBLEMS,
    PROBLEMS,
    jitters,
    reading_of,
    state_after,
)
from tray_app.core.account_state import (
    AccountState,
    FetchAbandoned,
    FetchStarted,
    KeyChanged,
    reduce,
)
from tray_app.core.problem import (
    BlockedBeforeApi,
    CertificateFault,
    CertificateRejected,
    ConnectionFault,
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
from tray_app.core.refresh_policy import (
    LONGEST_WAIT,
    MANUAL_SPACING,
    is_due,
    manual_refresh_due,
    next_due,
)

INTERVAL = timedelta(minutes=5)
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
MOST_JITTER = 1 - 2**-53
BACKING_OFF: list[Problem] = [
    *(Offline(fault) for fault in ConnectionFault),
    *(ProxyFailed(fault) for fault in ProxyFault),
    *(CertificateRejected(fault) for fault in CertificateFault),
    TimedOut(),
    ServerTrouble(500, "UNKNOWN"),
    UnexpectedReply("x"),
    RateLimited(None),
]


def wait_after(problem: Problem | None, *, jitter: float = 0.0, failures: int = 1) -> timedelta:
    due = next_due(state_after(problem, jitter=jitter, failures=failures), INTERVAL)
    assert due is not None
    return due - NOW


def test_the_first_request_is_due_at_once_and_so_is_the_first_with_another_key() -> None:
    other_key = reduce(state_after(WrongKey("X")), KeyChanged())
    for state in (AccountState(), other_key):
        assert is_due(state, NOW, INTERVAL)
        assert is_due(state, datetime.min.replace(tzinfo=UTC), INTERVAL)


def test_nothing_is_due_while_a_request_is_in_flight() -> None:
    state = reduce(state_after(None, reading=reading_of("1")), FetchStarted(NOW, 0))
    assert next_due(state, INTERVAL) is None
    assert not is_due(state, NOW + timedelta(days=9), INTERVAL)
    assert not is_due(state, NOW - timedelta(days=9), INTERVAL)
    assert manual_refresh_due(state, NOW + timedelta(days=9)) is None


def test_an_abandoned_request_is_repeated_at_once() -> None:
    state = reduce(reduce(AccountState(), FetchStarted(NOW, 0)), FetchAbandoned(1))
    assert is_due(state, NOW, INTERVAL)
    assert manual_refresh_due(state, NOW) == NOW


def test_after_a_success_the_interval_is_stretched_by_up_to_a_tenth() -> None:
    assert wait_after(None) == INTERVAL
    assert wait_after(None, jitter=0.5) == INTERVAL * 1.05
    assert INTERVAL < wait_after(None, jitter=MOST_JITTER) <= INTERVAL * 1.1


@pytest.mark.parametrize("problem", KEY_PROBLEMS, ids=repr)
def test_what_only_the_user_can_end_is_not_asked_again_by_itself(problem: Problem) -> None:
    state = state_after(problem)
    assert next_due(state, INTERVAL) is None
    assert not is_due(state, NOW + timedelta(days=9), INTERVAL)
    assert not is_due(state, NOW - timedelta(days=9), INTERVAL)


@pytest.mark.parametrize("problem", [PermissionLacking("FORBIDDEN"), BlockedBeforeApi(403)])
@pytest.mark.parametrize("failures", [1, 40])
def test_lacking_permission_is_asked_slowly(problem: Problem, failures: int) -> None:
    assert wait_after(problem, failures=failures) == LONGEST_WAIT / 2
    slowest = wait_after(problem, failures=failures, jitter=MOST_JITTER)
    assert LONGEST_WAIT * 0.99 < slowest <= LONGEST_WAIT


@pytest.mark.parametrize("problem", BACKING_OFF, ids=repr)
@pytest.mark.parametrize(
    ("failures", "minutes"),
    [(0, 1), (1, 1), (2, 2), (3, 4), (4, 8), (5, 16), (6, 30), (7, 30), (10**9, 30)],
)
def test_back_off_doubles_from_a_minute_to_the_cap_and_jitter_takes_up_to_half(
    problem: Problem, failures: int, minutes: int
) -> None:
    longest = minutes * MINUTE
    assert wait_after(problem, failures=failures) == longest / 2
    assert wait_after(problem, failures=failures, jitter=0.5) == longest * 0.75
    assert wait_after(problem, failures=failures, jitter=MOST_JITTER) <= longest


@pytest.mark.parametrize(
    ("asked", "least"),
    [
        (timedelta(0), 10 * SECOND),
        (SECOND, 10 * SECOND),
        (30 * SECOND, 30 * SECOND),
        (LONGEST_WAIT, LONGEST_WAIT),
        (timedelta(hours=5), LONGEST_WAIT),
        (timedelta(days=9999), LONGEST_WAIT),
    ],
)
def test_retry_after_is_honoured_and_capped(asked: timedelta, least: timedelta) -> None:
    problem = RateLimited(asked)
    assert wait_after(problem) == least
    assert least < wait_after(problem, jitter=MOST_JITTER) <= least * 1.1


@pytest.mark.parametrize(("failures", "seconds"), [(1, 10), (2, 20), (5, 160), (9, 1800)])
def test_a_reply_that_asks_for_no_wait_again_and_again_is_asked_less_and_less(
    failures: int, seconds: int
) -> None:
    assert wait_after(RateLimited(timedelta(0)), failures=failures) == seconds * SECOND


@pytest.mark.parametrize(
    ("asked", "failures", "expected"),
    [
        (timedelta(seconds=5), 1, 30 * SECOND),
        (timedelta(minutes=2), 1, 2 * MINUTE),
        (timedelta(minutes=2), 6, 15 * MINUTE),
        (timedelta(days=1), 1, LONGEST_WAIT),
    ],
)
def test_in_server_trouble_the_longer_of_retry_after_and_back_off_counts(
    asked: timedelta, failures: int, expected: timedelta
) -> None:
    assert wait_after(ServerTrouble(503, "", asked), failures=failures) == expected


@settings(deadline=None)
@given(
    st.sampled_from([None, *PASSING_PROBLEMS]),
    jitters,
    st.integers(0, 10**6),
    st.timedeltas(timedelta(seconds=30), timedelta(hours=1)),
)
def test_no_wait_is_shorter_than_half_a_minute_or_what_was_asked_for_nor_far_beyond_the_cap(
    problem: Problem | None, jitter: float, failures: int, interval: timedelta
) -> None:
    due = next_due(state_after(problem, jitter=jitter, failures=failures), interval)
    assert due is not None
    assert 30 * SECOND <= due - NOW <= max(LONGEST_WAIT, interval) * 1.1


def test_due_at_its_time_and_not_a_moment_before() -> None:
    state = state_after(None, reading=reading_of("1"))
    due = next_due(state, INTERVAL)
    assert due is not None
    assert is_due(state, due, INTERVAL)
    assert not is_due(state, due - timedelta(microseconds=1), INTERVAL)
    assert is_due(state, due + timedelta(days=30), INTERVAL)


@pytest.mark.parametrize("problem", [None, *PASSING_PROBLEMS], ids=repr)
def test_a_clock_that_was_set_back_makes_it_due(problem: Problem | None) -> None:
    state = state_after(problem)
    assert is_due(state, NOW - timedelta(microseconds=1), INTERVAL)
    assert manual_refresh_due(state, NOW - SECOND) == NOW - SECOND


@pytest.mark.parametrize("problem", [None, *PASSING_PROBLEMS, WrongKey("X")], ids=repr)
def test_two_requests_of_the_user_are_ten_seconds_apart(problem: Problem | None) -> None:
    state = state_after(problem)
    due = manual_refresh_due(state, NOW + SECOND)
    assert due is not None
    assert due >= NOW + MANUAL_SPACING
    later = NOW + timedelta(hours=1)
    assert manual_refresh_due(state, later) == later


@pytest.mark.parametrize("problem", KEY_PROBLEMS[:3], ids=repr)
def test_the_user_may_ask_at_once_when_nothing_had_left_the_computer(problem: Problem) -> None:
    assert manual_refresh_due(state_after(problem), NOW) == NOW


@pytest.mark.parametrize(
    "problem_asking",
    [RateLimited, lambda asked: ServerTrouble(503, "", asked)],
    ids=["429", "503"],
)
@pytest.mark.parametrize(
    ("asked", "spacing"),
    [
        (timedelta(0), MANUAL_SPACING),
        (timedelta(seconds=45), timedelta(seconds=45)),
        (timedelta(days=3), LONGEST_WAIT),
    ],
)
def test_the_user_cannot_ask_before_the_time_that_novita_asked_to_wait_for(
    problem_asking: type[RateLimited], asked: timedelta, spacing: timedelta
) -> None:
    state = state_after(problem_asking(asked))
    assert manual_refresh_due(state, NOW) == NOW + spacing


def test_before_any_attempt_the_user_may_ask_at_once() -> None:
    assert manual_refresh_due(AccountState(), NOW) == NOW


@settings(deadline=None)
@given(
    st.sampled_from([None, *PROBLEMS]),
    st.timedeltas(timedelta(days=-2), timedelta(days=2)),
)
def test_a_request_of_the_user_never_lies_in_the_past(
    problem: Problem | None, passed: timedelta
) -> None:
    now = NOW + passed
    due = manual_refresh_due(replace(state_after(problem), failures=3), now)
    assert due is not None
    assert now <= due <= max(now, NOW + LONGEST_WAIT)
