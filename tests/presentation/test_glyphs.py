from __future__ import annotations

from itertools import pairwise, product
from typing import TYPE_CHECKING

import pytest

from tray_app.core.level import Level
from tray_app.presentation.badge import badge_contours, ink_contours
from tray_app.presentation.glyphs import DASH, DRAWABLE, MINUS, Face, glyph_outline, glyph_width
from tray_app.presentation.icon_spec import Emblem, IconSpec, Silhouette
from tray_app.presentation.outlines import (
    STEPS_PER_PIXEL,
    Corner,
    disc,
    polygon,
    rectangle,
    ring,
    rounded,
    stroke,
)
from tray_app.presentation.text_layout import GRIDS, Grid, text_contours

if TYPE_CHECKING:
    from tray_app.presentation.outlines import Contour

FACES = sorted(
    {
        Face(face.width, height, face.pen, face.gap)
        for grid in GRIDS.values()
        for face in grid.faces
        for height in (face.height, grid.marked_height)
    },
    key=repr,
)
DIGITS = "0123456789"


def area(contour: Contour) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise((*contour, contour[0]))) / 2


def box(contours: tuple[Contour, ...]) -> tuple[float, float, float, float]:
    across = [x for contour in contours for x, _ in contour]
    down = [y for contour in contours for _, y in contour]
    return min(across), min(down), max(across), max(down)


@pytest.mark.parametrize(("glyph", "face"), [*product(sorted(DRAWABLE), FACES)])
def test_each_glyph_stays_in_its_cell(glyph: str, face: Face) -> None:
    left, top, right, bottom = box(glyph_outline(glyph, face))
    assert left >= 0
    assert top >= 0
    assert right <= glyph_width(glyph, face)
    assert bottom <= face.height


@pytest.mark.parametrize(("digit", "face"), [*product(DIGITS, FACES)])
def test_each_digit_fills_the_height_of_its_cell(digit: str, face: Face) -> None:
    _, top, _, bottom = box(glyph_outline(digit, face))
    assert (top, bottom) == (0, face.height)


@pytest.mark.parametrize("face", FACES)
def test_digits_are_tabular(face: Face) -> None:
    assert {glyph_width(digit, face) for digit in DIGITS} == {face.width}


@pytest.mark.parametrize("face", FACES)
def test_no_two_digits_look_alike(face: Face) -> None:
    assert len({glyph_outline(digit, face) for digit in DIGITS}) == len(DIGITS)


@pytest.mark.parametrize("face", FACES)
def test_the_zero_s_stems_and_bars_have_the_pen_s_width_on_whole_pixels(face: Face) -> None:
    outline = glyph_outline("0", face)
    across = {x for contour in outline for x, _ in contour}
    down = {y for contour in outline for _, y in contour}
    assert {0, face.pen, face.width - face.pen, face.width} <= across
    assert {0, face.pen, face.height - face.pen, face.height} <= down


@pytest.mark.parametrize("face", FACES)
def test_the_hyphen_is_drawn_as_a_minus_and_the_dash_is_wider(face: Face) -> None:
    assert glyph_outline("-", face) == glyph_outline(MINUS, face)
    assert glyph_width("-", face) <= glyph_width(DASH, face)


@pytest.mark.parametrize(("grid", "marked"), [*product(GRIDS.values(), (False, True))])
@pytest.mark.parametrize("text", ["7", "88", "888", "8.8", ".88", "-88", "-.8", "88M", "<0"])
def test_a_text_stands_on_the_badge_with_margins_that_differ_by_a_pixel_at_most(
    text: str, grid: Grid, *, marked: bool
) -> None:
    contours = text_contours(text, grid, marked=marked)
    left, top, right, bottom = box(contours)
    assert left >= 1
    assert top >= 1
    assert right <= grid.size - 1
    assert bottom <= (grid.mark_top - grid.gap if marked else grid.size - 1)


@pytest.mark.parametrize("grid", [*GRIDS.values()])
def test_fewer_glyphs_are_drawn_bolder_or_larger(grid: Grid) -> None:
    one, two, pointed, three = (face.width * face.pen for face in grid.faces)
    assert one >= two >= pointed >= three
    assert one > three


@pytest.mark.parametrize(("silhouette", "size"), [*product(Silhouette, GRIDS)])
def test_each_badge_fills_its_square(silhouette: Silhouette, size: int) -> None:
    left, top, right, bottom = box(badge_contours(silhouette, size))
    assert (left, top, right) == (0, 0, size)
    assert size - 1 <= bottom <= size, "only the shield's rounded point stops short of the edge"


@pytest.mark.parametrize(("emblem", "grid"), [*product(Emblem, GRIDS.values())])
@pytest.mark.parametrize("level", [*Level, None])
def test_every_point_lies_on_the_grid_of_the_rasteriser(
    emblem: Emblem, grid: Grid, level: Level | None
) -> None:
    text = "" if emblem.is_symbol else "8.6"
    spec = IconSpec(text, level, dimmed=emblem is not Emblem.NONE, emblem=emblem)
    contours = ink_contours(spec, grid) + badge_contours(spec.tone.silhouette, grid.size)
    steps = {x * STEPS_PER_PIXEL for contour in contours for point in contour for x in point}
    assert all(step.is_integer() for step in map(float, steps))


def test_polygon_is_solid_in_either_direction() -> None:
    corners = ((0.0, 0.0), (2.0, 0.0), (2.0, 2.0))
    assert area(polygon(*corners)) == area(polygon(*reversed(corners))) == 2


def test_a_straight_stroke_is_a_rectangle_of_the_pen_s_width() -> None:
    contour = stroke(2, Corner(0, 1), Corner(5, 1))
    assert box((contour,)) == box((rectangle(0, 0, 5, 2),))
    assert area(contour) == pytest.approx(10)


def test_a_stroke_keeps_its_width_round_a_corner_of_either_turn() -> None:
    for end in (8.0, -8.0):
        bent = stroke(2, Corner(0, 0), Corner(8, 0, 3), Corner(8, end))
        quarter_ring = 3.14159 / 4 * (4**2 - 2**2)
        assert area(bent) == pytest.approx(2 * (5 + 5) + quarter_ring, rel=0.01)


def test_a_corner_that_does_not_turn_needs_no_arc() -> None:
    assert area(stroke(2, Corner(0, 0), Corner(4, 0, 1), Corner(8, 0))) == pytest.approx(16)


def test_a_ring_is_a_solid_with_a_hole_in_either_direction() -> None:
    corners = (Corner(1, 1), Corner(5, 1), Corner(5, 5), Corner(1, 5))
    for way in (corners, corners[::-1]):
        solid, hole = ring(2, *way)
        assert area(solid) == pytest.approx(36)
        assert area(hole) == pytest.approx(-4)


def test_rounded_corners_and_discs_lose_what_lies_outside_their_arcs() -> None:
    square = rounded(Corner(0, 0, 2), Corner(8, 0, 2), Corner(8, 8, 2), Corner(0, 8))
    assert area(square) == pytest.approx(64 - 3 * (4 - 3.14159), rel=0.01)
    assert area(disc(1, 1, 10)) == pytest.approx(3.14159 * 25, rel=0.01)
