"""What can be wrong with the settings file as a whole, and the exception that carries it."""

from __future__ import annotations

from typing import TypeAlias

from tray_app.core.light_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class SettingsUnreadable:
    """The file is there and cannot be read."""

    detail: str
    """The error's name, without content."""


@dataclass(frozen=True, slots=True)
class SettingsTooLarge:
    """The file is far larger than any settings are."""


@dataclass(frozen=True, slots=True)
class SettingsNotToml:
    """The text breaks TOML's grammar."""

    line: int | None
    """From 1 on; None where that is not known."""


@dataclass(frozen=True, slots=True)
class SettingsTooNew:
    """A later version of this program wrote the file; it is left as it is."""

    schema: int


@dataclass(frozen=True, slots=True)
class SettingsDiskFull:
    """There is no room to write; the old file stands."""


@dataclass(frozen=True, slots=True)
class SettingsReadOnly:
    """File or folder cannot be written to; the old file stands."""


@dataclass(frozen=True, slots=True)
class SettingsNotWritten:
    """Something else kept the change from being written; the old file stands."""

    detail: str
    """The error's name, without content."""


SettingsProblem: TypeAlias = (
    SettingsUnreadable
    | SettingsTooLarge
    | SettingsNotToml
    | SettingsTooNew
    | SettingsDiskFull
    | SettingsReadOnly
    | SettingsNotWritten
)


class SettingsError(Exception):
    """Carries the problem; its text is the problem's repr, which holds nothing secret."""

    def __init__(self, problem: SettingsProblem) -> None:
        super().__init__(repr(problem))
        self.problem = problem
