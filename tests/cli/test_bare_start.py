"""A start reads no more arguments than were typed, and knows as much as one that reads all."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tray_app.arguments import make_parser, parsed
from tray_app.command_arguments import ADD_COMMAND
from tray_app.completion import command_of
from tray_app.main import _options

if TYPE_CHECKING:
    import argparse


def test_what_is_taken_for_granted_is_what_the_parser_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "argv", ["novita-tray"])
    assert vars(_options(None)) == vars(parsed([]))


@pytest.mark.parametrize("command", ["", *ADD_COMMAND])
@pytest.mark.parametrize("asked", ["-h", "-vh", "--help"])
def test_help_knows_all_commands_whatever_was_typed(
    command: str, asked: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [*filter(None, [command]), asked]
    for parser in (make_parser(words), make_parser()):
        with pytest.raises(SystemExit):
            parser.parse_args(words)
    first, second = capsys.readouterr().out.split("usage: novita-tray")[1:]
    assert first == second


def test_a_command_that_is_not_named_is_not_made() -> None:
    names = _names(make_parser(["-v", "balance"]))
    assert names == ["balance"]
    assert _names(make_parser()) == list(ADD_COMMAND)


def _names(parser: argparse.ArgumentParser) -> list[str]:
    return [command.name for command in command_of(parser, "").commands]
