"""The units of time beside the digits: lower-case letters, so that none is taken for a digit."""

from __future__ import annotations

from typing import Final

from tray_app.presentation.glyph_cell import Cell
from tray_app.presentation.outlines import Contour, Corner, moved, rectangle, ring, stroke
from tray_app.presentation.sign_shapes import mega

_ASCENDER: Final = 0.36
"""How much of the height only the long stems reach into."""


def hour(cell: Cell) -> tuple[Contour, ...]:
    """Return h: a stem and an arch."""
    bar = _bar(cell)
    radius = cell.radius(bar, cell.bottom)
    arch = stroke(
        cell.pen,
        Corner(cell.left, (bar + cell.bottom) / 2),
        Corner(cell.left, bar, min(radius, (cell.bottom - bar) / 2)),
        Corner(cell.right, bar, radius),
        Corner(cell.right, cell.height),
    )
    return (rectangle(0, 0, cell.pen, cell.height), arch)


def day(cell: Cell) -> tuple[Contour, ...]:
    """Return d: a bowl and a stem."""
    bar = _bar(cell)
    radius = cell.radius(bar, cell.bottom)
    bowl = ring(
        cell.pen,
        Corner(cell.left, bar, radius),
        Corner(cell.right, bar),
        Corner(cell.right, cell.bottom),
        Corner(cell.left, cell.bottom, radius),
    )
    return (*bowl, rectangle(cell.width - cell.pen, 0, cell.pen, cell.height))


def week(cell: Cell) -> tuple[Contour, ...]:
    """Return w: a low M, turned."""
    low = Cell(cell.width, cell.height - round(_ASCENDER * cell.height), cell.pen)
    drop = cell.height - low.height
    return tuple(moved(one, 0, drop) for one in low.turned(mega(low)))


def _bar(cell: Cell) -> float:
    return round(_ASCENDER * cell.height) + cell.pen / 2
