from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.samples import usd
from tests.presentation.test_locale_format import AMERICAN, GERMAN, INDIAN, SPANISH
from tray_app.core.money import Usd
from tray_app.presentation.amount_entry import amount_of_entry
from tray_app.presentation.locale_format import LocaleFormat, install_format
from tray_app.presentation.wording import amount_text

if TYPE_CHECKING:
    from collections.abc import Iterator

FRENCH = LocaleFormat(decimal_point=",", group_mark="\u202f")
SWISS = LocaleFormat(group_mark="’")
FORMATS = [None, AMERICAN, GERMAN, SPANISH, INDIAN, FRENCH, SWISS]


@pytest.fixture(autouse=True)
def _c_again() -> Iterator[None]:
    yield
    install_format(None)


@pytest.mark.parametrize("locale_format", FORMATS)
@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("5", "5"),
        ("$5", "5"),
        (" $ 5 ", "5"),
        ("5.50", "5.5"),
        ("5,50", "5.5"),
        ("0.0021", "0.0021"),
        ("0", "0"),
        ("12345", "12345"),
        ("\uff04\uff15\uff0e\uff15\uff10", "5.5"),
    ],
)
def test_what_can_mean_one_amount_is_read_in_every_locale(
    locale_format: LocaleFormat | None, text: str, amount: str
) -> None:
    install_format(locale_format)
    assert amount_of_entry(text) == usd(amount)


@pytest.mark.parametrize("locale_format", FORMATS)
@pytest.mark.parametrize(
    "text",
    ["", "$", ".", ",", "-5", "five", "1e3", "5 dollars", "1.2.3", "\u0665", "5€", "$$5", "9" * 16],
)
def test_what_is_no_amount_is_none(locale_format: LocaleFormat | None, text: str) -> None:
    install_format(locale_format)
    assert amount_of_entry(text) is None


@pytest.mark.parametrize(
    ("locale_format", "text", "amount"),
    [
        (None, "1.234", "1.234"),
        (None, "1,234", None),
        (AMERICAN, "1,234", "1234"),
        (AMERICAN, "1,234.5", "1234.5"),
        (AMERICAN, "1.234", "1.234"),
        (AMERICAN, "1.234,5", None),
        (GERMAN, "1.234", "1234"),
        (GERMAN, "1.234,5", "1234.5"),
        (GERMAN, "1,234", "1.234"),
        (INDIAN, "12,34,567", "1234567"),
        (FRENCH, "1 234,5", "1234.5"),
        (SWISS, "1’234.5", "1234.5"),
        (AMERICAN, ".5", "0.5"),
        (AMERICAN, "5.", "5"),
    ],
)
def test_a_mark_that_may_group_means_what_the_locale_says(
    locale_format: LocaleFormat | None, text: str, amount: str | None
) -> None:
    install_format(locale_format)
    assert amount_of_entry(text) == (None if amount is None else usd(amount))


@given(units=st.integers(0, 10**12), locale_format=st.sampled_from(FORMATS))
def test_what_is_shown_is_read_back_exactly(units: int, locale_format: LocaleFormat | None) -> None:
    install_format(locale_format)
    amount = Usd.of_units(units)
    assert amount_of_entry(amount_text(amount)) == amount
