"""Mutated replies are read as an independent reader says; a reader with a fault is found out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.fuzz.replies import KINDS, reply_of
from tests.fuzz.run import judge_range, main
from tests.fuzz.wire import WireReply, judged
from tray_app.adapters import http_body, novita_reply
from tray_app.core import money

if TYPE_CHECKING:
    from types import ModuleType

SEED = 20_260_329
ENOUGH = range(4_000)


def test_no_mutated_reply_is_misread_and_none_crashes_the_reader() -> None:
    outcomes = judge_range(SEED, ENOUGH)
    assert outcomes.disagreements == []
    answers = {answer for _, answer in outcomes.counts}
    assert answers >= {
        "BalanceReading",
        "BlockedBeforeApi",
        "Offline",
        "PermissionLacking",
        "ProxyFailed",
        "RateLimited",
        "ServerTrouble",
        "TimedOut",
        "UnexpectedReply",
        "WrongKey",
    }
    readings = sum(n for (_, answer), n in outcomes.counts.items() if answer == "BalanceReading")
    assert readings > len(ENOUGH) / 10
    assert {kind for kind, _ in outcomes.counts} == KINDS.keys()


def test_a_reply_is_the_same_for_the_same_seed_and_number() -> None:
    assert [reply_of(5, number) for number in range(50)] == [
        reply_of(5, number) for number in range(50)
    ]
    assert reply_of(5, 0) != reply_of(6, 0)


def _integer(text: str) -> object:
    return novita_reply._Integer(text.partition(".")[0])


FAULTS: list[tuple[ModuleType, str, object]] = [
    (novita_reply, "_object_without_duplicates", dict),
    (novita_reply, "_fractional", _integer),
    (novita_reply, "_reject_constant", _integer),
    (novita_reply, "_NO_BALANCE_FIELDS", frozenset({"code", "message", "error"})),
    (novita_reply, "_REASON_GRAMMAR", re.compile(r"[^<]+", re.DOTALL)),
    (novita_reply, "_SECONDS_GRAMMAR", re.compile(r"\d{1,9}")),
    (novita_reply, "_SECONDS_GRAMMAR", re.compile(r"[0-9]{1,8}")),
    (novita_reply, "_RATE_REASONS", frozenset({"RATE_LIMIT_EXCEEDED"})),
    (money, "_UNITS_GRAMMAR", re.compile(r"([+-]?)(\d{1,15})(?:\.([0-9]{1,12}))?")),
    (money, "_UNITS_GRAMMAR", re.compile(r"([+-]?)([0-9]{1,16})(?:\.([0-9]{1,12}))?")),
    (money, "_UNITS_GRAMMAR", re.compile(r"([+-]?)([0-9]{1,15})(?:\.([0-9]{0,12}))?")),
    (money, "_UNITS_GRAMMAR", re.compile(r"([+]?)([0-9]{1,15})(?:\.([0-9]{1,12}))?")),
    (http_body, "LARGEST_BODY_BYTES", 64 * 1024 + 1),
    (http_body, "LARGEST_BODY_BYTES", 64 * 1024 - 1),
]


@pytest.mark.parametrize(
    ("module", "name", "fault"), FAULTS, ids=[f"{number}" for number in range(len(FAULTS))]
)
def test_a_reader_with_a_fault_is_found_out(
    monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str, fault: object
) -> None:
    monkeypatch.setattr(module, name, fault)
    assert any(
        judge_range(SEED, range(start, start + 200)).disagreements
        for start in range(0, 20_000, 200)
    )


@pytest.mark.parametrize(
    "reply",
    [
        WireReply(200, (), (b'{"availableBalance":', b'"1"}'), breaks_off=True),
        WireReply(200, ((b"content-encoding", b"br"),), (b'{"availableBalance":"1"}',)),
    ],
)
def test_a_body_that_did_not_arrive_whole_is_never_a_reading(reply: WireReply) -> None:
    answer, complaint = judged(reply)
    assert answer in {"Offline", "UnexpectedReply"}
    assert complaint is None


def test_a_disagreement_can_be_shown_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(novita_reply, "_object_without_duplicates", dict)
    number = next(n for n in range(20_000) if judge_range(SEED, range(n, n + 1)).disagreements)
    assert main(["--seed", str(SEED), "--only", str(number)]) == 1
    assert "expected" in capsys.readouterr().out
    monkeypatch.undo()
    assert main(["--seed", str(SEED), "--only", str(number)]) == 0


def test_a_run_prints_its_seed_a_row_for_each_kind_and_its_count(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["300", "--seed", "7"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "seed 7"
    assert {line.split()[0] for line in lines} >= KINDS.keys()
    assert "0 disagreements" in lines
