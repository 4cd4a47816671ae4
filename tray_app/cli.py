"""One answer on standard output, and an exit code; no Qt."""

from __future__ import annotations

import json
import logging
import sys
import threading
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from tray_app.core.account_state import (
    AccountState,
    FetchStarted,
    FetchSucceeded,
    OutlookChanged,
    reduce,
)
from tray_app.core.api_key import ApiKey, InvalidApiKeyError, KeyFault
from tray_app.core.configuration import MOST_ACCOUNTS, Account
from tray_app.core.history_problem import HistoryDamaged, HistoryError
from tray_app.core.iso_time import iso_time
from tray_app.core.problem import NoKey, Problem, ProblemError
from tray_app.presentation.facts import facts_of
from tray_app.presentation.history_wording import history_trouble
from tray_app.presentation.problem_code import problem_code
from tray_app.presentation.problem_wording import Surface, problem_sentence
from tray_app.presentation.wording import keyring_wait_text, too_many_accounts_text
from tray_app.terminal import answer, complain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tray_app.adapters.key_store import KeyStore
    from tray_app.core.level import Level
    from tray_app.core.money import Usd
    from tray_app.core.outlook import Outlook
    from tray_app.core.reading import BalanceReading
    from tray_app.wiring import Connection

_DONE: Final = 0
_PATIENCE_SECONDS: Final = 2.0
_USAGE: Final = 2
_SETTINGS_FAILED: Final = 16
"""The key is stored, but the settings do not name its account."""
_MOST_INPUT_BYTES: Final = 64 * 1024
_UNREADABLE: Final = "\ufffd"
"""Stands for input that is no text: no key has it, so it is refused as one."""
_OVERRIDE_NOTE: Final = "NOVITA_API_KEY is set and overrides the keyring."

_log = logging.getLogger(__name__)


def print_balance(connection: Connection, *, as_json: bool) -> int:
    """Print one reading, as the tray would word it or as JSON; return the exit code."""
    try:
        state, reading = read_state(connection)
    except ProblemError as error:
        return _print_problem(
            error.problem,
            as_json=as_json,
            key_from_environment=connection.source.key_from_environment,
        )
    if as_json:
        return answer(json.dumps(reading_object(reading, state.level), indent=2), _DONE)
    known = facts_of(
        state, reading.taken_at, connection.settings, connection.source, connection.zone
    )
    return answer("\n".join(known.lines), _DONE)


def read_state(connection: Connection) -> tuple[AccountState, BalanceReading]:
    """Ask for one reading; return what is known with it. Raises ProblemError.

    That is what the history says, too, where there is one.
    """
    reading, key_mark = _read_balance(connection)
    state = reduce(
        reduce(
            AccountState(connection.settings.thresholds), FetchStarted(reading.taken_at, jitter=0.0)
        ),
        FetchSucceeded(1, reading),
    )
    outlook = outlook_of(connection, reading, key_mark)
    if outlook is not None:
        state = reduce(state, OutlookChanged(outlook))
    return state, reading


def change_key(connection: Connection, action: str) -> int:
    """Carry out ``key set``, ``key status`` or ``key delete``; return the exit code."""
    store = connection.make_keyring_store()
    try:
        match action:
            case "set":
                code = _set_key(store)
                return _declare_account(connection) if code == _DONE else code
            case "delete":
                with keyring_wait_told():
                    return _delete_key(store)
            case _:
                with keyring_wait_told():
                    return _print_key_status(store)
    except ProblemError as error:
        return _print_problem(error.problem, as_json=False, key_from_environment=False)


def _read_balance(connection: Connection) -> tuple[BalanceReading, str]:
    """Return a reading, and the mark of the key that it was read with."""
    with keyring_wait_told():
        key = connection.make_key_store().read()
    client = connection.make_client()
    try:
        return client.fetch_balance(key), key.mark
    finally:
        client.close()


def outlook_of(connection: Connection, reading: BalanceReading, key_mark: str) -> Outlook | None:
    """Return what the tray would foresee at the reading; None without a history of this key's.

    Whatever is wrong with the history, the balance is told without it.
    """
    if not connection.has_history():
        return None
    from tray_app.recall import begin_anew, recall

    history = connection.make_impatient_history()
    try:
        memory = recall(history)
    except HistoryError as error:
        begin_anew(history, error.problem)
        if isinstance(error.problem, HistoryDamaged):
            # It is told once, and by whoever comes upon it.
            complain(history_trouble(error.problem))
        _log.warning("history: %s", error.problem)
        return None
    finally:
        history.close()
    if memory is None or memory.key_mark not in {None, key_mark}:
        return None
    return memory.outlook_after(reading, connection.zone)


