"""An amount in at most three glyphs, for the icon."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tray_app.core.money import Usd

_SUFFIXES: Final = "kMBT"
_MOST: Final = "99T"
_FRACTION_BELOW_DOLLARS: Final = 10
_TENTHS_PER_DOLLAR: Final = 10
_LOWEST_DEBT_DOLLARS: Final = -99
BELOW_ZERO: Final = "<0"


def short_amount(amount: Usd) -> str:
    """Return what is left in at most three glyphs, rounded down and never up.

    ``.05``, ``9.8``, ``12``, ``123``, ``1k``, ``12k``, ``.1M``; ``0`` for zero and for less than
    a cent. Below zero ``-.5``, ``-3``, ``-99``: rounding down means owing more. A debt that three
    glyphs cannot hold is ``<0``: true, where ``-1k`` for 123 dollars would be a wrong figure.
    """
    cents = amount.whole_steps(100)
    if cents < 0:
        return _debt(amount)
    dollars = amount.whole_steps(1)
    if dollars == 0:
        return f".{cents:02d}" if cents else "0"
    if dollars < _FRACTION_BELOW_DOLLARS:
        tenths = amount.whole_steps(_TENTHS_PER_DOLLAR)
        return f"{tenths // _TENTHS_PER_DOLLAR}.{tenths % _TENTHS_PER_DOLLAR}"
    return _with_suffix(dollars)


def _with_suffix(dollars: int) -> str:
    if dollars < 1000:  # noqa: PLR2004 — three digits hold it as it is
        return str(dollars)
    unit = 1000
    for suffix in _SUFFIXES:
        if dollars < unit:
            # The suffix below would need a fourth glyph: "123k" is ".1M".
            return f".{dollars * 10 // unit}{suffix}"
        if dollars < 100 * unit:
            return f"{dollars // unit}{suffix}"
        unit *= 1000
    return _MOST


def _debt(amount: Usd) -> str:
    tenths = amount.whole_steps(_TENTHS_PER_DOLLAR)
    if tenths > -_TENTHS_PER_DOLLAR:
        return f"-.{-tenths}"
    dollars = amount.whole_steps(1)
    return str(dollars) if dollars >= _LOWEST_DEBT_DOLLARS else BELOW_ZERO
