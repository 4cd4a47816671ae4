"""Plane geometry for glyphs and badges: rounded polygons and strokes as closed contours, no Qt.

x runs to the right, y downwards, in pixels. A solid contour has a positive area and a hole a
negative one, so that contours can overlap and be filled by the non-zero winding rule.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise
from math import atan2, cos, hypot, isclose, pi, sin, tan
from typing import Final, TypeAlias

from tray_app.core.light_dataclass import dataclass

Point: TypeAlias = tuple[float, float]
Contour: TypeAlias = tuple[Point, ...]

# A turn between two points of an arc: less than a tenth of a pixel off on the largest badge.
_ARC_STEP: Final = pi / 14

# Qt's rasteriser counts in 64ths of a pixel. Points on its grid leave it nothing to round, so the
# last bit of a machine's sine cannot reach a pixel.
STEPS_PER_PIXEL: Final = 64


@dataclass(frozen=True, slots=True)
class Corner:
    """A corner of a polygon or a centreline, cut by an arc of ``radius`` where that is not zero."""

    x: float
    y: float
    radius: float = 0.0


def polygon(*points: Point) -> Contour:
    """Return the solid with these corners, given in either direction."""
    return points if _area(points) > 0 else points[::-1]


def rectangle(x: float, y: float, width: float, height: float) -> Contour:
    """Return the solid rectangle whose top left corner is (x, y)."""
    return ((x, y), (x + width, y), (x + width, y + height), (x, y + height))


def rounded(*corners: Corner) -> Contour:
    """Return the solid polygon with rounded corners; each radius must fit its sides."""
    return polygon(*_with_arcs(corners, closed=True))


def disc(x: float, y: float, diameter: float) -> Contour:
    """Return the disc whose bounding square has its top left corner at (x, y)."""
    near, radius = (x, y), diameter / 2
    far = (x + diameter, y + diameter)
    return rounded(
        Corner(near[0], near[1], radius),
        Corner(far[0], near[1], radius),
        Corner(far[0], far[1], radius),
        Corner(near[0], far[1], radius),
    )


def stroke(pen: float, *centreline: Corner) -> Contour:
    """Return an open centreline widened to ``pen``, with flat ends."""
    sides = (_offset(centreline, side, closed=False) for side in (pen / 2, -pen / 2))
    left, right = (_with_arcs(side, closed=False) for side in sides)
    return polygon(*left, *reversed(right))


def ring(pen: float, *centreline: Corner) -> tuple[Contour, Contour]:
    """Return a closed centreline widened to ``pen``: the solid and the hole in it."""
    sides = (_offset(centreline, side, closed=True) for side in (pen / 2, -pen / 2))
    one, other = (polygon(*_with_arcs(side, closed=True)) for side in sides)
    solid, hole = (one, other) if _area(one) > _area(other) else (other, one)
    return solid, hole[::-1]


def _area(contour: Contour) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise((*contour, contour[0]))) / 2


def _with_arcs(corners: tuple[Corner, ...], *, closed: bool) -> Contour:
    last = len(corners) - 1
    points: list[Point] = []
    for index, corner in enumerate(corners):
        if corner.radius > 0 and (closed or 0 < index < last):
            points += _arc(corners[index - 1], corner, corners[(index + 1) % len(corners)])
        else:
            points.append((corner.x, corner.y))
    return tuple(points)


def _arc(before: Corner, corner: Corner, after: Corner) -> list[Point]:
    """Return the points of the arc that touches both sides of a corner."""
    entry, leave = _normal(before, corner), _normal(corner, after)
    turn = atan2(
        entry[0] * leave[1] - entry[1] * leave[0], entry[0] * leave[0] + entry[1] * leave[1]
    )
    if isclose(turn, 0.0, abs_tol=1e-9):
        return [(corner.x, corner.y)]
    reach = corner.radius * tan(abs(turn) / 2)
    inwards = corner.radius if turn > 0 else -corner.radius
    # The direction of travel is the normal turned back by a right angle.
    x = corner.x - entry[1] * reach + entry[0] * inwards
    y = corner.y + entry[0] * reach + entry[1] * inwards
    start = atan2(-entry[1] * inwards, -entry[0] * inwards)
    steps = max(2, round(abs(turn) / _ARC_STEP))
    angles = (start + turn * step / steps for step in range(steps + 1))
    return [(x + corner.radius * cos(a), y + corner.radius * sin(a)) for a in angles]


def _offset(corners: tuple[Corner, ...], by: float, *, closed: bool) -> tuple[Corner, ...]:
    """Return the parallel line ``by`` pixels along the normals, with mitred corners."""
    following = corners[1:] + corners[:1] if closed else corners[1:]
    normals = [_normal(a, b) for a, b in zip(corners, following, strict=False)]
    entries = [normals[-1] if closed else normals[0], *normals]
    leaves = normals if closed else [*normals, normals[-1]]
    moved = []
    for corner, entry, leave in zip(corners, entries, leaves, strict=False):
        spread = by / (1 + entry[0] * leave[0] + entry[1] * leave[1])
        inside = entry[0] * leave[1] - entry[1] * leave[0] > 0
        radius = max(0.0, corner.radius - by if inside else corner.radius + by)
        moved.append(
            replace(
                corner,
                x=corner.x + (entry[0] + leave[0]) * spread,
                y=corner.y + (entry[1] + leave[1]) * spread,
                radius=radius if corner.radius > 0 else 0.0,
            )
        )
    return tuple(moved)


def _normal(start: Corner, end: Corner) -> Point:
    """Return the unit vector to the right of the way from start to end, as y points down."""
    length = hypot(end.x - start.x, end.y - start.y)
    return (start.y - end.y) / length, (end.x - start.x) / length


def moved(contour: Contour, x: float, y: float) -> Contour:
    """Return the contour shifted to the right by ``x`` and down by ``y``."""
    return tuple((left + x, top + y) for left, top in contour)


def snapped(contours: tuple[Contour, ...]) -> tuple[Contour, ...]:
    """Return contours with each coordinate rounded to one of ``STEPS_PER_PIXEL``."""
    return tuple(
        tuple(
            (_on_grid(round(x * STEPS_PER_PIXEL)), _on_grid(round(y * STEPS_PER_PIXEL)))
            for x, y in contour
        )
        for contour in contours
    )


@cache
def _on_grid(steps: int) -> float:
    # Every glyph has its points on these lines: one number for all that lie on one.
    return steps / STEPS_PER_PIXEL
