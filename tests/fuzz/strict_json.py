"""A second reader of JSON, written for judging the first: a grammar of tokens and an open stack.

It takes exactly RFC 8259 in UTF-8 with one byte order mark at most, keeps each number as it is
written, and refuses an object that names a field twice. It has no limit of depth.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

# RFC 3629, section 4.
_UTF_8: Final = re.compile(
    rb"(?:[\x00-\x7f]++|[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]"
    rb"|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}"
    rb"|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2})*+"
)
_MARK: Final = b"\xef\xbb\xbf"
# RFC 8259, sections 2 to 7.
_TOKEN: Final = re.compile(
    r"[ \t\n\r]*+(?:"
    r'"(?P<text>(?:[^"\\\x00-\x1f]++|\\["\\/bfnrt]|\\u[0-9A-Fa-f]{4})*+)"'
    r"|(?P<number>-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][-+]?[0-9]++)?)"
    r"|(?P<word>true|false|null)"
    r"|(?P<sign>[\[\]{},:])"
    r"|(?P<end>\Z))"
)
_ESCAPE: Final = re.compile(r"\\(?:u(....)|(.))")
_PAIR: Final = re.compile("([\ud800-\udbff])([\udc00-\udfff])")
_SHORT_ESCAPES: Final = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_WORDS: Final = {"true": True, "false": False, "null": None}


class NotStrictError(ValueError):
    """The bytes are not one unambiguous JSON value."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is written."""

    text: str


@dataclass(slots=True)
class _Open:
    """A list or an object whose end has not come yet."""

    container: list[object] | dict[str, object]
    field: str | None = None
    expects: str = "first"
    """What may come: first, value, field, colon or comma."""


def read_strictly(body: bytes) -> tuple[object, int]:
    """Return the value and how deep it nests, or raise NotStrictError."""
    if _UTF_8.fullmatch(body) is None:
        raise NotStrictError("not UTF-8")
    text = body.removeprefix(_MARK).decode("utf-8")
    top = _Open([], expects="value")
    stack = [top]
    deepest = 0
    position = 0
    while (match := _TOKEN.match(text, position)) is not None:
        position = match.end()
        kind, written = match.lastgroup, match[match.lastgroup or 0]
        if kind == "end":
            if len(stack) == 1 and top.expects == "comma" and isinstance(top.container, list):
                return top.container[0], deepest
            raise NotStrictError("too short")
        if kind == "sign":
            _take_sign(stack, written)
            deepest = max(deepest, len(stack) - 1)
        elif kind == "text":
            _take_text(stack[-1], _unescaped(written))
        else:
            _put(stack[-1], Number(written) if kind == "number" else _WORDS[written])
    raise NotStrictError("no token")


def _take_sign(stack: list[_Open], sign: str) -> None:
    inner = stack[-1]
    is_object = isinstance(inner.container, dict)
    if sign in "[{":
        opened: list[object] | dict[str, object] = [] if sign == "[" else {}
        _put(inner, opened)
        stack.append(_Open(opened))
    elif sign == ":" and inner.expects == "colon":
        inner.expects = "value"
    elif sign == "," and inner.expects == "comma" and len(stack) > 1:
        inner.expects = "field" if is_object else "value"
    elif (
        sign == ("}" if is_object else "]")
        and inner.expects in {"first", "comma"}
        and len(stack) > 1
    ):
        stack.pop()
    else:
        raise NotStrictError("a sign in the wrong place")


def _take_text(inner: _Open, text: str) -> None:
    if isinstance(inner.container, dict) and inner.expects in {"first", "field"}:
        if text in inner.container:
            raise NotStrictError("a field twice")
        inner.field = text
        inner.expects = "colon"
    else:
        _put(inner, text)


def _put(inner: _Open, value: object) -> None:
    if isinstance(inner.container, list):
        if inner.expects not in {"first", "value"}:
            raise NotStrictError("a value in the wrong place")
        inner.container.append(value)
    elif inner.expects == "value" and inner.field is not None:
        inner.container[inner.field] = value
    else:
        raise NotStrictError("a value in the wrong place")
    inner.expects = "comma"


def _unescaped(written: str) -> str:
    if "\\" not in written:
        return written
    text = _ESCAPE.sub(
        lambda escape: (
            chr(int(escape[1], 16)) if escape[1] else _SHORT_ESCAPES.get(escape[2], escape[2])
        ),
        written,
    )
    return _PAIR.sub(
        lambda pair: chr(0x10000 + (ord(pair[1]) - 0xD800) * 0x400 + ord(pair[2]) - 0xDC00), text
    )
