from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.samples import (
    NOTHING_SPENT,
    NOW,
    PROBLEMS,
    STEADY,
    amounts,
    jitters,
    problems,
    reading_of,
    runways,
    usd,
)
from tests.core.spending_habits import DAY, HOUR
from tray_app.core.account_state import (
    AccountState,
    ClockWentBack,
    Event,
    FetchAbandoned,
    FetchFailed,
    FetchStarted,
    FetchSucceeded,
    KeyChanged,
    LastKnown,
    NetworkReturned,
    OutlookChanged,
    Resumed,
    ThresholdsChanged,
    after_failure,
    reduce,
)
from tray_app.core.eagerness import MOST_TRIES, WINDOW, Eagerness
from tray_app.core.level import Level, Thresholds
from tray_app.core.outlook import Outlook
from tray_app.core.problem import NoKey, Problem, RateLimited, TimedOut
from tray_app.core.reading import BalanceReading
from tray_app.core.runway import Empty, Lasting

LATER = NOW + timedelta(seconds=3)
STARTED = reduce(AccountState(), FetchStarted(NOW, 0.25))
READ = reduce(STARTED, FetchSucceeded(1, reading_of("12.34", LATER)))

# Few, so that many outlooks belong to the reading of the time.
moments = st.integers(0, 3).map(lambda seconds: NOW + timedelta(seconds=seconds))
generations = st.integers(0, 8)
events: st.SearchStrategy[Event] = st.one_of(
    st.builds(FetchStarted, at=moments, jitter=jitters, asked_by_user=st.booleans()),
    st.builds(
        FetchSucceeded,
        generation=generations,
        reading=st.builds(BalanceReading, available=amounts, taken_at=moments),
    ),
    st.builds(FetchFailed, generation=generations, problem=problems, at=moments),
    st.builds(FetchAbandoned, generation=generations),
    st.builds(
        OutlookChanged,
        st.builds(Outlook, as_of=moments, runway=runways, spent=st.just(NOTHING_SPENT)),
    ),
    st.just(KeyChanged()),
    st.builds(LastKnown, st.builds(BalanceReading, available=amounts, taken_at=moments)),
    st.builds(
        ThresholdsChanged,
        st.sampled_from([Thresholds(), Thresholds(low=usd("50"), critical=usd("20"))]),
    ),
    st.builds(Resumed, at=moments),
    st.builds(NetworkReturned, at=moments),
    st.builds(ClockWentBack, at=moments),
)
histories = st.lists(events, max_size=25)


def state_of(history: list[Event]) -> AccountState:
    state = AccountState()
    for event in history:
        state = reduce(state, event)
    return state


def test_the_first_state_knows_nothing() -> None:
    assert AccountState() == AccountState(
        thresholds=Thresholds(),
        reading=None,
        level=None,
        outlook=None,
        problem=None,
        generation=0,
        in_flight=False,
        failures=0,
        last_attempt_at=None,
        jitter=0.0,
        resumed_at=None,
        eagerness=Eagerness(),
    )


def test_a_start_counts_a_generation_and_notes_time_and_jitter() -> None:
    assert AccountState(generation=1, in_flight=True, last_attempt_at=NOW, jitter=0.25) == STARTED


def test_a_start_keeps_reading_problem_and_failures() -> None:
    failed = reduce(reduce(READ, FetchStarted(LATER, 0)), FetchFailed(2, TimedOut(), LATER))
    again = reduce(failed, FetchStarted(LATER + timedelta(minutes=1), 0.5))
    assert (again.reading, again.level, again.problem) == (READ.reading, READ.level, TimedOut())
    assert (again.failures, again.generation, again.in_flight) == (1, 3, True)


def test_a_success_brings_reading_and_level_and_clears_the_problem() -> None:
    failed = reduce(STARTED, FetchFailed(1, TimedOut(), LATER))
    reading = reading_of("0.5", LATER)
    state = reduce(reduce(failed, FetchStarted(LATER, 0)), FetchSucceeded(2, reading))
    assert (state.reading, state.level) == (reading, Level.CRITICAL)
    assert (state.problem, state.failures, state.in_flight) == (None, 0, False)
    assert state.last_attempt_at == reading.taken_at


