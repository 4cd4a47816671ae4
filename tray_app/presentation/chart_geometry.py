"""What the chart is drawn of; every length in logical pixels, x to the right and y down."""

from __future__ import annotations

from enum import Enum, auto
from itertools import pairwise
from math import hypot
from typing import TYPE_CHECKING, Final, TypeAlias

from tray_app.core.light_dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable

Point: TypeAlias = tuple[float, float]
Line: TypeAlias = tuple[Point, ...]

# Qt rasters on this grid: what lies on it is rounded nowhere, and is the same on every processor.
_GRID: Final = 64


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle with its sides along the axes."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From side to side."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    def overlaps(self, other: Rect) -> bool:
        """Whether the two share any area."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def contains(self, other: Rect) -> bool:
        """Whether the other lies wholly inside."""
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.top <= other.top
            and other.bottom <= self.bottom
        )


@dataclass(frozen=True, slots=True)
class TextMetrics:
    """How much room a font takes."""

    width: Callable[[str], float]
    """The width of a text."""
    ascent: float
    descent: float
    digit_height: float

    @property
    def height(self) -> float:
        """The height of a line."""
        return self.ascent + self.descent


class Align(Enum):
    """Which part of a text stands at its place."""

    LEFT = auto()
    CENTRE = auto()
    RIGHT = auto()


@dataclass(frozen=True, slots=True)
class Label:
    """A text that begins at ``x`` and stands on ``baseline``."""

    text: str
    x: float
    baseline: float
    room: Rect
    """What it covers."""


def label_at(text: str, x: float, baseline: float, align: Align, metrics: TextMetrics) -> Label:
    """Return the label with that part of it at ``x``, on whole pixels so that it stays sharp."""
    width = metrics.width(text)
    share = {Align.LEFT: 0.0, Align.CENTRE: 0.5, Align.RIGHT: 1.0}[align]
    left, baseline = float(round(x - width * share)), float(round(baseline))
    room = Rect(left, baseline - metrics.ascent, left + width, baseline + metrics.descent)
    return Label(text, left, baseline, room)


def dashed(line: Line, dash: float, gap: float) -> tuple[Line, ...]:
    """Return the line as dashes with gaps between them, beginning with a dash.

    Cut here and not by the pen, so that a dash ends at the same place on every processor.
    """
    dashes: list[Line] = []
    current: list[Point] = [line[0]]
    draws, rest = True, dash
    for (x, y), (end_x, end_y) in pairwise(line):
        length, done = hypot(end_x - x, end_y - y), 0.0
        while length - done > rest:
            done += rest
            share = done / length
            place = (snapped(x + (end_x - x) * share), snapped(y + (end_y - y) * share))
            if draws:
                dashes.append((*current, place))
            current, draws = [place], not draws
            rest = dash if draws else gap
        rest -= length - done
        current.append((end_x, end_y))
    if draws and len(current) > 1:
        dashes.append(tuple(current))
    return tuple(dashes)


def snapped(value: float) -> float:
    """Return the nearest place on Qt's raster grid."""
    return round(value * _GRID) / _GRID


def sharp(value: float) -> float:
    """Return the nearest place where a line of one pixel covers that pixel alone."""
    return int(value) + 0.5
