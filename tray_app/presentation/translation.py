"""The one way by which a sentence reaches the user: in English, or in what was installed.

A sentence is written in English where it is used. The user interface installs Qt's translation; on
the command line, whose answers other programs read, none is installed.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeAlias

from tray_app.presentation.locale_format import format_in_force, install_format

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Translate: TypeAlias = "Callable[[str, int | None], str]"
"""Takes a sentence in English and a count; returns the sentence with its fields still in it."""


def english(text: str, n: int | None) -> str:
    """Return the sentence as it is written, with the count and its plural."""
    if n is None:
        return text
    return text.replace("%n", str(n)).replace("(s)", "" if n == 1 else "s")


_translate: Translate = english


def tr(text: str, /, *, n: int | None = None, **values: object) -> str:
    """Return the sentence in the user's language, its ``{fields}`` filled in.

    ``n`` is a count: ``%n day(s)`` becomes "1 day", "2 days".
    """
    translated = _translate(text, n)
    return translated.format_map(values) if values else translated


def joined(*sentences: str) -> str:
    """Return the sentences that are not empty one after the other."""
    told = [sentence for sentence in sentences if sentence]
    text = "".join(told[:1])
    for sentence in told[1:]:
        text = tr("{first} {second}", first=text, second=sentence)
    return text


def install(translate: Translate | None) -> None:
    """Let ``translate`` be asked from now on; None for English."""
    global _translate  # noqa: PLW0603 — one process speaks one language at a time
    _translate = translate or english


@contextmanager
def untranslated() -> Iterator[None]:
    """Let what is said inside be English, with numbers in C's way: for files and for scripts."""
    before, format_before = _translate, format_in_force()
    install(None)
    install_format(None)
    try:
        yield
    finally:
        install(before)
        install_format(format_before)
