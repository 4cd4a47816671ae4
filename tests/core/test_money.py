from __future__ import annotations

import math
import operator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.samples import amounts, unit_texts, usd
from tray_app.core.money import ZERO, Usd

if TYPE_CHECKING:
    from collections.abc import Callable

UNITS_PER_USD = 10_000
SMALLEST = Usd.of_units_text("0.000000000001")


def dollars(amount: Usd) -> Fraction:
    return Fraction(amount.decimal_text())


@pytest.mark.parametrize(
    ("units", "expected"),
    [
        ("10000", "1.0000"),
        ("+10000", "1.0000"),
        ("0", "0.0000"),
        ("-0", "0.0000"),
        ("+0", "0.0000"),
        ("000", "0.0000"),
        ("007", "0.0007"),
        ("-12345", "-1.2345"),
        ("-1", "-0.0001"),
        ("1000000", "100.0000"),
        ("999999999999999", "99999999999.9999"),
        ("-999999999999999", "-99999999999.9999"),
        ("0.5", "0.00005"),
        ("12345.678", "1.2345678"),
        ("-0.000000000001", "-0.0000000000000001"),
        ("1.000000000000", "0.0001"),
    ],
)
def test_units_of_a_ten_thousandth_become_exact_dollars(units: str, expected: str) -> None:
    assert Usd.of_units_text(units).decimal_text() == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "+",
        "-",
        ".",
        "--1",
        "+-1",
        "- 1",
        " 1",
        "1 ",
        "1\n",
        "\n1",
        "1.",
        ".5",
        "1..2",
        "1.2.3",
        "1,000",
        "1_000",
        "0x10",
        "0b1",
        "1e3",
        "1E3",
        "1e-3",
        "NaN",
        "nan",
        "Infinity",
        "-inf",
        "null",
        "true",
        "$5",
        "5 USD",
        "١٢٣",
        "\uff11\uff12\uff13",
        "१२",
        "²",
        "−5",
        "1\u066b5",
        "1.\u0665",
        "1\x00",
        "1\u200b",
        "1000000000000000",
        "0000000000000001",
        "9" * 5000,
        "1.0000000000001",
    ],
)
def test_any_other_text_is_no_amount_and_the_error_does_not_repeat_it(text: str) -> None:
    with pytest.raises(ValueError, match="not an amount of 1/10000 USD") as caught:
        Usd.of_units_text(text)
    assert str(caught.value) == "not an amount of 1/10000 USD"


@settings(deadline=None)
@given(unit_texts, st.sampled_from([2, 4]))
def test_text_to_amount_to_text_keeps_every_digit(units: str, min_places: int) -> None:
    shown = Usd.of_units_text(units).decimal_text(min_places)
    assert Fraction(shown) == Fraction(units) / UNITS_PER_USD
    places = len(shown.partition(".")[2])
    assert places == 2 == min_places or places == 4 or (places > 4 and not shown.endswith("0"))


@settings(deadline=None)
@given(st.text(max_size=20))
def test_an_arbitrary_text_is_exact_or_refused(text: str) -> None:
    try:
        amount = Usd.of_units_text(text)
    except ValueError:
        return
    assert text.isascii()
    assert dollars(amount) == Fraction(text) / UNITS_PER_USD


@settings(deadline=None)
@given(amounts, st.sampled_from([1, 10, 100, 10_000]))
def test_whole_steps_is_the_floor(amount: Usd, steps: int) -> None:
    assert amount.whole_steps(steps) == math.floor(dollars(amount) * steps)


@settings(deadline=None)
@given(amounts, amounts)
def test_arithmetic_and_order_are_those_of_exact_fractions(one: Usd, other: Usd) -> None:
    assert dollars(one + other) == dollars(one) + dollars(other)
    assert dollars(one - other) == dollars(one) - dollars(other)
    assert dollars(-one) == -dollars(one)
    assert dollars(abs(one)) == abs(dollars(one))
    assert (one < other) == (dollars(one) < dollars(other))
    assert (one <= other) == (dollars(one) <= dollars(other))
    assert (one == other) == (dollars(one) == dollars(other))
    assert one != other or hash(one) == hash(other)


@settings(deadline=None)
@given(amounts, st.integers(-20, 20), st.integers(1, 20))
def test_scaled_is_rounded_down_by_less_than_what_is_kept(
    amount: Usd, numerator: int, denominator: int
) -> None:
    exact = dollars(amount) * numerator / denominator
    error = exact - dollars(amount.scaled(numerator, denominator))
    assert 0 <= error < dollars(SMALLEST)


@pytest.mark.parametrize(
    ("amount", "two", "four"),
    [
        (ZERO, "0.00", "0.0000"),
        (usd("12.3"), "12.30", "12.3000"),
        (usd("12.34"), "12.34", "12.3400"),
        (usd("12.345"), "12.3450", "12.3450"),
        (usd("12.3456"), "12.3456", "12.3456"),
        (usd("-0.05"), "-0.05", "-0.0500"),
        (usd("-0.0021"), "-0.0021", "-0.0021"),
        (Usd.of_units_text("0.5"), "0.00005", "0.00005"),
        (Usd.of_cents(-150), "-1.50", "-1.5000"),
    ],
)
def test_decimal_text_has_two_or_four_decimals_and_more_only_where_needed(
    amount: Usd, two: str, four: str
) -> None:
    assert amount.decimal_text(min_places=2) == two
    assert amount.decimal_text(min_places=4) == four
    assert amount.decimal_text() == four


