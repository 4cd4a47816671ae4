from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

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
    NetworkReturned,
    reduce,
)
from tray_app.core.eagerness import waits_for_network
from tray_app.core.problem import (
    BlockedBeforeApi,
    CertificateFault,
    CertificateRejected,
    ConnectionFault,
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
from tray_app.core.refresh_policy import (
    LONGEST_WAIT,
    MANUAL_SPACING,
    hears_network,
    is_due,
    is_outdated,
    jitter_of,
    manual_refresh_due,
    next_due,
    next_look,
)
from tray_app.core.settings import LONGEST_INTERVAL, SHORTEST_INTERVAL

if TYPE_CHECKING:
    from collections.abc import Callable

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
ASKING: list[Callable[[timedelta], Problem]] = [
    RateLimited,
    lambda asked: ServerTrouble(503, "", asked),
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
def test_back_off_grows_from_a_minute_to_half_an_hour(problem: Problem) -> None:
    first, last = wait_after(problem), wait_after(problem, failures=12)
    assert first == MINUTE
    assert wait_after(problem, failures=0) == first
    assert wait_after(problem, failures=2) == MINUTE * 1.35
    assert wait_after(problem, failures=10**9) == last
    assert last / LONGEST_WAIT == pytest.approx(1 / 1.35, rel=1e-6)
    longest = wait_after(problem, failures=10**9, jitter=MOST_JITTER)
    assert LONGEST_WAIT * 0.999 < longest <= LONGEST_WAIT


@pytest.mark.parametrize("failures", range(1, 9))
def test_the_longest_wait_of_a_failure_is_the_shortest_of_the_next(failures: int) -> None:
    """Neither a gap nor a heap where one ends and the other begins."""
    longest = wait_after(TimedOut(), failures=failures, jitter=MOST_JITTER)
    shortest_of_the_next = wait_after(TimedOut(), failures=failures + 1)
    assert longest / shortest_of_the_next == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize("problem_asking", ASKING, ids=["429", "503"])
@pytest.mark.parametrize(
    ("asked", "least", "most"),
    [
        (timedelta(seconds=75), 75 * SECOND, 150 * SECOND),
        (timedelta(minutes=5), 5 * MINUTE, 10 * MINUTE),
        (timedelta(minutes=10), 10 * MINUTE, 15 * MINUTE),
        (LONGEST_WAIT, LONGEST_WAIT, 35 * MINUTE),
        (timedelta(hours=5), LONGEST_WAIT, 35 * MINUTE),
        (timedelta(days=9999), LONGEST_WAIT, 35 * MINUTE),
    ],
)
def test_retry_after_is_a_floor_with_a_cap_and_the_returns_are_spread_after_it(
    problem_asking: Callable[[timedelta], Problem],
    asked: timedelta,
    least: timedelta,
    most: timedelta,
) -> None:
    problem = problem_asking(asked)
    assert wait_after(problem) == least
    assert most * 0.999 < wait_after(problem, jitter=MOST_JITTER) <= most


@pytest.mark.parametrize("problem_asking", ASKING, ids=["429", "503"])
@pytest.mark.parametrize("asked", [timedelta(0), SECOND, 30 * SECOND])
@pytest.mark.parametrize("failures", [1, 4, 40])
def test_a_reply_that_asks_for_little_again_and_again_is_asked_less_and_less(
    problem_asking: Callable[[timedelta], Problem], asked: timedelta, failures: int
) -> None:
    problem = problem_asking(asked)
    assert wait_after(problem, failures=failures) == wait_after(TimedOut(), failures=failures)


@settings(deadline=None)
@given(
    st.sampled_from([None, *PASSING_PROBLEMS]),
    jitters,
    st.integers(0, 10**6),
    st.timedeltas(SHORTEST_INTERVAL, LONGEST_INTERVAL),
)
def test_no_wait_is_shorter_than_a_minute_nor_beyond_its_cap(
    problem: Problem | None, jitter: float, failures: int, interval: timedelta
) -> None:
    due = next_due(state_after(problem, jitter=jitter, failures=failures), interval)
    assert due is not None
    longest = interval * 1.1 if problem is None else LONGEST_WAIT + 5 * MINUTE
    assert MINUTE <= due - NOW <= longest


@given(jitters, jitters)
def test_the_jitter_is_three_quarters_an_installations_own(own: float, fresh: float) -> None:
    jitter = jitter_of(own, fresh)
    assert 0 <= jitter < 1
    assert jitter == pytest.approx(0.75 * own + 0.25 * fresh, abs=1e-9)


def test_the_next_look_is_at_the_due_time_and_half_a_minute_away_at_most() -> None:
    state = state_after(None, reading=reading_of("1"))
    due = NOW + INTERVAL
    assert next_look(state, NOW, INTERVAL) == 30 * SECOND
    assert next_look(state, due - 7 * SECOND, INTERVAL) == 7 * SECOND
    assert next_look(state, due, INTERVAL) == timedelta(0)
    assert next_look(state, due + MINUTE, INTERVAL) == timedelta(0)


def test_it_looks_on_for_a_growing_age_a_hanging_request_and_one_that_was_ended() -> None:
    old = state_after(WrongKey("X"), reading=reading_of("1"))
    asking = reduce(AccountState(), FetchStarted(NOW, 0))
    ended = reduce(asking, FetchAbandoned(1))
    for state in (old, asking, ended):
        assert next_look(state, NOW, INTERVAL) == 30 * SECOND


def test_nothing_is_looked_at_while_there_is_no_key() -> None:
    assert next_look(state_after(NoKey()), NOW, INTERVAL) is None


@pytest.mark.parametrize("problem", [each for each in KEY_PROBLEMS if each != NoKey()], ids=repr)
def test_it_looks_on_for_alerts_where_even_the_first_request_failed_by_the_key(
    problem: Problem,
) -> None:
    assert next_look(state_after(problem), NOW, INTERVAL) == 30 * SECOND


def test_due_at_its_time_and_not_a_moment_before() -> None:
    state = state_after(None, reading=reading_of("1"))
    due = next_due(state, INTERVAL)
    assert due is not None
    assert is_due(state, due, INTERVAL)
    assert not is_due(state, due - timedelta(microseconds=1), INTERVAL)
    assert is_due(state, due + timedelta(days=30), INTERVAL)


def test_a_hint_makes_a_failure_of_the_network_due_within_two_seconds() -> None:
    failed = state_after(Offline(ConnectionFault.UNREACHABLE), failures=9, jitter=0.5)
    hinted = reduce(failed, NetworkReturned(NOW + MINUTE))
    assert next_due(hinted, INTERVAL) == NOW + MINUTE + SECOND
    assert next_look(hinted, NOW + MINUTE, INTERVAL) == SECOND
    assert next_due(failed, INTERVAL) == next_due(hinted_long_ago(failed), INTERVAL)


def hinted_long_ago(state: AccountState) -> AccountState:
    return reduce(state, NetworkReturned(NOW - timedelta(days=1)))


@pytest.mark.parametrize(
    "problem",
    [None, RateLimited(MINUTE), ServerTrouble(503, ""), PermissionLacking("X"), *KEY_PROBLEMS],
    ids=repr,
)
def test_a_hint_changes_nothing_where_the_network_did_not_fail(problem: Problem | None) -> None:
    state = state_after(problem)
    hinted = reduce(state, NetworkReturned(NOW + SECOND))
    assert next_due(hinted, INTERVAL) == next_due(state, INTERVAL)


def test_a_hint_never_postpones_what_is_due() -> None:
    state = reduce(state_after(TimedOut(), jitter=0.9), NetworkReturned(NOW + 79 * SECOND))
    due = next_due(state_after(TimedOut(), jitter=0.9), INTERVAL)
    assert due is not None
    assert next_due(state, INTERVAL) == due


def test_a_request_that_left_before_the_network_returned_is_outdated() -> None:
    started = reduce(AccountState(), FetchStarted(NOW, 0))
    for seconds, outdated in ((2.9, False), (3, True), (20, True)):
        at = NOW + seconds * SECOND
        assert is_outdated(reduce(started, NetworkReturned(at)), at) is outdated
        assert not is_outdated(started, at)
    assert not is_outdated(reduce(state_after(TimedOut()), NetworkReturned(NOW)), NOW + MINUTE)


@pytest.mark.parametrize("problem", [None, *PROBLEMS], ids=repr)
def test_hints_are_heard_only_while_they_would_change_something(problem: Problem | None) -> None:
    state = state_after(problem)
    assert hears_network(state) is waits_for_network(problem)
    assert hears_network(reduce(state, FetchStarted(NOW, 0)))


def test_the_silence_after_a_sleep_ends_with_a_look() -> None:
    resumed = replace(state_after(None, reading=reading_of("1")), resumed_at=NOW)
    assert next_look(resumed, NOW + 50 * SECOND, INTERVAL) == 10 * SECOND
    assert next_look(resumed, NOW + 60 * SECOND, INTERVAL) == 30 * SECOND


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
    ASKING,
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
    problem_asking: Callable[[timedelta], Problem], asked: timedelta, spacing: timedelta
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
