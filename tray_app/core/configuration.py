"""Everything that a user has chosen: accounts, each with its settings, and what they share."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from tray_app.core.settings import Settings

DEFAULT_ACCOUNT: Final = "default"
"""The one that there is without a choice; whoever has one account never reads its name."""
MOST_ACCOUNTS: Final = 16
LEAST_TIME: Final = "least-time"
"""Chooses, in place of a name, the account with the least time left; so it is nobody's name."""
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,31}", re.ASCII)
# A name of this form could be a key, which must not reach a file.
_LIKE_A_KEY: Final = re.compile(r"sk[_-]", re.IGNORECASE)


class InvalidAccountNameError(ValueError):
    """No name for an account; the message says what one is and never repeats the text."""

    def __init__(self) -> None:
        super().__init__(
            "an account's name has 1 to 32 letters, digits, dots, hyphens or underscores, begins "
            f"with a letter or digit, and is neither {LEAST_TIME} nor a key"
        )


def account_name(text: str) -> str:
    """Return the name, which is also used in keyring, history and file.

    Raises InvalidAccountNameError.
    """
    if not _NAME.fullmatch(text) or _LIKE_A_KEY.match(text) or text == LEAST_TIME:
        raise InvalidAccountNameError
    return text


class Language(Enum):
    """The language of the windows; the values are the file's words."""

    SYSTEM = "system"
    ENGLISH = "en"
    CHINESE = "zh_CN"


class ProxyKind(Enum):
    """Where the way out is looked up."""

    SYSTEM = "system"
    """The environment's, else the system's."""
    NONE = "none"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class ProxyChoice:
    """By which proxy Novita is asked; ``address`` is a URL where the kind is ADDRESS."""

    kind: ProxyKind = ProxyKind.SYSTEM
    address: str = field(default="", repr=False)
    """It may hold a log-in, so no repr shows it."""


@dataclass(frozen=True, slots=True)
class Account:
    """A key by its name, and the settings in force for it."""

    name: str = DEFAULT_ACCOUNT
    settings: Settings = field(default_factory=Settings)


@dataclass(frozen=True, slots=True)
class Configuration:
    """What is in force.

    There is one account at least, :data:`MOST_ACCOUNTS` at most, and each name once; the shown one
    is among them. Raises ValueError where that is not so.
    """

    accounts: tuple[Account, ...] = (Account(),)
    shown_account: str | None = None
    """Whose figure the tray shows; None for the one with the least time left."""
    language: Language = Language.SYSTEM
    proxy: ProxyChoice = ProxyChoice()
    alert_command: str = ""
    """The absolute path of a program that is started with each alert; empty for none."""

    def __post_init__(self) -> None:
        names = [account.name for account in self.accounts]
        # Files are named after them, and some systems do not tell Work from work.
        different = {name.casefold() for name in names}
        if not 0 < len(names) <= MOST_ACCOUNTS or len(different) < len(names):
            raise ValueError(f"configuration: 1 to {MOST_ACCOUNTS} accounts, each name once")
        if self.shown_account is not None and self.shown_account not in names:
            raise ValueError("configuration: the shown account is one of the accounts")

    def account(self, name: str) -> Account | None:
        """Return the account of that name."""
        return next((account for account in self.accounts if account.name == name), None)
