from __future__ import annotations

import json

import pytest

from tests.adapters.replies import (
    OURS,
    PAGE,
    PERMISSION,
    RATE,
    SAMPLE,
    TROUBLE,
    WRONG_KEY,
    error_body,
    problem_in,
    read,
)
from tests.core.samples import NOW, usd
from tray_app.core.problem import UnexpectedReply
from tray_app.core.reading import BalanceReading


def test_the_documented_sample() -> None:
    assert read(json.dumps(SAMPLE)) == BalanceReading(
        available=usd("100"),
        taken_at=NOW,
        cash=usd("80"),
        credit_limit=usd("20"),
        pending_charges=usd("0"),
        outstanding_invoices=usd("0"),
    )


def test_unknown_fields_are_ignored() -> None:
    body = json.dumps({**SAMPLE, "vouchers": [1.5, {"a": None}], "note": "x"})
    assert read(body).available == usd("100")


@pytest.mark.parametrize(
    "body",
    [
        '{"availableBalance": "1", "availableBalance": "1"}',
        '{"availableBalance": "1", "availableBalance": "2"}',
        '{"availableBalance": "1", "available\\u0042alance": "2"}',
        '{"availableBalance": "1", "x": {"a": 1, "a": 2}}',
        '{"availableBalance": "1", "x": [[{"a": {"b": 1, "b": 1}}]]}',
    ],
)
def test_a_field_that_is_named_twice_at_any_depth_is_unexpected(body: str) -> None:
    assert problem_in(body) == UnexpectedReply("the reply names a field twice")


@pytest.mark.parametrize("reason", [*WRONG_KEY, *PERMISSION, *RATE, *TROUBLE, *OURS])
def test_an_error_inside_a_200_is_unexpected_and_named(reason: str) -> None:
    expected = UnexpectedReply(f"an error in a 200 reply, {reason}")
    assert problem_in(error_body(reason)) == expected
    mixed = {**SAMPLE, "code": 3, "reason": reason}
    assert problem_in(json.dumps(mixed)) == expected


@pytest.mark.parametrize(
    "extra",
    [
        {"code": 0},
        {"reason": ""},
        {"reason": "sk_secret words"},
        {"message": "internal", "metadata": {}},
        {"metadata": None},
        {"error": {"code": 401}},
        {"errors": []},
    ],
)
def test_a_balance_beside_an_error_field_is_not_believed(extra: dict[str, object]) -> None:
    expected = UnexpectedReply("an error in a 200 reply")
    assert problem_in(json.dumps({**SAMPLE, **extra})) == expected


@pytest.mark.parametrize("body", ["[]", '"1000000"', "1000000", "null", "true", "1.5"])
def test_a_reply_that_is_no_object_is_unexpected(body: str) -> None:
    assert problem_in(body) == UnexpectedReply("the reply is not an object")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" ",
        PAGE,
        b'{"availableBalance": "1"',
        b'{"availableBalance": "1"}}',
        b'{"availableBalance": "1",}',
        b"{'availableBalance': '1'}",
        b'{"availableBalance": "1"} // comment',
        b'{"availableBalance": "1\n"}',
        b"[" * 65_000,
        b'{"a":' * 13_000,
        b"[" * 5_000 + b"]" * 5_000,
    ],
    ids=lambda body: repr(body[:12]),
)
def test_a_body_that_is_no_json_is_unexpected(body: bytes) -> None:
    assert isinstance(problem_in(body), UnexpectedReply)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_another_encoding_is_unexpected(encoding: str) -> None:
    assert isinstance(problem_in(json.dumps(SAMPLE).encode(encoding)), UnexpectedReply)


def test_bytes_that_are_not_utf_8_are_unexpected() -> None:
    body = b'{"availableBalance": "1", "note": "\xe9"}'
    assert problem_in(body) == UnexpectedReply("the reply is not UTF-8")


def test_a_byte_order_mark_and_white_space_around_are_ignored() -> None:
    body = b"\xef\xbb\xbf \r\n\t" + json.dumps(SAMPLE).encode() + b"\n"
    assert read(body).available == usd("100")
