from __future__ import annotations

from itertools import product

import pytest

from tray_app.core.level import Level
from tray_app.presentation.glyphs import DASH
from tray_app.presentation.icon_spec import (
    INK,
    UNKNOWN_FILL,
    Emblem,
    IconSpec,
    Rgb,
    Silhouette,
    Tone,
)

PANELS: tuple[Rgb, ...] = (
    (0x00, 0x00, 0x00),
    (0x1E, 0x1E, 0x1E),
    (0x2B, 0x2B, 0x2B),
    (0xDE, 0xDE, 0xDE),
    (0xF0, 0xF0, 0xF0),
    (0xFF, 0xFF, 0xFF),
)
OLD = (Emblem.STALE, Emblem.OFFLINE)
SYMBOLS = (Emblem.KEY, Emblem.LOADING, Emblem.ALERT)


def relative_luminance(colour: Rgb) -> float:
    """WCAG 2.2, definition of relative luminance."""
    red, green, blue = (
        part / 255 / 12.92 if part / 255 <= 0.04045 else ((part / 255 + 0.055) / 1.055) ** 2.4
        for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast_ratio(one: Rgb, other: Rgb) -> float:
    """WCAG 2.2, definition of contrast ratio: 1 to 21."""
    dark, light = sorted((relative_luminance(one), relative_luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_of_black_on_white_is_21() -> None:
    assert contrast_ratio((0, 0, 0), (255, 255, 255)) == pytest.approx(21)


@pytest.mark.parametrize("tone", Tone)
def test_ink_reaches_4_5_on_each_fill(tone: Tone) -> None:
    assert contrast_ratio(INK, tone.fill) >= 4.5


@pytest.mark.parametrize(("tone", "panel"), [*product(Tone, PANELS)])
def test_each_fill_reaches_3_on_dark_and_light_panels(tone: Tone, panel: Rgb) -> None:
    assert contrast_ratio(tone.fill, panel) >= 3.0


def test_no_two_tones_but_critical_and_empty_share_a_silhouette() -> None:
    assert Tone.CRITICAL.silhouette is Tone.EMPTY.silhouette is Silhouette.OCTAGON
    assert len({tone.silhouette for tone in Tone}) == len(Tone) - 1


@pytest.mark.parametrize("level", Level)
def test_a_current_figure_has_its_level_s_fill_and_silhouette(level: Level) -> None:
    spec = IconSpec("42", level)
    assert spec.tone.name == level.name
    assert spec.fill == spec.tone.fill != UNKNOWN_FILL


@pytest.mark.parametrize("level", Level)
def test_a_dimmed_figure_is_grey_and_keeps_its_silhouette(level: Level) -> None:
    spec = IconSpec("42", level, dimmed=True, emblem=Emblem.STALE)
    assert spec.fill == UNKNOWN_FILL
    assert spec.tone.silhouette is IconSpec("42", level).tone.silhouette


def test_without_a_level_the_badge_is_the_grey_circle() -> None:
    spec = IconSpec(DASH, None)
    assert spec.fill == UNKNOWN_FILL
    assert spec.tone.silhouette is Silhouette.CIRCLE


def test_only_key_loading_and_alert_are_symbols() -> None:
    assert tuple(emblem for emblem in Emblem if emblem.is_symbol) == SYMBOLS


def test_equal_looks_are_equal_and_hash_alike() -> None:
    assert IconSpec("12", Level.LOW) == IconSpec("12", Level.LOW)
    assert len({IconSpec("12", Level.LOW), IconSpec("12", Level.LOW)}) == 1


@pytest.mark.parametrize("text", ["1234", "12.3"])
def test_more_than_three_glyphs_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="more than 3 glyphs"):
        IconSpec(text, Level.HEALTHY)


@pytest.mark.parametrize("text", ["$5", "1,2", "1 2", "é", "٣"])
def test_a_glyph_without_a_shape_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no shape"):
        IconSpec(text, Level.HEALTHY)


@pytest.mark.parametrize("emblem", SYMBOLS)
def test_a_symbol_and_a_text_together_are_refused(emblem: Emblem) -> None:
    with pytest.raises(ValueError, match="a symbol and a text"):
        IconSpec("5", None, emblem=emblem)


@pytest.mark.parametrize("emblem", [Emblem.NONE, *OLD])
def test_neither_symbol_nor_text_is_refused(emblem: Emblem) -> None:
    with pytest.raises(ValueError, match="neither"):
        IconSpec("", None, emblem=emblem)


@pytest.mark.parametrize("emblem", SYMBOLS)
def test_a_symbol_in_a_level_s_colour_is_refused(emblem: Emblem) -> None:
    with pytest.raises(ValueError, match="level's colour"):
        IconSpec("", Level.LOW, emblem=emblem)


@pytest.mark.parametrize("emblem", SYMBOLS)
def test_a_symbol_may_keep_the_silhouette_of_the_last_level(emblem: Emblem) -> None:
    spec = IconSpec("", Level.LOW, dimmed=True, emblem=emblem)
    assert spec.tone.silhouette is Silhouette.SHIELD


@pytest.mark.parametrize("emblem", OLD)
def test_an_old_figure_in_its_level_s_colour_is_refused(emblem: Emblem) -> None:
    with pytest.raises(ValueError, match="must not look current"):
        IconSpec("5", Level.LOW, emblem=emblem)
