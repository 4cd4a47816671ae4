from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.samples import usd
from tests.presentation.test_locale_format import AMERICAN, GERMAN, INDIAN
from tray_app.core.alert_rules import MOST_AMOUNTS
from tray_app.core.configuration import Account, Configuration
from tray_app.core.money import Usd
from tray_app.presentation.locale_format import LocaleFormat, install_format
from tray_app.presentation.settings_entries import (
    InvalidEntryError,
    amount_of,
    amounts_of,
    amounts_text,
    days_text,
    new_account_name_of,
    optional_amount_of,
    optional_amount_text,
    program_of,
    proxy_address_of,
    span_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

FRENCH = LocaleFormat(decimal_point=",", group_mark="\u202f")
FORMATS = [None, AMERICAN, GERMAN, INDIAN, FRENCH]
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _c_again() -> Iterator[None]:
    yield
    install_format(None)


@pytest.mark.parametrize("text", ["", "0", "-1", "five", "1,234"])
def test_what_is_no_amount_above_zero_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(InvalidEntryError, match=r"such as \$5\.00"):
        amount_of(text)


def test_the_example_is_written_by_locale() -> None:
    install_format(GERMAN)
    with pytest.raises(InvalidEntryError, match=r"such as \$5,00"):
        amount_of("")


@pytest.mark.parametrize(
    ("text", "amount"), [("", None), ("  ", None), ("0", None), ("$2.50", usd("2.5"))]
)
def test_nothing_and_zero_are_no_budget(text: str, amount: Usd | None) -> None:
    assert optional_amount_of(text) == amount


@pytest.mark.parametrize(
    ("locale_format", "text", "amounts"),
    [
        (None, "20, 5, 1", ["20", "5", "1"]),
        (None, "1 20 5", ["20", "5", "1"]),
        (None, "$20.50;$5", ["20.5", "5"]),
        (None, "$ 20, $ 5,", ["20", "5"]),
        (None, "5, 5.00", ["5"]),
        (None, "20\uff0c5\u30011", ["20", "5", "1"]),
        (None, "", []),
        (AMERICAN, "1,234, 5", ["1234", "5"]),
        (GERMAN, "1.234,50, 5,5", ["1234.5", "5.5"]),
        (GERMAN, "5,5; 1", ["5.5", "1"]),
        (FRENCH, "1 234,50; 5", ["1234.5", "5"]),
    ],
)
def test_a_list_is_read_however_it_is_divided(
    locale_format: LocaleFormat | None, text: str, amounts: list[str]
) -> None:
    install_format(locale_format)
    assert amounts_of(text) == tuple(usd(amount) for amount in amounts)


@pytest.mark.parametrize("text", ["20,5", "20,5,1", "5, x", "5, 0", "5 -1"])
def test_a_list_that_could_mean_two_things_is_refused(text: str) -> None:
    with pytest.raises(InvalidEntryError, match="amounts above 0"):
        amounts_of(text)


@given(
    cents=st.sets(st.integers(1, 10**9), max_size=MOST_AMOUNTS),
    locale_format=st.sampled_from(FORMATS),
)
def test_a_list_that_is_shown_is_read_back(
    cents: set[int], locale_format: LocaleFormat | None
) -> None:
    install_format(locale_format)
    amounts = tuple(sorted((Usd.of_cents(each) for each in cents), reverse=True))
    assert amounts_of(amounts_text(amounts)) == amounts


@given(cents=st.none() | st.integers(1, 10**9), locale_format=st.sampled_from(FORMATS))
def test_a_budget_that_is_shown_is_read_back(
    cents: int | None, locale_format: LocaleFormat | None
) -> None:
    install_format(locale_format)
    budget = None if cents is None else Usd.of_cents(cents)
    assert optional_amount_of(optional_amount_text(budget)) == budget


@pytest.mark.parametrize(
    ("span", "text", "words"),
    [
        (DAY, "1", "1 day"),
        (3 * DAY, "3", "3 days"),
        (DAY * 3 / 2, "1.5", "1.5 days"),
        (DAY / 3, "0.33", "0.33 days"),
        (10 * DAY, "10", "10 days"),
    ],
)
def test_days_are_written_without_zeros_at_the_end(span: timedelta, text: str, words: str) -> None:
    assert (span_text(span, DAY), days_text(span)) == (text, words)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("proxy.example:3128", "http://proxy.example:3128"),
        (" https://proxy.example ", "https://proxy.example"),
        ("socks5://me:secret@proxy.example", "socks5://me:secret@proxy.example"),
    ],
)
def test_an_address_without_a_scheme_is_one_of_http(text: str, address: str) -> None:
    assert proxy_address_of(text) == address


@pytest.mark.parametrize("text", ["", "a b", "ftp://proxy.example", "http://me:s3cret@/", "://"])
def test_a_refused_address_is_not_repeated(text: str) -> None:
    with pytest.raises(InvalidEntryError) as refused:
        proxy_address_of(text)
    assert "s3cret" not in str(refused.value)


def test_a_program_is_a_whole_path_or_none() -> None:
    assert program_of("") == ""
    for text in ("logger", "./logger", "/bin/a\nb"):
        with pytest.raises(InvalidEntryError):
            program_of(text)


def test_a_name_is_new() -> None:
    configuration = Configuration((Account("home"),))
    assert new_account_name_of(" work ", configuration) == "work"
    for text in ("home", "Home", "", "sk_live_1"):
        with pytest.raises(InvalidEntryError):
            new_account_name_of(text, configuration)
