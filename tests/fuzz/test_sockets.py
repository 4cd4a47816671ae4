"""Mutated HTTP over real sockets, in short, and that a client with a fault is found out."""

from __future__ import annotations

import pytest

from tests.adapters.asking import neutral_environment
from tests.fuzz import sockets
from tests.fuzz.raw_replies import End, RawReply, raw_reply_of
from tests.fuzz.sockets import meet
from tray_app.adapters import novita_client

SEED = 20_260_329


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    neutral_environment(monkeypatch)


def test_whatever_http_comes_the_client_ends_in_time_with_the_amount_or_a_problem() -> None:
    met = meet(SEED, range(300))
    assert met.faults == []
    assert met.answers.keys() >= {"BalanceReading", "Offline", "TimedOut", "UnexpectedReply"}
    assert met.answers["BalanceReading"] > 300 / 10


@pytest.mark.parametrize(
    ("reply", "fault"),
    [
        (RawReply((b"HTTP/1.1 200 OK\r\n\r\n{}",), End.CLOSE, "7", may_be_read=True), None),
        (
            RawReply(
                (b'HTTP/1.1 200 OK\r\n\r\n{"availableBalance":"8"}',),
                End.CLOSE,
                "7",
                may_be_read=True,
            ),
            "read BalanceReading",
        ),
        (
            RawReply(
                (b'HTTP/1.1 200 OK\r\n\r\n{"availableBalance":"7"}',),
                End.CLOSE,
                "7",
                may_be_read=False,
            ),
            "read BalanceReading",
        ),
    ],
    ids=["no amount", "another amount", "a status that forbids it"],
)
def test_a_wrong_amount_is_a_fault(
    monkeypatch: pytest.MonkeyPatch, reply: RawReply, fault: str | None
) -> None:
    monkeypatch.setattr(sockets, "raw_reply_of", lambda *_: reply)
    faults = meet(0, range(1)).faults
    assert [fault is not None and fault in text for text in faults] == [True] * bool(fault)


def test_an_exception_of_another_kind_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object) -> None:
        raise LookupError("status")

    monkeypatch.setattr(novita_client, "reading_of_reply", crash)
    faults = meet(SEED, range(10)).faults
    assert any("crash: LookupError" in fault for fault in faults)


def test_a_reply_is_the_same_for_the_same_seed_and_number() -> None:
    assert [raw_reply_of(5, n) for n in range(50)] == [raw_reply_of(5, n) for n in range(50)]
    assert raw_reply_of(5, 0) != raw_reply_of(6, 0)
