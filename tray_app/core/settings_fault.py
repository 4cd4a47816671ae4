"""What is wrong with one value of the settings file: closed unions, never with the value itself.

The value may be a key or a proxy's log-in that was pasted into the wrong place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class NeedsWhole:
    """A whole number of that range belongs there."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class NeedsNumber:
    """A number of that range belongs there."""

    least: str
    most: str


@dataclass(frozen=True, slots=True)
class NeedsAmount:
    """An amount of dollars belongs there."""

    may_be_zero: bool


@dataclass(frozen=True, slots=True)
class NeedsAmounts:
    """A list of amounts above zero belongs there."""

    most: int


@dataclass(frozen=True, slots=True)
class NeedsYesOrNo:
    """A ``true`` or ``false`` belongs there."""


@dataclass(frozen=True, slots=True)
class NeedsWord:
    """One of these words belongs there."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NeedsTime:
    """A time of the day belongs there."""


@dataclass(frozen=True, slots=True)
class NeedsAbsolutePath:
    """The absolute path of a program belongs there."""


@dataclass(frozen=True, slots=True)
class NeedsProxy:
    """A proxy's address, or one of two words, belongs there."""


@dataclass(frozen=True, slots=True)
class NeedsTable:
    """A table belongs there."""


@dataclass(frozen=True, slots=True)
class NeedsAccount:
    """The name of an account that there is, or ``least-time``, belongs there."""


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
class NoAccountName:
    """A name that no account can have; the account is left out."""


@dataclass(frozen=True, slots=True)
class TooManyAccounts:
    """One account more than there may be; it is left out."""

    most: int


@dataclass(frozen=True, slots=True)
class UnknownKey:
    """Nothing is known by that name; it stays in the file and changes nothing."""


SettingsFaultKind: TypeAlias = (
    NeedsWhole
    | NeedsNumber
    | NeedsAmount
    | NeedsAmounts
    | NeedsYesOrNo
    | NeedsWord
    | NeedsTime
    | NeedsAbsolutePath
    | NeedsProxy
    | NeedsTable
    | NeedsAccount
    | NeedsPartner
    | MoreThan
    | SameAs
    | NoAccountName
    | TooManyAccounts
    | UnknownKey
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
        return isinstance(self.what, UnknownKey)
