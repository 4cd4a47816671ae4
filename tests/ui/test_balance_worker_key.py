from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest

from tests.ui.memory_key_store import MemoryKeyStore
from tests.ui.samples import HANGING_KEY, KEY, OTHER_KEY
from tests.ui.worker_rig import WorkerRig, ask
from tray_app.core.problem import (
    KeyringFailed,
    KeyringLocked,
    KeyringMissing,
    KeyringRefused,
    NoKey,
    Problem,
    ProblemError,
    ServerTrouble,
    UnexpectedReply,
    WrongKey,
)
from tray_app.core.reading import BalanceReading
from tray_app.core.settings import Settings
from tray_app.simulator import accounts
from tray_app.ui.refresher import Refresher

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from tray_app.core.api_key import ApiKey
    from tray_app.simulator import Simulator


KEYRING_PROBLEMS = (KeyringLocked(), KeyringMissing(), KeyringRefused(), KeyringFailed())


def joined_refresher(rig: WorkerRig, qtbot: QtBot) -> Refresher:
    """Join a refresher to the worker, as the program does, and wait for the first reading."""
    refresher = Refresher(Settings(), parent=rig)
    refresher.fetch_requested.connect(rig.worker.on_fetch_requested)
    rig.worker.fetch_finished.connect(refresher.on_fetch_finished)
    rig.worker.key_replaced.connect(refresher.on_key_changed)
    refresher.start()
    qtbot.waitUntil(lambda: refresher.state.reading is not None)
    return refresher


def refresh_now(refresher: Refresher, qtbot: QtBot) -> None:
    """Ask as the user and wait until no request is under way."""
    refresher.on_refresh_asked()
    qtbot.waitUntil(lambda: not refresher.state.in_flight)


def test_the_keyring_is_asked_once_over_many_refreshes(
    rig: WorkerRig, store: MemoryKeyStore, simulator: Simulator, qtbot: QtBot
) -> None:
    for generation in range(1, 7):
        assert isinstance(ask(rig, qtbot, generation), BalanceReading)
    assert (store.reads, simulator.request_count, rig.replaced) == (1, 6, 0)


@pytest.mark.parametrize("account", [accounts.BILLING_FAILED, accounts.BILLING_AUTH_FAILED])
def test_a_failure_that_is_not_the_keys_does_not_ask_the_keyring_again(
    rig: WorkerRig,
    store: MemoryKeyStore,
    simulator: Simulator,
    qtbot: QtBot,
    account: accounts.ErrorAnswer,
) -> None:
    simulator.accounts[KEY.reveal()] = account
    ask(rig, qtbot, 1)
    ask(rig, qtbot, 2)
    assert store.reads == 1


def test_the_keyring_is_asked_again_after_a_wrong_key(
    rig: WorkerRig, store: MemoryKeyStore, simulator: Simulator, qtbot: QtBot
) -> None:
    simulator.accounts[KEY.reveal()] = accounts.FAILED_TO_AUTH
    assert isinstance(ask(rig, qtbot, 1), WrongKey)
    store.key = OTHER_KEY
    assert isinstance(ask(rig, qtbot, 2), BalanceReading | None)
    assert store.reads == 2


def test_the_keyring_is_asked_again_when_the_user_asks(
    rig: WorkerRig, store: MemoryKeyStore, qtbot: QtBot
) -> None:
    ask(rig, qtbot, 1)
    assert isinstance(ask(rig, qtbot, 2, by_user=True), BalanceReading)
    assert (store.reads, rig.replaced) == (2, 0)


@pytest.mark.parametrize("trouble", KEYRING_PROBLEMS, ids=repr)
def test_a_keyring_that_failed_is_asked_again_only_when_the_user_does_something(
    rig: WorkerRig, store: MemoryKeyStore, qtbot: QtBot, trouble: Problem
) -> None:
    store.trouble = ProblemError(trouble)
    for generation in (1, 2, 3):
        assert ask(rig, qtbot, generation) == trouble
    assert store.reads == 1
    assert ask(rig, qtbot, 4, by_user=True) == trouble
    assert ask(rig, qtbot, 5) == trouble
    assert store.reads == 2
    store.trouble = None
    assert ask(rig, qtbot, 6) == trouble
    assert isinstance(ask(rig, qtbot, 7, by_user=True), BalanceReading)
    assert isinstance(ask(rig, qtbot, 8), BalanceReading)
    assert store.reads == 3


