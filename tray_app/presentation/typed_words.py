"""The command line as a tree of words, for the shells' completion."""

from __future__ import annotations

from dataclasses import field
from enum import Enum, auto

from tray_app.core.light_dataclass import dataclass


class Takes(Enum):
    """What stands behind an option, or as an argument of its own."""

    NOTHING = auto()
    WORDS = auto()
    """One of those that are listed."""
    FILE = auto()
    ANYTHING = auto()


@dataclass(frozen=True, slots=True)
class Word:
    """Something to be typed as it is, and what it does."""

    text: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class Argument:
    """A place to be filled."""

    name: str
    takes: Takes
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    """An option with all its spellings, the longest last."""

    spellings: tuple[str, ...]
    help: str
    value: Argument | None = None
    excludes: tuple[str, ...] = ()
    """Spellings of those that do not go with it; its own where it counts once."""


@dataclass(frozen=True, slots=True)
class Command:
    """A word of the command line with what may follow; the program itself is the first."""

    name: str
    help: str = ""
    options: tuple[Option, ...] = ()
    arguments: tuple[Argument, ...] = ()
    commands: tuple[Command, ...] = field(default=())

    @property
    def words(self) -> tuple[Word, ...]:
        """The commands and the words of the first argument, to be typed as they are."""
        first = self.arguments[0].words if self.arguments else ()
        return (*(Word(each.name, each.help) for each in self.commands), *first)
