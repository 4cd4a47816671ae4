"""The amounts of a balance: written as they should be, otherwise, or not at all."""

from __future__ import annotations

from typing import Final

from tests.adapters.replies import FIELDS, SAMPLE, with_field, without_field
from tests.faults.case import NetworkCase, Outcome, Section
from tests.faults.settings import reply
from tray_app.core.money import Usd
from tray_app.core.problem import UnexpectedReply

_SAMPLE_READ: Final = Usd.of_units(int(SAMPLE["availableBalance"]))
_AVAILABLE, *_OTHERS = FIELDS
_WRONG: Final = {
    "true": "true",
    "a list": '["123400"]',
    "an object": '{"value": "123400"}',
    "a number with a fraction": "12.34",
    "a number with a fraction of zero": "123400.0",
    "a number with an exponent": "1e5",
    "an empty text": '""',
    "a text of white space": '" "',
    "a text with white space around": '" 123400 "',
    "a text with an exponent": '"1e5"',
    "hexadecimal": '"0x1E208"',
    "digits with an underscore": '"123_400"',
    "digits with a comma": '"123,400"',
    "a decimal comma": '"12,34"',
    "a dollar sign": '"$12.34"',
    "digits of another script": '"\u0661\u0662\u0663"',
    "full-width digits": '"\uff11\uff12\uff13"',
    "two signs": '"--1"',
    "NaN as a text": '"NaN"',
    "a quadrillion units": '"1000000000000000"',
    "a number of 60,000 digits": "9" * 60_000,
}
_RIGHT: Final = {
    "a debt": ('"-12345"', -12_345),
    "a debt as a number": ("-12345", -12_345),
    "zero": ('"0"', 0),
    "zero below zero": ('"-0"', 0),
    "a whole number": ("123400", 123_400),
    "a plus sign": ('"+123400"', 123_400),
    "zeros in front": ('"00123400"', 123_400),
    "the most that is believed": ('"999999999999999"', 999_999_999_999_999),
}


def _written(field: str, written: str, expected: Outcome, name: str) -> NetworkCase:
    return NetworkCase(
        f"{field}: {name}", reply(200, with_field(field, written).encode()), expected
    )


def _wrong(field: str, kind: str) -> NetworkCase:
    problem = UnexpectedReply(f"{field} is not an amount")
    return _written(field, _WRONG[kind], problem, kind)


def _absent(field: str, expected: Outcome) -> tuple[NetworkCase, NetworkCase]:
    return (
        NetworkCase(f"{field}: missing", reply(200, without_field(field).encode()), expected),
        _written(field, "null", expected, "null"),
    )


SECTION: Final = Section(
    "Amounts",
    (
        *(
            _written(_AVAILABLE, written, Usd.of_units(units), name)
            for name, (written, units) in _RIGHT.items()
        ),
        _written(_AVAILABLE, '"123400.5"', Usd.of_units_text("123400.5"), "a fraction of the unit"),
        *_absent(_AVAILABLE, UnexpectedReply("availableBalance is missing")),
        *(_wrong(_AVAILABLE, kind) for kind in _WRONG),
        *(case for field in _OTHERS for case in _absent(field, _SAMPLE_READ)),
        *(
            _wrong(field, kind)
            for field in _OTHERS
            for kind in ("true", "a number with an exponent", "an empty text", "a list")
        ),
    ),
    note=(
        "In 1/10000 USD, as text or as a whole number. A field that is missing or null is not "
        "shown, and never zero; what is no amount makes the whole reply unexpected. Every field "
        "is read by the same rules."
    ),
)
