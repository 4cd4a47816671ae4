"""What a benchmark hands back: figures in a table, goals, and what must be known about both."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

_T = TypeVar("_T")

MB: Final = 2**20
_FEWEST_DIGITS_FROM: Final = 100


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured: how many rounds, and whether in a hurry."""

    rounds: int
    is_short: bool
    programs: tuple[Path, ...] = ()
    """Built programs to be measured besides, such as one of a package."""


@dataclass(frozen=True, slots=True)
class Goal:
    """What was to be reached, and the figure that was."""

    what: str
    limit: str
    figure: str
    is_reached: bool


@dataclass(frozen=True, slots=True)
class Chapter:
    """One subject's table; each row has as many cells as there are ``columns``."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    goals: tuple[Goal, ...] = ()
    notes: tuple[str, ...] = ()


def in_turn(contestants: Mapping[str, Callable[[], _T]], rounds: int) -> dict[str, list[_T]]:
    """Let each be measured once a round (A B C A B C …), so that a busy machine is busy for all."""
    figures: dict[str, list[_T]] = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, measure in contestants.items():
            figures[name].append(measure())
    return figures


def spread(values: Sequence[float]) -> str:
    """Return the median with the least and the most, such as ``122 (118–131)``."""
    middle = statistics.median(values)
    if len(values) == 1:
        return number(middle)
    return f"{number(middle)} ({number(min(values))}–{number(max(values))})"


def number(value: float) -> str:
    """Return a figure with about three digits."""
    if abs(value) >= _FEWEST_DIGITS_FROM:
        return f"{value:.0f}"
    return f"{value:.1f}" if abs(value) >= 1 else f"{value:.2f}"


def ratio(ours: Sequence[float], base: Sequence[float]) -> float:
    """Return how many times the base ours is: the median over the rounds, each by itself.

    What slows the machine down lasts longer than a round, and so leaves the ratio alone.
    """
    return statistics.median(mine / other for mine, other in zip(ours, base, strict=True))


def at_most(what: str, limit: float, figure: float, unit: str) -> Goal:
    """Return the goal that a figure is no more than a limit; ``unit`` follows both."""
    return Goal(what, f"≤ {limit:g} {unit}", f"{figure:.2f} {unit}", figure <= limit)