@pytest.mark.parametrize("problem", PROBLEMS, ids=repr)
def test_a_failure_keeps_the_last_reading_and_counts(problem: Problem) -> None:
    state = reduce(reduce(READ, FetchStarted(LATER, 0)), FetchFailed(2, problem, LATER))
    assert (state.reading, state.level) == (READ.reading, READ.level)
    assert (state.problem, state.failures, state.in_flight) == (problem, 1, False)
    assert state.last_attempt_at == LATER


def test_failures_add_up_until_a_success() -> None:
    state = AccountState()
    for generation in (1, 2, 3):
        state = reduce(state, FetchStarted(NOW, 0))
        state = reduce(state, FetchFailed(generation, TimedOut(), NOW))
        assert state.failures == generation
    state = reduce(reduce(state, FetchStarted(NOW, 0)), FetchSucceeded(4, reading_of("1")))
    assert state.failures == 0


def test_an_abandoned_request_counts_for_nothing_and_the_next_is_due_at_once() -> None:
    failed = reduce(reduce(READ, FetchStarted(LATER, 0)), FetchFailed(2, TimedOut(), LATER))
    state = reduce(reduce(failed, FetchStarted(LATER, 0)), FetchAbandoned(3))
    assert (state.reading, state.problem, state.failures) == (READ.reading, TimedOut(), 1)
    assert (state.in_flight, state.last_attempt_at) == (False, None)


def test_another_key_forgets_everything_but_thresholds_and_the_count() -> None:
    own = Thresholds(low=usd("50"), critical=usd("20"))
    state = AccountState(thresholds=own, reading=reading_of("1"), level=Level.LOW, generation=7)
    assert reduce(state, KeyChanged()) == AccountState(thresholds=own, generation=8)


@pytest.mark.parametrize(
    "answer",
    [
        FetchSucceeded(1, reading_of("99")),
        FetchFailed(1, TimedOut(), LATER),
        FetchAbandoned(1),
    ],
    ids=lambda answer: type(answer).__name__,
)
def test_an_answer_that_the_state_does_not_wait_for_changes_nothing(
    answer: FetchSucceeded | FetchFailed | FetchAbandoned,
) -> None:
    overtaken = reduce(STARTED, FetchStarted(LATER, 0))
    other_key = reduce(STARTED, KeyChanged())
    answered = reduce(STARTED, answer)
    for state in (overtaken, other_key, answered, AccountState()):
        assert reduce(state, answer) is state


def test_the_level_follows_the_one_before() -> None:
    low = reduce(STARTED, FetchSucceeded(1, reading_of("4.99")))
    wavering = reduce(reduce(low, FetchStarted(NOW, 0)), FetchSucceeded(2, reading_of("5.01")))
    recovered = reduce(reduce(wavering, FetchStarted(NOW, 0)), FetchSucceeded(3, reading_of("5.5")))
    assert [low.level, wavering.level, recovered.level] == [Level.LOW, Level.LOW, Level.HEALTHY]


def _foreseen(dollars: str, *, days: float) -> AccountState:
    """Return the state after a reading of which the history says how long it lasts."""
    state = reduce(STARTED, FetchSucceeded(1, reading_of(dollars)))
    return reduce(state, OutlookChanged(_lasting(days)))


def _lasting(days: float) -> Outlook:
    return replace(STEADY, runway=Lasting(days * DAY, 0.7 * days * DAY, 1.5 * days * DAY))


def _read(state: AccountState, dollars: str) -> AccountState:
    started = reduce(state, FetchStarted(NOW, 0))
    reading = reading_of(dollars, NOW + timedelta(minutes=5 * started.generation))
    return reduce(started, FetchSucceeded(started.generation, reading))


@pytest.mark.parametrize(
    ("days", "level"), [(9, Level.HEALTHY), (2, Level.LOW), (0.5, Level.CRITICAL)]
)
def test_an_outlook_of_the_reading_is_taken_and_counts_for_the_level(
    days: float, level: Level
) -> None:
    state = _foreseen("480", days=days)
    assert (state.outlook, state.level) == (_lasting(days), level)


def test_an_outlook_of_another_reading_changes_nothing() -> None:
    older = OutlookChanged(replace(STEADY, as_of=NOW - HOUR))
    for state in (AccountState(), STARTED, READ, _foreseen("480", days=2)):
        assert reduce(state, older) is state


def test_a_new_reading_keeps_the_level_that_the_time_left_made() -> None:
    state = _read(_foreseen("480", days=2), "479")
    assert state.level is Level.LOW
    assert state.outlook is not None
    assert isinstance(state.outlook.runway, Lasting)
    assert state.outlook.runway.middle / DAY == pytest.approx(2 * 479 / 480)