def test_after_a_dismissed_save_the_keyring_is_not_asked_by_itself(
    rig: WorkerRig, store: MemoryKeyStore, qtbot: QtBot
) -> None:
    store.trouble = ProblemError(KeyringLocked())
    rig.save_requested.emit(OTHER_KEY)
    qtbot.waitUntil(lambda: rig.stored == [KeyringLocked()])
    assert ask(rig, qtbot, 1) == KeyringLocked()
    assert store.reads == 0


def test_after_a_key_was_saved_a_keyring_that_had_failed_is_asked(
    rig: WorkerRig, store: MemoryKeyStore, qtbot: QtBot
) -> None:
    store.trouble = ProblemError(KeyringMissing())
    assert ask(rig, qtbot, 1) == KeyringMissing()
    store.trouble = None
    rig.save_requested.emit(OTHER_KEY)
    qtbot.waitUntil(lambda: rig.stored == [None])
    assert isinstance(ask(rig, qtbot, 2), BalanceReading)


@pytest.mark.parametrize("trouble", KEYRING_PROBLEMS, ids=repr)
def test_a_key_that_works_is_kept_when_the_keyring_cannot_answer_the_user(
    rig: WorkerRig, store: MemoryKeyStore, qtbot: QtBot, trouble: Problem
) -> None:
    ask(rig, qtbot, 1)
    store.trouble = ProblemError(trouble)
    assert isinstance(ask(rig, qtbot, 2, by_user=True), BalanceReading)
    assert isinstance(ask(rig, qtbot, 3), BalanceReading)
    assert (store.reads, rig.replaced) == (2, 0)


def test_a_key_that_another_program_deleted_is_not_used_any_more_when_the_user_asks(
    rig: WorkerRig, store: MemoryKeyStore, simulator: Simulator, qtbot: QtBot
) -> None:
    ask(rig, qtbot, 1)
    store.key = None
    assert ask(rig, qtbot, 2, by_user=True) == NoKey()
    assert ask(rig, qtbot, 3) == NoKey()
    assert simulator.request_count == 1


def test_the_keyring_is_asked_again_after_a_key_was_saved(
    rig: WorkerRig, store: MemoryKeyStore, qtbot: QtBot
) -> None:
    ask(rig, qtbot, 1)
    rig.save_requested.emit(HANGING_KEY)
    qtbot.waitUntil(lambda: rig.stored == [None])
    assert store.key == HANGING_KEY
    store.key = OTHER_KEY
    assert isinstance(ask(rig, qtbot, 2), BalanceReading)
    assert store.reads == 2


def test_another_stored_key_is_told_and_its_first_answer_is_dropped(
    rig: WorkerRig, store: MemoryKeyStore, qtbot: QtBot
) -> None:
    ask(rig, qtbot, 1)
    store.key = OTHER_KEY
    assert ask(rig, qtbot, 2, by_user=True) is None
    qtbot.waitUntil(lambda: rig.replaced == 1)
    assert isinstance(ask(rig, qtbot, 3), BalanceReading)
    assert (store.reads, rig.replaced) == (2, 1)


@pytest.mark.usefixtures("impatient")
def test_nothing_of_the_old_account_remains_when_another_key_is_stored(
    rig: WorkerRig,
    store: MemoryKeyStore,
    simulator: Simulator,
    qtbot: QtBot,
) -> None:
    refresher = joined_refresher(rig, qtbot)
    simulator.accounts[OTHER_KEY.reveal()] = accounts.BILLING_FAILED
    store.key = OTHER_KEY
    refresh_now(refresher, qtbot)
    qtbot.waitUntil(lambda: isinstance(refresher.state.problem, ServerTrouble))
    assert (refresher.state.reading, refresher.state.level) == (None, None)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("between", [WrongKey(""), NoKey()])
