"""What was spent hour by hour before the last reading."""

from __future__ import annotations

from itertools import islice, repeat
from typing import TYPE_CHECKING, Final

from tray_app.core.light_dataclass import dataclass
from tray_app.core.money import ATOMS_PER_USD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tray_app.core.money import Usd
    from tray_app.core.spend_series import SpendSeries

_HOUR: Final = 3_600_000_000
"""In microseconds, as the series counts."""
_DAY: Final = 24 * _HOUR


@dataclass(frozen=True, slots=True)
class HourlySpending:
    """Spending in each hour before a moment, counted back from it: hour 0 is the last one.

    Floats, in multiples of some amount: made for an estimate, never to become money again.
    """

    hours: list[float]
    credence: list[float]
    """How much an hour tells of the rhythm, up to 1: less where nobody looked for days."""

    @property
    def is_certain(self) -> bool:
        """Whether all hours tell as much as they can, as they mostly do."""
        return self.credence.count(1.0) == len(self.credence)


def hourly_spending(spends: SpendSeries, unit: Usd, count: int) -> HourlySpending:
    """Return the ``count`` hours before the end of the last spend, in multiples of ``unit``.

    There is a spend; ``unit`` is above zero. A spend is spread evenly over its time, so that a gap
    in the readings (machine off) counts as spending and not as idle time. Time that no spend
    covers is idle. The work ends where ``count`` hours do, however long the history is.
    """
    hours: list[float] = []
    credence = [1.0] * count
    sums, divisor = _counted(spends, unit)
    at = spends.ends[-1]
    # The hour that is being told begins here.
    border = at - _HOUR
    oldest = at - count * _HOUR
    # What was spent before the spends that wholly lie in that hour, or later; and of the one that
    # reaches into it from the hour after, which is not among them.
    counted = following = sums[-1]
    reaching = 0.0
    befores = islice(reversed(sums), 1, None)
    for begin, end, before in zip(
        reversed(spends.begins), reversed(spends.ends), befores, strict=True
    ):
        if begin <= border:
            # Most hours begin in the spend that reaches into the hour after.
            if counted != following:
                reaching += (counted - following) / divisor
            if end <= border:
                idle = min((border - end) // _HOUR + 1, count - len(hours))
                hours += [reaching, *repeat(0.0, idle - 1)]
                counted, reaching = following, 0.0
                border -= idle * _HOUR
                if border < oldest:
                    break
            if begin <= border:
                # Each is divided by the unit itself, so that another coin changes no bit.
                amount = (following - before) / divisor
                older = amount * ((border - begin) / (end - begin))
                hours.append(reaching + (amount - older))
                counted, reaching = before, older
                border -= _HOUR
                if begin <= border:
                    within = min((border - begin) // _HOUR + 1, count - len(hours))
                    hours += [amount * (_HOUR / (end - begin))] * within
                    border -= within * _HOUR
                    reaching = amount * ((border + _HOUR - begin) / (end - begin))
                    _doubt(credence, at - end, at - begin)
                if border < oldest:
                    break
        following = before
    if len(hours) < count:
        hours.append((counted - following) / divisor + reaching)
        hours += [0.0] * (count - len(hours))
    return HourlySpending(hours, credence)


def _counted(spends: SpendSeries, unit: Usd) -> tuple[Sequence[int], int]:
    """Return the series' sums, and the unit, in the same steps: the finest where one needs them."""
    steps, finest = unit.whole_steps(spends.steps_per_usd), unit.whole_steps(ATOMS_PER_USD)
    finer = ATOMS_PER_USD // spends.steps_per_usd
    if steps * finer == finest:
        return spends.sums, steps
    return [total * finer for total in spends.sums], finest


def _doubt(credence: list[float], newest: int, oldest: int) -> None:
    """Let the hours between two ages, in which nobody looked, tell as much as one day."""
    length = oldest - newest
    if length > _DAY:
        first, stop = newest // _HOUR, min(oldest // _HOUR + 1, len(credence))
        credence[first:stop] = [_DAY / length] * (stop - first)
