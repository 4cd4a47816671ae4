"""The badge under the digits, the marks below them and the symbols in their place."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, assert_never

from tray_app.core.level import Level
from tray_app.presentation.icon_spec import Emblem, Silhouette
from tray_app.presentation.outlines import (
    Contour,
    Corner,
    disc,
    moved,
    polygon,
    rectangle,
    ring,
    rounded,
    snapped,
)
from tray_app.presentation.text_layout import text_contours

if TYPE_CHECKING:
    from tray_app.presentation.icon_spec import IconSpec
    from tray_app.presentation.text_layout import Grid

_DISC_FROM: Final = 4
"""Smaller dots are squares: a disc of three pixels is a blur."""

_PIXEL_CROSS: Final = 4
"""A cross of this size is two diagonals of whole pixels: smoothed, it reads as a box."""

_SMALL_BELOW: Final = 20
"""Badges below this are told apart by a pixel more or less at each corner."""

_OCTAGON_CUT: Final = {16: 3, 18: 3, 20: 4, 32: 7}
"""Where the rule's cut would let a digit or a point meet the outside, the corners keep a pixel."""


_STEPS: Final = {Level.HEALTHY: 3, Level.LOW: 2, Level.CRITICAL: 1, Level.EMPTY: 0}
"""How many columns of the gauge are full."""

_COLUMNS: Final = ((0, 0.4), (1, 0.7), (2, 1.0))
"""The gauge's columns, and how high each is."""


@lru_cache(maxsize=64)
def badge_contours(silhouette: Silhouette, size: int) -> tuple[Contour, ...]:
    """Return the badge's outline, which fills its square of ``size`` pixels."""
    return snapped((_silhouette(silhouette, size),))


def _silhouette(silhouette: Silhouette, size: int) -> Contour:
    match silhouette:
        case Silhouette.CIRCLE:
            return disc(0, 0, size)
        case Silhouette.ROUNDED_SQUARE:
            radius = 2 if size < _SMALL_BELOW else size * 0.18
            corners = ((0, 0), (size, 0), (size, size), (0, size))
            return rounded(*(Corner(x, y, radius) for x, y in corners))
        case Silhouette.SHIELD:
            shoulder, flank = size / 8, size - round(size * 0.2)
            return rounded(
                Corner(0, 0, shoulder),
                Corner(size, 0, shoulder),
                Corner(size, flank, size / 16),
                Corner(size / 2, size, size / 16),
                Corner(0, flank, size / 16),
            )
        case Silhouette.OCTAGON:
            cut = _OCTAGON_CUT.get(size, round(size * 0.235))
            rest = size - cut
            return polygon(
                (cut, 0),
                (rest, 0),
                (size, cut),
                (size, rest),
                (rest, size),
                (cut, size),
                (0, rest),
                (0, cut),
            )
        case _:
            assert_never(silhouette)


def ink_contours(spec: IconSpec, grid: Grid) -> tuple[Contour, ...]:
    """Return all that is painted light on the badge: digits and mark, or a symbol."""
    ink = _ink(spec, grid)
    if spec.tone.silhouette is not Silhouette.SHIELD:
        return ink
    # The point at the shield's foot moves its optical middle up.
    lift = max(1, round(grid.size / 16))
    return tuple(moved(one, 0, -lift) for one in ink)


def _ink(spec: IconSpec, grid: Grid) -> tuple[Contour, ...]:
    match spec.emblem:
        case Emblem.NONE if spec.level is Level.EMPTY:
            return _figure(spec, grid, marked=True) + snapped(_bar(grid))
        case Emblem.NONE:
            return _figure(spec, grid, marked=False)
        case Emblem.STALE:
            return _figure(spec, grid, marked=True) + snapped(_dots(grid))
        case Emblem.OFFLINE:
            return _figure(spec, grid, marked=True) + snapped(_cross(grid))
        case Emblem.KEY:
            return snapped(_key(grid))
        case Emblem.LOADING:
            return snapped(_ellipsis(grid))
        case Emblem.ALERT:
            return text_contours("!", grid, marked=False)
        case _:
            assert_never(spec.emblem)


