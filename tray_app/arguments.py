"""What may be typed after the program's name, and what is said where it is not understood."""

from __future__ import annotations

import argparse
import re
import sys
from functools import partial
from typing import TYPE_CHECKING, Final, NoReturn

import tray_app
from tray_app.command_arguments import ADD_COMMAND, add_connection_options

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    words = sys.argv[1:] if arguments is None else arguments
    parser = make_parser(words)
    options, unknown = parser.parse_known_args(words)
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


def make_parser(words: Sequence[str] | None = None) -> argparse.ArgumentParser:
    """Return the parser of all commands, from which the shells' completion is made too.

    With ``words`` it is only made for these: a command that they do not name is left out.
    """
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
    add_connection_options(parser)
    commands = parser.add_subparsers(title="commands", dest="command", metavar="COMMAND")
    add_command = partial(
        commands.add_parser,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    for name, add in ADD_COMMAND.items():
        if words is None or name in words or _asks_for_help(words):
            add(add_command)
    return parser


def _asks_for_help(words: Sequence[str]) -> bool:
    """Return whether the list of commands may be wanted; letters of options may be joined."""
    return any(
        word == "--help" or (word.startswith("-") and not word.startswith("--") and "h" in word)
        for word in words
    )
