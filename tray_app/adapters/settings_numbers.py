"""Durations and amounts as they stand in the settings file.

Numbers with a point come as :class:`~decimal.Decimal` (see ``settings_text``), so that no amount
ever passes through a float.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Final

from tray_app.adapters.settings_form import WrongValueError
from tray_app.core.alert_rules import MOST_AMOUNTS
from tray_app.core.money import ZERO, Usd
from tray_app.core.settings_fault import Mismatch, NeedsAmounts, NeedsNumber, NeedsPositive

_MOST_EXPONENT: Final = 20
"""Of ten; what is beyond it, either way, is no number that a setting can have."""
# A microsecond is 1.2e-11 days: with these digits every duration comes back as it was.
_DURATION_PLACES: Final = 14


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
        most = self.text(self.most)
        if self.least <= timedelta.resolution:
            raise WrongValueError(NeedsPositive(most))
        raise WrongValueError(NeedsNumber(self.text(self.least), most))

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