@pytest.mark.parametrize(
    ("dollars_text", "cents"),
    [("0.0099", 0), ("0.01", 1), ("-0.0001", -1), ("-0.01", -1), ("-0.0101", -2)],
)
def test_whole_cents_round_towards_minus_infinity(dollars_text: str, cents: int) -> None:
    assert usd(dollars_text).whole_steps(100) == cents


def test_a_cent_is_a_hundred_units() -> None:
    assert Usd.of_cents(1) == Usd.of_units(100) == Usd.of_units_text("100")


def test_repr_names_the_exact_amount() -> None:
    assert repr(usd("-1.2345")) == "Usd(-1.2345)"


@pytest.mark.parametrize("conversion", [float, int, complex, round, math.floor, operator.index])
def test_an_amount_becomes_no_plain_number(conversion: Callable[[Any], object]) -> None:
    with pytest.raises(TypeError):
        conversion(usd("1.5"))


@pytest.mark.parametrize("operation", [operator.add, operator.sub, operator.mul, operator.truediv])
def test_an_amount_takes_no_float_in(operation: Callable[[Any, Any], object]) -> None:
    with pytest.raises((TypeError, AttributeError)):
        operation(usd("1.5"), 1.5)
    with pytest.raises(TypeError):
        operation(1.5, usd("1.5"))


@pytest.mark.parametrize("operation", [operator.lt, operator.le, operator.gt, operator.ge])
def test_an_amount_has_no_order_with_a_float(operation: Callable[[Any, Any], object]) -> None:
    with pytest.raises(TypeError):
        operation(usd("1.5"), 1.5)


@given(st.integers(-(10**15), 10**15), st.integers(1, 10**15), st.integers(2, 10**6))
@settings(deadline=None)
def test_a_ratio_is_the_nearest_float_and_deaf_to_scale(
    amount: int, other: int, factor: int
) -> None:
    ratio = Usd.of_units(amount).ratio_to(Usd.of_units(other))
    assert ratio == float(Fraction(amount, other))
    assert Usd.of_units(factor * amount).ratio_to(Usd.of_units(factor * other)) == ratio


def test_a_ratio_to_nothing_is_refused() -> None:
    with pytest.raises(ZeroDivisionError):
        Usd.of_units(1).ratio_to(ZERO)


@given(amounts, amounts.filter(lambda step: step > ZERO))
@settings(deadline=None)
def test_the_next_multiple_lies_less_than_a_step_above(amount: Usd, step: Usd) -> None:
    multiple = amount.up_to_multiple_of(step)
    assert dollars(multiple) % dollars(step) == 0
    assert amount <= multiple < amount + step


@pytest.mark.parametrize(
    ("amount", "units"),
    [
        (ZERO, "0"),
        (usd("1.2345"), "12345"),
        (usd("-0.0001"), "-1"),
        (Usd.of_units_text("-0.5"), "-0.5"),
        (Usd.of_units_text("10.250"), "10.25"),
        (SMALLEST, "0.000000000001"),
    ],
)
def test_units_are_written_with_a_point_only_where_a_fraction_is_left(
    amount: Usd, units: str
) -> None:
    assert amount.units_text() == units


@given(amounts)
@settings(deadline=None)
def test_written_in_units_or_in_dollars_an_amount_reads_back_as_itself(amount: Usd) -> None:
    assert Usd.of_units_text(amount.units_text()) == amount
    assert Usd.of_decimal_text(amount.decimal_text()) == amount
    assert Usd.of_decimal_text(amount.decimal_text(2)) == amount


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("12", usd("12")),
        ("-0.5", usd("-0.5")),
        ("007.25", usd("7.25")),
        ("0.0000000000000001", SMALLEST),
    ],
)
def test_dollars_are_read_exactly(text: str, amount: Usd) -> None:
    assert Usd.of_decimal_text(text) == amount


@pytest.mark.parametrize(
    "text",
    [
        *("", "-", "+1", "1e3", " 1", "1 ", "1,5", "1,000.00", ".5", "1.", "$1", "NaN", "१", "1\n"),
        "1" * 16,
        "0." + "1" * 17,
    ],
)
def test_what_is_no_exact_amount_in_dollars_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an amount in dollars"):
        Usd.of_decimal_text(text)


def test_whole_units_are_those_that_the_amount_reaches() -> None:
    assert Usd.of_units_text("12.9").in_whole_units() == Usd.of_units(12)
    assert Usd.of_units_text("-12.1").in_whole_units() == Usd.of_units(-13)
    assert Usd.of_units(7).in_whole_units() == Usd.of_units(7)
