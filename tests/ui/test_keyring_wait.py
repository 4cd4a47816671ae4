"""The keyring takes its time: what the program shows, and that it stays alive."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.running_program import LocalConnection
from tests.ui.samples import KEY, OTHER_KEY
from tests.ui.slow_key_store import SlowKeyStore
from tray_app.core.problem import KeyringLocked, ProblemError
from tray_app.presentation.icon_spec import Emblem
from tray_app.presentation.tray_menu import Command
from tray_app.presentation.wording import keyring_wait_text
from tray_app.ui.keyring_wait import KeyringWait

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from tests.ui.running_program import Running
    from tray_app.simulator import Simulator

    Start = Callable[[SlowKeyStore], Running]

SOON = timedelta(milliseconds=30)


@dataclass
class Changes:
    """What a wait told, in its order."""

    wait: KeyringWait
    told: list[bool] = field(default_factory=list)

    def note(self) -> None:
        self.told.append(self.wait.lasts)


@pytest.fixture
def slow() -> Iterator[SlowKeyStore]:
    slow = SlowKeyStore()
    yield slow
    slow.answer()


@pytest.fixture
def waiting(
    start: Start, slow: SlowKeyStore, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Running:
    """The program some time after its start, while the keyring has not answered yet."""
    monkeypatch.setattr("tray_app.ui.account_session.KeyringWait", ImpatientWait)
    running = start(slow)
    qtbot.waitUntil(lambda: running.tooltip.startswith(keyring_wait_text()))
    return running


class ImpatientWait(KeyringWait):
    def __init__(self, *, parent: object = None) -> None:
        assert parent is not None
        super().__init__(patience=SOON)


def enter_and_wait_for_the_save(running: Running, qtbot: QtBot) -> None:
    running.program.on_command(Command.EDIT_KEY)
    qtbot.waitUntil(running.dialog.isActiveWindow)
    QTest.keyClicks(running.dialog._trial.field, OTHER_KEY.reveal())
    QTest.keyClick(running.dialog._trial.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: running.dialog._trial._pending.name == "SAVE")
    qtbot.waitUntil(lambda: running.dialog._trial.answer.text() == keyring_wait_text())


def test_an_answer_that_comes_soon_is_no_wait(qapp: QApplication, qtbot: QtBot) -> None:
    assert qapp is not None
    wait = KeyringWait(patience=SOON)
    changes = Changes(wait)
    wait.changed.connect(changes.note)
    wait.on_keyring_asked()
    wait.on_keyring_answered()
    assert not wait._timer.isActive()
    wait.on_keyring_asked()
    qtbot.waitUntil(lambda: wait.lasts)
    wait.on_keyring_answered()
    wait.on_keyring_answered()
    assert changes.told == [True, False]


def test_people_wait_two_seconds_without_a_word(qapp: QApplication) -> None:
    assert qapp is not None
    assert KeyringWait()._timer.interval() == 2_000


def test_the_tray_says_that_it_waits_and_uses_the_late_answer(
    waiting: Running, slow: SlowKeyStore, qtbot: QtBot
) -> None:
    assert waiting.first_row == keyring_wait_text()
    view = waiting.program._tray._view
    assert view is not None
    assert view.icon.emblem is Emblem.KEY
    slow.answer()
    qtbot.waitUntil(lambda: "$100.00 available" in waiting.tooltip)
    assert keyring_wait_text() not in waiting.tooltip
    assert slow.questions == 1


def test_a_late_refusal_is_shown_and_the_keyring_left_in_peace(
    waiting: Running, slow: SlowKeyStore, qtbot: QtBot, simulator: Simulator
) -> None:
    slow.trouble = ProblemError(KeyringLocked())
    slow.answer()
    qtbot.waitUntil(lambda: "The keyring is locked" in waiting.tooltip)
    waiting.program.shown.refresher.on_look()
    waiting.program.shown.refresher.on_network_returned()
    waiting.program.shown.worker.fetch_finished.emit(0, None)
    assert (slow.questions, simulator.request_count) == (1, 0)
    assert not waiting.state.in_flight


def test_refresh_now_puts_the_question_anew(
    waiting: Running, slow: SlowKeyStore, qtbot: QtBot
) -> None:
    waiting.row("Refresh now").trigger()
    qtbot.waitUntil(lambda: slow.questions == 2)
    assert slow.left == 1
    qtbot.waitUntil(lambda: waiting.tooltip.startswith(keyring_wait_text()))
    slow.answer()
    qtbot.waitUntil(lambda: "$100.00 available" in waiting.tooltip)
    assert slow.questions == 2


def test_a_keyring_that_cannot_be_left_is_not_asked_twice(
    start: Start, slow: SlowKeyStore, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tray_app.wiring.sys.platform", "darwin")
    monkeypatch.setattr("tray_app.ui.account_session.KeyringWait", ImpatientWait)
    slow.can_be_left = False
    running = start(slow)
    qtbot.waitUntil(lambda: running.first_row == keyring_wait_text())
    assert "Refresh now to ask again" not in running.tooltip
    running.row("Refresh now").trigger()
    slow.answer()
    qtbot.waitUntil(lambda: "$100.00 available" in running.tooltip)
    assert slow.questions == 1


def test_a_key_is_tried_while_the_keyring_waits_and_saved_when_it_answers(
    waiting: Running, slow: SlowKeyStore, qtbot: QtBot
) -> None:
    enter_and_wait_for_the_save(waiting, qtbot)
    assert slow.key == KEY
    slow.answer()
    qtbot.waitUntil(lambda: "Saved." in waiting.dialog._trial.answer.text())
    assert slow.key == OTHER_KEY
    # Left for the test; the save; read again with the new key.
    qtbot.waitUntil(lambda: "$100.00 available" in waiting.tooltip)
    assert (slow.questions, slow.left) == (3, 1)


def test_the_dialog_can_be_closed_while_it_saves_and_the_key_is_saved_all_the_same(
    waiting: Running, slow: SlowKeyStore, qtbot: QtBot
) -> None:
    enter_and_wait_for_the_save(waiting, qtbot)
    waiting.dialog.reject()
    assert not waiting.dialog.isVisible()
    slow.answer()
    qtbot.waitUntil(lambda: slow.key == OTHER_KEY)
    qtbot.waitUntil(lambda: "$100.00 available" in waiting.tooltip)


def test_a_save_that_was_left_for_another_wish_is_told_as_not_done(
    waiting: Running, slow: SlowKeyStore, qtbot: QtBot
) -> None:
    enter_and_wait_for_the_save(waiting, qtbot)
    waiting.row("Refresh now").trigger()
    qtbot.waitUntil(lambda: waiting.dialog._trial.answer.text().startswith("Not saved."))
    assert slow.key == KEY


def test_a_removal_says_that_it_waits(
    start: Start, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tray_app.ui.account_session.KeyringWait", ImpatientWait)
    slow = SlowKeyStore()
    slow.answer()
    running = start(slow)
    qtbot.waitUntil(lambda: "$100.00 available" in running.tooltip)
    slow._answers = False
    running.program.on_command(Command.EDIT_KEY)
    running.dialog.on_removal_confirmed()
    qtbot.waitUntil(lambda: running.dialog._trial.answer.text() == keyring_wait_text())
    assert running.tooltip.startswith("$100.00 available")
    assert keyring_wait_text() in running.tooltip
    slow.answer()
    qtbot.waitUntil(lambda: slow.key is None)
    qtbot.waitUntil(lambda: "No API key yet" in running.tooltip)


def test_a_sleep_or_a_lost_network_leaves_an_open_prompt_as_it_is(
    waiting: Running,
    slow: SlowKeyStore,
    simulator: Simulator,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as after_a_sleep:
        after_a_sleep.setattr("tray_app.ui.refresher.is_outdated", lambda *_: True)
        with qtbot.waitSignal(waiting.program.shown.refresher.fetch_outdated):
            waiting.program.shown.refresher.on_network_returned()
    assert slow.left == 0
    slow.answer()
    qtbot.waitUntil(lambda: "$100.00 available" in waiting.tooltip)
    assert (slow.questions, slow.left, simulator.request_count) == (1, 0, 1)


def test_quitting_leaves_a_keyring_that_never_answers(waiting: Running, slow: SlowKeyStore) -> None:
    waiting.program.stop()
    assert waiting.program.shown._worker_thread.isFinished()
    assert slow.left == 1


def test_the_connection_says_which_keyrings_can_be_left(monkeypatch: pytest.MonkeyPatch) -> None:
    for platform, can_be_left in (("linux", True), ("darwin", False), ("win32", False)):
        monkeypatch.setattr("tray_app.wiring.sys.platform", platform)
        assert LocalConnection().source.keyring_can_be_left is can_be_left
