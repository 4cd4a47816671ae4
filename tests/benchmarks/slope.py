"""How fast something grows: a line through points, and how far it may be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_FEWEST_POINTS: Final = 3
# Two-sided, some 95 % for many points.
_NOISE_IN_ERRORS: Final = 2.0


@dataclass(frozen=True, slots=True)
class Slope:
    """A growth per step and its standard error, in the same unit."""

    value: float
    error: float

    @property
    def is_noise(self) -> bool:
        """Whether no growth at all would explain the points as well."""
        return abs(self.value) <= _NOISE_IN_ERRORS * self.error


def slope_of(xs: Sequence[float], ys: Sequence[float]) -> Slope:
    """Fit by ordinary least squares; raises ValueError with fewer than three points."""
    count = len(xs)
    if count < _FEWEST_POINTS or count != len(ys):
        raise ValueError("a slope and its error need three points at least")
    mean_x, mean_y = sum(xs) / count, sum(ys) / count
    spread = sum((x - mean_x) ** 2 for x in xs)
    value = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True)) / spread
    residues = sum((y - mean_y - value * (x - mean_x)) ** 2 for x, y in zip(xs, ys, strict=True))
    return Slope(value, (residues / (count - 2) / spread) ** 0.5)
