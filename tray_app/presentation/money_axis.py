"""The axis of amounts: where each lies, and the round ones that are written beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tray_app.core.light_dataclass import dataclass
from tray_app.core.money import ZERO, Usd
from tray_app.presentation.chart_geometry import snapped
from tray_app.presentation.wording import amount_text, whole_dollars_text

if TYPE_CHECKING:
    from collections.abc import Iterable

_UNITS_PER_USD: Final = 10_000
_THOUSAND: Final = 1_000
_SUFFIXES: Final = ("", "k", "M", "B")
_FALLBACK_HEIGHT: Final = Usd.of_cents(1_00)
_AIR_BELOW: Final = 12


@dataclass(frozen=True, slots=True)
class MoneyAxis:
    """Amounts from ``low`` at ``bottom`` to ``high`` at ``top``, in logical pixels."""

    low: Usd
    high: Usd
    top: float
    bottom: float

    def y(self, amount: Usd) -> float:
        """Return where the amount lies; one beyond the axis lies on its end."""
        return self.y_of_share((amount - self.low).ratio_to(self.high - self.low))

    def y_of_share(self, share: float) -> float:
        """Return the place of a share of the axis, from 0 at the bottom to 1 at the top."""
        within = min(max(share, 0.0), 1.0)
        return snapped(self.bottom - within * (self.bottom - self.top))

    def holds(self, amount: Usd) -> bool:
        """Whether the amount lies on the axis."""
        return self.low <= amount <= self.high


def money_axis(amounts: Iterable[Usd], top: float, bottom: float, air: int) -> MoneyAxis:
    """Return an axis that holds the amounts and zero, with so many pixels of air above them.

    Zero is always in it: the question is how far away it is, and a balance that only seems to
    plunge because the axis begins just below it would frighten for nothing. Below an amount under
    zero there is some air, too; both together must leave room between ``top`` and ``bottom``.
    """
    low = high = ZERO
    for amount in amounts:
        low, high = min(low, amount), max(high, amount)
    if low == high:
        high = _FALLBACK_HEIGHT
    below = _AIR_BELOW if low < ZERO else 0
    room = int(bottom - top) - air - below
    height = high - low
    return MoneyAxis(low - height.scaled(below, room), high + height.scaled(air, room), top, bottom)


def money_ticks(axis: MoneyAxis, most: int) -> tuple[tuple[Usd, str], ...]:
    """Return round amounts on the axis with their exact labels, ascending; zero is among them.

    At most ``most`` steps (one or more) of 1, 2 or 5 times a power of ten. Labels have two or four
    decimals in steps below a dollar, none above, and from a thousand on ``k``, ``M`` or ``B``.
    """
    step = _step(axis, most)
    first = -(-_floor_units(axis.low) // step)
    last = _floor_units(axis.high) // step
    # A fraction of a unit may stand between the first tick and the axis's end.
    units = [number * step for number in range(first, last + 1)]
    return tuple(
        (amount, tick_label(amount, Usd.of_units(step)))
        for amount in map(Usd.of_units, units)
        if axis.holds(amount)
    )


def tick_label(amount: Usd, step: Usd) -> str:
    """Return a multiple of ``step`` as short as it can be exact: ``$5``, ``$0.50``, ``$12k``."""
    if amount == ZERO:
        return "$0"
    if step.whole_steps(1) == 0:
        return amount_text(amount)
    dollars = abs(amount).whole_steps(1)
    divisor, suffix = 1, ""
    for further in _SUFFIXES[1:]:
        if step.whole_steps(1) < divisor * _THOUSAND:
            break
        divisor, suffix = divisor * _THOUSAND, further
    shown = dollars // divisor
    return whole_dollars_text(-shown if amount < ZERO else shown, suffix)


def _step(axis: MoneyAxis, most: int) -> int:
    """Return the smallest round number of 1/10000 USD that divides the axis often enough."""
    span = _floor_units(axis.high - axis.low)
    power = 1
    while True:
        for factor in (1, 2, 5):
            if span <= most * factor * power:
                return factor * power
        power *= 10


def _floor_units(amount: Usd) -> int:
    return amount.whole_steps(_UNITS_PER_USD)
