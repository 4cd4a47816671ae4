"""What may be typed after the program's name, and what is said where it is not understood."""

from __future__ import annotations

import argparse
import re
import sys
from functools import partial
from typing import TYPE_CHECKING, Final, NoReturn

import tray_app

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from tray_app.presentation.report_format import ReportFormat

USAGE_ERROR: Final = 2


class _Parser(argparse.ArgumentParser):
    """Never repeats what it did not understand: it may be a key."""

    def format_help(self) -> str:
        """Return the help; what stands below the options is loaded for it alone."""
        from tray_app.help_texts import BELOW_OPTIONS

        _, _, command = self.prog.partition(" ")
        self.epilog = BELOW_OPTIONS.get(command)
        return super().format_help()

    def error(self, message: str) -> NoReturn:
        """Print the usage and what is wrong, and exit with 2."""
        # argparse quotes what was typed, in the one or the other way, and nothing else.
        message = re.split(r"['\"]", message, maxsplit=1)[0].rstrip(": ")
        self.print_usage(sys.stderr)
        self.exit(USAGE_ERROR, f"{self.prog}: {message}\n")


def parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Return the options; None takes those of the process. Exit with 2 where they are wrong."""
    parser = make_parser()
    options, unknown = parser.parse_known_args(arguments)
    if unknown:
        parser.error("unknown arguments; a key is never given as one. See --help")
    if options.command == "key" and options.demo:
        parser.error("the demo has no keyring")
    if options.command == "autostart" and options.demo:
        parser.error("the demo does not start at login")
    if options.command == "purge" and options.demo:
        parser.error("the demo leaves nothing behind")
    if options.command == "history" and options.import_from is not None:
        if options.since is not None:
            parser.error("--import takes the whole file: not with --since")
        if options.demo:
            parser.error("the demo keeps no history")
    if options.demo and options.account is not None:
        parser.error("the demo has one account")
    if options.demo and options.api_url is not None:
        parser.error("--demo has an address of its own: not with --api-url")
    return options


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands, from which the shells' completion is made too."""
    parser = _Parser(
        prog="novita-tray",
        description="The dollars left on a prepaid Novita AI account, in the system tray.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {tray_app.__version__}")
    parser.set_defaults(
        demo=False, api_url=None, verbose=False, command=None, account=None, action=None
    )
    _add_connection_options(parser)
    commands = parser.add_subparsers(title="commands", dest="command", metavar="COMMAND")
    add_command = partial(
        commands.add_parser,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
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
    _add_connection_options(balance)
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
    doctor = add_command(
        "doctor",
        help="say what works here, and what to do about the rest",
        description="Look at display, tray, folders, keyring, key, proxy, connection, certificate, "
        "answer and clock. The key and the balance are never printed.",
    )
    doctor.add_argument("--json", action="store_true", help="as one JSON object")
    _add_account_option(doctor)
    _add_connection_options(doctor)
    _add_history_commands(add_command)
    _add_autostart_command(add_command)
    _add_bar_commands(add_command)
    return parser


def _add_bar_commands(add_command: Callable[..., argparse.ArgumentParser]) -> None:
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
    quit_ = add_command(
        "quit",
        help="end the tray that runs",
        description="End the tray that runs, as its menu does, and wait until it has ended.",
    )
    _add_demo_option(quit_)
    _add_verbose_option(quit_)
    purge = add_command(
        "purge",
        help="remove the keys, settings, histories and logs of this program",
        description="Remove everything that this program has written: the API keys of all "
        "accounts in the keyring, settings, histories with their backups, what alerts have told, "
        "logs, and the start at login.",
    )
    purge.add_argument("--yes", action="store_true", help="do not ask")
    _add_verbose_option(purge)
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


def _add_history_commands(add_command: Callable[..., argparse.ArgumentParser]) -> None:
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


def _add_autostart_command(add_command: Callable[..., argparse.ArgumentParser]) -> None:
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


def _add_connection_options(parser: argparse.ArgumentParser) -> None:
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
