"""Where digits and mark stand on the badge: the boldest face that fits, on whole pixels."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from tray_app.core.light_dataclass import dataclass
from tray_app.presentation.glyphs import Face, glyph_outline, glyph_width
from tray_app.presentation.outlines import Contour, moved


@dataclass(frozen=True, slots=True)
class Grid:
    """How a badge of ``size`` pixels is divided; every length in pixels.

    ``faces`` are for one glyph, two, two with a point, and three. With a mark below them the
    digits are ``marked_height`` high, ``gap`` lies between, and the mark is ``mark`` high.
    """

    size: int
    faces: tuple[Face, Face, Face, Face]
    marked_height: int
    gap: int
    mark: int

    @property
    def marked_top(self) -> int:
        """The first row of digits that have a mark below them."""
        return (self.size - self.marked_height - self.gap - self.mark) // 2

    @property
    def mark_top(self) -> int:
        """The first row of the mark."""
        return self.marked_top + self.marked_height + self.gap


def _grid(
    size: int, *cuts: tuple[int, int, int, int], marked_height: int, gap: int, mark: int
) -> Grid:
    one, two, pointed, three = (Face(*cut) for cut in cuts)
    return Grid(size, (one, two, pointed, three), marked_height, gap, mark)


# Chosen by eye, size by size: (width, height, pen, gap). Where the size is even the text's width is
# mostly even too, so that both margins are alike.
_GRIDS: Final = (
    _grid(
        16,
        (8, 12, 2, 2),
        (6, 10, 2, 2),
        (5, 10, 2, 1),
        (4, 10, 1, 1),
        marked_height=8,
        gap=2,
        mark=2,
    ),
    _grid(
        18,
        (8, 12, 2, 2),
        (7, 12, 2, 2),
        (6, 12, 2, 1),
        (4, 10, 1, 2),
        marked_height=10,
        gap=2,
        mark=2,
    ),
    _grid(
        20,
        (10, 14, 3, 2),
        (8, 14, 3, 2),
        (6, 12, 2, 1),
        (5, 12, 2, 1),
        marked_height=10,
        gap=2,
        mark=2,
    ),
    _grid(
        22,
        (10, 16, 3, 2),
        (8, 14, 3, 2),
        (7, 14, 2, 1),
        (6, 12, 2, 1),
        marked_height=12,
        gap=2,
        mark=2,
    ),
    _grid(
        24,
        (12, 16, 3, 2),
        (9, 16, 3, 2),
        (8, 14, 2, 1),
        (6, 14, 2, 1),
        marked_height=12,
        gap=3,
        mark=3,
    ),
    _grid(
        32,
        (14, 22, 4, 3),
        (12, 22, 4, 2),
        (10, 20, 3, 2),
        (8, 18, 3, 2),
        marked_height=16,
        gap=4,
        mark=4,
    ),
    _grid(
        36,
        (16, 26, 5, 3),
        (14, 24, 4, 2),
        (11, 22, 4, 2),
        (9, 20, 3, 2),
        marked_height=18,
        gap=4,
        mark=4,
    ),
    _grid(
        44,
        (20, 32, 5, 4),
        (17, 30, 5, 4),
        (14, 26, 4, 2),
        (12, 24, 4, 2),
        marked_height=24,
        gap=5,
        mark=5,
    ),
    _grid(
        48,
        (22, 34, 6, 4),
        (18, 32, 6, 4),
        (15, 30, 5, 3),
        (12, 26, 4, 3),
        marked_height=26,
        gap=5,
        mark=5,
    ),
    _grid(
        64,
        (28, 46, 8, 5),
        (25, 44, 8, 4),
        (21, 38, 6, 4),
        (16, 36, 5, 4),
        marked_height=34,
        gap=7,
        mark=7,
    ),
)
GRIDS: Final = {grid.size: grid for grid in _GRIDS}
"""Every physical size that the icon is drawn for."""


def text_contours(text: str, grid: Grid, *, marked: bool) -> tuple[Contour, ...]:
    """Return the text's contours, centred; ``marked`` leaves room for a mark below it."""
    face = _face_for(text, grid, marked=marked)
    top = grid.marked_top if marked else (grid.size - face.height) // 2
    left = (grid.size - _width(text, face)) // 2
    contours: list[Contour] = []
    for glyph in text:
        contours += (moved(one, left, top) for one in glyph_outline(glyph, face))
        left += glyph_width(glyph, face) + face.gap
    return tuple(contours)


def _face_for(text: str, grid: Grid, *, marked: bool) -> Face:
    largest, *others = grid.faces
    if marked:
        others = [replace(face, height=grid.marked_height) for face in others]
    elif len(text) == 1:
        return largest
    # What the face for two digits was chosen to fill, and the one for two digits and a point.
    room = max(_width("00", others[0]), _width(".00", others[1]))
    return next((face for face in others if _width(text, face) <= room), others[-1])


def _width(text: str, face: Face) -> int:
    return sum(glyph_width(glyph, face) for glyph in text) + face.gap * (len(text) - 1)
