"""The amounts of a reply: how they are written, and what a missing one means."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings

from tests.adapters.replies import FIELDS, SAMPLE, problem_in, read, with_field
from tests.core.samples import NOW, unit_texts, usd
from tray_app.core.money import Usd
from tray_app.core.problem import UnexpectedReply
from tray_app.core.reading import BalanceReading


@pytest.mark.parametrize(
    ("written", "units"),
    [
        ('"12345"', "12345"),
        ('"-12345"', "-12345"),
        ('"+12345"', "12345"),
        ('"0"', "0"),
        ('"-0"', "0"),
        ('"007"', "7"),
        ('"12345.678"', "12345.678"),
        ('"999999999999999"', "999999999999999"),
        ('"\\u0031\\u0032"', "12"),
        ("12345", "12345"),
        ("-12345", "-12345"),
        ("0", "0"),
        ("-0", "0"),
        ("999999999999999", "999999999999999"),
    ],
)
@pytest.mark.parametrize("field", FIELDS)
def test_an_amount_is_taken_exactly(field: str, written: str, units: str) -> None:
    assert getattr(read(with_field(field, written)), FIELDS[field]) == Usd.of_units_text(units)


@settings(deadline=None)
@given(unit_texts)
def test_every_amount_of_the_grammar_arrives_unchanged(units: str) -> None:
    assert read(json.dumps({"availableBalance": units})).available == Usd.of_units_text(units)


@pytest.mark.parametrize(
    "written",
    [
        '""',
        '" "',
        '" 1"',
        '"1 "',
        '"1\\n"',
        '"0x10"',
        '"1e3"',
        '"1E+3"',
        '"NaN"',
        '"Infinity"',
        '"-Infinity"',
        '"1_000"',
        '"1,000"',
        '"1."',
        '".5"',
        '"++1"',
        '"--1"',
        '"$1"',
        '"null"',
        '"true"',
        '"\\u0661\\u0662\\u0663"',
        '"\\uff11\\uff12"',
        '"\\u00b2"',
        '"1\\u0000"',
        '"\\ud800"',
        '"1000000000000000"',
        '"1.0000000000001"',
        f'"{"9" * 60_000}"',
        "1000000000000000",
        "9" * 60_000,
        "1.0",
        "1.5",
        "1e3",
        "1E3",
        "-0.0",
        "true",
        "false",
        "[]",
        '["1"]',
        "{}",
        '{"value": "1"}',
    ],
)
@pytest.mark.parametrize("field", FIELDS)
def test_anything_else_is_unexpected_and_named_but_not_repeated(field: str, written: str) -> None:
    assert problem_in(with_field(field, written)) == UnexpectedReply(f"{field} is not an amount")


@pytest.mark.parametrize(
    "written", ["NaN", "Infinity", "-Infinity", "+1", "007", "0x10", "1_0", "1.", ".5", "'1'", ""]
)
def test_what_is_no_json_is_unexpected(written: str) -> None:
    problem = problem_in(with_field("availableBalance", written))
    assert problem == UnexpectedReply("the reply is not JSON")


@pytest.mark.parametrize("field", list(FIELDS)[1:])
@pytest.mark.parametrize("absence", ["missing", "null"])
def test_a_field_that_the_reply_lacks_is_none(field: str, absence: str) -> None:
    body = {**SAMPLE, field: None}
    if absence == "missing":
        del body[field]
    reading = read(json.dumps(body))
    assert getattr(reading, FIELDS[field]) is None
    assert reading.available == usd("100")


@pytest.mark.parametrize(
    "body",
    [
        "{}",
        '{"availableBalance": null}',
        '{"cashBalance": "5"}',
        '{"AvailableBalance": "5"}',
        '{"data": {"availableBalance": "5"}}',
        '{"status": "ok"}',
    ],
)
def test_a_missing_available_balance_is_never_zero(body: str) -> None:
    assert problem_in(body) == UnexpectedReply("availableBalance is missing")


def test_only_the_available_balance_is_required() -> None:
    assert read('{"availableBalance": "1"}') == BalanceReading(usd("0.0001"), NOW)
