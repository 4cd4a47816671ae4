"""Several accounts in the running program: what one is told of, or loses, is no other one's."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from tests.core.samples import usd
from tray_app.core.alert import BalanceBelow, BalanceEmpty
from tray_app.core.alert_memory import SnoozeSpan, Told
from tray_app.core.configuration import Account, Configuration
from tray_app.core.settings import Settings
from tray_app.presentation.alert_wording import AlertNews
from tray_app.presentation.privacy import hide_amounts
from tray_app.presentation.tray_menu import Command
from tray_app.ui.refresher import now_utc

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from tests.ui.running_program import Running
    from tray_app.core.alert import Alert

TWO = Configuration((Account("home"), Account("work")), shown_account="home")


@pytest.fixture
def two(loaded: Running, qtbot: QtBot) -> Iterator[Running]:
    loaded.program._keeper.change(TWO)
    qtbot.waitUntil(lambda: all(each.state.outlook is not None for each in loaded.program.sessions))
    yield loaded
    hide_amounts(hidden=False)


def tell(running: Running, account: str, *alerts: Alert) -> None:
    """Let it be remembered that an account's alerts were told."""
    watch = running.program._accounts._sessions[account].alerts
    watch._remember(replace(watch.memory, told=Told(alerts, now_utc())))


def rows(running: Running) -> list[str]:
    return [row.text() for row in running.program._tray._menu.actions()]


def snoozed(running: Running) -> list[str]:
    sessions = running.program.sessions
    return [each.name for each in sessions if each.alerts.memory.snooze is not None]


def test_the_menu_tells_what_was_said_of_an_account_that_is_not_shown(two: Running) -> None:
    tell(two, "work", BalanceEmpty())
    assert any(row.startswith("work: Alert ") and "used up" in row for row in rows(two))
    assert "Snooze alerts" in rows(two)


def test_a_snooze_until_a_top_up_is_that_of_the_account_in_question(two: Running) -> None:
    tell(two, "work", BalanceBelow(usd("5")))
    two.program.on_command(Command.SNOOZE_TOP_UP)
    assert snoozed(two) == ["work"]
    assert "work: Alerts snoozed until a top-up" in rows(two)
    two.row("Tell alerts again").trigger()
    assert snoozed(two) == []
    two.program.on_command(Command.SNOOZE_TOP_UP, "home")
    assert snoozed(two) == ["home"]


def test_a_snooze_for_a_time_is_every_accounts_and_told_once(two: Running) -> None:
    two.program.on_command(Command.SNOOZE_TODAY, "work")
    assert snoozed(two) == ["home", "work"]
    assert sum("snoozed until" in row for row in rows(two)) == 1


def test_the_window_for_a_key_says_whose_key_is_meant(two: Running) -> None:
    two.program.on_command(Command.EDIT_KEY, "work")
    dialog = two.program._accounts._sessions["work"].key_entry.dialog
    assert dialog is not None
    assert dialog.windowTitle() == "work: API key"
    two.program._keeper.change(Configuration((Account("work"),)))
    two.program.on_command(Command.EDIT_KEY, "work")
    assert dialog.windowTitle() == "API key"


def test_with_an_account_its_windows_go(two: Running) -> None:
    session = two.program._accounts._sessions["work"]
    two.program.on_command(Command.EDIT_KEY, "work")
    two.program.on_command(Command.OPEN_WINDOW, "work")
    dialog, window = session.key_entry.dialog, session.details.window
    assert dialog is not None
    assert window is not None
    two.program._keeper.change(Configuration((Account("home"),)))
    assert not dialog.isVisible()
    session.details.on_export_finished("x.csv", "")
    assert session.details.window is None


def test_what_still_comes_from_an_account_that_is_gone_is_heard_by_nobody(two: Running) -> None:
    session = two.program._accounts._sessions["work"]
    two.program._keeper.change(Configuration((Account("home"),)))
    session.alerts.due.emit((BalanceEmpty(),))
    assert two.program._voice._gathered == []


def test_an_alert_of_an_account_that_is_gone_carries_no_other_ones_figures(
    two: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[object] = []

    def note(_: object, path: str, payload: object) -> None:
        started.append((path, payload))

    monkeypatch.setattr("tests.ui.running_program.LocalConnection.run_alert_command", note)
    home = two.program._accounts._sessions["home"]
    two.program._keeper.change(
        Configuration((Account("home"), Account("work")), alert_command="/bin/true")
    )
    two.program.on_told(AlertNews("lab", (BalanceEmpty(),), home.state))
    assert started == []
    two.program.on_told(AlertNews("home", (BalanceEmpty(),), home.state))
    assert len(started) == 1


def test_a_session_behind_one_that_hangs_is_ended_too(
    two: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = two.program.sessions
    stop = first.stop

    def stop_late() -> bool:
        stop()
        return False

    monkeypatch.setattr(first, "stop", stop_late)
    assert not two.program.stop()
    assert second._worker_thread.isFinished()


def test_a_message_with_amounts_goes_when_they_are_to_be_hidden(
    two: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    withdrawn: list[Any] = []
    monkeypatch.setattr(two.program._voice, "withdraw", lambda: withdrawn.append(1))
    hidden = Settings(hides_amounts=True)
    two.program._keeper.change(replace(TWO, accounts=(Account("home"), Account("work", hidden))))
    assert withdrawn == [1]
    two.program._keeper.change(TWO)
    assert withdrawn == [1]


def test_a_snooze_of_the_shown_account_alone_is_told_plainly(two: Running) -> None:
    two.program._accounts._sessions["home"].alerts.snooze(SnoozeSpan.HOUR)
    assert any(row.startswith("Alerts snoozed until") for row in rows(two))
    assert not any(row.startswith("work: Alert") for row in rows(two))