def test_a_top_up_ends_that_level_before_the_history_is_asked() -> None:
    assert _read(_foreseen("10", days=0.5), "12").level is Level.CRITICAL
    assert _read(_foreseen("10", days=0.5), "30").level is Level.LOW
    assert _read(_foreseen("10", days=0.5), "210").level is Level.HEALTHY


def test_spending_between_two_outlooks_can_make_a_level_worse() -> None:
    assert _read(_foreseen("480", days=4), "240").level is Level.LOW


def test_an_account_that_runs_empty_is_foreseen_as_empty_and_a_top_up_as_unknown() -> None:
    empty = _read(_foreseen("10", days=0.5), "0")
    assert empty.outlook is not None
    assert (empty.outlook.runway, empty.level) == (Empty(), Level.EMPTY)
    topped_up = _read(empty, "20")
    assert (topped_up.outlook, topped_up.level) == (None, Level.HEALTHY)


def test_a_failure_keeps_the_outlook() -> None:
    state = _foreseen("480", days=2)
    failed = reduce(reduce(state, FetchStarted(LATER, 0)), FetchFailed(2, TimedOut(), LATER))
    assert (failed.outlook, failed.level) == (state.outlook, Level.LOW)


def test_a_sleep_is_noted_opens_a_window_and_forgets_what_failed_before() -> None:
    failing = AccountState(problem=TimedOut(), failures=7, last_attempt_at=NOW)
    state = reduce(failing, Resumed(LATER))
    assert (state.resumed_at, state.failures, state.problem) == (LATER, 1, TimedOut())
    assert state.eagerness == Eagerness(LATER, LATER + WINDOW)
    assert reduce(AccountState(), Resumed(LATER)).failures == 0


def test_a_hint_opens_a_window_and_keeps_the_back_off() -> None:
    failing = AccountState(problem=TimedOut(), failures=7, last_attempt_at=NOW)
    state = reduce(failing, NetworkReturned(LATER))
    assert state == replace(failing, eagerness=Eagerness(LATER, LATER + WINDOW))


def test_quick_tries_neither_add_to_the_back_off_nor_exceed_their_allowance() -> None:
    state = AccountState(problem=TimedOut(), failures=3, last_attempt_at=NOW)
    counts = []
    for _ in range(MOST_TRIES + 2):
        state = reduce(reduce(state, NetworkReturned(NOW)), FetchStarted(NOW, 0))
        state = reduce(state, FetchFailed(state.generation, TimedOut(), NOW))
        counts.append(state.failures)
    assert counts == [3] * (MOST_TRIES - 1) + [4, 5, 6]


def test_an_answer_of_novitas_in_the_window_counts_as_any_failure() -> None:
    started = reduce(reduce(STARTED, NetworkReturned(NOW)), FetchStarted(NOW, 0))
    failed = reduce(started, FetchFailed(2, RateLimited(None), NOW))
    again = reduce(reduce(failed, FetchStarted(NOW, 0)), FetchFailed(3, RateLimited(None), NOW))
    assert (failed.failures, again.failures) == (1, 2)


def test_the_repetition_of_an_abandoned_request_costs_a_quick_try() -> None:
    ended = reduce(reduce(STARTED, NetworkReturned(NOW)), FetchAbandoned(1))
    assert reduce(ended, FetchStarted(NOW, 0)).eagerness.earned_at is not None


def test_a_request_of_the_user_ends_the_silence_after_a_sleep() -> None:
    resumed = reduce(READ, Resumed(LATER))
    assert reduce(resumed, FetchStarted(LATER, 0)).resumed_at == LATER
    assert reduce(resumed, FetchStarted(LATER, 0, asked_by_user=True)).resumed_at is None


def test_a_clock_that_went_back_has_a_figure_read_anew_and_lets_other_waits_begin_anew() -> None:
    earlier = NOW - timedelta(hours=1)
    failed = reduce(reduce(READ, FetchStarted(LATER, 0)), FetchFailed(2, TimedOut(), LATER))
    assert reduce(READ, ClockWentBack(earlier)).last_attempt_at is None
    assert reduce(failed, ClockWentBack(earlier)).last_attempt_at == earlier
    assert reduce(STARTED, ClockWentBack(earlier)).last_attempt_at == earlier


