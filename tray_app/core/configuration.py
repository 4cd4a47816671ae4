"""Everything that a user has chosen: accounts, each with its settings, and what they share."""

from __future__ import annotations

from dataclasses import field
from enum import Enum
from typing import Final

from tray_app.core.account_name import DEFAULT_ACCOUNT
from tray_app.core.light_dataclass import dataclass
from tray_app.core.settings import Settings

MOST_ACCOUNTS: Final = 16


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
