"""What each form of a value in the settings file has in common: it is read, and it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from tray_app.core.settings_fault import SettingsFaultKind

_T = TypeVar("_T")


class WrongValueError(ValueError):
    """A value that cannot be meant; it says what belongs there and never repeats the value."""

    def __init__(self, what: SettingsFaultKind) -> None:
        super().__init__(repr(what))
        self.what = what


class Form(Protocol[_T]):
    """One way in which a value is written."""

    def parse(self, raw: object) -> _T:
        """Return what the file's value means; WrongValueError where it means nothing."""
        ...

    def text(self, value: _T) -> str:
        """Return the value as TOML."""
        ...