def reading_object(reading: BalanceReading, level: Level | None) -> dict[str, str | None]:
    """Return what ``balance --json`` prints."""
    return {
        "available": reading.available.decimal_text(),
        "cash": _optional_text(reading.cash),
        "credit_limit": _optional_text(reading.credit_limit),
        "pending_charges": _optional_text(reading.pending_charges),
        "outstanding_invoices": _optional_text(reading.outstanding_invoices),
        "currency": "USD",
        "taken_at": iso_time(reading.taken_at),
        "level": None if level is None else level.value,
    }


def _optional_text(amount: Usd | None) -> str | None:
    return None if amount is None else amount.decimal_text()


def _print_problem(problem: Problem, *, as_json: bool, key_from_environment: bool) -> int:
    code = problem_code(problem)
    message = problem_sentence(problem, Surface.TERMINAL, key_from_environment=key_from_environment)
    if as_json:
        problem_object = {"problem": code.word, "message": message}
        return answer(json.dumps(problem_object, indent=2), code.exit_code)
    complain(message)
    return code.exit_code


def _set_key(store: KeyStore) -> int:
    try:
        key = ApiKey.of_pasted(_typed_key())
    except InvalidApiKeyError as error:
        complain(str(error))
        return _USAGE
    with keyring_wait_told():
        store.save(key)
    return answer(_with_override_note("The API key is stored in the keyring.", store), _DONE)


def _declare_account(connection: Connection) -> int:
    """Add the account to the settings where it is new; return the exit code."""
    configuration = connection.configuration
    file = connection.make_settings_file()
    if file is None or configuration.account(connection.account) is not None:
        return _DONE
    from tray_app.core.settings_problem import SettingsError

    try:
        # What holds for the accounts before holds for it too.
        added = Account(connection.account, configuration.accounts[0].settings)
        file.save(replace(configuration, accounts=(*configuration.accounts, added)))
    except SettingsError as error:
        from tray_app.presentation.settings_wording import settings_trouble

        complain(settings_trouble(error.problem))
        return _SETTINGS_FAILED
    except ValueError:
        complain(too_many_accounts_text(MOST_ACCOUNTS))
        return _SETTINGS_FAILED
    return _DONE


def _typed_key() -> str:
    if sys.stdin is None:
        return ""
    if not sys.stdin.isatty():
        return _piped_key(sys.stdin.buffer.read(_MOST_INPUT_BYTES))
    import getpass

    try:
        return getpass.getpass("Novita API key (not shown): ")
    except EOFError:
        return ""
    except UnicodeDecodeError:
        return _UNREADABLE


def _piped_key(content: bytes) -> str:
    """Return the one line that has something in it; a file of several is not a key."""
    lines = content.decode("utf-8", errors="replace").splitlines()
    filled = [line for line in lines if line.strip()]
    if len(filled) > 1:
        raise InvalidApiKeyError(KeyFault.SEVERAL_LINES)
    return filled[0] if filled else ""


def _delete_key(store: KeyStore) -> int:
    if not store.delete():
        return _print_problem(NoKey(), as_json=False, key_from_environment=False)
    return answer(_with_override_note("The API key is removed from the keyring.", store), _DONE)


def _print_key_status(store: KeyStore) -> int:
    try:
        stored = store.read_stored() is not None
    except ProblemError as error:
        code = _print_problem(error.problem, as_json=False, key_from_environment=False)
        return answer(_OVERRIDE_NOTE, _DONE) if store.overridden else code
    text = "An API key is stored in the keyring." if stored else "No API key is in the keyring."
    code = _DONE if stored or store.overridden else problem_code(NoKey()).exit_code
    return answer(_with_override_note(text, store), code)


@contextmanager
def keyring_wait_told() -> Iterator[None]:
    """Say what is waited for when the keyring takes longer than people wait without a word."""
    notice = threading.Timer(_PATIENCE_SECONDS, complain, [keyring_wait_text()])
    notice.daemon = True
    notice.start()
    try:
        yield
    finally:
        notice.cancel()


def _with_override_note(text: str, store: KeyStore) -> str:
    return f"{text}\n{_OVERRIDE_NOTE}" if store.overridden else text
