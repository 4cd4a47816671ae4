"""The second reader of JSON takes exactly what RFC 8259 does."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.strict_json import NotStrictError, Number, read_strictly


@pytest.mark.parametrize(
    ("text", "value", "depth"),
    [
        ("null", None, 0),
        (" true\r\n\t", True, 0),
        ('"a"', "a", 0),
        ("-0.50e+07", Number("-0.50e+07"), 0),
        ("[]", [], 1),
        ("{}", {}, 1),
        ('[1, {"a": [false]}]', [Number("1"), {"a": [False]}], 3),
        ('{"": {"a": null}, "b": "c"}', {"": {"a": None}, "b": "c"}, 2),
        (r'"\"\\\/\b\f\n\r\t\u0041"', '"\\/\b\f\n\r\tA', 0),
        (r'"\\u0041"', r"\u0041", 0),
        (r'"\ud83d\ude00"', "\N{GRINNING FACE}", 0),
        (r'"\ud83d"', "\ud83d", 0),
        ("\ufeff1", Number("1"), 0),
    ],
)
def test_a_value_is_read_with_its_depth_and_its_numbers_as_written(
    text: str, value: object, depth: int
) -> None:
    assert read_strictly(text.encode()) == (value, depth)


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b" ", b"tru", b"nul l", b"truefalse", b"1 2", b"NaN", b"Infinity", b"'a'"),
        *(b"01", b"+1", b"1.", b".5", b"1e", b"0x1", b"1_0", b"-", b"--1"),
        *(b"[", b"]", b"[1,]", b"[,1]", b"[1 2]", b"[1}", b"[1:2]", b"[]]", b"[][]"),
        *(b"{", b"}", b'{"a"}', b'{"a":}', b'{"a":1,}', b"{1:2}", b'{"a" 1}', b'{"a":1]'),
        *(b'{"a"::1}', b'{,"a":1}', b'{"a":1 "b":2}', b"{null:1}", b'{"a":1}}', b",", b":"),
        *(b'"a', b'"\n"', b'"\x00"', rb'"\x41"', rb'"\u12"', rb'"\u00g0"', b'"a"b', rb'"\"'),
        *(b'{"a":1,"a":1}', rb'{"a":1,"\u0061":2}', b'[{"x":{"a":1,"a":1}}]'),
        *(b"\xff", b'"\xe9"', b'"\xc0\x80"', b'"\xed\xa0\x80"', b'"\xf4\x90\x80\x80"'),
        *("1".encode("utf-16"), b"\xef\xbb\xbf\xef\xbb\xbf1", b"\xef\xbb\xbf", b"1 // one"),
    ],
)
def test_anything_else_is_refused(body: bytes) -> None:
    with pytest.raises(NotStrictError):
        read_strictly(body)


def test_it_goes_as_deep_as_it_must() -> None:
    assert read_strictly(b"[" * 100_000 + b"]" * 100_000)[1] == 100_000


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


def with_whole_numbers(value: object) -> object:
    match value:
        case Number(text):
            return int(text)
        case list():
            return [with_whole_numbers(item) for item in value]
        case dict():
            return {name: with_whole_numbers(item) for name, item in value.items()}
        case _:
            return value


@settings(deadline=None)
@given(json_values, st.booleans(), st.sampled_from([None, 1]))
def test_what_the_standard_library_writes_is_read_back(
    value: object,
    ascii_alone: bool,  # noqa: FBT001 — drawn
    indent: int | None,
) -> None:
    try:
        body = json.dumps(value, ensure_ascii=ascii_alone, indent=indent).encode()
    except UnicodeEncodeError:
        return
    assert with_whole_numbers(read_strictly(body)[0]) == json.loads(body)


@settings(deadline=None, max_examples=300)
@given(json_values, st.data())
def test_of_damaged_text_both_readers_make_the_same(value: object, data: st.DataObject) -> None:
    body = bytearray(json.dumps(value).encode())
    for _ in range(data.draw(st.integers(0, 3))):
        at = data.draw(st.integers(0, len(body)))
        body[at : at + data.draw(st.integers(0, 2))] = data.draw(
            st.sampled_from([b"", b'"', b",", b":", b"[", b"}", b"\\", b"0", b"e", b"\n", b"\xc3"])
        )
    try:
        expected = json.loads(body.decode(), parse_constant=int, parse_float=str)
    except ValueError:
        with pytest.raises(NotStrictError):
            read_strictly(bytes(body))
        return
    try:
        got = read_strictly(bytes(body))[0]
    except NotStrictError as error:
        # The one thing that the standard library lets pass.
        assert str(error) == "a field twice"  # noqa: PT017 — it need not be raised
        return
    assert as_written(got) == as_written(expected)


def as_written(value: object) -> object:
    match value:
        case Number(text):
            return int(text) if text.lstrip("-").isdigit() else text
        case list():
            return [as_written(item) for item in value]
        case dict():
            return {name: as_written(item) for name, item in value.items()}
        case _:
            return value
