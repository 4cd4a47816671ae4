"""The slope that a soak reports."""

from __future__ import annotations

import random

import pytest

from tests.benchmarks.slope import slope_of


def test_a_straight_line_has_its_slope_and_no_error() -> None:
    slope = slope_of([1, 2, 3, 4], [10, 12, 14, 16])
    assert slope.value == pytest.approx(2)
    assert slope.error == pytest.approx(0)
    assert not slope.is_noise


def test_noise_is_told_from_growth() -> None:
    rng = random.Random(3)  # noqa: S311 — no secret
    xs = list(range(50))
    noise = [rng.gauss(100, 5) for _ in xs]
    assert slope_of(xs, noise).is_noise
    assert not slope_of(xs, [y + x for x, y in zip(xs, noise, strict=True)]).is_noise


def test_the_error_is_that_of_the_textbook() -> None:
    # Residues -1/3, 2/3, -1/3 about a mean line of slope 1/2; one degree of freedom; spread 2.
    slope = slope_of([0, 1, 2], [0, 1.5, 1])
    assert slope.value == pytest.approx(0.5)
    assert slope.error == pytest.approx((((1 / 3) ** 2 * 2 + (2 / 3) ** 2) / 2) ** 0.5)


@pytest.mark.parametrize(("xs", "ys"), [([1, 2], [1, 2]), ([1, 2, 3], [1, 2])])
def test_too_few_points_are_refused(xs: list[float], ys: list[float]) -> None:
    with pytest.raises(ValueError, match="three points"):
        slope_of(xs, ys)