@settings(deadline=None)
@given(histories, events)
def test_only_another_key_removes_a_reading_and_only_a_success_replaces_it(
    history: list[Event], event: Event
) -> None:
    before = state_of(history)
    after = reduce(before, event)
    match event:
        case KeyChanged():
            assert after.reading is None
        case FetchSucceeded():
            assert after.reading in {before.reading, event.reading}
        case LastKnown(reading):
            assert after.reading == (before.reading or reading) or after is before
        case ThresholdsChanged(thresholds):
            assert after == replace(
                before,
                thresholds=thresholds,
                level=after.level,
                level_before=None,
            )
            assert (after.level is None) == (before.reading is None)
        case OutlookChanged():
            assert after.reading is before.reading
            assert after.outlook in {before.outlook, event.outlook}
        case _:
            assert after.reading is before.reading
            assert after.level is before.level
            assert after.outlook is before.outlook


def test_what_was_known_at_the_last_end_shows_until_there_is_news() -> None:
    old = reading_of("0.5", NOW - DAY)
    begun = reduce(AccountState(), LastKnown(old))
    assert (begun.reading, begun.level, begun.last_attempt_at) == (old, Level.CRITICAL, None)
    assert reduce(reduce(begun, FetchStarted(NOW, 0.0)), LastKnown(old)).in_flight
    assert reduce(READ, LastKnown(old)) is READ
    no_key = AccountState(problem=NoKey())
    assert reduce(no_key, LastKnown(old)) is no_key


def test_other_thresholds_judge_the_same_reading_anew_without_hysteresis() -> None:
    low = reduce(
        AccountState(level=Level.CRITICAL, reading=reading_of("1.05")),
        ThresholdsChanged(Thresholds(low=usd("10"), critical=usd("1"))),
    )
    assert (low.level, low.thresholds.low) == (Level.LOW, usd("10"))
    assert reduce(low, ThresholdsChanged(Thresholds(usd("1.04"), usd("1")))).level is Level.HEALTHY


@settings(deadline=None)
@given(histories, events)
def test_an_answer_of_another_generation_never_lands(history: list[Event], event: Event) -> None:
    before = state_of(history)
    if isinstance(event, FetchStarted | KeyChanged):
        assert reduce(before, event).generation == before.generation + 1
    elif isinstance(
        event,
        OutlookChanged | LastKnown | ThresholdsChanged | Resumed | NetworkReturned | ClockWentBack,
    ):
        after = reduce(before, event)
        assert (after.generation, after.in_flight) == (before.generation, before.in_flight)
    elif event.generation != before.generation or not before.in_flight:
        assert reduce(before, event) is before
    else:
        assert not reduce(before, event).in_flight


@settings(deadline=None)
@given(histories)
def test_every_history_leaves_a_consistent_state(history: list[Event]) -> None:
    state = state_of(history)
    assert (state.reading is None) == (state.level is None)
    assert state.outlook is None or state.reading is not None
    assert (state.problem is None) == (state.failures == 0)
    chosen = [event.thresholds for event in history if isinstance(event, ThresholdsChanged)]
    assert state.thresholds == [Thresholds(), *chosen][-1]
    assert not state.in_flight or state.last_attempt_at is not None
    starts = sum(isinstance(event, FetchStarted | KeyChanged) for event in history)
    assert state.generation == starts


def test_an_attempt_that_ended_inside_counts_as_a_failure_and_keeps_the_reading() -> None:
    started = reduce(READ, FetchStarted(LATER, 0))
    failed = after_failure(started, TimedOut(), LATER)
    assert (failed.in_flight, failed.problem, failed.failures) == (False, TimedOut(), 1)
    assert (failed.reading, failed.last_attempt_at) == (READ.reading, LATER)


def test_a_level_that_was_only_guessed_does_not_count_as_entered() -> None:
    healthy = _foreseen("400", days=4)
    guessed = _read(healthy, "299")
    assert guessed.level is Level.LOW
    assert guessed.reading is not None
    own = replace(_lasting(3.2), as_of=guessed.reading.taken_at)
    assert reduce(guessed, OutlookChanged(own)).level is Level.HEALTHY
    # One that was entered by its own outlook is left a tenth above its threshold only.
    low = reduce(guessed, OutlookChanged(replace(own, runway=_lasting(2.9).runway)))
    again = _read(low, "310")
    assert again.reading is not None
    wavering = replace(_lasting(3.2), as_of=again.reading.taken_at)
    assert reduce(again, OutlookChanged(wavering)).level is Level.LOW
