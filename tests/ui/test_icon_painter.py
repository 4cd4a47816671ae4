from __future__ import annotations

from itertools import combinations, pairwise
from math import hypot
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage, qAlpha

from tests.budgets.work import calls_of
from tests.ui.golden_icons import (
    GOLDEN_FOLDER,
    STATES,
    cell_of,
    contact_sheet,
    golden_path,
    painted,
)
from tests.ui.pictures import look_alike
from tray_app.core.level import Level
from tray_app.presentation.badge import badge_contours, ink_contours
from tray_app.presentation.glyphs import DASH
from tray_app.presentation.icon_spec import Emblem, IconSpec
from tray_app.presentation.text_layout import GRIDS
from tray_app.ui.icon_painter import SIZES, icon_of, paint_icon

if TYPE_CHECKING:
    from tray_app.presentation.outlines import Contour

pytestmark = pytest.mark.usefixtures("qapp")


def differing_pixels(one: QImage, other: QImage) -> int:
    return sum(
        one.pixel(x, y) != other.pixel(x, y)
        for x in range(one.width())
        for y in range(one.height())
    )


def distance_outside(badge: Contour, contour: Contour) -> float:
    """How far the farthest point lies outside a convex badge, in pixels."""
    sides = [(a, b) for a, b in pairwise((*badge, badge[0])) if a != b]
    return max(
        ((x - a[0]) * (b[1] - a[1]) - (y - a[1]) * (b[0] - a[0])) / hypot(b[0] - a[0], b[1] - a[1])
        for a, b in sides
        for x, y in contour
    )


@pytest.mark.parametrize("size", SIZES)
def test_every_state_equals_its_golden_picture_pixel_by_pixel(size: int) -> None:
    golden = QImage(str(golden_path(size))).convertToFormat(QImage.Format.Format_ARGB32)
    assert golden.size() == contact_sheet(size).size(), f"states were added or removed: {size} px"
    differing = [
        name
        for index, (name, spec) in enumerate(STATES.items())
        if not look_alike(golden.copy(cell_of(index, size)), painted(spec, size))
    ]
    assert not differing, f"{size} px: {', '.join(differing)}"


def test_there_is_one_golden_sheet_for_each_size_and_no_other() -> None:
    assert set(GOLDEN_FOLDER.glob("icons-*")) == {golden_path(size) for size in SIZES}


@pytest.mark.parametrize("level", Level)
def test_golden_states_show_each_level_as_gauge_and_with_up_to_three_glyphs(
    level: Level,
) -> None:
    current = {
        len(spec.text)
        for spec in STATES.values()
        if spec.level is level and spec.emblem is Emblem.NONE
    }
    assert current == {0, 1, 2, 3}


def test_golden_states_show_every_digit_alone_in_two_and_in_three_glyphs() -> None:
    for length in (1, 2, 3):
        shown = {
            glyph for spec in STATES.values() if len(spec.text) == length for glyph in spec.text
        }
        assert set("0123456789") <= shown


@pytest.mark.parametrize("size", SIZES)
def test_no_two_golden_states_look_alike(size: int) -> None:
    pictures = {name: paint_icon(spec, size) for name, spec in STATES.items()}
    alike = [
        (one, other) for one, other in combinations(pictures, 2) if pictures[one] == pictures[other]
    ]
    assert not alike


@pytest.mark.parametrize("size", SIZES)
def test_no_ink_is_drawn_off_the_badge_but_the_half_of_a_corner_s_pixel(size: int) -> None:
    for name, spec in STATES.items():
        (badge,) = badge_contours(spec.tone.silhouette, size)
        for contour in ink_contours(spec, GRIDS[size]):
            assert distance_outside(badge, contour) < 0.75, name


@pytest.mark.parametrize("size", SIZES)
def test_painting_again_gives_the_same_picture(size: int) -> None:
    for spec in STATES.values():
        assert paint_icon(spec, size) == paint_icon(spec, size)


