"""The running program and the key: first start, the dialog, replacing, removing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox

from tests.ui.memory_key_store import MemoryKeyStore
from tests.ui.samples import HANGING_KEY, KEY, OTHER_KEY
from tray_app.core.problem import KeyringLocked, NoKey, ProblemError, ServerTrouble
from tray_app.presentation.tray_menu import Command
from tray_app.simulator import accounts

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from tests.ui.running_program import Running
    from tray_app.core.api_key import ApiKey
    from tray_app.simulator import Simulator

    Start = Callable[..., Running]


@pytest.fixture
def keyless(start: Start, qtbot: QtBot) -> Running:
    """The program after its first start, when it has asked for a key."""
    running = start(MemoryKeyStore(key=None))
    qtbot.waitUntil(lambda: running.program.shown.key_entry.dialog is not None)
    return running


def enter(running: Running, key: ApiKey, qtbot: QtBot) -> None:
    qtbot.waitUntil(running.dialog.isActiveWindow)
    QTest.keyClicks(running.dialog._trial.field, key.reveal())
    QTest.keyClick(running.dialog._trial.field, Qt.Key.Key_Return)


def confirm_removal(running: Running, qtbot: QtBot) -> None:
    running.dialog._remove.click()
    (question,) = running.dialog.findChildren(QMessageBox)
    qtbot.waitUntil(question.isVisible)
    next(button for button in question.buttons() if button.text() == "Remove").click()


def answer(running: Running) -> str:
    return running.dialog._trial.answer.text()


def test_a_first_start_without_a_key_asks_for_one(keyless: Running) -> None:
    assert keyless.dialog.isVisible()
    assert keyless.first_row == "Add API key…"
    assert keyless.tooltip.startswith("No balance yet\nNo API key yet")


def test_the_key_is_asked_for_once(keyless: Running, qtbot: QtBot) -> None:
    keyless.dialog.close()
    keyless.row("Refresh now").trigger()
    qtbot.waitUntil(lambda: keyless.store.reads == 2 and not keyless.state.in_flight)
    assert isinstance(keyless.state.problem, NoKey)
    assert not keyless.dialog.isVisible()


def test_the_first_row_opens_the_dialog_again(keyless: Running) -> None:
    keyless.dialog.close()
    keyless.row("Add API key…").trigger()
    assert keyless.dialog.isVisible()


def test_only_a_key_that_may_be_there_can_be_removed(keyless: Running, qtbot: QtBot) -> None:
    assert not keyless.dialog._remove.isVisible()
    enter(keyless, KEY, qtbot)
    qtbot.waitUntil(lambda: keyless.store.key == KEY)
    qtbot.waitUntil(keyless.dialog._remove.isVisible)
    confirm_removal(keyless, qtbot)
    qtbot.waitUntil(lambda: answer(keyless) == "No key is stored any more.")
    assert not keyless.dialog._remove.isVisible()


def test_a_locked_keyring_opens_no_dialog(start: Start, qtbot: QtBot) -> None:
    running = start(MemoryKeyStore(trouble=ProblemError(KeyringLocked())))
    qtbot.waitUntil(lambda: isinstance(running.state.problem, KeyringLocked))
    assert running.program.shown.key_entry.dialog is None


def test_test_and_save_leads_to_the_figure(keyless: Running, qtbot: QtBot) -> None:
    enter(keyless, KEY, qtbot)
    qtbot.waitUntil(lambda: "$100.00 available" in keyless.tooltip)
    assert keyless.store.key == KEY
    assert answer(keyless) == "It works: $100.00 available. Saved."
    assert keyless.first_row.startswith("$100.00 available · as of ")


def test_a_key_that_is_rejected_is_named_and_not_stored(
    keyless: Running, simulator: Simulator, qtbot: QtBot
) -> None:
    simulator.accounts[KEY.reveal()] = accounts.FAILED_TO_AUTH
    enter(keyless, KEY, qtbot)
    qtbot.waitUntil(lambda: answer(keyless).startswith("The API key is not accepted."))
    assert keyless.store.key is None


def test_a_key_can_be_saved_while_the_server_is_in_trouble(
    keyless: Running, simulator: Simulator, qtbot: QtBot
) -> None:
    simulator.accounts[KEY.reveal()] = accounts.BILLING_FAILED
    enter(keyless, KEY, qtbot)
    qtbot.waitUntil(keyless.dialog._trial.save_anyway.isVisible)
    keyless.dialog._trial.save_anyway.click()
    qtbot.waitUntil(lambda: answer(keyless) == "Saved.")
    assert keyless.store.key == KEY
    qtbot.waitUntil(lambda: isinstance(keyless.state.problem, ServerTrouble))


def test_a_key_that_cannot_be_stored_says_why_and_changes_nothing(
    loaded: Running, qtbot: QtBot
) -> None:
    reading = loaded.state.reading
    loaded.store.trouble = ProblemError(KeyringLocked())
    loaded.program.on_command(Command.EDIT_KEY)
    enter(loaded, OTHER_KEY, qtbot)
    qtbot.waitUntil(lambda: answer(loaded).startswith("Not saved. The keyring is locked."))
    assert loaded.store.key == KEY
    assert loaded.state.reading == reading


def test_another_key_replaces_the_account(
    loaded: Running, simulator: Simulator, qtbot: QtBot
) -> None:
    simulator.accounts[OTHER_KEY.reveal()] = accounts.NEGATIVE
    loaded.program.on_command(Command.EDIT_KEY)
    enter(loaded, OTHER_KEY, qtbot)
    qtbot.waitUntil(lambda: "-$1.2345 available" in loaded.tooltip)
    assert loaded.store.key == OTHER_KEY


def test_a_removed_key_takes_the_figure_with_it(loaded: Running, qtbot: QtBot) -> None:
    loaded.program.on_command(Command.EDIT_KEY)
    confirm_removal(loaded, qtbot)
    qtbot.waitUntil(lambda: isinstance(loaded.state.problem, NoKey))
    assert loaded.store.key is None
    assert loaded.state.reading is None
    assert answer(loaded) == "No key is stored any more."


def test_a_key_is_tested_at_once_while_a_refresh_hangs(
    start: Start, simulator: Simulator, qtbot: QtBot
) -> None:
    running = start(MemoryKeyStore(key=HANGING_KEY))
    simulator.wait_for_requests(1)
    running.program.on_command(Command.EDIT_KEY)
    enter(running, KEY, qtbot)
    qtbot.waitUntil(lambda: "$100.00 available" in running.tooltip, timeout=2_000)


def test_a_key_is_removed_at_once_while_a_refresh_hangs(
    start: Start, simulator: Simulator, qtbot: QtBot
) -> None:
    running = start(MemoryKeyStore(key=HANGING_KEY))
    simulator.wait_for_requests(1)
    running.program.on_command(Command.EDIT_KEY)
    confirm_removal(running, qtbot)
    qtbot.waitUntil(lambda: running.store.key is None, timeout=1_000)


@pytest.mark.usefixtures("impatient")
def test_a_key_is_saved_anyway_at_once_while_a_refresh_hangs(
    loaded: Running, simulator: Simulator, qtbot: QtBot
) -> None:
    simulator.accounts[OTHER_KEY.reveal()] = accounts.BILLING_FAILED
    loaded.program.on_command(Command.EDIT_KEY)
    enter(loaded, OTHER_KEY, qtbot)
    qtbot.waitUntil(loaded.dialog._trial.save_anyway.isVisible)
    simulator.accounts[KEY.reveal()] = accounts.Hang()
    asked = simulator.request_count
    loaded.row("Refresh now").trigger()
    simulator.wait_for_requests(asked + 1)
    loaded.dialog._trial.save_anyway.click()
    qtbot.waitUntil(lambda: loaded.store.key == OTHER_KEY, timeout=1_000)


@pytest.mark.usefixtures("impatient")
def test_closing_the_dialog_in_the_middle_of_a_test_frees_the_worker(
    loaded: Running, simulator: Simulator, qtbot: QtBot
) -> None:
    loaded.program.on_command(Command.EDIT_KEY)
    enter(loaded, HANGING_KEY, qtbot)
    simulator.wait_for_requests(2)
    QTest.keyClick(loaded.dialog, Qt.Key.Key_Escape)
    loaded.row("Refresh now").trigger()
    qtbot.waitUntil(
        lambda: simulator.request_count == 3 and not loaded.state.in_flight, timeout=1_000
    )
    assert loaded.store.key == KEY


@pytest.mark.usefixtures("impatient")
def test_a_refresh_that_a_key_test_interrupted_is_made_again_when_the_test_is_over(
    loaded: Running, simulator: Simulator, qtbot: QtBot
) -> None:
    """Without waiting half a minute for the next look at the clock: the user had asked for it."""
    simulator.accounts[KEY.reveal()] = accounts.InTurn((accounts.Hang(), accounts.NEGATIVE))
    loaded.row("Refresh now").trigger()
    simulator.wait_for_requests(2)
    simulator.accounts[OTHER_KEY.reveal()] = accounts.FAILED_TO_AUTH
    loaded.program.on_command(Command.EDIT_KEY)
    enter(loaded, OTHER_KEY, qtbot)
    qtbot.waitUntil(lambda: answer(loaded).startswith("The API key is not accepted."))
    qtbot.waitUntil(lambda: "-$1.2345 available" in loaded.tooltip, timeout=1_000)


def test_the_dialog_tells_of_a_key_in_the_environment(start: Start, store: MemoryKeyStore) -> None:
    running = start(store, environment_key="sk_test_environment")
    running.program.on_command(Command.EDIT_KEY)
    assert "NOVITA_API_KEY" in answer(running)
    assert "sk_test_environment" not in answer(running)
