"""One answer on standard output, and an exit code; no Qt."""

from __future__ import annotations

import getpass
import io
import json
import sys
from typing import TYPE_CHECKING, Final

from tray_app.core.account_state import (
    AccountState,
    FetchStarted,
    FetchSucceeded,
    reduce,
)
from tray_app.core.api_key import ApiKey, InvalidApiKeyError
from tray_app.core.level import level_of
from tray_app.core.problem import NoKey, Problem, ProblemError
from tray_app.presentation.problem_code import problem_code
from tray_app.presentation.tray_view import present
from tray_app.presentation.wording import Surface, problem_sentence

if TYPE_CHECKING:
    from tray_app.adapters.key_store import KeyStore
    from tray_app.core.money import Usd
    from tray_app.core.reading import BalanceReading
    from tray_app.wiring import Connection

_DONE: Final = 0
_USAGE: Final = 2
_MOST_INPUT_BYTES: Final = 64 * 1024
_OVERRIDE_NOTE: Final = "NOVITA_API_KEY is set and overrides the keyring."


def print_balance(connection: Connection, *, as_json: bool) -> int:
    """Print one reading, as the tray would word it or as JSON; return the exit code."""
    _make_output_safe()
    try:
        reading = _read_balance(connection)
    except ProblemError as error:
        return _print_problem(
            error.problem,
            as_json=as_json,
            key_from_environment=connection.source.key_from_environment,
        )
    if as_json:
        print(json.dumps(_reading_object(reading, connection), indent=2))
    else:
        state = reduce(
            reduce(AccountState(), FetchStarted(reading.taken_at, jitter=0.0)),
            FetchSucceeded(1, reading),
        )
        view = present(state, reading.taken_at, connection.settings, connection.source)
        print("\n".join(view.lines))
    return _DONE


def change_key(connection: Connection, action: str) -> int:
    """Carry out ``key set``, ``key status`` or ``key delete``; return the exit code."""
    _make_output_safe()
    store = connection.make_keyring_store()
    try:
        match action:
            case "set":
                return _set_key(store)
            case "delete":
                return _delete_key(store)
            case _:
                return _print_key_status(store)
    except ProblemError as error:
        return _print_problem(error.problem, as_json=False, key_from_environment=False)


def _read_balance(connection: Connection) -> BalanceReading:
    key = connection.make_key_store().read()
    client = connection.make_client()
    try:
        return client.fetch_balance(key)
    finally:
        client.close()


def _reading_object(reading: BalanceReading, connection: Connection) -> dict[str, str | None]:
    return {
        "available": reading.available.decimal_text(),
        "cash": _optional_text(reading.cash),
        "credit_limit": _optional_text(reading.credit_limit),
        "pending_charges": _optional_text(reading.pending_charges),
        "outstanding_invoices": _optional_text(reading.outstanding_invoices),
        "currency": "USD",
        "taken_at": reading.taken_at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "level": level_of(reading.available, connection.settings.thresholds).value,
    }


def _optional_text(amount: Usd | None) -> str | None:
    return None if amount is None else amount.decimal_text()


def _print_problem(problem: Problem, *, as_json: bool, key_from_environment: bool) -> int:
    code = problem_code(problem)
    message = problem_sentence(problem, Surface.TERMINAL, key_from_environment=key_from_environment)
    if as_json:
        print(json.dumps({"problem": code.word, "message": message}, indent=2))
    else:
        print(message, file=sys.stderr)
    return code.exit_code


def _set_key(store: KeyStore) -> int:
    try:
        key = ApiKey.of_pasted(_typed_key())
    except InvalidApiKeyError as error:
        print(error, file=sys.stderr)
        return _USAGE
    store.save(key)
    print("The API key is stored in the keyring.")
    _print_override_note(store)
    return _DONE


def _typed_key() -> str:
    if not sys.stdin.isatty():
        # What is not UTF-8 becomes a sign that no key has, and is refused as such.
        return sys.stdin.buffer.read(_MOST_INPUT_BYTES).decode("utf-8", errors="replace")
    try:
        return getpass.getpass("Novita API key (not shown): ")
    except EOFError:
        return ""


def _delete_key(store: KeyStore) -> int:
    if not store.delete():
        return _print_problem(NoKey(), as_json=False, key_from_environment=False)
    print("The API key is removed from the keyring.")
    _print_override_note(store)
    return _DONE


def _print_key_status(store: KeyStore) -> int:
    code = _DONE
    try:
        if store.read_stored() is None:
            print("No API key is in the keyring.")
            code = problem_code(NoKey()).exit_code
        else:
            print("An API key is stored in the keyring.")
    except ProblemError as error:
        code = _print_problem(error.problem, as_json=False, key_from_environment=False)
    _print_override_note(store)
    return _DONE if store.overridden else code


def _print_override_note(store: KeyStore) -> None:
    if store.overridden:
        print(_OVERRIDE_NOTE)


def _make_output_safe() -> None:
    """Let a terminal that cannot show a sign show "?" in its place, not a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
