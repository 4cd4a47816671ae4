from __future__ import annotations

import threading
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.ui.memory_key_store import MemoryKeyStore
from tests.ui.samples import HANGING_KEY, KEY
from tests.ui.worker_rig import ScriptedSource, WorkerRig, ask
from tray_app.adapters.novita_client import NovitaClient
from tray_app.core.problem import (
    BlockedBeforeApi,
    KeyringLocked,
    NoKey,
    Offline,
    PermissionLacking,
    ProblemError,
    RateLimited,
    RequestAbortedError,
    ServerTrouble,
    TimedOut,
    UnexpectedReply,
    WrongKey,
)
from tray_app.core.reading import BalanceReading
from tray_app.simulator import accounts

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from tray_app.core.api_key import ApiKey
    from tray_app.simulator import Simulator
    from tray_app.simulator.accounts import Account


def assert_answered_once(rig: WorkerRig, qtbot: QtBot, generation: int, kind: type) -> None:
    """Expect one answer to ``generation``: the next request's answer comes right after it."""
    rig.ask(generation)
    rig.ask(generation + 1)
    qtbot.waitUntil(lambda: any(number == generation + 1 for number, _ in rig.fetched))
    assert [number for number, _ in rig.fetched] == [generation, generation + 1]
    assert isinstance(rig.fetched[0][1], kind)


@pytest.mark.parametrize(
    ("account", "kind"),
    [
        (accounts.SAMPLE_BALANCE, BalanceReading),
        (accounts.NEGATIVE, BalanceReading),
        (accounts.FAILED_TO_AUTH, WrongKey),
        (accounts.INVALID_API_KEY, WrongKey),
        (accounts.BILLING_AUTH_FAILED, PermissionLacking),
        (accounts.BLOCKED, BlockedBeforeApi),
        (accounts.rate_limited(30), RateLimited),
        (accounts.BILLING_FAILED, ServerTrouble),
        (accounts.NOT_JSON, UnexpectedReply),
        (accounts.Redirect("https://elsewhere.invalid/"), UnexpectedReply),
        (accounts.Cut(accounts.CutPoint.INSIDE_BODY), Offline),
    ],
)
def test_each_reply_of_the_server_is_answered_once(
    rig: WorkerRig, simulator: Simulator, qtbot: QtBot, account: Account, kind: type
) -> None:
    simulator.accounts[KEY.reveal()] = account
    assert_answered_once(rig, qtbot, 7, kind)


def test_a_request_beyond_its_budget_is_answered_once_as_timed_out(
    make_rig: Callable[..., WorkerRig], simulator: Simulator, qtbot: QtBot
) -> None:
    budget = timedelta(milliseconds=150)
    rig = make_rig(
        lambda: MemoryKeyStore(key=HANGING_KEY),
        lambda: NovitaClient(simulator.url, "novita-tray-tests", budget=budget),
    )
    assert_answered_once(rig, qtbot, 1, TimedOut)


@pytest.mark.parametrize(
    ("trouble", "kind"),
    [
        (ProblemError(NoKey()), NoKey),
        (ProblemError(KeyringLocked()), KeyringLocked),
        (RuntimeError("unforeseen"), UnexpectedReply),
    ],
)
def test_each_failure_of_the_key_store_is_answered_once(
    rig: WorkerRig, store: MemoryKeyStore, qtbot: QtBot, trouble: Exception, kind: type
) -> None:
    store.trouble = trouble
    assert_answered_once(rig, qtbot, 1, kind)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (RuntimeError("unforeseen"), UnexpectedReply),
        (MemoryError(), UnexpectedReply),
        (RequestAbortedError(), type(None)),
    ],
)
def test_each_failure_of_the_source_is_answered_once(
    make_rig: Callable[..., WorkerRig], qtbot: QtBot, error: Exception, kind: type
) -> None:
    rig = make_rig(MemoryKeyStore, lambda: ScriptedSource(error))
    assert_answered_once(rig, qtbot, 1, kind)


@pytest.mark.parametrize("broken", ["store", "source"])
def test_a_part_that_cannot_be_made_is_answered_once(
    make_rig: Callable[..., WorkerRig], qtbot: QtBot, broken: str
) -> None:
    def fail() -> ScriptedSource:
        raise ImportError("a library is missing")

    def fail_store() -> MemoryKeyStore:
        raise ImportError("a library is missing")

    make_store = fail_store if broken == "store" else MemoryKeyStore
    rig = make_rig(make_store, fail if broken == "source" else ScriptedSource)
    assert_answered_once(rig, qtbot, 1, UnexpectedReply)
    assert rig.fetched[0][1] == UnexpectedReply("internal error, ImportError")


def test_an_aborted_request_is_answered_once_with_none_and_at_once(
    rig: WorkerRig, store: MemoryKeyStore, simulator: Simulator, qtbot: QtBot
) -> None:
    store.key = HANGING_KEY
    rig.ask(1)
    qtbot.waitUntil(lambda: simulator.request_count == 1)
    rig.worker.abort()
    qtbot.waitUntil(lambda: bool(rig.fetched), timeout=500)
    store.key = KEY
    assert ask(rig, qtbot, 2, by_user=True) is None  # the key was replaced
    assert rig.fetched == [(1, None), (2, None)]


def test_an_abort_while_nothing_runs_ends_no_later_request(rig: WorkerRig, qtbot: QtBot) -> None:
    rig.worker.abort()
    assert isinstance(ask(rig, qtbot, 1), BalanceReading)
    rig.worker.abort()
    assert isinstance(ask(rig, qtbot, 2), BalanceReading)


def test_an_abort_while_the_keyring_asks_the_user_ends_the_request(
    make_rig: Callable[..., WorkerRig], qtbot: QtBot
) -> None:
    """The request is under way from its slot's start on, not only once it is on the wire."""
    prompted, answered = threading.Event(), threading.Event()
    source = ScriptedSource()

    class PromptingStore(MemoryKeyStore):
        def read(self) -> ApiKey:
            prompted.set()
            assert answered.wait(5)
            return super().read()

    rig = make_rig(PromptingStore, lambda: source)
    rig.ask(1)
    assert prompted.wait(5)
    rig.worker.abort()
    answered.set()
    qtbot.waitUntil(lambda: bool(rig.fetched))
    assert (rig.fetched, source.asked) == ([(1, None)], 0)


def test_a_fetch_that_still_waits_for_its_turn_is_abandoned_with_the_one_before(
    rig: WorkerRig, simulator: Simulator, qtbot: QtBot
) -> None:
    rig.worker.abort(fetches_up_to=2)
    rig.ask(1)
    rig.ask(2)
    rig.ask(3)
    qtbot.waitUntil(lambda: len(rig.fetched) == 3)
    assert [outcome is None for _, outcome in rig.fetched] == [True, True, False]
    assert simulator.request_count == 1
