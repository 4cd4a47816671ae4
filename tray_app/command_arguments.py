"""What may be typed after each of the program's commands."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from tray_app.presentation.report_format import ReportFormat

    AddCommand = Callable[..., argparse.ArgumentParser]


def _add_balance(add_command: AddCommand) -> None:
    balance = add_command(
        "balance",
        help="print one reading",
        description="Print one reading of the balance.",
    )
    _add_form_options(balance)
    balance.add_argument(
        "--watch",
        action="store_true",
        help="a line for each change, until nobody reads any more; the readings of the tray where "
        "one runs",
    )
    _add_account_option(balance)
    add_connection_options(balance)


def _add_key(add_command: AddCommand) -> None:
    key = add_command(
        "key",
        help="store, check or remove the API key",
        description="The API key in the system's keyring.",
    )
    key.add_argument(
        "action",
        choices=("set", "status", "delete"),
        help="set: read the key without echo, or from standard input, and store it; "
        "status: say whether there is one; delete: remove it",
    )
    _add_account_option(key)
    _add_verbose_option(key)


def _add_doctor(add_command: AddCommand) -> None:
    doctor = add_command(
        "doctor",
        help="say what works here, and what to do about the rest",
        description="Look at display, tray, folders, keyring, key, proxy, connection, certificate, "
        "answer and clock. The key and the balance are never printed.",
    )
    doctor.add_argument("--json", action="store_true", help="as one JSON object")
    _add_account_option(doctor)
    add_connection_options(doctor)


def _add_history(add_command: AddCommand) -> None:
    history = add_command(
        "history",
        help="print what was spent and paid in, day by day",
        description="Print what was spent and paid in on each of the last 30 days, from the "
        "history that the tray keeps. Nothing is asked of Novita.",
    )
    form = history.add_mutually_exclusive_group()
    form.add_argument("--csv", action="store_true", help="every reading as a line of CSV")
    form.add_argument("--json", action="store_true", help="every reading as an object in an array")
    form.add_argument(
        "--import",
        dest="import_from",
        metavar="FILE",
        help="take in the readings of a CSV file; - is standard input",
    )
    history.add_argument(
        "--since",
        metavar="WHEN",
        type=_since,
        help="from then on: 2026-11-01, 2026-11-01T12:00 (local time), 24h, 7d, 4w",
    )
    _add_account_option(history)
    _add_demo_option(history)
    _add_verbose_option(history)


def _add_runway(add_command: AddCommand) -> None:
    runway = add_command(
        "runway",
        help="print how long the balance lasts",
        description="Print how long the balance lasts at the pace of late, from the history that "
        "the tray keeps. Nothing is asked of Novita.",
    )
    runway.add_argument("--json", action="store_true", help="as one JSON object")
    _add_account_option(runway)
    _add_demo_option(runway)
    _add_verbose_option(runway)


def _add_autostart(add_command: AddCommand) -> None:
    autostart = add_command(
        "autostart",
        help="let the tray start at login, or not",
        description="Whether the tray starts when you log in. It does not, until you turn it on.",
    )
    autostart.add_argument(
        "action",
        choices=("on", "off", "status"),
        help="on: start this program, from where it lies now, at each login; off: do not; "
        "status: say which",
    )
    _add_verbose_option(autostart)


def _add_status(add_command: AddCommand) -> None:
    status = add_command(
        "status",
        help="print what the tray that runs knows",
        description="Print what the tray that runs knows. Nothing is asked of Novita, and no "
        "keyring.",
    )
    _add_form_options(status)
    _add_account_option(status)
    _add_demo_option(status)
    _add_verbose_option(status)


def _add_quit(add_command: AddCommand) -> None:
    quit_ = add_command(
        "quit",
        help="end the tray that runs",
        description="End the tray that runs, as its menu does, and wait until it has ended.",
    )
    _add_demo_option(quit_)
    _add_verbose_option(quit_)


def _add_purge(add_command: AddCommand) -> None:
    purge = add_command(
        "purge",
        help="remove the keys, settings, histories and logs of this program",
        description="Remove everything that this program has written: the API keys of all "
        "accounts in the keyring, settings, histories with their backups, what alerts have told, "
        "logs, and the start at login.",
    )
    purge.add_argument("--yes", action="store_true", help="do not ask")
    _add_verbose_option(purge)


def _add_completion(add_command: AddCommand) -> None:
    completion = add_command(
        "completion",
        help="print a script by which a shell completes these commands",
        description="Print a script by which a shell completes these commands.",
    )
    completion.add_argument("shell", choices=("bash", "zsh", "fish"), help="the shell")
    _add_verbose_option(completion)


def _add_form_options(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(form="text")
    form = parser.add_mutually_exclusive_group()
    form.add_argument(
        "--json", dest="form", action="store_const", const="json", help="as one JSON object"
    )
    form.add_argument(
        "--format",
        dest="form",
        metavar="FORMAT",
        type=_report_format,
        # argparse would take the default's word for a format.
        default=argparse.SUPPRESS,
        help="as a line of your own: '{available:.2f} {level}'",
    )
    form.add_argument(
        "--waybar",
        dest="form",
        action="store_const",
        const="waybar",
        help="as a line for waybar's custom module, which tells of problems, too (exit code 0)",
    )


def add_connection_options(parser: argparse.ArgumentParser) -> None:
    """Let it be said who is asked, and whether to log meanwhile."""
    _add_demo_option(parser)
    parser.add_argument(
        "--api-url",
        metavar="URL",
        type=_api_url,
        default=argparse.SUPPRESS,
        help="ask another address: https, or http on this computer only",
    )
    _add_verbose_option(parser)


def _add_account_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--account",
        metavar="NAME",
        type=_account,
        help="one of several accounts, as the settings name it",
    )


def _add_demo_option(parser: argparse.ArgumentParser) -> None:
    # Suppressed defaults: a command's own must not undo what stood before it.
    parser.add_argument(
        "--demo",
        action="store_true",
        default=argparse.SUPPRESS,
        help="a simulated account; needs no key and no network",
    )


def _add_verbose_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "-v",
        "--verbose",
        action="store_true",
        default=argparse.SUPPRESS,
        help="log to standard error (never a key)",
    )


def _api_url(text: str) -> str:
    from tray_app.core.api_url import InvalidApiUrlError, parse_api_url

    try:
        return parse_api_url(text)
    except InvalidApiUrlError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _account(text: str) -> str:
    from tray_app.core.account_name import InvalidAccountNameError, account_name

    try:
        return account_name(text)
    except InvalidAccountNameError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _report_format(text: str) -> ReportFormat:
    from tray_app.presentation.report_format import InvalidFormatError, ReportFormat

    try:
        return ReportFormat.of(text)
    except InvalidFormatError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _since(text: str) -> datetime:
    from datetime import UTC, datetime

    from tray_app.adapters.system_zone import SystemZone
    from tray_app.core.since import InvalidSinceError, since_of

    try:
        return since_of(text, datetime.now(UTC), SystemZone())
    except InvalidSinceError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


ADD_COMMAND: Final[Mapping[str, Callable[[AddCommand], None]]] = {
    "balance": _add_balance,
    "key": _add_key,
    "doctor": _add_doctor,
    "history": _add_history,
    "runway": _add_runway,
    "autostart": _add_autostart,
    "status": _add_status,
    "quit": _add_quit,
    "purge": _add_purge,
    "completion": _add_completion,
}
"""How each command is added to the parser, in the order in which the help lists them."""
