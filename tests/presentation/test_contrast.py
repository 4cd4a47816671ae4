from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray_app.presentation.chart_colours import LINE_RATIO, TEXT_RATIO, chart_colours
from tray_app.presentation.contrast import BLACK, WHITE, contrast, legible, luminance, mixed
from tray_app.presentation.icon_spec import (
    CRITICAL_FILL,
    HEALTHY_FILL,
    LOW_FILL,
    UNKNOWN_FILL,
    Rgb,
)

colours = st.tuples(*[st.integers(0, 255)] * 3)
GROUNDS: tuple[tuple[Rgb, Rgb], ...] = (
    (WHITE, BLACK),
    (BLACK, WHITE),
    ((0x1E, 0x1E, 0x1E), (0xEE, 0xEE, 0xEE)),
    ((0x2B, 0x2B, 0x2B), (0xDD, 0xDD, 0xDD)),
    ((0xFA, 0xF6, 0xE9), (0x33, 0x33, 0x33)),
    ((0x80, 0x80, 0x80), WHITE),
)


def test_black_on_white_is_21_to_1() -> None:
    assert luminance(BLACK) == 0
    assert luminance(WHITE) == pytest.approx(1)
    assert contrast(BLACK, WHITE) == contrast(WHITE, BLACK) == pytest.approx(21)
    # The grey that just passes for text on white (WCAG's own example is #767676).
    assert contrast((0x76, 0x76, 0x76), WHITE) == pytest.approx(4.54, abs=0.01)


def test_a_mixture_lies_between_the_two() -> None:
    assert mixed(BLACK, WHITE, 0) == BLACK
    assert mixed(BLACK, WHITE, 1) == WHITE
    assert mixed((0, 100, 200), (100, 100, 100), 0.5) == (50, 100, 150)


@given(colours, colours)
def test_what_is_legible_has_the_contrast_that_was_asked_for(colour: Rgb, ground: Rgb) -> None:
    assert contrast(legible(colour, ground, LINE_RATIO), ground) >= LINE_RATIO


def test_a_colour_that_is_legible_already_stays() -> None:
    assert legible(CRITICAL_FILL, WHITE, LINE_RATIO) == CRITICAL_FILL


def test_where_nothing_else_does_the_farther_end_must_do() -> None:
    assert legible((0x80, 0x80, 0x80), WHITE, 21) == BLACK


@pytest.mark.parametrize("accent", [HEALTHY_FILL, LOW_FILL, CRITICAL_FILL, UNKNOWN_FILL])
@pytest.mark.parametrize(("ground", "ink"), GROUNDS)
def test_every_colour_of_a_chart_can_be_told_from_its_ground(
    ground: Rgb, ink: Rgb, accent: Rgb
) -> None:
    colours = chart_colours(ground, ink, accent)
    for text in (colours.label, colours.low, colours.critical):
        assert contrast(text, ground) >= min(TEXT_RATIO, contrast(legible(ink, ground, 21), ground))
    assert contrast(colours.ink, colours.box) >= TEXT_RATIO * 0.8
    for line in (colours.line, colours.zero):
        assert contrast(line, ground) >= LINE_RATIO
    # The grid is seen, and does not compete with what it is there for.
    assert 1.0 < contrast(colours.grid, ground) < contrast(colours.label, ground)
