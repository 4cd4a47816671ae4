"""The manual page, made from what the program itself prints for ``--help``: text in, text out.

argparse's form: blocks between blank lines, their headings at the margin, entries two columns in,
texts of entries further in.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

HELP_WIDTH: Final = 80
"""The columns that the help is to be asked for with; entries are told apart by their places."""
_USAGE: Final = "usage: "
_LISTS: Final = ("options:", "positional arguments:")
_COMMANDS: Final = "commands:"


def command_names(help_text: str) -> list[str]:
    """Return the commands that the program's help lists, in its order."""
    listed = next((each for each in _blocks(help_text) if each.startswith(_COMMANDS)), "")
    return re.findall(r"^ {4}(\S+)", listed, re.MULTILINE)


def manual_page(name: str, version: str, helps: Mapping[str, str], epoch: int) -> str:
    """Return the page in the man macros.

    ``helps`` has the program's own help under "" and each command's under its name; ``epoch`` is
    the date it bears, in seconds since 1970. Raises ValueError where a help has not the form above.
    """
    usage, description, rest = _parts(helps[""])
    day = datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%d")
    lines = [
        f'.TH {name.upper()} 1 {day} "{name} {version}" "User Commands"',
        # Neither hyphens where people copy from, nor stretched lines in a narrow terminal.
        *(".nh", ".ad l"),
        *(".SH NAME", rf"{_escaped(name)} \- {_escaped(_as_summary(description))}"),
        *(".SH SYNOPSIS", _escaped(usage)),
        *(".SH DESCRIPTION", _escaped(description)),
        ".PP",
        "Without a command it is the tray; where one runs already, that one comes forward.",
        *(".SH OPTIONS", *_listed(rest)),
        ".SH COMMANDS",
    ]
    ends = [block for block in rest if not block.startswith((*_LISTS, _COMMANDS))]
    for command in command_names(helps[""]):
        usage, description, blocks = _parts(helps[command])
        own = [block for block in blocks if block not in ends and not block.startswith(_LISTS)]
        lines += [f".SS {_escaped(command)}", _escaped(usage), ".PP", _escaped(description)]
        lines += [*_listed(blocks), *_told(own)]
    for heading, in_it in (
        ("EXIT STATUS", [block for block in ends if not _is_of_environment(block)]),
        ("ENVIRONMENT", [block for block in ends if _is_of_environment(block)]),
    ):
        lines += [f".SH {heading}", *_told(in_it)]
    return "\n".join(lines) + "\n"


def _parts(help_text: str) -> tuple[str, str, list[str]]:
    usage, description, *rest = _blocks(help_text)
    if not usage.startswith(_USAGE):
        raise ValueError(f"no usage in: {usage[:60]}")
    return re.sub(r"\s+", " ", usage.removeprefix(_USAGE)), description, rest


def _blocks(help_text: str) -> list[str]:
    return [
        block.rstrip() for block in re.split(r"\n\s*\n", help_text.strip("\n")) if block.strip()
    ]


def _listed(blocks: Iterable[str]) -> Iterator[str]:
    """Write options and arguments: what is typed, and its text below."""
    for block in blocks:
        if not block.startswith(_LISTS):
            continue
        for entry in re.split(r"\n {2}(?=\S)", block)[1:]:
            found = re.fullmatch(r"(\S.*?)(?: {2,}|\n\s+|$)(.*)", entry, re.DOTALL)
            if found is None:
                raise ValueError(f"no entry: {entry[:60]}")
            text = re.sub(r"\s+", " ", found[2])
            yield from (".TP", rf"\fB{_escaped(found[1])}\fR", _escaped(text))


def _told(blocks: Iterable[str]) -> Iterator[str]:
    """Write what stands behind the lists; lines that are set in keep their columns."""
    for block in blocks:
        for number, line in enumerate(block.splitlines()):
            if line.startswith(" "):
                yield from _literal(line)
            else:
                yield from (".PP" if number == 0 else ".br", _escaped(line))


def _literal(line: str) -> tuple[str, ...]:
    return (".nf", _escaped(line), ".fi")


def _as_summary(description: str) -> str:
    return description[0].lower() + description[1:].rstrip(".")


def _is_of_environment(block: str) -> bool:
    return re.match(r"[A-Z]+_[A-Z_]+ ", block) is not None


def _escaped(text: str) -> str:
    """Return text as roff prints it: a plain minus, and nothing that it takes for a request."""
    safe = text.replace("\\", r"\(rs").replace("-", r"\-").replace("'", r"\(aq")
    return rf"\&{safe}" if safe.startswith(".") else safe
