"""Exact amounts of US dollars: no float in, and none out but the ratio of two amounts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

# The vendor counts in 1/10000 USD (docs: billing API). Twelve more digits are kept, so that a
# fraction of that unit would not be lost; integers have no other limit here.
_UNIT_PLACES: Final = 4
_FRACTION_DIGITS: Final = 12
_ATOM_PLACES: Final = _UNIT_PLACES + _FRACTION_DIGITS
_ATOMS_PER_UNIT: Final = 10**_FRACTION_DIGITS
UNITS_PER_USD: Final = 10**_UNIT_PLACES
"""The vendor's steps to a dollar."""
ATOMS_PER_USD: Final = 10**_ATOM_PLACES
"""The finest steps that are kept."""

# Fifteen digits of 1/10000 USD are a hundred billion dollars: more is not a balance.
_MAX_UNIT_DIGITS: Final = 15
_UNITS_GRAMMAR: Final = re.compile(
    rf"([+-]?)([0-9]{{1,{_MAX_UNIT_DIGITS}}})(?:\.([0-9]{{1,{_FRACTION_DIGITS}}}))?"
)
_DOLLARS_GRAMMAR: Final = re.compile(
    rf"(-?)([0-9]{{1,{_MAX_UNIT_DIGITS}}})(?:\.([0-9]{{1,{_ATOM_PLACES}}}))?"
)


@dataclass(frozen=True, slots=True, order=True)
class Usd:
    """An exact, signed amount of US dollars.

    Made by :meth:`of_units`, :meth:`of_cents` or from text; added, subtracted, compared and
    negated exactly. No amount becomes a float; a ratio of two may.
    """

    _atoms: int

    @classmethod
    def of_units(cls, units: int) -> Usd:
        """Return the amount of so many 1/10000 USD."""
        return cls(units * _ATOMS_PER_UNIT)

    @classmethod
    def of_cents(cls, cents: int) -> Usd:
        """Return the amount of so many cents."""
        return cls(cents * (ATOMS_PER_USD // 100))

    @classmethod
    def of_units_text(cls, text: str) -> Usd:
        """Return the amount that the vendor writes as a number of 1/10000 USD.

        ``text`` is an optional sign and ASCII digits, with an optional decimal fraction of the
        unit, which is kept exactly. Anything else raises ValueError: empty, exponents, white
        space, other scripts' digits, more than 15 digits, a fraction of more than 12.
        """
        match = _UNITS_GRAMMAR.fullmatch(text)
        if match is None:
            raise ValueError("not an amount of 1/10000 USD")
        sign, whole, fraction = match.groups(default="")
        atoms = int(whole + fraction.ljust(_FRACTION_DIGITS, "0"))
        return cls(-atoms if sign == "-" else atoms)

    @classmethod
    def of_decimal_text(cls, text: str) -> Usd:
        """Return the amount that is written in dollars: the inverse of :meth:`decimal_text`.

        ``text`` is an optional minus and ASCII digits, with an optional fraction of at most 16
        digits after a point. Anything else raises ValueError: empty, a plus, exponents, white
        space, grouping, other scripts' digits, more than 15 digits before the point.
        """
        match = _DOLLARS_GRAMMAR.fullmatch(text)
        if match is None:
            raise ValueError("not an amount in dollars")
        sign, whole, fraction = match.groups(default="")
        atoms = int(whole + fraction.ljust(_ATOM_PLACES, "0"))
        return cls(-atoms if sign else atoms)

    def __add__(self, other: Usd) -> Usd:
        return Usd(self._atoms + other._atoms)

    def __sub__(self, other: Usd) -> Usd:
        return Usd(self._atoms - other._atoms)

    def __neg__(self) -> Usd:
        return Usd(-self._atoms)

    def __abs__(self) -> Usd:
        return Usd(abs(self._atoms))

    def __repr__(self) -> str:
        return f"Usd({self.decimal_text()})"

    def scaled(self, numerator: int, denominator: int) -> Usd:
        """Return ``numerator/denominator`` of the amount, rounded down to what is kept."""
        return Usd(self._atoms * numerator // denominator)

    def ratio_to(self, other: Usd) -> float:
        """Return how many times ``other`` the amount is: for estimates and drawings.

        A pure number and no money; the nearest float, so that scaling both alike changes nothing.
        ZeroDivisionError where ``other`` is zero.
        """
        return self._atoms / other._atoms

    def in_whole_units(self) -> Usd:
        """Return the amount rounded down to whole 1/10000 USD, the vendor's unit."""
        return Usd(self._atoms // _ATOMS_PER_UNIT * _ATOMS_PER_UNIT)

    def whole_steps(self, steps_per_usd: int) -> int:
        """Return how many whole steps of ``1/steps_per_usd`` dollars fit, rounded down.

        Down means towards minus infinity: what is shown is never more than what is left.
        """
        return self._atoms * steps_per_usd // ATOMS_PER_USD

    def up_to_multiple_of(self, step: Usd) -> Usd:
        """Return the first multiple of ``step``, which is above zero, that is not below this."""
        return Usd(-(-self._atoms // step._atoms) * step._atoms)

    def units_text(self) -> str:
        """Return the exact amount in 1/10000 USD, such as ``-12345`` or ``0.5``.

        It has a point only where a fraction of that unit is left: the inverse of
        :meth:`of_units_text`.
        """
        whole, fraction = divmod(abs(self._atoms), _ATOMS_PER_UNIT)
        digits = f"{fraction:0{_FRACTION_DIGITS}d}".rstrip("0")
        return f"{'-' if self._atoms < 0 else ''}{whole}{'.' if digits else ''}{digits}"

    def decimal_text(self, min_places: int = _UNIT_PLACES) -> str:
        """Return the exact amount in dollars, such as ``-1.2345``, with a point.

        At least ``min_places`` decimals (2 or 4); beyond two, four at once, beyond four as many
        as the amount needs.
        """
        whole, fraction = divmod(abs(self._atoms), ATOMS_PER_USD)
        places = f"{fraction:0{_ATOM_PLACES}d}".rstrip("0")
        width = min_places if len(places) <= min_places else max(len(places), _UNIT_PLACES)
        return f"{'-' if self._atoms < 0 else ''}{whole}.{places.ljust(width, '0')}"


ZERO: Final = Usd.of_units(0)
