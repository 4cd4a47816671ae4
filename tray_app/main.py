"""Reads the arguments and starts the tray or answers on the command line."""

from __future__ import annotations

import gc
import logging
import os
import signal
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING, Final

from tray_app.adapters.log_line import LogLine
from tray_app.terminal import complain, make_output_safe, quiet_end

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tray_app.core.configuration import Configuration
    from tray_app.wiring import Connection

START_FAILED: Final = 1
_USAGE: Final = 2
_INTERRUPTED: Final = 130
_ONE_ANSWER: Final = frozenset({"balance", "status"})
"""What is over in a moment, unless it watches."""
_WITHOUT_SETTINGS: Final = frozenset({"completion", "autostart", "quit", "purge"})


def program() -> int:
    """Run the program as a process of its own, which is about to end; return its exit code."""
    try:
        return main()
    finally:
        # Before it ends the interpreter looks through all that there is for cycles, and takes them
        # apart one by one; the system takes everything back at once. Qt wants its own end.
        if "PySide6.QtCore" not in sys.modules:
            gc.freeze()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code."""
    # Loading makes next to nothing that only the collector could free, and it would look dozens of
    # times at all that has been loaded: it rests until the tray has, or for one answer.
    gc.disable()
    try:
        return _run_command(arguments)
    finally:
        gc.enable()


def _run_command(arguments: Sequence[str] | None) -> int:
    make_output_safe()
    options = _options(arguments)
    shown = logging.StreamHandler()
    shown.setFormatter(LogLine())
    logging.basicConfig(
        level=logging.INFO if options.verbose else logging.CRITICAL, handlers=[shown]
    )
    # They would log the server's reason phrase, and a server may echo a key in it.
    for library in ("httpx", "httpcore"):
        logging.getLogger(library).setLevel(logging.WARNING)
    try:
        if options.command is None:
            return _run_tray(options)
        connection = _connection(options)
        return _USAGE if connection is None else _run(options, connection)
    except KeyboardInterrupt:
        return _INTERRUPTED


def _options(arguments: Sequence[str] | None) -> SimpleNamespace:
    """Return what was typed; a start without a word, as at login, needs no parser."""
    if arguments is None and len(sys.argv) == 1:
        return SimpleNamespace(
            command=None, action=None, account=None, demo=False, api_url=None, verbose=False
        )
    from tray_app.arguments import parsed

    with quiet_end():
        return SimpleNamespace(**vars(parsed(arguments)))


def _connection(options: SimpleNamespace) -> Connection | None:
    """Return whom the command is about; None, with a complaint, where there is no such account."""
    from tray_app.core.account_name import DEFAULT_ACCOUNT
    from tray_app.presentation.wording import no_account_text
    from tray_app.wiring import (
        NOVITA_API_URL,
        Connection,
        demo_configuration,
        take_environment_key,
    )

    connection = Connection(
        demo=options.demo,
        api_url=options.api_url or NOVITA_API_URL,
        environment_key=take_environment_key(),
    )
    if options.demo:
        return connection.for_account(DEFAULT_ACCOUNT, demo_configuration())
    if options.command in _WITHOUT_SETTINGS:
        return connection
    configuration = _configuration(connection, options)
    name = options.account or configuration.shown_account or configuration.accounts[0].name
    # A key may be the first of an account that is named here for the first time.
    may_be_new = (options.command, options.action) == ("key", "set")
    if configuration.account(name) is None and not may_be_new:
        complain(no_account_text([account.name for account in configuration.accounts]))
        return None
    return connection.for_account(name, configuration)


def _configuration(connection: Connection, options: SimpleNamespace) -> Configuration:
    """Return what the settings file says; the defaults, with a complaint, where it says nothing."""
    file = connection.make_settings_file() if connection.has_settings() else None
    if file is None:
        return connection.configuration
    from tray_app.core.settings_problem import SettingsError

    try:
        return file.load().configuration
    except SettingsError as error:
        # The tray says so itself.
        if options.command is not None:
            from tray_app.presentation.settings_wording import settings_trouble

            complain(settings_trouble(error.problem))
        return connection.configuration


def _run(options: SimpleNamespace, connection: Connection) -> int:
    if options.command not in _ONE_ANSWER:
        gc.enable()
    match options.command:
        case "balance":
            return _run_balance(options, connection)
        case "status":
            from tray_app.bar_commands import print_status

            return print_status(connection, options.form, options.account)
        case "quit":
            from tray_app.quit_command import run_quit

            return run_quit(demo=connection.demo)
        case "purge":
            from tray_app.purge_command import run_purge

            return run_purge(connection, agreed=options.yes)
        case "completion":
            from tray_app.arguments import make_parser
            from tray_app.completion import print_completion

            return print_completion(options.shell, make_parser())
        case "key":
            from tray_app.cli import change_key

            return change_key(connection, options.action)
        case "doctor":
            from tray_app.doctor import print_findings

            return print_findings(connection, as_json=options.json)
        case "history":
            return _run_history(options, connection)
        case "runway":
            from tray_app.history_commands import print_runway

            return print_runway(connection, as_json=options.json)
        case "autostart":
            from tray_app.autostart_commands import run_autostart

            return run_autostart(options.action)
        case _:
            raise AssertionError(options.command)


def _run_balance(options: SimpleNamespace, connection: Connection) -> int:
    if options.watch:
        gc.enable()
        from tray_app.watching import watch_balance

        return watch_balance(connection, options.form)
    if options.form in {"text", "json"}:
        from tray_app.cli import print_balance

        return print_balance(connection, as_json=options.form == "json")
    from tray_app.bar_commands import print_balance_as

    return print_balance_as(connection, options.form)


def _run_history(options: SimpleNamespace, connection: Connection) -> int:
    from tray_app.history_commands import import_history, print_history

    if options.import_from is not None:
        return import_history(connection, options.import_from)
    return print_history(connection, options.since, as_csv=options.csv, as_json=options.json)


def _run_tray(options: SimpleNamespace) -> int:
    from tray_app.adapters.display import missing_display

    def connect() -> Connection:
        connection = _connection(options)
        if connection is None:
            raise AssertionError("without a name there is an account")
        return connection

    reason = missing_display(os.environ, sys.platform)
    if reason is not None:
        from tray_app.cli import print_balance

        complain(f"{reason} The tray needs one; this is what it would show:")
        return print_balance(connect(), as_json=False)
    _end_quietly_at_signals()
    from tray_app.tray_process import TrayProcess

    process = TrayProcess.of(os.environ, demo=options.demo)
    process.start_logging()
    if not process.lock.take():
        with process.binding_code.used():
            from tray_app.second_start import bring_first_forward

        code = bring_first_forward(process)
        if code is not None:
            return code
    try:
        with process.binding_code.used():
            from tray_app.start import run_tray

        return run_tray(connect, process)
    except Exception as error:  # noqa: BLE001 — nobody else could tell of it
        return _failed_to_start(error)


def _failed_to_start(error: Exception) -> int:
    from tray_app.core.error_trace import error_trace
    from tray_app.presentation.wording import start_failed_text

    logging.getLogger(__name__).error("the tray could not start\n%s", error_trace(error))
    # Which library is missing is all that helps there, and nothing secret has been read yet.
    complain(start_failed_text(str(error) if isinstance(error, ImportError) else None))
    return START_FAILED


def _end_quietly_at_signals() -> None:
    """End at once with 0 where a signal comes before the tray heeds them itself.

    Qt's import is deaf to them, or ends in a traceback or an abort. Nothing is open or written yet.
    """
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        # nohup starts a program with SIGHUP ignored, and means it.
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, lambda *_: os._exit(0))
