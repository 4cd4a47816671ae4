from __future__ import annotations

import copy
import logging
import pickle
import pprint
import traceback
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tray_app.core.api_key import ApiKey, InvalidApiKeyError

if TYPE_CHECKING:
    from collections.abc import Callable

SECRET = "sk_Zm9vYmFy-Secret.1"


@pytest.mark.parametrize(
    "pasted",
    [
        SECRET,
        f" {SECRET} ",
        f"{SECRET}\n",
        f"{SECRET}\r\n",
        f"\t{SECRET}\t",
        f"\u00a0{SECRET}\u00a0",
        f"\u3000{SECRET}",
        f"\ufeff{SECRET}",
        f"\u200b{SECRET}\u200b",
        f"{SECRET[:7]}\u2060{SECRET[7:]}",
        f"{SECRET[:7]}\n  {SECRET[7:]}",
        f"Bearer {SECRET}",
        f"bearer {SECRET}",
        f"BEARER\t{SECRET}\n",
        f"Bearer  \u200b {SECRET}",
        f"Authorization: Bearer {SECRET}",
        f"authorization: bearer {SECRET}",
        f"Authorization:Bearer {SECRET}",
        f"Authorization: {SECRET}",
        f"Bearer: {SECRET}",
        f'"{SECRET}"',
        f"'{SECRET}'",
        f'"Bearer {SECRET}"',
        f"'Authorization: Bearer {SECRET}'",
        f' "{SECRET}" \n',
        f"Bearer Bearer {SECRET}",
    ],
)
def test_a_key_as_people_paste_it_is_found(pasted: str) -> None:
    assert ApiKey.of_pasted(pasted).reveal() == SECRET


@pytest.mark.parametrize(
    "pasted",
    [
        "",
        " ",
        "\n\t\u00a0",
        '""',
        "''",
        "\u200b",
        "Bearer",
        "Bearer ",
        "Authorization:",
        "Authorization: Bearer ",
    ],
)
def test_nothing_but_wrapping_is_an_empty_key(pasted: str) -> None:
    with pytest.raises(InvalidApiKeyError, match="empty"):
        ApiKey.of_pasted(pasted)


@pytest.mark.parametrize("sign", ["é", "ключ", "“", "…", "\x00", "\x7f", "\x1b", "😀", "\uff11"])
def test_a_sign_that_no_header_can_carry_is_refused_without_repeating_the_key(sign: str) -> None:
    with pytest.raises(InvalidApiKeyError) as caught:
        ApiKey.of_pasted(f"{SECRET}{sign}{SECRET}")
    shown = "".join(traceback.format_exception(caught.value)) + repr(caught.value)
    assert SECRET not in shown
    assert "plain letters" in str(caught.value)


@pytest.mark.parametrize("text", ["sk a", "sk\n", " sk", "sk\r\nX-Injected: 1"])
def test_a_constructed_key_holds_no_white_space(text: str) -> None:
    with pytest.raises(InvalidApiKeyError):
        ApiKey(text)


def test_an_absurdly_long_text_is_refused_without_repeating_it() -> None:
    assert ApiKey("k" * 512).reveal() == "k" * 512
    with pytest.raises(InvalidApiKeyError) as caught:
        ApiKey.of_pasted("k" * 513)
    assert str(caught.value) == "This is too long for an API key."


@settings(deadline=None)
@given(st.text(max_size=60))
def test_whatever_is_pasted_becomes_a_header_safe_key_or_a_reason(text: str) -> None:
    try:
        key = ApiKey.of_pasted(text)
    except InvalidApiKeyError as error:
        assert str(error).endswith(".")  # noqa: PT017 — the other branch is as good
        return
    assert key.reveal().isascii()
    assert key.reveal().isprintable()
    assert " " not in key.reveal()


def interpolated(key: object) -> str:
    return f"{key} {key!r} {key!s} {key!a}"


def percent_formatted(key: object) -> str:
    return "%s %r" % (key, key)  # noqa: UP031 — logging formats so


def pretty_printed(key: object) -> str:
    return pprint.pformat({"key": [key]})


def in_an_exception(key: object) -> str:
    return "".join(traceback.format_exception(RuntimeError("failed", key)))


@pytest.mark.parametrize(
    "show",
    [repr, str, format, ascii, interpolated, percent_formatted, pretty_printed, in_an_exception],
)
def test_no_way_of_showing_a_key_shows_its_text(show: Callable[[object], str]) -> None:
    shown = show(ApiKey(SECRET))
    assert SECRET not in shown
    assert "ApiKey" in shown


def test_a_log_line_does_not_show_the_text(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        logging.getLogger("test").info("key %s, %r", ApiKey(SECRET), [ApiKey(SECRET)])
    assert SECRET not in caplog.text
    assert "ApiKey" in caplog.text


@pytest.mark.parametrize(
    "misuse",
    [
        lambda key: f"{key:>40}",
        lambda key: key + "x",
        lambda key: key < key,  # noqa: PLR0124 — the message of the failure is what is tested
        lambda key: key.text,
        lambda key: setattr(key, "_text", "other"),
        len,
        int,
    ],
)
def test_the_error_of_a_misuse_does_not_show_the_text(misuse: Callable[[Any], object]) -> None:
    with pytest.raises((TypeError, AttributeError)) as caught:
        misuse(ApiKey(SECRET))
    assert SECRET not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("protocol", [0, pickle.HIGHEST_PROTOCOL])
def test_a_key_is_not_written_out_by_pickle(protocol: int) -> None:
    with pytest.raises(TypeError) as caught:
        pickle.dumps(ApiKey(SECRET), protocol)
    assert SECRET not in str(caught.value)


def test_equal_texts_are_equal_keys_and_only_reveal_gives_the_text() -> None:
    key = ApiKey(SECRET)
    assert key == ApiKey(SECRET)
    assert key != ApiKey(SECRET + "2")
    assert hash(key) == hash(ApiKey(SECRET))
    assert not hasattr(key, "__dict__")
    assert copy.copy([key])[0].reveal() == SECRET


def test_its_mark_tells_keys_apart_and_shows_none() -> None:
    one, other = ApiKey("sk_one"), ApiKey("sk_other")
    assert one.mark == ApiKey("sk_one").mark != other.mark
    assert len(one.mark) == 16
    assert "sk_" not in one.mark
