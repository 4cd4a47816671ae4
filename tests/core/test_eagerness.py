from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.samples import NOW, PROBLEMS, jitters
from tray_app.core.eagerness import EARNED_EACH, MOST_TRIES, WINDOW, Eagerness, waits_for_network
from tray_app.core.problem import (
    BlockedBeforeApi,
    CertificateRejected,
    Offline,
    Problem,
    ProxyFailed,
    TimedOut,
    UnexpectedReply,
)

SECOND = timedelta(seconds=1)
LONG_AGO = NOW - timedelta(hours=1)
OPEN = Eagerness().opened(NOW)


def test_without_a_reason_nothing_is_tried_quickly() -> None:
    assert not Eagerness().allows(NOW)
    assert Eagerness().next_try(LONG_AGO, 0.5) is None


@pytest.mark.parametrize("problem", PROBLEMS, ids=repr)
def test_a_network_may_end_what_it_may_have_caused_but_no_answer_of_novitas(
    problem: Problem,
) -> None:
    caused = isinstance(
        problem,
        Offline | ProxyFailed | CertificateRejected | TimedOut | BlockedBeforeApi | UnexpectedReply,
    )
    assert waits_for_network(problem) is caused
    assert not waits_for_network(None)


@given(jitters)
def test_the_first_quick_try_leaves_within_two_seconds(jitter: float) -> None:
    due = OPEN.next_try(LONG_AGO, jitter)
    assert due is not None
    assert NOW <= due <= NOW + 2 * SECOND


@given(jitters, jitters)
def test_quick_tries_follow_each_other_after_three_to_four_seconds_until_the_window_ends(
    first_jitter: float, jitter: float
) -> None:
    due = OPEN.next_try(LONG_AGO, first_jitter)
    tries = []
    while due is not None:
        tries.append(due)
        due = OPEN.next_try(due, jitter)
    assert 4 <= len(tries) <= 5
    assert all(NOW <= moment < NOW + WINDOW for moment in tries)
    assert tries[-1] > NOW + WINDOW - 4 * SECOND
    assert all(b - a >= 3 * SECOND for a, b in pairwise(tries))


def test_a_second_reason_makes_the_window_last_but_does_not_postpone_a_try() -> None:
    again = OPEN.opened(NOW + SECOND)
    assert again.next_try(LONG_AGO, 0.9) == OPEN.next_try(LONG_AGO, 0.9)
    assert not OPEN.allows(NOW + WINDOW)
    assert again.allows(NOW + WINDOW)
    assert not again.allows(NOW + WINDOW + SECOND)


def test_a_reason_after_the_window_opens_another() -> None:
    later = NOW + WINDOW
    assert OPEN.opened(later) == Eagerness(later, later + WINDOW)


def test_the_allowance_ends_quick_tries_and_comes_back_one_by_one() -> None:
    eager = Eagerness()
    for _ in range(MOST_TRIES):
        assert eager.opened(NOW).allows(NOW)
        eager = eager.spent(NOW)
    assert not eager.opened(NOW).allows(NOW)
    assert eager.opened(NOW).next_try(LONG_AGO, 0) is None
    later = NOW + EARNED_EACH
    assert eager.opened(later).allows(later)
    assert not eager.spent(later).opened(later).allows(later)
    much_later = NOW + MOST_TRIES * EARNED_EACH
    assert eager.spent(much_later) == Eagerness().spent(much_later)


@given(st.timedeltas(timedelta(0), timedelta(days=400)))
def test_a_clock_that_was_set_back_closes_the_window_and_never_blocks_for_good(
    back: timedelta,
) -> None:
    eager = OPEN
    for _ in range(MOST_TRIES):
        eager = eager.spent(NOW)
    before = NOW - back - SECOND
    assert not eager.allows(before)
    assert eager.opened(before).allows(before)
