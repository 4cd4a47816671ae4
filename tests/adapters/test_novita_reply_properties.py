"""Of any bytes at all, the adapter makes what the independent oracle makes of them."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Final

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.adapters.replies import (
    FIELDS,
    OURS,
    PAGE,
    PERMISSION,
    RATE,
    SAMPLE,
    TROUBLE,
    WRONG_KEY,
    error_body,
)
from tests.core.samples import unit_texts
from tests.fuzz.oracle import Reply, verdict_on

BODY: Final = json.dumps(SAMPLE).encode()
PIECES: Final = (
    *(b"", b" ", b'"', b"'", b",", b":", b"[", b"]", b"{", b"}", b"\\", b"\n", b"\x00"),
    *(b"0", b"1", b"-", b"+", b".", b"e", b"E9", b"_", b"NaN", b"null", b"true", b"\\u0031"),
    *(b"\xc3", b"\xff\xfe", b"\xef\xbb\xbf", "\u0661".encode(), "\uff11".encode(), b"\xed\xa0\x80"),
    *(b'"availableBalance"', b'"cashBalance":', b'"code":0,', b'"reason":"FORBIDDEN",'),
)
ERROR_WORDS: Final = ("code", "reason", "message", "metadata", "error", "errors")
STATUSES: Final = (*(201, 204, 206, 302, 400, 401, 402, 403, 404, 407, 408, 429), 451, 500, 503)

statuses = st.just(200) | st.sampled_from(STATUSES) | st.integers(100, 599)
waits = st.none() | st.one_of(
    st.text(max_size=40),
    st.integers(-5, 10**12).map(str),
    st.datetimes(datetime(1970, 1, 1), datetime(9999, 12, 31), timezones=st.just(UTC)).map(  # noqa: DTZ001 — Hypothesis wants them so
        lambda moment: format_datetime(moment, usegmt=True)
    ),
)
scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | unit_texts
reasons = st.sampled_from([*WRONG_KEY, *PERMISSION, *RATE, *TROUBLE, *OURS]) | st.text(max_size=70)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*FIELDS, *ERROR_WORDS]) | st.text(max_size=5),
            inner,
            max_size=5,
        )
    ),
    max_leaves=8,
)
balances = st.fixed_dictionaries(
    {"availableBalance": unit_texts | st.integers(-(10**16), 10**16) | scalars},
    optional=dict.fromkeys([*FIELDS][1:], unit_texts | scalars),
)
# Pairs in place of a dictionary, so that a name can come twice.
names = st.sampled_from([*FIELDS, *ERROR_WORDS, "note"])
pairs = st.lists(st.tuples(names, unit_texts | scalars), min_size=1, max_size=6)
errors = st.fixed_dictionaries({"reason": reasons}, optional={"code": scalars, "message": scalars})
sound_bodies = st.one_of(
    balances.map(json.dumps), errors.map(json.dumps), values.map(json.dumps)
).map(str.encode)


@st.composite
def damaged_bodies(draw: st.DrawFn) -> bytes:
    """Return the bytes of a sound reply with up to four places cut, changed or added to."""
    body = bytearray(draw(sound_bodies | st.sampled_from([BODY, PAGE, gzip.compress(BODY)])))
    for _ in range(draw(st.integers(1, 4))):
        begin = draw(st.integers(0, len(body)))
        piece = draw(st.sampled_from(PIECES) | st.binary(max_size=3))
        body[begin : begin + draw(st.integers(0, 4))] = piece * draw(st.integers(1, 3))
    return bytes(body)


def assert_as_the_oracle_says(status: int, body: bytes, wait: str | None = None) -> str:
    headers = {} if wait is None else {"retry-after": wait}
    answer, complaint = verdict_on(Reply(status, headers, body))
    assert complaint is None
    return answer


@settings(deadline=None)
@given(statuses, st.binary(max_size=80), waits)
def test_any_bytes_are_a_reading_or_a_problem(status: int, body: bytes, wait: str | None) -> None:
    assert_as_the_oracle_says(status, body, wait)


@settings(deadline=None, max_examples=300)
@given(statuses, sound_bodies, waits)
@example(200, b'{"availableBalance": "1", "code": null}', None)
@example(503, error_body("UNKNOWN").encode(), "Thu, 01 Jan 1970 00:00:00 GMT")
def test_any_json_is_what_the_oracle_says(status: int, body: bytes, wait: str | None) -> None:
    assert_as_the_oracle_says(status, body, wait)


@settings(deadline=None, max_examples=300)
@given(balances)
def test_any_balance_has_the_amounts_that_the_oracle_reads(balance: dict[str, object]) -> None:
    answer = assert_as_the_oracle_says(200, json.dumps(balance).encode())
    assert answer in {"BalanceReading", "UnexpectedReply"}


@settings(deadline=None, max_examples=300)
@given(pairs)
@example([("availableBalance", "1"), ("availableBalance", "1")])
@example([("availableBalance", "1"), ("error", None)])
def test_whatever_stands_beside_a_balance_counts_as_the_oracle_says(
    written: list[tuple[str, object]],
) -> None:
    fields = ",".join(f"{json.dumps(name)}:{json.dumps(value)}" for name, value in written)
    assert_as_the_oracle_says(200, f"{{{fields}}}".encode())


@settings(deadline=None)
@given(st.fixed_dictionaries(dict.fromkeys(FIELDS, unit_texts)))
def test_well_written_amounts_are_always_read(balance: dict[str, str]) -> None:
    assert assert_as_the_oracle_says(200, json.dumps(balance).encode()) == "BalanceReading"


@settings(deadline=None, max_examples=500)
@given(st.just(200) | statuses, damaged_bodies())
def test_any_damage_is_read_as_the_oracle_reads_it(status: int, body: bytes) -> None:
    assert_as_the_oracle_says(status, body)


@pytest.mark.parametrize("depth", [1, 300, 900, 1_100, 20_000])
def test_any_depth_is_read_or_refused(depth: int) -> None:
    nested = b'{"availableBalance": "1", "x": ' + b"[" * depth + b"]" * depth + b"}"
    assert_as_the_oracle_says(200, nested)
