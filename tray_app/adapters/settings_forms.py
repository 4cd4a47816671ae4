"""How one value stands in the settings file: read from TOML's types, and written as TOML's text.

Numbers with a point come as :class:`~decimal.Decimal` (see ``settings_text``), so that no amount
ever passes through a float. Each ``parse`` raises WrongValueError, which says what belongs there.
"""

from __future__ import annotations

import re
from datetime import time, timedelta
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Final, Generic, Protocol, TypeVar
from urllib.parse import urlsplit

from tray_app.core.alert_rules import MOST_AMOUNTS
from tray_app.core.configuration import ProxyChoice, ProxyKind
from tray_app.core.money import ZERO, Usd
from tray_app.core.settings_fault import (
    Mismatch,
    NeedsAmounts,
    NeedsNumber,
    NeedsWord,
)

if TYPE_CHECKING:
    from tray_app.core.settings_fault import SettingsFaultKind

_T = TypeVar("_T")
_E = TypeVar("_E", bound=Enum)
_MOST_EXPONENT: Final = 20
"""Of ten; what is beyond it, either way, is no number that a setting can have."""
_TIME: Final = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,6}))?)?")
_PROXY_SCHEMES: Final = frozenset({"http", "https", "socks", "socks5", "socks5h"})
_NO_CONTROL: Final = re.compile(r"[^\x00-\x20\x7f-\xa0]+")
_SINGLE_LINE: Final = re.compile(r"[^\x00-\x1f\x7f]*")
# A microsecond is 1.2e-11 days: with these digits every duration comes back as it was.
_DURATION_PLACES: Final = 14


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


class Duration:
    """A number of ``unit`` from ``least`` to ``most``, either of which it may be."""

    def __init__(self, unit: timedelta, least: timedelta, most: timedelta) -> None:
        self._in_one = Decimal(_microseconds(unit))
        self.least, self.most = least, most

    def parse(self, raw: object) -> timedelta:
        """Return it to the nearest microsecond."""
        number = _number(raw)
        if number is not None:
            microseconds = int((number * self._in_one).to_integral_value())
            if microseconds in range(_microseconds(self.least), _microseconds(self.most) + 1):
                return timedelta(microseconds=microseconds)
        raise WrongValueError(NeedsNumber(self.text(self.least), self.text(self.most)))

    def text(self, value: timedelta) -> str:
        """Return the number, with as many decimals as it needs."""
        number = Decimal(_microseconds(value)) / self._in_one
        digits = f"{number:.{_DURATION_PLACES}f}".rstrip("0")
        return digits.rstrip(".")


class OptionalDuration:
    """The same, where 0 stands for none."""

    def __init__(self, duration: Duration) -> None:
        self._duration = duration

    def parse(self, raw: object) -> timedelta | None:
        """Return it, None for 0."""
        if _number(raw) == 0:
            return None
        try:
            return self._duration.parse(raw)
        except WrongValueError:
            most = self._duration.text(self._duration.most)
            raise WrongValueError(NeedsNumber("0", most)) from None

    def text(self, value: timedelta | None) -> str:
        """Return the number, 0 for None."""
        return "0" if value is None else self._duration.text(value)


class Amount:
    """Dollars above zero: ``5``, ``0.5`` or ``"0.50"``."""

    def parse(self, raw: object) -> Usd:
        """Return the exact amount."""
        amount = _amount(raw)
        if amount is None or amount <= ZERO:
            raise WrongValueError(Mismatch.AMOUNT)
        return amount

    def text(self, value: Usd) -> str:
        """Return the number, with a point only where there are cents."""
        return value.decimal_text(2).removesuffix(".00")


class OptionalAmount:
    """The same, where 0 stands for none."""

    def parse(self, raw: object) -> Usd | None:
        """Return the amount, None for 0."""
        amount = _amount(raw)
        if amount is None or amount < ZERO:
            raise WrongValueError(Mismatch.AMOUNT_OR_ZERO)
        return None if amount == ZERO else amount

    def text(self, value: Usd | None) -> str:
        """Return the number, 0 for None."""
        return "0" if value is None else Amount().text(value)


class Amounts:
    """A list of dollars above zero, in any order."""

    def parse(self, raw: object) -> tuple[Usd, ...]:
        """Return them from the highest on, each once."""
        amounts = {_amount(each) for each in raw} if isinstance(raw, list) else {None}
        known = {amount for amount in amounts if amount is not None and amount > ZERO}
        if len(known) < len(amounts) or len(known) > MOST_AMOUNTS:
            raise WrongValueError(NeedsAmounts(MOST_AMOUNTS))
        return tuple(sorted(known, reverse=True))

    def text(self, value: tuple[Usd, ...]) -> str:
        """Return them on one line."""
        return f"[{', '.join(Amount().text(amount) for amount in value)}]"


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
        if not isinstance(raw, str) or not _is_proxy(raw):
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


def _microseconds(value: timedelta) -> int:
    return value // timedelta(microseconds=1)


def _number(raw: object) -> Decimal | None:
    """Return the number, None for anything else and for what no setting can be."""
    if isinstance(raw, bool) or not isinstance(raw, (int, Decimal)):
        return None
    number = Decimal(raw)
    if not number.is_finite() or abs(number.adjusted()) > _MOST_EXPONENT:
        # Its own digits may be a million zeros.
        return Decimal(0) if number == 0 else None
    return number


def _amount(raw: object) -> Usd | None:
    if isinstance(raw, str):
        text = raw
    else:
        number = _number(raw)
        if number is None:
            return None
        text = f"{number:f}"
    try:
        return Usd.of_decimal_text(text)
    except ValueError:
        return None


def _is_proxy(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return (
            _NO_CONTROL.fullmatch(text) is not None
            and parts.scheme in _PROXY_SCHEMES
            and bool(parts.hostname)
            and parts.port != 0
            and parts.path in {"", "/"}
            and not parts.query
            and not parts.fragment
        )
    except ValueError:
        return False
