"""The settings file's bytes as TOML's tables, with the lines on which they stand."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from tray_app.adapters.settings_keys import SCHEMA, SCHEMA_KEY
from tray_app.core.settings_problem import SettingsError, SettingsNotToml, SettingsTooNew

if TYPE_CHECKING:
    from collections.abc import Callable

    from tray_app.adapters.settings_keys import Path

BOM: Final = "\ufeff"
"""What some editors on Windows begin a file with; TOML does not allow it."""
_AT_LINE: Final = re.compile(r"\(at line ([0-9]+),")
_BARE: Final = r"[A-Za-z0-9_-]+"
_NAME: Final = rf"(?:{_BARE}|\"[^\"\\]*\"|'[^']*')"
_DOTTED: Final = rf"{_NAME}(?:[ \t]*\.[ \t]*{_NAME})*"
_HEADER: Final = re.compile(rf"[ \t]*\[\[?[ \t]*({_DOTTED})[ \t]*\]")
_ASSIGNMENT: Final = re.compile(rf"[ \t]*({_DOTTED})[ \t]*=")
_PART: Final = re.compile(_NAME)


def text_of(content: bytes) -> str:
    """Return the file's text, BOM and line ends as they are; SettingsError if it is not UTF-8."""
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise SettingsError(SettingsNotToml(line)) from None


def document_of(text: str) -> dict[str, object]:
    """Return the tables of the text; numbers with a point are :class:`~decimal.Decimal`.

    Raises SettingsError where it is no TOML, or of a schema that only a later version knows.
    """
    document = tables_of(text, _exact)
    schema = document.get(SCHEMA_KEY)
    if isinstance(schema, int) and schema > SCHEMA:
        raise SettingsError(SettingsTooNew(schema))
    return document


def tables_of(text: str, parse_float: Callable[[str], object]) -> dict[str, object]:
    """Return the tables of the text, whatever its schema; SettingsError where it is no TOML."""
    try:
        return tomllib.loads(text.removeprefix(BOM), parse_float=parse_float)
    except (ValueError, RecursionError) as error:
        # Besides its own error it lets out what dates and integers of 4,300 digits raise.
        found = _AT_LINE.search(str(error))
        line = int(found[1]) if found else None
        if line is None and "end of document" in str(error):
            line = len(text.splitlines())
        raise SettingsError(SettingsNotToml(line)) from None


def lines_of(text: str) -> dict[Path, int]:
    """Return the line, from 1 on, of each key and table that the text has.

    What is not plain is missing, as in a table on one line: this reads no whole TOML.
    """
    found: dict[Path, int] = {}
    twice: set[Path] = set()
    table: Path = ()
    for number, line in enumerate(text.removeprefix(BOM).split("\n"), 1):
        if header := _HEADER.match(line):
            table = _parts(header[1])
            place = table
        elif assignment := _ASSIGNMENT.match(line):
            place = table + _parts(assignment[1])
        else:
            continue
        if found.setdefault(place, number) != number:
            twice.add(place)
    return {place: number for place, number in found.items() if place not in twice}


def _parts(dotted: str) -> Path:
    return tuple(name.strip("\"'") for name in _PART.findall(dotted))


def _exact(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        # An exponent beyond what Decimal can have.
        return Decimal("NaN")
