"""``novita-tray completion``: a shell's script, made from the parser itself; no Qt."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING, Final

from tray_app.presentation.bash_completion import bash_script
from tray_app.presentation.fish_completion import fish_script
from tray_app.presentation.typed_words import Argument, Command, Option, Takes, Word
from tray_app.presentation.zsh_completion import zsh_script
from tray_app.terminal import answer

if TYPE_CHECKING:
    from collections.abc import Iterator

_DONE: Final = 0
_FILE: Final = "FILE"
"""The metavar of whatever names a file."""
_SCRIPTS: Final = {"bash": bash_script, "zsh": zsh_script, "fish": fish_script}


def print_completion(shell: str, parser: argparse.ArgumentParser) -> int:
    """Print the script for ``bash``, ``zsh`` or ``fish``; return the exit code."""
    return answer(_SCRIPTS[shell](command_of(parser, parser.prog)).rstrip("\n"), _DONE)


def command_of(parser: argparse.ArgumentParser, name: str, help_text: str = "") -> Command:
    """Return what the parser understands, as words."""
    # argparse has no public way to its actions.
    actions = parser._actions  # noqa: SLF001
    places = [each for each in actions if not each.option_strings]
    return Command(
        name,
        help_text,
        options=tuple(_option(each, parser) for each in actions if each.option_strings),
        arguments=tuple(
            _argument(each)
            for each in places
            if not isinstance(each, argparse._SubParsersAction)  # noqa: SLF001
        ),
        commands=tuple(command for each in places for command in _commands(each)),
    )


def _commands(action: argparse.Action) -> Iterator[Command]:
    if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 — as above
        helps = {each.dest: each.help or "" for each in action._get_subactions()}  # noqa: SLF001
        for name, parser in action.choices.items():
            yield command_of(parser, name, helps.get(name, ""))


def _option(action: argparse.Action, parser: argparse.ArgumentParser) -> Option:
    groups = parser._mutually_exclusive_groups  # noqa: SLF001 — as above
    rivals = [
        spelling
        for group in groups
        if action in group._group_actions  # noqa: SLF001 — as above
        for each in group._group_actions  # noqa: SLF001
        if each is not action
        for spelling in each.option_strings
    ]
    return Option(
        tuple(action.option_strings),
        _plain(action.help),
        value=None if action.nargs == 0 else _argument(action),
        excludes=(*action.option_strings, *rivals),
    )


def _argument(action: argparse.Action) -> Argument:
    metavar = action.metavar if isinstance(action.metavar, str) else None
    name = (metavar or action.dest).lower()
    if action.choices is not None:
        helps = dict(re.findall(r"(\w+): ([^;]+)", action.help or ""))
        words = tuple(Word(str(each), helps.get(str(each), "")) for each in action.choices)
        return Argument(name, Takes.WORDS, words)
    return Argument(name, Takes.FILE if metavar == _FILE else Takes.ANYTHING)


def _plain(help_text: str | None) -> str:
    # What argparse would fill in has no place in a list of words.
    return re.sub(r"%\(\w+\)s", "", help_text or "").replace("%%", "%")
