"""The digits and signs of the icon as contours, hinted to whole pixels: no fonts, no Qt.

A glyph lives in a cell of whole pixels, (0, 0) at its top left. Stems and bars are as wide as the
face's pen and lie on whole pixels; only rounds and diagonals are smoothed.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from tray_app.core.light_dataclass import dataclass
from tray_app.presentation import digit_shapes, sign_shapes, unit_shapes
from tray_app.presentation.glyph_cell import Cell
from tray_app.presentation.outlines import snapped
from tray_app.presentation.pixel_glyphs import pixel_outline

if TYPE_CHECKING:
    from collections.abc import Callable

    from tray_app.presentation.outlines import Contour

MINUS: Final = "\N{MINUS SIGN}"
DASH: Final = "\N{EN DASH}"
"""Stands in place of a figure that was never read."""

_SHAPES: Final[dict[str, Callable[[Cell], tuple[Contour, ...]]]] = {
    "0": digit_shapes.zero,
    "1": digit_shapes.one,
    "2": digit_shapes.two,
    "3": digit_shapes.three,
    "4": digit_shapes.four,
    "5": digit_shapes.five,
    "6": digit_shapes.six,
    "7": digit_shapes.seven,
    "8": digit_shapes.eight,
    "9": digit_shapes.nine,
    ".": sign_shapes.point,
    "-": sign_shapes.minus,
    MINUS: sign_shapes.minus,
    DASH: sign_shapes.minus,
    "k": sign_shapes.kilo,
    "M": sign_shapes.mega,
    "B": sign_shapes.billion,
    "T": sign_shapes.trillion,
    "h": unit_shapes.hour,
    "d": unit_shapes.day,
    "w": unit_shapes.week,
    "<": sign_shapes.less,
    "!": sign_shapes.exclamation,
}

DRAWABLE: Final = frozenset(_SHAPES)
"""Every glyph that has a shape; the hyphen-minus is drawn as a proper minus."""


@dataclass(frozen=True, slots=True)
class Face:
    """A cut of the glyphs for one size: the digits' cell, the pen and the gap, in whole pixels."""

    width: int
    height: int
    pen: int
    gap: int


def glyph_width(glyph: str, face: Face) -> int:
    """Return the width of a glyph's cell: digits are tabular, point, minus and ! are narrower."""
    if glyph in {".", "!"}:
        return face.pen
    if glyph in {"-", MINUS}:
        return max(3, round(face.width * 0.65))
    return face.width


@lru_cache(maxsize=128)
def glyph_outline(glyph: str, face: Face) -> tuple[Contour, ...]:
    """Return the contours of one of ``DRAWABLE`` in its cell, for the non-zero winding rule."""
    pixels = pixel_outline(glyph, face.width, face.height)
    if pixels is not None:
        return pixels
    return snapped(_SHAPES[glyph](Cell(glyph_width(glyph, face), face.height, face.pen)))