def test_nothing_of_the_old_account_remains_when_the_key_changed_after_a_failure(
    rig: WorkerRig,
    store: MemoryKeyStore,
    simulator: Simulator,
    qtbot: QtBot,
    between: Problem,
) -> None:
    refresher = joined_refresher(rig, qtbot)
    if isinstance(between, WrongKey):
        simulator.accounts[KEY.reveal()] = accounts.FAILED_TO_AUTH
    else:
        store.trouble = ProblemError(between)
    refresh_now(refresher, qtbot)
    assert isinstance(refresher.state.problem, type(between))
    store.trouble = None
    simulator.accounts[OTHER_KEY.reveal()] = accounts.BILLING_FAILED
    store.key = OTHER_KEY
    refresh_now(refresher, qtbot)
    qtbot.waitUntil(lambda: isinstance(refresher.state.problem, ServerTrouble))
    assert (refresher.state.reading, refresher.state.level) == (None, None)


def test_a_key_is_tried_without_being_stored_or_used_for_the_next_refresh(
    rig: WorkerRig, store: MemoryKeyStore, simulator: Simulator, qtbot: QtBot
) -> None:
    simulator.accounts[OTHER_KEY.reveal()] = accounts.FAILED_TO_AUTH
    rig.test_requested.emit(5, OTHER_KEY)
    qtbot.waitUntil(lambda: bool(rig.tested))
    ((number, outcome),) = rig.tested
    assert (number, store.key, store.reads) == (5, KEY, 0)
    assert isinstance(outcome, WrongKey)
    assert isinstance(ask(rig, qtbot, 1), BalanceReading)


@pytest.mark.parametrize(
    ("trouble", "problem"),
    [
        (ProblemError(KeyringLocked()), KeyringLocked()),
        (RuntimeError("unforeseen"), UnexpectedReply("internal error, RuntimeError")),
    ],
)
def test_a_failing_save_and_a_failing_removal_are_each_answered_with_the_problem(
    rig: WorkerRig, store: MemoryKeyStore, qtbot: QtBot, trouble: Exception, problem: Problem
) -> None:
    store.trouble = trouble
    rig.save_requested.emit(OTHER_KEY)
    rig.delete_requested.emit()
    qtbot.waitUntil(lambda: len(rig.stored) == 2)
    assert (rig.stored, store.key) == ([problem, problem], KEY)


@pytest.mark.parametrize("change", ["save", "delete"])
def test_a_key_that_works_outlives_a_change_that_failed(
    rig: WorkerRig, store: MemoryKeyStore, qtbot: QtBot, change: str
) -> None:
    """And the keyring, which may open a prompt, is not asked again by itself."""
    working = ask(rig, qtbot, 1)
    store.trouble = ProblemError(KeyringLocked())
    if change == "save":
        rig.save_requested.emit(OTHER_KEY)
    else:
        rig.delete_requested.emit()
    qtbot.waitUntil(lambda: rig.stored == [KeyringLocked()])
    assert type(ask(rig, qtbot, 2)) is type(working) is BalanceReading
    assert rig.replaced == 0


def test_after_a_removal_there_is_no_key(
    rig: WorkerRig, store: MemoryKeyStore, qtbot: QtBot
) -> None:
    ask(rig, qtbot, 1)
    rig.delete_requested.emit()
    qtbot.waitUntil(lambda: rig.stored == [None])
    assert store.key is None
    assert ask(rig, qtbot, 2) == NoKey()


def test_an_unforeseen_error_that_holds_the_key_puts_it_in_no_answer_and_no_log(
    make_rig: Callable[..., WorkerRig], qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    class TalkativeSource:
        def fetch_balance(self, key: ApiKey) -> BalanceReading:
            raise ValueError(f"bad header: Bearer {key.reveal()}")

        def abort(self) -> None:
            """Nothing is ever under way."""

        def close(self) -> None:
            """It holds nothing."""

    rig = make_rig(MemoryKeyStore, TalkativeSource)
    with caplog.at_level(logging.DEBUG):
        outcome = ask(rig, qtbot, 1)
    assert outcome == UnexpectedReply("internal error, ValueError")
    assert "ValueError" in caplog.text
    assert KEY.reveal() not in caplog.text
