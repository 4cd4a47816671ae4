"""The README names every command and option."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest

from tests.cli.test_subprocess import PROJECT
from tray_app.arguments import make_parser
from tray_app.completion import command_of

if TYPE_CHECKING:
    from tray_app.presentation.typed_words import Command

README: Final = (PROJECT / "README.md").read_text("utf-8")
SECTION: Final = README[README.index("## Command line\n") :].split("\n```")[0]
SHOWN: Final = [line for line in SECTION.splitlines() if line.startswith("    novita-tray ")]
PROGRAM: Final = command_of(make_parser(), "novita-tray")
EVERYWHERE: Final = {"--help", "--verbose", "--account"}
"""Named once for all commands."""


@pytest.mark.parametrize("command", PROGRAM.commands, ids=lambda command: command.name)
def test_every_command_stands_there_with_its_words_and_options(command: Command) -> None:
    lines = "\n".join(line for line in SHOWN if re.match(rf" +novita-tray {command.name}\b", line))
    assert lines
    for argument in command.arguments:
        assert all(re.search(rf"\b{word.text}\b", lines) for word in argument.words)
    for option in command.options:
        name = option.spellings[-1]
        assert name in EVERYWHERE or name in lines


def test_what_all_commands_share_is_named_too() -> None:
    assert all(f"{name}" in SECTION for name in EVERYWHERE)
    assert all(option.spellings[-1] in SECTION for option in PROGRAM.options)
