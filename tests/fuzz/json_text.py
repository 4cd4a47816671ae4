"""JSON as it may be written: fields twice, any order, any escapes, and tokens that are no JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable

_BLANKS: Final = ("", "", "", " ", "\t", "\n", "\r\n", "  ")
_SHORT_ESCAPES: Final = {"\b": "b", "\f": "f", "\n": "n", "\r": "r", "\t": "t", "/": "/"}


@dataclass(frozen=True, slots=True)
class Token:
    """Something written as it stands, JSON or not."""

    text: str


@dataclass(frozen=True, slots=True)
class Fields:
    """An object: names and values in their order, where a name may stand twice."""

    pairs: tuple[tuple[str, Value], ...]


Value = Token | Fields | str | None | tuple["Value", ...]


def fields_of(content: dict[str, str]) -> Fields:
    """Return an object of these texts."""
    return Fields(tuple(content.items()))


@dataclass(slots=True)
class Style:
    """How a writer writes: how often it escapes what need not be, and whether it sets blanks."""

    rng: random.Random
    escapes: float = 0.0
    blanks: bool = False

    def written(self, value: Value) -> str:
        """Return the value as text."""
        match value:
            case Token(text):
                return text
            case None:
                return "null"
            case str():
                return self._text(value)
            case Fields(pairs):
                inner = (
                    f"{self._text(name)}{self._blank()}:{self._blank()}{self.written(one)}"
                    for name, one in pairs
                )
                return f"{{{self._joined(inner)}}}"
            case tuple():
                return f"[{self._joined(self.written(one) for one in value)}]"

    def _joined(self, parts: Iterable[str]) -> str:
        return f"{self._blank()},{self._blank()}".join(parts) + self._blank()

    def _blank(self) -> str:
        return self.rng.choice(_BLANKS) if self.blanks else ""

    def _text(self, text: str) -> str:
        if not self.escapes:
            return json.dumps(text)
        return '"' + "".join(self._character(character) for character in text) + '"'

    def _character(self, character: str) -> str:
        if self.rng.random() >= self.escapes:
            return json.dumps(character, ensure_ascii=False)[1:-1]
        if character in _SHORT_ESCAPES and self.rng.random() < 0.5:
            return f"\\{_SHORT_ESCAPES[character]}"
        escaped = json.dumps(character)[1:-1]
        if not escaped.startswith("\\u"):
            escaped = f"\\u{ord(character):04x}"
        return escaped if self.rng.random() < 0.5 else _in_capitals(escaped)


def _in_capitals(escaped: str) -> str:
    # The letter u itself must stay small.
    return escaped.upper().replace("\\U", "\\u")
