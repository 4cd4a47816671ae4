"""Words, times and addresses as they stand in the settings file.

Each ``parse`` raises WrongValueError, which says what belongs there.
"""

from __future__ import annotations

import re
from datetime import time
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from tray_app.adapters.settings_form import WrongValueError
from tray_app.core.configuration import ProxyChoice, ProxyKind
from tray_app.core.proxy_url import is_proxy_url
from tray_app.core.settings_fault import Mismatch, NeedsWord

if TYPE_CHECKING:
    from tray_app.core.settings_fault import SettingsFaultKind

_E = TypeVar("_E", bound=Enum)
_TIME: Final = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,6}))?)?")
_SINGLE_LINE: Final = re.compile(r"[^\x00-\x1f\x7f]*")


class YesOrNo:
    """``true`` or ``false``."""

    def parse(self, raw: object) -> bool:
        """Return it; a number is none."""
        if not isinstance(raw, bool):
            raise WrongValueError(Mismatch.YES_OR_NO)
        return raw

    def text(self, value: bool) -> str:  # noqa: FBT001 — the value that is written
        """Return TOML's word."""
        return "true" if value else "false"


class Word(Generic[_E]):
    """One of an enum's values."""

    def __init__(self, words: type[_E]) -> None:
        self._words = words

    def parse(self, raw: object) -> _E:
        """Return the member of exactly that word."""
        for member in self._words:
            if isinstance(raw, str) and raw == member.value:
                return member
        raise WrongValueError(NeedsWord(tuple(member.value for member in self._words)))

    def text(self, value: _E) -> str:
        """Return the word in quotes."""
        return quoted(value.value)


class TimeOfDay:
    """``"22:00"``, or TOML's own 22:00:00; empty for none."""

    def parse(self, raw: object) -> time | None:
        """Return the time, None for none."""
        if isinstance(raw, time):
            return raw
        if raw == "":
            return None
        match = _TIME.fullmatch(raw) if isinstance(raw, str) else None
        if match is not None:
            hour, minute, second, fraction = match.groups(default="0")
            try:
                return time(int(hour), int(minute), int(second), int(fraction.ljust(6, "0")))
            except ValueError:
                pass
        raise WrongValueError(Mismatch.TIME)

    def text(self, value: time | None) -> str:
        """Return it in quotes, with seconds only where there are some."""
        if value is None:
            return quoted("")
        whole = value.second == value.microsecond == 0
        return quoted(value.isoformat("minutes" if whole else "auto"))


class ProxyAddress:
    """``system``, ``none``, or a URL; whether one can be reached there is not looked at."""

    def parse(self, raw: object) -> ProxyChoice:
        """Return the choice."""
        for kind in (ProxyKind.SYSTEM, ProxyKind.NONE):
            if raw == kind.value:
                return ProxyChoice(kind)
        if not isinstance(raw, str) or not is_proxy_url(raw):
            raise WrongValueError(Mismatch.PROXY)
        return ProxyChoice(ProxyKind.ADDRESS, raw)

    def text(self, value: ProxyChoice) -> str:
        """Return word or URL in quotes, the latter with its log-in."""
        return quoted(value.address if value.kind is ProxyKind.ADDRESS else value.kind.value)


class Program:
    """The absolute path of a program; empty for none. Whether it is there is not looked at."""

    def parse(self, raw: object) -> str:
        """Return the path as it stands."""
        if not isinstance(raw, str) or not _SINGLE_LINE.fullmatch(raw):
            raise WrongValueError(Mismatch.ABSOLUTE_PATH)
        if raw and not Path(raw).is_absolute():
            raise WrongValueError(Mismatch.ABSOLUTE_PATH)
        return raw

    def text(self, value: str) -> str:
        """Return it in quotes."""
        return quoted(value)


class Text:
    """Any text; what it means is looked at where all of the file is known."""

    def __init__(self, what: SettingsFaultKind) -> None:
        self._what = what

    def parse(self, raw: object) -> str:
        """Return it."""
        if not isinstance(raw, str):
            raise WrongValueError(self._what)
        return raw

    def text(self, value: str) -> str:
        """Return it in quotes."""
        return quoted(value)


def quoted(text: str) -> str:
    """Return a TOML string of one line."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda m: f"\\u{ord(m[0]):04x}", escaped) + '"'
