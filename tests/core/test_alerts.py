"""Which alerts are told, and when: a table of episodes, and what holds for every life."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.alert_life import DAY, HOUR, MINUTE, NOON, AlertLife, lasting, spike_at
from tests.core.samples import reading_of, usd
from tests.core.zones import INDIA
from tray_app.core.alert import (
    BalanceBelow,
    BalanceEmpty,
    BudgetPeriod,
    BudgetReached,
    KeyRejected,
    LastsLess,
    NoFreshFigure,
    Severity,
    SpendingSpike,
    TopUpArrived,
)
from tray_app.core.alert_memory import AlertMemory, SnoozeSpan
from tray_app.core.alert_rules import AlertRules, QuietHours
from tray_app.core.alerts import severity_of
from tray_app.core.problem import (
    ConnectionFault,
    KeyringLocked,
    NoKey,
    Offline,
    PermissionLacking,
    WrongKey,
)
from tray_app.core.runway import NotSpending
from tray_app.core.settings import Settings

if TYPE_CHECKING:
    from tray_app.core.alert import Alert
    from tray_app.core.problem import Problem

REJECTED = WrongKey("FAILED_TO_AUTH")
OFFLINE = Offline(ConnectionFault.UNREACHABLE)


def started(dollars: str = "20", **rules: object) -> AlertLife:
    """Return a life whose first reading told nothing."""
    life = AlertLife(Settings(alerts=replace(AlertRules(), **cast("dict[str, Any]", rules))))
    assert life.reads(dollars) == []
    return life


# Each row: what is available, and what is told at that reading.
AMOUNTS: list[tuple[str, list[tuple[str, list[str]]]]] = [
    (
        "falls slowly",
        [("5", []), ("4.99", ["below 5.0000"]), ("2", []), ("0.99", ["below 1.0000"])],
    ),
    ("falls at once", [("0.5", ["below 1.0000"]), ("0.4", [])]),
    ("falls to nothing", [("0", ["empty"]), ("-3", [])]),
    ("wavers around a threshold", [("4.9", ["below 5.0000"]), ("5.2", []), ("4.9", [])]),
    (
        "recovers and falls again",
        [("4.9", ["below 5.0000"]), ("5.5", []), ("4.9", ["below 5.0000"])],
    ),
    ("wavers around nothing", [("0", ["empty"]), ("0.1", []), ("-0.1", [])]),
    (
        "recovers a little from nothing",
        [("0", ["empty"]), ("0.25", []), ("0", ["empty"]), ("0.5", []), ("0.4", [])],
    ),
    (
        "recovers from nothing above a threshold",
        [("0", ["empty"]), ("3", []), ("0.9", ["below 1.0000"]), ("0", ["empty"])],
    ),
]


@pytest.mark.parametrize("steps", [row[1] for row in AMOUNTS], ids=[row[0] for row in AMOUNTS])
def test_each_amount_is_told_once_an_episode(steps: list[tuple[str, list[str]]]) -> None:
    life = started(top_up=False)
    assert [(dollars, life.reads(dollars)) for dollars, _ in steps] == steps


# Each row: days that the balance lasts (None: not spending), and what is told.
TIMES: list[tuple[str, list[tuple[float | None, list[str]]]]] = [
    ("falls", [(3, []), (2.9, ["lasts-less"]), (0.5, [])]),
    ("wavers", [(2.9, ["lasts-less"]), (3.7, []), (2.9, [])]),
    ("recovers", [(2.9, ["lasts-less"]), (3.75, []), (2.9, ["lasts-less"])]),
    ("pauses", [(2.9, ["lasts-less"]), (None, []), (2.9, ["lasts-less"])]),
]


@pytest.mark.parametrize("steps", [row[1] for row in TIMES], ids=[row[0] for row in TIMES])
def test_little_time_left_is_told_once_an_episode(
    steps: list[tuple[float | None, list[str]]],
) -> None:
    life = started()
    told = []
    for days, _ in steps:
        runway = NotSpending(8 * DAY) if days is None else lasting(days)
        told.append((days, life.reads("20", runway=runway)))
    assert told == steps


def test_while_the_history_is_learning_an_episode_stays_as_it_is() -> None:
    life = started()
    assert life.reads("20", runway=lasting(2)) == ["lasts-less"]
    assert life.reads("20") == []
    assert life.reads("20", runway=lasting(2)) == []


def test_shares_of_a_budget_are_told_one_by_one_and_the_highest_of_several() -> None:
    life = started(daily_budget=usd("10"), monthly_budget=usd("100"))
    assert life.reads("20", today="4.9999", month="4.9999") == []
    assert life.reads("20", today="5", month="5") == ["budget day 50"]
    assert life.reads("20", today="7", month="7") == []
    assert life.reads("20", today="12", month="50") == ["budget day 100", "budget month 50"]
    assert life.reads("20", today="13", month="51") == []


def test_each_day_has_its_own_budget() -> None:
    life = started(daily_budget=usd("10"))
    assert life.reads("20", today="9") == ["budget day 80"]
    assert life.reads("20", today="0.1", after=DAY) == []
    assert life.reads("20", today="8") == ["budget day 80"]


def test_a_spike_is_told_until_spending_has_calmed_down() -> None:
    life, spike = started(), spike_at("12", "0.5")
    assert life.reads("20", spike=spike, has_calmed_down=False) == ["spike"]
    assert life.told_alerts() == (SpendingSpike(usd("12"), usd("0.5")),)
    assert life.reads("19", spike=spike, has_calmed_down=False) == []
    assert life.reads("18", has_calmed_down=False) == []
    assert life.reads("17", spike=spike, has_calmed_down=False) == []
    assert life.reads("16") == []
    assert life.reads("15", spike=spike, has_calmed_down=False) == ["spike"]


def test_a_rejected_key_is_told_once_until_a_reading_succeeds() -> None:
    life = started()
    assert life.fails(REJECTED) == ["key-rejected"]
    assert life.fails(REJECTED) == []
    assert life.fails(OFFLINE) == []
    assert life.fails(REJECTED) == []
    assert life.reads("20") == []
    assert life.fails(REJECTED) == ["key-rejected"]


def test_a_key_that_was_taken_away_begins_a_new_episode() -> None:
    life = started()
    life.fails(REJECTED)
    assert life.fails(NoKey()) == []
    assert life.fails(REJECTED) == ["key-rejected"]


def test_a_key_that_is_rejected_at_the_start_is_told() -> None:
    assert AlertLife().fails(REJECTED) == ["key-rejected"]


@pytest.mark.parametrize("problem", [OFFLINE, PermissionLacking("X"), KeyringLocked()], ids=repr)
def test_no_fresh_figure_is_told_after_six_hours_of_running(problem: Problem) -> None:
    life = started()
    life.fails(problem)
    assert life.runs(6 * HOUR - 10 * MINUTE) == []
    assert life.runs(10 * MINUTE) == ["no-fresh-figure"]
    assert life.runs(12 * HOUR) == []
    assert life.reads("20") == []
    assert life.runs(7 * HOUR) == ["no-fresh-figure"]


def test_a_sleep_is_not_a_time_without_a_figure() -> None:
    life = started()
    life.fails(OFFLINE)
    assert life.waits(30 * HOUR) == []
    assert life.runs(6 * HOUR - 10 * MINUTE) == []
    assert life.runs(10 * MINUTE) == ["no-fresh-figure"]


@pytest.mark.parametrize("problem", [REJECTED, NoKey()], ids=repr)
def test_where_the_key_is_what_lacks_nothing_more_is_told(problem: Problem) -> None:
    life = started()
    life.fails(problem)
    assert life.runs(8 * HOUR) == []


def test_time_without_a_figure_is_counted_over_a_restart() -> None:
    life = started()
    life.fails(OFFLINE)
    life.runs(4 * HOUR)
    life.restarts()
    life.fails(OFFLINE)
    assert life.runs(HOUR) == []
    assert life.runs(HOUR + 10 * MINUTE) == ["no-fresh-figure"]


def test_a_top_up_is_told_once_and_the_next_one_too() -> None:
    life = started()
    assert life.reads("40", top_up="20") == ["top-up"]
    assert life.reads("39") == []
    assert life.reads("59", top_up="20") == ["top-up"]
    assert life.told_alerts() == (TopUpArrived(usd("20"), life.now),)


def test_what_came_while_the_program_was_off_is_known_from_menu_and_icon() -> None:
    life = started()
    life.restarts()
    assert life.reads("4", runway=lasting(2), top_up="5", today="9", after=8 * HOUR) == []
    assert life.reads("3.9", runway=lasting(2)) == []


def test_what_is_critical_is_told_at_the_first_reading_where_it_was_not_before() -> None:
    life = started()
    life.restarts()
    assert life.reads("0.5") == ["below 1.0000"]
    life.restarts()
    assert life.reads("0.5") == []
    life.restarts()
    assert life.reads("0") == ["empty"]


def test_what_the_first_reading_kept_to_itself_is_told_once_it_is_critical() -> None:
    life = AlertLife()
    assert life.reads("20", runway=lasting(2.5)) == []
    assert life.reads("20", runway=lasting(1.5)) == []
    assert life.reads("20", runway=lasting(0.9)) == ["lasts-less"]
    assert life.reads("20", runway=lasting(0.5)) == []
    life.restarts()
    assert life.reads("20", runway=lasting(0.4)) == []


def test_it_is_told_at_a_later_start_and_after_quiet_hours_too() -> None:
    life = AlertLife(Settings(alerts=AlertRules(quiet_hours=QuietHours(time(12), time(20)))))
    assert life.reads("20", runway=lasting(2.5)) == []
    life.restarts()
    assert life.reads("20", runway=lasting(0.5)) == []
    assert life.reads("20", runway=lasting(0.5), after=8 * HOUR) == ["lasts-less"]
    assert life.reads("20", runway=lasting(0.4)) == []


def test_a_budget_of_yesterday_is_no_news_after_midnight() -> None:
    life = started(daily_budget=usd("10"), monthly_budget=usd("10"))
    life.snoozes(SnoozeSpan.TODAY)
    assert life.reads("20", today="9", month="9", after=12 * HOUR - 7 * MINUTE) == []
    # The reading of two minutes before midnight is fresh, and the snooze is over.
    assert life.waits(3 * MINUTE) == ["budget month 80"]
    assert life.reads("20", today="9", month="9") == ["budget day 80"]


def test_a_budget_of_last_month_is_no_news_after_midnight() -> None:
    life = AlertLife(Settings(alerts=AlertRules(monthly_budget=usd("10"))))
    life.now = datetime(2026, 11, 30, 23, 50, tzinfo=UTC)
    life.reads("20")
    life.snoozes(SnoozeSpan.TODAY)
    assert life.reads("20", month="9", after=3 * MINUTE) == []
    assert life.waits(3 * MINUTE) == []
    assert life.reads("20", month="9") == ["budget month 80"]


def test_a_clock_that_was_years_ahead_hides_no_later_top_up() -> None:
    life = started()
    assert life.reads("40", top_up="20", after=1000 * DAY) == ["top-up"]
    life.now -= 1000 * DAY
    assert life.waits(MINUTE) == []
    life.top_up = None
    assert life.reads("39") == []
    assert life.reads("59", top_up="20") == ["top-up"]
    assert life.reads("58") == []


def test_a_clock_that_is_set_back_a_little_tells_no_top_up_twice() -> None:
    life = started()
    assert life.reads("40", top_up="20") == ["top-up"]
    assert life.waits(-10 * MINUTE) == []
    assert life.waits(15 * MINUTE) == []


def test_less_than_a_day_left_is_critical_at_the_first_reading() -> None:
    assert AlertLife().reads("20", runway=lasting(0.9)) == ["lasts-less"]
    assert AlertLife().reads("20", runway=lasting(1)) == []


def test_several_at_once_are_one_message_the_gravest_first() -> None:
    life = started(daily_budget=usd("10"))
    spike = spike_at("40", "1")
    told = life.reads(
        "4", runway=lasting(2), today="10", spike=spike, has_calmed_down=False, top_up="5"
    )
    assert told == ["spike", "below 5.0000", "lasts-less", "budget day 100", "top-up"]


def test_nothing_left_says_it_all_about_the_amount() -> None:
    life = started()
    assert life.reads("0", runway=lasting(0.1)) == ["empty"]
    assert life.reads("0", runway=lasting(0.1)) == []


def test_in_quiet_hours_nothing_is_told_and_afterwards_what_still_holds() -> None:
    life = started(quiet_hours=QuietHours(time(13), time(14)))
    assert life.reads("4.9", after=HOUR) == []
    assert life.reads("20", top_up="15.1") == []
    assert life.reads("0.9") == []
    assert life.fails(REJECTED) == []
    life.waits(MINUTE)
    assert life.reads("0.9", after=HOUR) == ["below 1.0000", "top-up"]


def test_quiet_hours_are_the_users() -> None:
    life = AlertLife(
        Settings(alerts=AlertRules(quiet_hours=QuietHours(time(17, 30), time(18, 30)))), INDIA
    )
    assert life.reads("20") == []
    assert life.reads("4") == []
    assert life.reads("4", after=45 * MINUTE) == []
    assert life.reads("4", after=5 * MINUTE) == ["below 5.0000"]


@pytest.mark.parametrize(
    ("span", "quiet_for"), [(SnoozeSpan.HOUR, HOUR), (SnoozeSpan.TODAY, 12 * HOUR - 5 * MINUTE)]
)
def test_a_snooze_holds_back_everything_for_a_time(span: SnoozeSpan, quiet_for: timedelta) -> None:
    life = started()
    life.snoozes(span)
    assert life.reads("0", after=quiet_for - MINUTE) == []
    assert life.fails(REJECTED, after=timedelta(seconds=1)) == []
    assert life.waits(MINUTE) == ["empty", "key-rejected"]
    assert life.memory.snooze is None


def test_a_snooze_until_the_next_top_up_holds_back_what_one_would_cure() -> None:
    life = started(daily_budget=usd("10"))
    life.snoozes(SnoozeSpan.TOP_UP)
    assert life.reads("4", runway=lasting(2), after=3 * DAY) == []
    assert life.reads("0", today="5") == ["budget day 50"]
    assert life.fails(REJECTED) == ["key-rejected"]
    assert life.reads("30", top_up="30") == ["top-up"]
    assert life.memory.snooze is None
    assert life.reads("4") == ["below 5.0000"]


def test_a_top_up_from_before_ends_no_snooze() -> None:
    life = started()
    life.reads("25", top_up="5")
    life.snoozes(SnoozeSpan.TOP_UP)
    assert life.reads("4") == []
    assert life.memory.snooze is not None


def test_a_snooze_lasts_over_a_restart_and_ends_with_the_users_wish() -> None:
    life = started()
    life.snoozes(SnoozeSpan.TODAY)
    life.restarts()
    assert life.reads("0") == []
    life.memory = life.memory.woken()
    assert life.reads("0") == ["empty"]


def test_a_clock_that_is_set_back_does_not_prolong_a_snooze() -> None:
    life = started()
    life.snoozes(SnoozeSpan.HOUR)
    assert life.reads("0", after=-400 * DAY) == ["empty"]


def test_with_alerts_off_nothing_is_told_and_switching_them_on_tells_no_old_news() -> None:
    life = started(enabled=False)
    assert life.reads("4", top_up="1") == []
    assert life.fails(REJECTED) == []
    life.settings = Settings()
    assert life.reads("4") == []
    assert life.reads("0.9") == ["below 1.0000"]


@pytest.mark.parametrize(
    ("off", "step"),
    [
        ("spike", {"spike": spike_at("9", "1")}),
        ("top_up", {"top_up": "5"}),
    ],
)
def test_each_kind_can_be_switched_off(off: str, step: dict[str, Any]) -> None:
    life = started("20", **{off: False})
    assert life.reads("20", **step) == []


def test_key_and_missing_figures_can_be_switched_off() -> None:
    life = started(key_rejected=False, no_fresh_figure=False, lasts_less=None)
    assert life.fails(REJECTED) == []
    life.fails(OFFLINE)
    assert life.runs(8 * HOUR) == []
    assert life.reads("20", runway=lasting(0.2)) == []


def test_other_rules_tell_no_old_news() -> None:
    life = started("30")
    life.settings = Settings(alerts=AlertRules(below=(usd("50"), usd("5"))))
    life.memory = life.memory.unsettled()
    assert life.reads("30") == []
    assert life.reads("29") == []
    assert life.reads("4") == ["below 5.0000"]


def test_an_old_reading_or_one_without_its_own_outlook_says_nothing() -> None:
    life = started()
    life.state = replace(life.state, reading=reading_of("0", life.now), outlook=None)
    assert life.waits(MINUTE) == []
    life = started(quiet_hours=QuietHours(time(12, 10), time(13)))
    assert life.reads("4", after=10 * MINUTE) == []
    assert life.waits(2 * HOUR) == []


def test_the_menu_can_tell_what_was_said() -> None:
    life = started()
    life.reads("4.9")
    told = life.memory.told
    assert told is not None
    assert (told.alerts, told.at) == ((BalanceBelow(usd("5")),), NOON + 10 * MINUTE)
    life.reads("4.8")
    assert life.memory.told == told


def test_the_gravity_of_each_alert() -> None:
    state = started().state
    grave: list[Alert] = [
        BalanceEmpty(),
        KeyRejected(),
        SpendingSpike(usd("9"), usd("1")),
        BalanceBelow(usd("1")),
    ]
    assert {severity_of(alert, state) for alert in grave} == {Severity.CRITICAL}
    budget = BudgetReached(BudgetPeriod.DAY, 100, usd("10"))
    lesser: list[Alert] = [BalanceBelow(usd("1.01")), LastsLess(3 * DAY), budget, NoFreshFigure()]
    assert {severity_of(alert, state) for alert in lesser} == {Severity.WARNING}
    assert severity_of(TopUpArrived(usd("1"), NOON), state) is Severity.NEWS


steps = st.lists(
    st.tuples(
        st.sampled_from(["read", "fail", "wait", "restart", "snooze"]),
        st.sampled_from(["-1", "0", "0.1", "0.9", "1.05", "4.9", "5.2", "20"]),
        st.sampled_from([0.5, 2.0, 3.5, 9.0]),
        st.sampled_from([MINUTE, 5 * MINUTE, HOUR, DAY]),
    ),
    max_size=40,
)


@settings(max_examples=200)
@given(steps)
def test_an_episode_is_never_told_again_before_it_has_ended(
    life_steps: list[tuple[str, str, float, timedelta]],
) -> None:
    life = AlertLife()
    for kind, dollars, days, span in life_steps:
        before = life.memory.under_way - life.memory.unsaid
        match kind:
            case "read":
                told = life.reads(dollars, runway=lasting(days), after=span)
            case "fail":
                told = life.fails(REJECTED, after=span)
            case "wait":
                told = life.waits(span)
            case "restart":
                life.restarts()
                continue
            case _:
                life.snoozes(SnoozeSpan.HOUR)
                continue
        assert before.isdisjoint(told)
        # What was judged once says nothing when it is judged again.
        assert life.waits(timedelta(0)) == []


def test_a_memory_that_was_never_used_has_nothing_under_way() -> None:
    assert AlertMemory() == AlertMemory(frozenset(), None, timedelta(0), None, None, frozenset())
