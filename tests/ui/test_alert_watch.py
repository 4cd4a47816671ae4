"""What is told of an account while the program runs, and what is kept of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, time, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.core.samples import NOTHING_SPENT
from tests.ui.samples import NOON, reading_of
from tray_app.adapters.alert_file import AlertFile
from tray_app.core.account_state import AccountState
from tray_app.core.alert import BalanceBelow, BalanceEmpty
from tray_app.core.alert_memory import AlertMemory, SnoozeSpan
from tray_app.core.alert_rules import AlertRules, QuietHours
from tray_app.core.money import Usd
from tray_app.core.outlook import Outlook
from tray_app.core.problem import TimedOut
from tray_app.core.runway import Learning
from tray_app.core.settings import Settings
from tray_app.ui.alert_watch import AlertWatch

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

MINUTE = timedelta(minutes=1)
FIVE = Usd.of_cents(500)


class CountingFile(AlertFile):
    """Counts what costs a disk something."""

    loads = 0
    saves = 0

    def load(self) -> AlertMemory:
        self.loads += 1
        return super().load()

    def save(self, memory: AlertMemory) -> None:
        self.saves += 1
        super().save(memory)


class Watched:
    """A watch whose clock the test sets, and what it said."""

    def __init__(self, path: Path, settings: Settings) -> None:
        self.now = NOON
        self.file = CountingFile(path)
        self.told: list[object] = []
        self.changes = 0
        self.watch = AlertWatch(lambda: self.file, settings, UTC, clock=lambda: self.now)
        self.watch.due.connect(self.told.append)
        self.watch.changed.connect(self._note_change)

    def read(self, cents: int, after: timedelta = 5 * MINUTE) -> None:
        self.now += after
        outlook = Outlook(self.now, Learning(timedelta(0)), NOTHING_SPENT)
        self.look(AccountState(reading=reading_of(cents, self.now), outlook=outlook))

    def look(self, state: AccountState) -> None:
        self.watch.look(state)

    def _note_change(self) -> None:
        self.changes += 1


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "alerts.json"


@pytest.fixture
def watched(qtbot: QtBot, path: Path) -> Watched:
    assert qtbot is not None
    return Watched(path, Settings())


def test_before_there_is_any_news_the_file_is_not_looked_at(watched: Watched) -> None:
    watched.look(AccountState())
    assert watched.file.loads == 0


def test_what_is_due_is_told_once_and_the_menu_changes_with_it(watched: Watched) -> None:
    watched.read(2_000)
    watched.read(499)
    watched.read(498)
    assert watched.told == [(BalanceBelow(FIVE),)]
    assert watched.changes == 1


def test_another_start_knows_what_was_told(watched: Watched, path: Path) -> None:
    watched.read(90)
    again = Watched(path, Settings())
    again.read(80, after=10 * MINUTE)
    assert watched.told
    assert again.told == []
    assert again.watch.memory.told == watched.watch.memory.told


def test_a_day_without_news_writes_next_to_nothing(watched: Watched) -> None:
    for _ in range(288):
        watched.read(2_000)
        for _ in range(9):
            watched.now += timedelta(seconds=30)
            watched.look(AccountState(reading=reading_of(2_000, watched.now - MINUTE)))
    assert watched.file.saves <= 2


def test_without_figures_the_time_is_kept_twice_an_hour_and_at_the_end(watched: Watched) -> None:
    watched.read(2_000)
    failing = AccountState(problem=TimedOut())
    before = watched.file.saves
    for _ in range(4 * 120):
        watched.now += timedelta(seconds=30)
        watched.look(failing)
    assert 7 <= watched.file.saves - before <= 9
    watched.now += MINUTE
    watched.look(failing)
    watched.watch.stop()
    assert watched.file.load().without_figure == watched.watch.memory.without_figure


def test_a_snooze_is_kept_and_told_and_ends_with_the_users_wish(
    watched: Watched, path: Path
) -> None:
    watched.watch.snooze(SnoozeSpan.TODAY)
    assert watched.changes == 1
    again = Watched(path, Settings())
    again.read(0)
    assert again.told == []
    again.watch.wake()
    again.read(0)
    assert again.told == [(BalanceEmpty(),)]


def test_other_rules_hold_at_once_and_tell_no_old_news(watched: Watched) -> None:
    watched.read(3_000)
    watched.watch.apply(Settings(alerts=AlertRules(below=(Usd.of_cents(5_000), FIVE))))
    watched.read(2_900)
    assert watched.told == []
    watched.read(400)
    assert watched.told == [(BalanceBelow(FIVE),)]


def test_settings_that_change_no_rule_leave_what_was_told(watched: Watched) -> None:
    watched.read(2_000)
    watched.watch.apply(replace(Settings(), hides_amounts=True))
    watched.read(400)
    assert watched.told == [(BalanceBelow(FIVE),)]


def test_what_quiet_hours_held_back_is_told_where_they_are_changed(
    qtbot: QtBot, path: Path
) -> None:
    assert qtbot is not None
    quiet = AlertRules(quiet_hours=QuietHours(time(12, 8), time(20)))
    watched = Watched(path, Settings(alerts=quiet))
    watched.read(2_000)
    watched.read(400)
    watched.watch.apply(Settings(alerts=replace(quiet, quiet_hours=None)))
    watched.read(400)
    assert watched.told == [(BalanceBelow(FIVE),)]


def test_a_key_that_was_changed_while_no_program_ran_begins_anew(
    watched: Watched, path: Path
) -> None:
    watched.watch.know_key("a")
    watched.read(0)
    same = Watched(path, Settings())
    same.watch.know_key("a")
    same.read(0)
    other = Watched(path, Settings())
    other.watch.know_key("b")
    other.read(0)
    assert (len(watched.told), len(same.told), len(other.told)) == (1, 0, 1)


def test_with_another_key_everything_begins_anew_but_the_users_wish_for_quiet(
    watched: Watched,
) -> None:
    watched.read(0)
    watched.watch.snooze(SnoozeSpan.HOUR)
    watched.watch.forget()
    assert watched.watch.memory.told is None
    assert watched.watch.memory.snooze is not None
    watched.watch.wake()
    watched.read(0)
    assert len(watched.told) == 2
