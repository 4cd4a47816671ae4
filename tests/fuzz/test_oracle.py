"""The oracle finds each kind of wrong answer, and none in right ones."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.adapters.replies import PAGE, SAMPLE, error_body
from tests.core.samples import NOW, usd
from tests.fuzz import oracle
from tests.fuzz.oracle import Reply, complaint_about, verdict_on
from tray_app.core.problem import (
    BlockedBeforeApi,
    PermissionLacking,
    Problem,
    RateLimited,
    ServerTrouble,
    TimedOut,
    UnexpectedReply,
    WrongKey,
)
from tray_app.core.reading import BalanceReading

READING = BalanceReading(usd("100"), NOW, usd("80"), usd("20"), usd("0"), usd("0"))
BODY = json.dumps(SAMPLE).encode()
GOOD = Reply(200, {}, BODY)
UNREADABLE = UnexpectedReply("the reply is not JSON")
IN_90_SECONDS = "Sun, 29 Mar 2026 01:31:30 GMT"


def limited(retry_after: str) -> Reply:
    return Reply(429, {"retry-after": retry_after}, PAGE)


@pytest.mark.parametrize(
    ("reply", "answer"),
    [
        (GOOD, READING),
        (Reply(200, {}, b"\xef\xbb\xbf" + BODY), READING),
        (Reply(200, {}, b'{"availableBalance": -5}'), BalanceReading(usd("-0.0005"), NOW)),
        (Reply(200, {}, b'{"availableBalance": 1.5}'), UNREADABLE),
        (Reply(200, {}, b'{"cashBalance": "5"}'), UNREADABLE),
        (Reply(200, {}, b'{"availableBalance": "5", "errors": []}'), UNREADABLE),
        (Reply(200, {}, BODY[:-1]), UNREADABLE),
        (Reply(200, {}, b"[" * 5_000 + b"]" * 5_000), UNREADABLE),
        (Reply(200, {}, error_body("FORBIDDEN").encode()), UNREADABLE),
        (Reply(500, {}, error_body("FAILED_TO_AUTH").encode()), WrongKey("FAILED_TO_AUTH")),
        (Reply(403, {}, b'{"code": 1}'), PermissionLacking("")),
        (Reply(403, {}, PAGE), BlockedBeforeApi(403)),
        (Reply(408, {}, PAGE), TimedOut()),
        (Reply(503, {"retry-after": "9"}, b""), ServerTrouble(503, "", timedelta(seconds=9))),
        (limited("9" * 10), RateLimited(None)),
        (limited(IN_90_SECONDS), RateLimited(timedelta(seconds=90))),
        (limited("Sun, 29 Mar 2026 25:31:30 GMT"), RateLimited(None)),
        (limited("soon"), RateLimited(None)),
    ],
    ids=repr,
)
def test_a_right_answer_is_no_complaint(reply: Reply, answer: BalanceReading | Problem) -> None:
    assert complaint_about(reply, answer) is None
    assert verdict_on(reply) == (type(answer).__name__, None)


@pytest.mark.parametrize(
    ("reply", "answer"),
    [
        (GOOD, replace(READING, available=usd("100.0001"))),
        (GOOD, replace(READING, outstanding_invoices=usd("0.0001"))),
        (GOOD, replace(READING, pending_charges=None)),
        (GOOD, replace(READING, taken_at=NOW + timedelta(seconds=1))),
        (GOOD, UNREADABLE),
        (Reply(200, {}, b'{"cashBalance": "5"}'), BalanceReading(usd("0"), NOW, usd("0.0005"))),
        (Reply(200, {}, b'{"availableBalance": "1e3"}'), BalanceReading(usd("0.1"), NOW)),
        (Reply(200, {}, b'{"availableBalance": 1.0}'), BalanceReading(usd("0.0001"), NOW)),
        (Reply(200, {}, b'{"availableBalance": true}'), BalanceReading(usd("0.0001"), NOW)),
        (Reply(200, {}, b'{"availableBalance":"1","availableBalance":"2"}'), READING),
        (Reply(201, {}, BODY), READING),
        (Reply(200, {}, PAGE), UnexpectedReply("<html> sk_secret")),
        (Reply(401, {}, PAGE), PermissionLacking("")),
        (Reply(401, {}, error_body("FORBIDDEN").encode()), WrongKey("FORBIDDEN")),
        (Reply(403, {}, PAGE), PermissionLacking("")),
        (Reply(500, {}, error_body("sk_secret").encode()), ServerTrouble(500, "sk_secret")),
        (Reply(500, {}, PAGE), ServerTrouble(502, "")),
        (limited("30"), RateLimited(None)),
        (limited("30"), RateLimited(timedelta(seconds=31))),
        (limited(IN_90_SECONDS), RateLimited(timedelta(seconds=89))),
        (limited("soon"), RateLimited(timedelta(0))),
        (limited("12 Foo"), RateLimited(timedelta(seconds=-1))),
    ],
    ids=repr,
)
def test_a_wrong_answer_is_a_complaint(reply: Reply, answer: BalanceReading | Problem) -> None:
    assert complaint_about(reply, answer) is not None


def test_a_crash_is_a_complaint(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object) -> BalanceReading:
        raise KeyError("availableBalance")

    monkeypatch.setattr(oracle, "reading_of_reply", crash)
    assert verdict_on(GOOD) == ("crash", "crash: KeyError('availableBalance')")