def _figure(spec: IconSpec, grid: Grid, *, marked: bool) -> tuple[Contour, ...]:
    if spec.text or spec.level is None:
        return text_contours(spec.text, grid, marked=marked)
    return snapped(_gauge(_STEPS[spec.level], grid, marked=marked))


def _gauge(steps: int, grid: Grid, *, marked: bool) -> tuple[Contour, ...]:
    """Return three rising columns, of which so many are full and the others but a foot."""
    pen = 2 * round(grid.size / 16)
    height = grid.marked_height if marked else 2 * round(grid.size * 0.3)
    top = grid.marked_top if marked else (grid.size - height) // 2
    gap = max(1, round(grid.size / 16))
    left = (grid.size - 3 * pen - 2 * gap) // 2
    foot = max(1, pen // 2)
    heights = [round(height * share) if step < steps else foot for step, share in _COLUMNS]
    return tuple(
        rectangle(left + step * (pen + gap), top + height - column, pen, column)
        for step, column in enumerate(heights)
    )


def _bar(grid: Grid) -> tuple[Contour, ...]:
    left = (grid.size - 5 * grid.mark) // 2
    return (rectangle(left, grid.mark_top, grid.size - 2 * left, grid.mark),)


def _dots(grid: Grid) -> tuple[Contour, ...]:
    left = (grid.size - 5 * grid.mark) // 2
    return tuple(_dot(left + 2 * step * grid.mark, grid.mark_top, grid.mark) for step in range(3))


def _dot(x: float, y: float, size: int) -> Contour:
    return disc(x, y, size) if size >= _DISC_FROM else rectangle(x, y, size, size)


def _cross(grid: Grid) -> tuple[Contour, ...]:
    """Return a small x: no way through."""
    above = grid.mark_top - grid.gap
    room = grid.size - above
    side = 2 * round(room * 0.34)
    x, y = (grid.size - side) // 2, above + (room - side) // 2
    if side <= _PIXEL_CROSS:
        steps = range(side)
        return tuple(rectangle(x + step, y + step, 1, 1) for step in steps) + tuple(
            rectangle(x + step, y + side - 1 - step, 1, 1) for step in steps
        )
    arm = side * 0.19
    stroke = polygon(
        (x, y),
        (x + arm, y),
        (x + side, y + side - arm),
        (x + side, y + side),
        (x + side - arm, y + side),
        (x, y + arm),
    )
    return stroke, tuple((grid.size - left, top) for left, top in reversed(stroke))


def _ellipsis(grid: Grid) -> tuple[Contour, ...]:
    """Return three dots in the middle."""
    dot = grid.size // 10 * 2
    gap = max(2, (grid.size * 3 // 4 - 3 * dot) // 2)
    left, top = (grid.size - 3 * dot - 2 * gap) // 2, (grid.size - dot) // 2
    return tuple(_dot(left + step * (dot + gap), top, dot) for step in range(3))


def _key(grid: Grid) -> tuple[Contour, ...]:
    """Return a key that lies with its bow to the left."""
    pen = 2 * round(grid.size / 17)
    bow, shaft = 2 * round(grid.size * 0.2), 2 * round(grid.size * 0.2)
    left, top = (grid.size - bow - shaft) // 2, (grid.size - bow) // 2
    radius, near, far = (bow - pen) / 2, pen / 2, bow - pen / 2
    corners = ((near, near), (far, near), (far, far), (near, far))
    end, tooth = left + bow + shaft, grid.size // 2 - pen // 2
    return (
        *ring(pen, *(Corner(left + x, top + y, radius) for x, y in corners)),
        rectangle(left + far, tooth, shaft + pen / 2, pen),
        rectangle(end - pen, tooth, pen, 2 * pen),
        rectangle(end - 2 * pen - pen // 2, tooth, pen, 2 * pen),
    )
