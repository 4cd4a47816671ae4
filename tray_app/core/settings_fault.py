"""What is wrong with one value of the settings file: closed unions, never with the value itself.

The value may be a key or a proxy's log-in that was pasted into the wrong place.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TypeAlias

from tray_app.core.light_dataclass import dataclass


class Mismatch(Enum):
    """What a value fails to be, where that is all there is to say."""

    AMOUNT = auto()
    """Dollars above zero."""
    AMOUNT_OR_ZERO = auto()
    YES_OR_NO = auto()
    """``true`` or ``false``."""
    TIME = auto()
    """A time of the day."""
    ABSOLUTE_PATH = auto()
    """The absolute path of a program."""
    PROXY = auto()
    """A proxy's address, or one of two words."""
    TABLE = auto()
    ACCOUNT = auto()
    """The name of an account that there is, or ``least-time``."""
    ACCOUNT_NAME = auto()
    """A name that an account can have; the account is left out."""
    KNOWN = auto()
    """A key or table of this program's; it stays in the file and changes nothing."""


@dataclass(frozen=True, slots=True)
class NeedsNumber:
    """A number of that range belongs there."""

    least: str
    most: str


@dataclass(frozen=True, slots=True)
class NeedsPositive:
    """A number above zero belongs there, however small."""

    most: str


@dataclass(frozen=True, slots=True)
class NeedsAmounts:
    """A list of amounts above zero belongs there."""

    most: int


@dataclass(frozen=True, slots=True)
class NeedsWord:
    """One of these words belongs there."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NeedsPartner:
    """The value means nothing without that of another key."""

    partner: str


@dataclass(frozen=True, slots=True)
class MoreThan:
    """The value may not be above that of another key."""

    other: str


@dataclass(frozen=True, slots=True)
class SameAs:
    """The value may not be that of another key."""

    other: str


@dataclass(frozen=True, slots=True)
class TooManyAccounts:
    """One account more than there may be; it is left out."""

    most: int


SettingsFaultKind: TypeAlias = (
    Mismatch
    | NeedsNumber
    | NeedsPositive
    | NeedsAmounts
    | NeedsWord
    | NeedsPartner
    | MoreThan
    | SameAs
    | TooManyAccounts
)


@dataclass(frozen=True, slots=True)
class SettingsFault:
    """One value that is not in force, and what is in force instead."""

    key: str
    """Dotted, such as ``levels.low_dollars``; what may be a key of Novita's is left out."""
    what: SettingsFaultKind
    used: str = ""
    """The value in force instead, as the file would write it; empty where there is none."""
    line: int | None = None
    """Where it stands, from 1 on; None where that is not known."""

    @property
    def is_note(self) -> bool:
        """Whether nothing is wrong: the file only says something that is not understood."""
        return self.what is Mismatch.KNOWN