@pytest.mark.parametrize("size", SIZES)
def test_the_same_digits_are_told_apart_by_silhouette_without_colour(size: int) -> None:
    grey = [
        paint_icon(IconSpec("42", level, dimmed=True), size)
        for level in (Level.HEALTHY, Level.LOW, Level.CRITICAL, None)
    ]
    for one, other in combinations(grey, 2):
        silhouettes_differ = sum(
            abs(qAlpha(one.pixel(x, y)) - qAlpha(other.pixel(x, y))) > 127
            for x in range(size)
            for y in range(size)
        )
        assert silhouettes_differ >= 4


@pytest.mark.parametrize("size", SIZES)
def test_empty_is_told_from_critical_and_stale_from_offline_without_colour(size: int) -> None:
    def dimmed(level: Level, emblem: Emblem) -> QImage:
        return paint_icon(IconSpec("0", level, dimmed=True, emblem=emblem), size)

    looks = (
        (dimmed(Level.EMPTY, Emblem.NONE), dimmed(Level.CRITICAL, Emblem.NONE)),
        (dimmed(Level.LOW, Emblem.STALE), dimmed(Level.LOW, Emblem.OFFLINE)),
        (dimmed(Level.EMPTY, Emblem.STALE), dimmed(Level.EMPTY, Emblem.NONE)),
    )
    for one, other in looks:
        assert differing_pixels(one, other) >= 8


@pytest.mark.parametrize("size", SIZES)
def test_symbols_and_no_figure_are_told_apart(size: int) -> None:
    symbols = [
        paint_icon(IconSpec("", None, emblem=emblem), size) for emblem in Emblem if emblem.is_symbol
    ]
    symbols += [
        paint_icon(IconSpec(DASH, None, emblem=emblem), size)
        for emblem in (Emblem.NONE, Emblem.STALE, Emblem.OFFLINE)
    ]
    for one, other in combinations(symbols, 2):
        assert differing_pixels(one, other) >= size / 2


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("size", SIZES)
def test_the_level_s_colour_and_the_ink_arrive_unmixed(level: Level, size: int) -> None:
    picture = painted(IconSpec("42", level), size)
    fill = IconSpec("42", level).fill
    colours = {picture.pixelColor(x, y).name() for x in range(size) for y in range(size)}
    assert {QColor(*fill).name(), "#ffffff"} <= colours


@pytest.mark.parametrize("size", SIZES)
def test_digits_never_leave_the_badge(size: int) -> None:
    silhouette = paint_icon(IconSpec("", None, emblem=Emblem.LOADING), size)
    digits = paint_icon(IconSpec("888", None), size)
    assert all(
        qAlpha(silhouette.pixel(x, y)) == qAlpha(digits.pixel(x, y))
        for x in range(size)
        for y in range(size)
    )


def test_a_picture_is_premultiplied_and_at_a_device_pixel_ratio_of_one() -> None:
    picture = paint_icon(IconSpec("42", Level.HEALTHY), 32)
    assert picture.format() is QImage.Format.Format_ARGB32_Premultiplied
    assert picture.devicePixelRatio() == 1.0


def test_a_size_that_is_not_hinted_is_refused() -> None:
    with pytest.raises(KeyError):
        paint_icon(IconSpec("42", Level.HEALTHY), 17)


def test_an_icon_holds_one_pixmap_for_each_physical_size() -> None:
    icon = icon_of(IconSpec("42", Level.HEALTHY))
    assert sorted(size.width() for size in icon.availableSizes()) == list(SIZES)
    for size in SIZES:
        pixmap = icon.pixmap(QSize(size, size), 1.0).toImage()
        golden = paint_icon(IconSpec("42", Level.HEALTHY), size)
        assert pixmap.convertToFormat(golden.format()) == golden


def test_the_same_look_is_the_same_icon_and_not_painted_again() -> None:
    spec = IconSpec("4.2", Level.LOW)
    assert icon_of(spec).cacheKey() == icon_of(spec).cacheKey()


def test_painting_all_sizes_is_little_work() -> None:
    spec = IconSpec("8.6", Level.HEALTHY)

    def paint() -> None:
        for size in SIZES:
            paint_icon(spec, size)

    paint()
    assert calls_of(paint) <= 10_000
