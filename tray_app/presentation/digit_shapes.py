"""The ten digits as centrelines and diagonals in a cell.

The skeleton is that of the narrow grotesques on road signs and instruments: straight flanks, round
ends, open terminals, one weight throughout.
"""

from __future__ import annotations

from math import hypot
from typing import TYPE_CHECKING

from tray_app.presentation.outlines import Contour, Corner, polygon, rectangle, stroke

if TYPE_CHECKING:
    from tray_app.presentation.glyph_cell import Cell


def zero(cell: Cell) -> tuple[Contour, ...]:
    """Return zero: a ring."""
    return cell.bowl(cell.top, cell.bottom)


def one(cell: Cell) -> tuple[Contour, ...]:
    """Return one: a stem with a flag."""
    stem = round((cell.width - cell.pen) / 2 + 0.1 * cell.width)
    flag = min(stem, round(0.42 * cell.width))
    drop, thick = max(1, round(0.7 * flag)), cell.pen * 1.15
    return (
        rectangle(stem, 0, cell.pen, cell.height),
        polygon(
            (stem, 0),
            (stem + cell.pen / 2, 0),
            (stem + cell.pen / 2, thick),
            (stem, thick),
            (stem - flag, drop + thick),
            (stem - flag, drop),
        ),
    )


def two(cell: Cell) -> tuple[Contour, ...]:
    """Return two: a round, a slope and a foot."""
    reach, radius = cell.bottom - cell.top, cell.radius(cell.top, cell.bottom)
    shoulder, heel = cell.top + 0.38 * reach, cell.bottom - 0.22 * reach
    return (
        stroke(
            cell.pen,
            Corner(cell.left, cell.terminal),
            Corner(cell.left, cell.top, min(radius, cell.terminal - cell.top)),
            Corner(cell.right, cell.top, min(radius, shoulder - cell.top)),
            Corner(cell.right, shoulder, radius * 0.9),
            Corner(cell.left, heel, min(radius * 0.5, (cell.bottom - heel) * 0.8)),
            Corner(cell.left, cell.bottom),
            Corner(cell.width, cell.bottom),
        ),
    )


def three(cell: Cell) -> tuple[Contour, ...]:
    """Return three: two open rounds."""
    tongue = Corner(round(0.35 * cell.width), cell.waist)
    halves = ((cell.top, cell.terminal), (cell.bottom, cell.height - cell.terminal))
    strokes = []
    for bar, end in halves:
        radius = cell.radius(bar, cell.waist)
        strokes.append(
            stroke(
                cell.pen,
                Corner(cell.left, end),
                Corner(cell.left, bar, min(radius, abs(end - bar))),
                Corner(cell.right, bar, radius),
                Corner(cell.right, cell.waist, radius),
                tongue,
            )
        )
    return tuple(strokes)


def four(cell: Cell) -> tuple[Contour, ...]:
    """Return four: closed, its stem set in."""
    bar = cell.height - round(0.2 * cell.height) - cell.pen
    stem = cell.width - cell.pen - min(2, (cell.width + 2) // 8)
    edge = stem + cell.pen
    thick = hypot(bar, edge * 0.8) / bar * cell.pen
    return (
        rectangle(stem, 0, cell.pen, cell.height),
        rectangle(0, bar, cell.width, cell.pen),
        polygon(
            (edge - thick, 0),
            (edge, 0),
            (edge, cell.pen / 2),
            (thick, bar + cell.pen / 2),
            (0, bar + cell.pen / 2),
            (0, bar),
        ),
    )


def five(cell: Cell) -> tuple[Contour, ...]:
    """Return five: a flag over an open round."""
    bar = round(0.36 * cell.height) + cell.pen / 2
    radius = cell.radius(bar, cell.bottom)
    end = cell.height - cell.terminal
    return (
        stroke(
            cell.pen,
            Corner(cell.width - cell.width // 9, cell.top),
            Corner(cell.left, cell.top),
            Corner(cell.left, bar),
            Corner(cell.right, bar, radius),
            Corner(cell.right, cell.bottom, radius),
            Corner(cell.left, cell.bottom, min(radius, cell.bottom - end)),
            Corner(cell.left, end),
        ),
    )


def six(cell: Cell) -> tuple[Contour, ...]:
    """Return six: a bowl under an arch."""
    bar = int((cell.height - cell.pen) * 0.4) + cell.pen / 2
    radius = cell.radius(cell.top, cell.bottom)
    hook = stroke(
        cell.pen,
        Corner(cell.right, cell.terminal),
        Corner(cell.right, cell.top, min(radius, cell.terminal - cell.top)),
        Corner(cell.left, cell.top, radius),
        Corner(cell.left, (bar + cell.bottom) / 2),
    )
    return (*cell.bowl(bar, cell.bottom), hook)


def seven(cell: Cell) -> tuple[Contour, ...]:
    """Return seven: a bar and a slope."""
    foot = round(0.22 * cell.width)
    fall = cell.height - cell.pen
    thick = hypot(fall, cell.width - cell.pen - foot) / fall * cell.pen
    return (
        rectangle(0, 0, cell.width, cell.pen),
        polygon(
            (cell.width - thick, cell.pen / 2),
            (cell.width, cell.pen / 2),
            (cell.width, cell.pen),
            (foot + thick, cell.height),
            (foot, cell.height),
            (cell.width - thick, cell.pen),
        ),
    )


def eight(cell: Cell) -> tuple[Contour, ...]:
    """Return eight: two bowls."""
    return cell.bowl(cell.top, cell.waist) + cell.bowl(cell.waist, cell.bottom)


def nine(cell: Cell) -> tuple[Contour, ...]:
    """Return nine: the 6, turned."""
    return cell.turned(six(cell))
