"""Desktop entries as files: their keys, and the command in ``Exec``.

Facts: Desktop Entry Specification 1.5, "Basic format of the file", "Possible value types", "The
Exec key".
"""

from __future__ import annotations

import re
from itertools import dropwhile
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_GROUP: Final = "[Desktop Entry]"
_ENV: Final = "env"
_ESCAPES: Final = {"s": " ", "n": "\n", "t": "\t", "r": "\r", "\\": "\\"}
_ESCAPE: Final = re.compile(r"\\(.)", re.DOTALL)
_PLAIN_ARGUMENT: Final = re.compile(r"[A-Za-z0-9_./:=@,+-]+")
_QUOTED_ARGUMENT: Final = re.compile(r'(["`$\\])')
_FIELD_CODE: Final = re.compile(r"%(.)", re.DOTALL)


class NoDesktopEntryError(ValueError):
    """A value that no entry can hold."""


def entry_text(keys: Mapping[str, str]) -> str:
    """Return a file with these keys, values as they are meant; raises NoDesktopEntryError."""
    lines = (f"{key}={_escaped(value)}\n" for key, value in keys.items())
    return f"{_GROUP}\n{''.join(lines)}"


def entry_keys(content: bytes) -> dict[str, str]:
    """Return the keys of the entry's own group as they are meant; none where it is no entry.

    A line that is not understood is passed over, as desktops do.
    """
    keys: dict[str, str] = {}
    is_inside = False
    for line in content.decode("utf-8", errors="replace").splitlines():
        text = line.strip()
        if text.startswith("["):
            is_inside = text == _GROUP
        elif is_inside and not text.startswith("#") and "=" in text:
            key, _, value = text.partition("=")
            keys[key.rstrip()] = _unescaped(value.lstrip())
    return keys


def exec_value(command: Sequence[str]) -> str:
    """Return the value of ``Exec``; raises NoDesktopEntryError where it cannot be said."""
    parts = tuple(command)
    if "%" in parts[0]:
        # WORKAROUND(GLib 2.74, systemd 252 look for a program named "100%%", as it must be written;
        # what follows the program they read right): remove when both undouble it.
        if "=" in parts[0]:
            raise NoDesktopEntryError("env would take it for a variable")
        parts = (_ENV, *parts)
    return " ".join(_quoted(part) for part in parts)


def exec_command(value: str) -> tuple[str, ...]:
    """Return the command that a value of ``Exec`` stands for, without files to be opened.

    What ``env`` starts stands for itself, without the variables that it gets.
    """
    parts: list[str] = []
    part: str | None = None
    is_quoted = False
    signs = iter(value)
    for sign in signs:
        if sign == '"':
            is_quoted, part = not is_quoted, part or ""
        elif sign == "\\":
            part = (part or "") + next(signs, "")
        elif sign.isspace() and not is_quoted:
            if part is not None:
                parts.append(part)
            part = None
        else:
            part = (part or "") + sign
    if part is not None:
        parts.append(part)
    # "%f" alone is no argument where there is no file.
    expanded = [(each, _FIELD_CODE.sub(_expanded, each)) for each in parts]
    return _without_env([now for before, now in expanded if now or not before])


def _without_env(parts: Sequence[str]) -> tuple[str, ...]:
    if not parts or PurePosixPath(parts[0]).name != _ENV:
        return tuple(parts)
    return tuple(dropwhile(lambda part: "=" in part, parts[1:])) or tuple(parts)


def _quoted(part: str) -> str:
    doubled = part.replace("%", "%%")
    # Quotes only where they are needed: not every reader of entries knows them.
    if _PLAIN_ARGUMENT.fullmatch(doubled):
        return doubled
    escaped = _QUOTED_ARGUMENT.sub(r"\\\1", doubled)
    return f'"{escaped}"'


def _expanded(code: re.Match[str]) -> str:
    return "%" if code[1] == "%" else ""


def _escaped(value: str) -> str:
    if any(sign < " " or sign == "\x7f" for sign in value):
        raise NoDesktopEntryError("control characters")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        # A file's name need not be text; an entry is.
        raise NoDesktopEntryError("no text") from None
    return value.replace("\\", "\\\\")


def _unescaped(value: str) -> str:
    return _ESCAPE.sub(lambda found: _ESCAPES.get(found[1], found[0]), value)
