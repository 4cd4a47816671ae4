from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tray_app.presentation.translation import install, tr

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    install(None)


@pytest.mark.parametrize(
    ("count", "text"), [(0, "0 days left"), (1, "1 day left"), (2, "2 days left")]
)
def test_english_has_two_numbers(count: int, text: str) -> None:
    assert tr("%n day(s) left", n=count) == text


def test_fields_are_filled_in_whatever_stands_in_them() -> None:
    assert tr("{what} of {all}", what="{all}", all="%n(s)") == "{all} of %n(s)"


def test_a_sentence_without_fields_may_hold_braces() -> None:
    assert tr("{available:.2f}") == "{available:.2f}"


def test_what_is_installed_is_asked_and_its_fields_are_filled_in() -> None:
    install(lambda text, n: f"<{text}|{n}|{{amount}}>")
    assert tr("left", amount="$5") == "<left|None|$5>"
    assert tr("%n day(s)", n=2, amount="$5") == "<%n day(s)|2|$5>"
