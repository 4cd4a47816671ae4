from __future__ import annotations

import json
from datetime import timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
)
from tests.core.samples import NOW
from tray_app.core.problem import (
    BlockedBeforeApi,
    PermissionLacking,
    Problem,
    ProxyFailed,
    ProxyFault,
    RateLimited,
    ServerTrouble,
    TimedOut,
    UnexpectedReply,
    WrongKey,
)

STATUSES = [400, 401, 403, 404, 429, 500, 503, 504]


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("reason", WRONG_KEY)
def test_a_wrong_key_is_known_by_its_reason_whatever_the_status(reason: str, status: int) -> None:
    assert problem_in(error_body(reason), status) == WrongKey(reason)


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("reason", PERMISSION)
def test_lacking_permission_is_known_by_its_reason_whatever_the_status(
    reason: str, status: int
) -> None:
    assert problem_in(error_body(reason), status) == PermissionLacking(reason)


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("reason", RATE)
def test_a_rate_limit_is_known_by_its_reason_whatever_the_status(reason: str, status: int) -> None:
    problem = problem_in(error_body(reason), status, retry_after="7")
    assert problem == RateLimited(timedelta(seconds=7))


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("reason", TROUBLE)
def test_trouble_is_known_by_its_reason_whatever_the_status(reason: str, status: int) -> None:
    assert problem_in(error_body(reason), status) == ServerTrouble(status, reason)


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("reason", OURS)
def test_what_says_nothing_about_key_or_balance_is_unexpected_whatever_the_status(
    reason: str, status: int
) -> None:
    assert problem_in(error_body(reason), status) == UnexpectedReply(f"HTTP {status}, {reason}")


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (201, UnexpectedReply("HTTP 201")),
        (204, UnexpectedReply("HTTP 204")),
        (206, UnexpectedReply("HTTP 206")),
        (300, UnexpectedReply("HTTP 300")),
        (301, UnexpectedReply("HTTP 301, a redirect", from_elsewhere=True)),
        (302, UnexpectedReply("HTTP 302, a redirect", from_elsewhere=True)),
        (304, UnexpectedReply("HTTP 304")),
        (308, UnexpectedReply("HTTP 308, a redirect", from_elsewhere=True)),
        (400, UnexpectedReply("HTTP 400")),
        (401, WrongKey("")),
        (402, UnexpectedReply("HTTP 402")),
        (403, BlockedBeforeApi(403)),
        (404, UnexpectedReply("HTTP 404")),
        (407, ProxyFailed(ProxyFault.LOGIN_NEEDED)),
        (408, TimedOut()),
        (418, UnexpectedReply("HTTP 418")),
        (429, RateLimited(None)),
        (451, BlockedBeforeApi(451)),
        (500, ServerTrouble(500, "")),
        (502, ServerTrouble(502, "")),
        (503, ServerTrouble(503, "")),
        (504, ServerTrouble(504, "")),
        (511, UnexpectedReply("HTTP 511", from_elsewhere=True)),
        (520, ServerTrouble(520, "")),
        (599, ServerTrouble(599, "")),
    ],
)
@pytest.mark.parametrize(
    "body",
    [b"", PAGE, b"{}", b"[]", b"null", b"\xff\xfe", b'{"a":1,"a":2}', json.dumps(SAMPLE).encode()],
    ids=repr,
)
def test_without_a_reason_the_status_decides(status: int, body: bytes, expected: Problem) -> None:
    assert problem_in(body, status) == expected


def test_a_403_in_the_vendors_own_form_comes_from_behind_the_edge() -> None:
    assert problem_in(error_body("SOMETHING_NEW"), 403) == PermissionLacking("SOMETHING_NEW")
    assert problem_in('{"code": 7, "message": "no"}', 403) == PermissionLacking("")


@pytest.mark.parametrize(
    "reason", ["", "lower", "TWO WORDS", "A" * 65, "sk_secret", "É", "A\nB", "1A", "<B>"]
)
def test_what_does_not_look_like_a_reason_is_not_repeated(reason: str) -> None:
    assert problem_in(error_body(reason), 500) == ServerTrouble(500, "")


@pytest.mark.parametrize("reason", ["null", "5", "[]", '{"a": "FORBIDDEN"}', "true"])
def test_a_reason_that_is_no_text_is_none(reason: str) -> None:
    body = f'{{"code": 1, "reason": {reason}}}'
    assert problem_in(body, 500) == ServerTrouble(500, "")


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("0", 0),
        ("30", 30),
        (" 30 ", 30),
        ("999999999", 999_999_999),
        (format_datetime(NOW + timedelta(seconds=90), usegmt=True), 90),
        (format_datetime(NOW - timedelta(seconds=90), usegmt=True), 0),
        ("Sun, 29 Mar 2026 03:32:00 +0200", 120),
        ("Sun, 29 Mar 2026 01:32:00 -0000", 120),
        ("Sunday, 29-Mar-26 01:32:00 GMT", 120),
        ("Sun Mar 29 01:32:00 2026", 120),
        ("Fri, 31 Dec 9999 23:59:59 GMT", None),
    ],
)
def test_retry_after_is_read_as_seconds_or_as_a_date(header: str, seconds: int | None) -> None:
    problem = problem_in(error_body("RATE_LIMIT_EXCEEDED"), 429, retry_after=header)
    assert isinstance(problem, RateLimited)
    assert problem.retry_after is not None
    if seconds is None:
        assert problem.retry_after > timedelta(days=9999)
    else:
        assert problem.retry_after == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "header",
    [
        "",
        "soon",
        "-5",
        "1.5",
        "1e3",
        "0x10",
        "9999999999",
        "\u0663\u0660",
        "30, 30",
        "Wed, 99 Foo 2026 99:99:99 GMT",
        "Thu, 01 Jan 99999 00:00:00 GMT",
        "Sun, 29 Mar 2026 01:32:00 +9999",
        "29 Mar",
        "Sun,",
    ],
)
def test_an_unusable_retry_after_is_none(header: str) -> None:
    assert problem_in(PAGE, 429, retry_after=header) == RateLimited(None)


def test_server_trouble_keeps_retry_after_too() -> None:
    problem = problem_in(PAGE, 503, retry_after="120")
    assert problem == ServerTrouble(503, "", timedelta(minutes=2))


@settings(deadline=None)
@given(
    st.text(max_size=50) | st.from_regex(r"[A-Z][a-z]{2}, [0-9 :A-Za-z+-]{0,40}", fullmatch=True)
)
def test_no_retry_after_breaks_the_reading_of_a_reply(header: str) -> None:
    problem = problem_in(PAGE, 429, retry_after=header)
    assert isinstance(problem, RateLimited)
    assert problem.retry_after is None or problem.retry_after >= timedelta(0)
