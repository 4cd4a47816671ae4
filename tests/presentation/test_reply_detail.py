from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tray_app.core.api_key import KeyFault
from tray_app.presentation.problem_wording import key_fault_text
from tray_app.presentation.reply_detail import reply_detail_text
from tray_app.presentation.translation import install, joined

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    install(None)


DETAILS = (
    "a web page",
    "an error in a 200 reply",
    "an error in a 200 reply, QUOTA",
    "availableBalance is missing",
    "cashBalance is not an amount",
    "HTTP 302, a redirect",
    "internal error, ValueError",
    "the reply is not HTTP",
    "the reply is not JSON",
    "the reply is not UTF-8",
    "the reply is not an object",
    "the reply is too large",
    "the reply names a field twice",
    "the reply's compression cannot be read",
)


@pytest.mark.parametrize("detail", DETAILS)
def test_what_the_adapters_say_is_translated(detail: str) -> None:
    assert reply_detail_text(detail) == detail
    install(lambda text, _: f"<{text}>")
    assert reply_detail_text(detail).startswith("<")


@pytest.mark.parametrize("detail", ["HTTP 418", "HTTP 400, REASON", "something new"])
def test_what_nobody_knows_is_told_as_it_is(detail: str) -> None:
    install(lambda text, _: f"<{text}>")
    assert reply_detail_text(detail) == detail


@pytest.mark.parametrize("fault", KeyFault)
def test_a_text_that_is_no_key_is_told_in_the_errors_words(fault: KeyFault) -> None:
    assert key_fault_text(fault) == fault.value


def test_sentences_follow_each_other_and_the_empty_ones_are_left_out() -> None:
    assert joined("", "One.", "", "Two.", "Three.") == "One. Two. Three."
    assert joined() == ""
