"""What no sequence of answers, sleeps, clock changes, hints and requests may break."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tests.core.polling_model import INTERVAL, PollingModel
from tests.core.samples import KEY_PROBLEMS, PASSING_PROBLEMS, jitters
from tray_app.core.eagerness import EARNED_EACH, MOST_TRIES
from tray_app.core.problem import ConnectionFault, NoKey, Offline
from tray_app.core.refresh_policy import LONGEST_LOOK_AWAY, LONGEST_WAIT, next_due
from tray_app.core.settings import Settings
from tray_app.core.status import Status, status_of

if TYPE_CHECKING:
    from tray_app.core.problem import Problem
    from tray_app.core.reading import BalanceReading

MINUTE = timedelta(minutes=1)
MOST_IN_A_MINUTE = 20
"""Quick tries are three seconds apart, whatever the clock shows."""
LONGEST_SILENCE = LONGEST_WAIT + 6 * MINUTE
GONE = Offline(ConnectionFault.UNREACHABLE)
STALE_AFTER = Settings().stale_after

spans = st.timedeltas(timedelta(milliseconds=200), 7 * MINUTE)
jumps = st.timedeltas(-timedelta(days=3), timedelta(days=3)) | st.timedeltas(-2 * MINUTE, MINUTE)


class Polling(RuleBasedStateMachine):
    """Anything may happen, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.model = PollingModel()
        self.reading: BalanceReading | None = None

    @rule(span=spans, jitter=jitters)
    def time_passes(self, span: timedelta, jitter: float) -> None:
        self.model.jitter = jitter
        self.model.pass_time(span)

    @rule(jump=jumps)
    def the_clock_jumps(self, jump: timedelta) -> None:
        self.model.move_clock(jump)
        # Nothing happens at the very moment of a jump.
        self.model.pass_time(timedelta(milliseconds=200))

    @precondition(lambda self: self.model.state.in_flight)
    @rule()
    def a_reading_comes(self) -> None:
        self.model.succeed()
        self.reading = self.model.state.reading

    @precondition(lambda self: self.model.state.in_flight)
    @rule(problem=st.sampled_from(PASSING_PROBLEMS))
    def a_request_fails(self, problem: Problem) -> None:
        self.model.fail(problem)

    @precondition(lambda self: self.model.state.in_flight)
    @rule(problem=st.sampled_from(KEY_PROBLEMS))
    def the_key_is_at_fault(self, problem: Problem) -> None:
        self.model.fail(problem)

    @rule()
    def the_network_is_said_to_return(self) -> None:
        self.model.hint()

    @rule()
    def the_user_asks(self) -> None:
        self.model.ask_for_user()

    @rule()
    def the_key_changes(self) -> None:
        self.model.change_key()
        self.reading = None

    @invariant()
    def no_failure_and_no_jump_loses_the_last_reading(self) -> None:
        assert self.model.state.reading == self.reading

    @invariant()
    def an_old_figure_is_never_shown_as_current(self) -> None:
        state, now = self.model.state, self.model.wall
        if state.reading is not None and now - state.reading.taken_at > STALE_AFTER:
            assert status_of(state, now, STALE_AFTER) is not Status.FRESH

    @invariant()
    def a_look_is_planned_unless_there_is_no_key(self) -> None:
        state = self.model.state
        waits = state.in_flight or next_due(state, INTERVAL) is not None
        if waits or state.reading is not None or not isinstance(state.problem, NoKey):
            assert self.model.looks_within is not None
            assert self.model.looks_within <= LONGEST_LOOK_AWAY + timedelta(milliseconds=1)
        else:
            assert self.model.looks_within is None

    @invariant()
    def problem_and_failures_go_together(self) -> None:
        state = self.model.state
        assert (state.problem is None) == (state.failures == 0)

    @invariant()
    def it_never_polls_hard(self) -> None:
        assert self.model.most_asked_within(MINUTE) <= MOST_IN_A_MINUTE

    def teardown(self) -> None:
        """Whatever happened, it goes on asking by itself unless only the user can help."""
        model = self.model
        if model.state.in_flight:
            model.fail(GONE)
        if isinstance(model.state.problem, KEY_PROBLEMS_KINDS):
            return
        before = len(model.asked)
        model.pass_time(LONGEST_SILENCE)
        assert len(model.asked) > before


KEY_PROBLEMS_KINDS = tuple({type(problem) for problem in KEY_PROBLEMS})
Polling.TestCase.settings = settings(deadline=None, max_examples=60, stateful_step_count=40)
TestPolling = Polling.TestCase


@settings(deadline=None, max_examples=20)
@given(
    st.lists(st.timedeltas(timedelta(seconds=0.1), timedelta(seconds=40)), min_size=300), jitters
)
def test_a_network_that_comes_and_goes_is_never_a_reason_to_poll_hard(
    pauses: list[timedelta], jitter: float
) -> None:
    model = PollingModel()
    model.jitter = jitter
    model.fail(GONE)
    for pause in pauses:
        model.pass_time(pause)
        if model.state.in_flight:
            model.fail(GONE)
        model.hint()
    usual = model.awake // MINUTE + 1
    assert len(model.asked) <= 1 + usual + MOST_TRIES + model.awake // EARNED_EACH
    assert model.most_asked_within(10 * MINUTE) <= MOST_TRIES + 5 + 10


@settings(deadline=None)
@given(st.lists(jumps, max_size=60))
def test_a_clock_that_jumps_at_every_look_makes_few_requests_of_a_server_that_answers(
    moves: list[timedelta],
) -> None:
    model = PollingModel()
    model.succeed()
    for move in moves:
        model.move_clock(move)
        model.pass_time(LONGEST_LOOK_AWAY)
        if model.state.in_flight:
            model.succeed()
    assert model.most_asked_within(MINUTE) <= 3


@settings(deadline=None)
@given(st.timedeltas(timedelta(0), timedelta(days=30)), jitters)
def test_after_a_sleep_the_first_request_leaves_with_the_first_look(
    slept: timedelta, jitter: float
) -> None:
    model = PollingModel()
    model.jitter = jitter
    model.succeed()
    model.move_clock(INTERVAL * 1.1 + slept)
    model.pass_time(LONGEST_LOOK_AWAY + timedelta(seconds=1))
    assert model.state.in_flight
