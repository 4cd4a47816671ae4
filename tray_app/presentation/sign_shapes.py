"""The signs beside the digits: point, minus, dash, comparison, powers of thousand, and "!"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tray_app.presentation.outlines import Contour, polygon, rectangle

if TYPE_CHECKING:
    from tray_app.presentation.glyph_cell import Cell


def point(cell: Cell) -> tuple[Contour, ...]:
    """Return the decimal point."""
    return (rectangle(0, cell.height - cell.pen, cell.width, cell.pen),)


def minus(cell: Cell) -> tuple[Contour, ...]:
    """Return a minus or a dash, as wide as its cell."""
    return (rectangle(0, (cell.height - cell.pen) // 2, cell.width, cell.pen),)


def exclamation(cell: Cell) -> tuple[Contour, ...]:
    """Return the exclamation mark."""
    gap = max(1, round(cell.height / 8))
    return (
        rectangle(0, 0, cell.width, cell.height - cell.pen - gap),
        rectangle(0, cell.height - cell.pen, cell.width, cell.pen),
    )


def kilo(cell: Cell) -> tuple[Contour, ...]:
    """Return k, for thousands."""
    arm, fork = round(0.28 * cell.height), 0.64 * cell.height
    thick = cell.pen * 1.4
    inner = cell.pen - thick * 0.4
    return (
        rectangle(0, 0, cell.pen, cell.height),
        polygon((cell.width - thick, arm), (cell.width, arm), (inner + thick, fork), (inner, fork)),
        polygon(
            (inner + 0.1 * cell.width, fork - thick * 0.75),
            (inner + 0.1 * cell.width + thick, fork - thick * 0.75),
            (cell.width, cell.height),
            (cell.width - thick, cell.height),
        ),
    )


def mega(cell: Cell) -> tuple[Contour, ...]:
    """Return M, for millions; its own, finer pen keeps it open."""
    pen = max(1, min(cell.pen, round(cell.width / 4.5)))
    thick, middle, low = pen * 1.2, cell.width / 2, round(0.62 * cell.height)
    left = polygon((0, 0), (thick, 0), (middle + thick / 2, low), (middle - thick / 2, low))
    return (
        rectangle(0, 0, pen, cell.height),
        rectangle(cell.width - pen, 0, pen, cell.height),
        left,
        tuple((cell.width - x, y) for x, y in reversed(left)),
    )


def billion(cell: Cell) -> tuple[Contour, ...]:
    """Return B, for billions."""
    upper = cell.bowl(cell.top, cell.waist, flat_left=True)
    return upper + cell.bowl(cell.waist, cell.bottom, flat_left=True)


def trillion(cell: Cell) -> tuple[Contour, ...]:
    """Return T, for trillions; a pixel bolder where its stem could not stand in the middle."""
    stem = rectangle(
        (cell.width - cell.pen) // 2, 0, cell.pen + (cell.width - cell.pen) % 2, cell.height
    )
    return (rectangle(0, 0, cell.width, cell.pen), stem)


def less(cell: Cell) -> tuple[Contour, ...]:
    """Return the sign for "less than"; its finer pen keeps it open in a low cell."""
    middle, rise = cell.height / 2, 0.14 * cell.height
    thick = min(cell.pen, round(cell.height / 6)) * 1.15
    nose = thick * 0.45
    slope = (middle - nose - rise) / cell.width
    notch = max(0.0, cell.width - (middle - rise - thick) / slope)
    return (
        polygon(
            (cell.width, rise),
            (cell.width, rise + thick),
            (notch, middle),
            (cell.width, cell.height - rise - thick),
            (cell.width, cell.height - rise),
            (0, middle + nose),
            (0, middle - nose),
        ),
    )
