from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.samples import amounts, usd
from tray_app.core.money import Usd
from tray_app.presentation.glyphs import DRAWABLE
from tray_app.presentation.short_amount import BELOW_ZERO, short_amount

UNITS = {"k": 10**3, "M": 10**6, "B": 10**9, "T": 10**12}
any_amounts = st.one_of(
    amounts, st.integers(-(10**19), 10**19).map(Usd.of_cents), st.integers(-(10**6), 10**6).map(Usd)
)


def shown_dollars(text: str) -> Fraction:
    """Return what a reader takes the text for."""
    return Fraction(text.rstrip("kMBT").replace("-.", "-0.")) * UNITS.get(text[-1], 1)


def steps_of(text: str) -> Fraction:
    """Return how far apart two neighbouring texts of this form are, in dollars."""
    unit = UNITS.get(text[-1], 1)
    digits = text.rstrip("kMBT").partition(".")[2]
    return Fraction(unit, 10 ** len(digits))


@pytest.mark.parametrize(
    ("dollars", "expected"),
    [
        ("0", "0"),
        ("0.0001", "0"),
        ("0.0099", "0"),
        ("0.01", ".01"),
        ("0.05", ".05"),
        ("0.0999", ".09"),
        ("0.1", ".10"),
        ("0.99", ".99"),
        ("0.9999", ".99"),
        ("1", "1.0"),
        ("1.09", "1.0"),
        ("1.1", "1.1"),
        ("9.99", "9.9"),
        ("9.9999", "9.9"),
        ("10", "10"),
        ("12.34", "12"),
        ("99.99", "99"),
        ("100", "100"),
        ("999", "999"),
        ("999.9999", "999"),
        ("1000", "1k"),
        ("1999.99", "1k"),
        ("9999.99", "9k"),
        ("10000", "10k"),
        ("99999.99", "99k"),
        ("100000", ".1M"),
        ("199999", ".1M"),
        ("999999.99", ".9M"),
        ("1000000", "1M"),
        ("99999999", "99M"),
        ("100000000", ".1B"),
        ("1000000000", "1B"),
        ("99999999999.9999", "99B"),
        ("100000000000", ".1T"),
        ("99000000000000", "99T"),
        ("99999999999999", "99T"),
        ("100000000000000", "99T"),
        ("1000000000000000000", "99T"),
        ("-0.0001", "-.1"),
        ("-0.01", "-.1"),
        ("-0.1", "-.1"),
        ("-0.1001", "-.2"),
        ("-0.5", "-.5"),
        ("-0.9", "-.9"),
        ("-0.9001", "-1"),
        ("-1", "-1"),
        ("-1.2345", "-2"),
        ("-9.01", "-10"),
        ("-10", "-10"),
        ("-99", "-99"),
        ("-99.0001", "<0"),
        ("-123", "<0"),
        ("-1000000", "<0"),
    ],
)
def test_an_amount_in_at_most_three_glyphs(dollars: str, expected: str) -> None:
    assert short_amount(usd(dollars)) == expected


def test_a_fraction_of_the_unit_below_zero_is_not_shown_as_nothing_owed() -> None:
    assert short_amount(Usd.of_units_text("-0.000000000001")) == "-.1"


@settings(deadline=None)
@given(any_amounts)
def test_three_glyphs_that_the_icon_can_draw(amount: Usd) -> None:
    text = short_amount(amount)
    assert 1 <= len(text) <= 3
    assert set(text) <= set(DRAWABLE)


@settings(deadline=None)
@given(any_amounts)
def test_never_more_than_what_is_left_and_less_by_under_one_step(amount: Usd) -> None:
    text = short_amount(amount)
    left = Fraction(amount.decimal_text())
    if text == BELOW_ZERO:
        assert left < -99
    elif left >= UNITS["T"] * 100:
        assert text == "99T"
    else:
        assert shown_dollars(text) <= left < shown_dollars(text) + steps_of(text)


@settings(deadline=None)
@given(any_amounts, any_amounts)
def test_more_money_never_shows_a_smaller_figure(one: Usd, other: Usd) -> None:
    poorer, richer = (short_amount(amount) for amount in sorted((one, other)))
    if poorer != BELOW_ZERO:
        assert shown_dollars(poorer) <= shown_dollars(richer)
