from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.samples import NOW
from tests.presentation.reports import KNOWN, NOTHING, moments, reports
from tray_app.core.configuration import MOST_ACCOUNTS
from tray_app.core.instance_protocol import LONGEST_STATUS
from tray_app.core.runway import LONGEST, Empty, Lasting, Learning, NotSpending
from tray_app.presentation.status_document import (
    TrayStatus,
    UnreadableStatusError,
    account_object,
    read_status,
    status_document,
    status_line,
)

if TYPE_CHECKING:
    from datetime import datetime

    from tray_app.presentation.account_report import AccountReport

STATUS = TrayStatus("default", (KNOWN,))


def _each(key: str, values: tuple[object, ...]) -> list[tuple[str, object]]:
    return [(key, value) for value in values]


def _to_the_second(report: AccountReport) -> AccountReport:
    """Return what of a report is told: spans in whole seconds."""
    second = timedelta(seconds=1)

    def whole(span: timedelta) -> timedelta:
        return span // second * second

    match report.runway:
        case Learning(seen):
            return replace(report, runway=Learning(whole(seen)))
        case NotSpending(idle):
            return replace(report, runway=NotSpending(whole(idle)))
        case Lasting(middle, low, high):
            return replace(report, runway=Lasting(whole(middle), whole(low), whole(high)))
        case Empty() | None:
            return report


@given(st.lists(reports(), min_size=1, max_size=4, unique_by=lambda each: each.account), moments)
def test_what_is_told_is_what_is_read(accounts: list[AccountReport], now: datetime) -> None:
    status = TrayStatus(accounts[-1].account, tuple(accounts), "https://example.org")
    line = status_line(status, now)
    assert line.isascii()
    assert line.endswith(b"}\n")
    assert line.count(b"\n") == 1
    read = read_status(line[:-1])
    assert read == replace(status, accounts=tuple(map(_to_the_second, accounts)))
    assert read.shown_account.account == accounts[-1].account


def test_an_account_has_always_the_same_keys() -> None:
    known = account_object(KNOWN, NOW + timedelta(seconds=61.5))
    assert known == {
        "account": "default",
        "available": "12.3400",
        "cash": "10.3400",
        "credit_limit": "2.0000",
        "pending_charges": "0.0000",
        "outstanding_invoices": "0.0000",
        "currency": "USD",
        "taken_at": "2026-03-29T01:30:00.000Z",
        "age_seconds": 61,
        "stale": False,
        "level": "healthy",
        "runway": "lasting",
        "middle_seconds": 777600,
        "low_seconds": 518400,
        "high_seconds": 1209600,
        "runs_out": "2026-04-07T01:30:00.000Z",
        "runs_out_low": "2026-04-04T01:30:00.000Z",
        "runs_out_high": "2026-04-12T01:30:00.000Z",
        "seen_seconds": None,
        "idle_seconds": None,
        "problem": None,
        "exit_code": 0,
        "message": None,
        "next_refresh": "2026-03-29T01:35:00.000Z",
    }
    nothing = account_object(NOTHING, NOW)
    assert list(nothing) == list(known)
    told = {name for name, value in nothing.items() if value is not None}
    assert told == {"account", "currency", "stale", "exit_code"}


def test_the_document_can_grow() -> None:
    document = status_document(STATUS, NOW)
    assert list(document) == ["schema", "shown", "api_url", "accounts"]
    document["later"] = {"than": "this"}
    document["accounts"][0]["later"] = [1]
    assert read_status(json.dumps(document).encode()) == STATUS


def test_as_many_accounts_as_there_may_be_fit() -> None:
    accounts = tuple(
        replace(KNOWN, account=f"{number:032}", message="m" * 300)
        for number in range(MOST_ACCOUNTS)
    )
    assert len(status_line(TrayStatus("0" * 32, accounts), NOW)) < LONGEST_STATUS / 2


@pytest.mark.parametrize(
    "line",
    [b"", b"{}", b"[]", b"null", b"shown", b"\xff", b"[" * 50_000, b"9" * 5_000, b'{"schema": 1}'],
    ids=lambda line: repr(line[:10]),
)
def test_what_is_no_answer_is_refused(line: bytes) -> None:
    with pytest.raises(UnreadableStatusError):
        read_status(line)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        *_each("schema", (2, None, "1")),
        *_each("shown", ("other", None, 1, "\x1b[2J", "")),
        *_each("accounts", (None, [], [None], {}, 1)),
        *_each("api_url", (1, "\n", [])),
    ],
)
def test_a_document_of_another_form_is_refused(key: str, value: object) -> None:
    line = json.dumps({**status_document(STATUS, NOW), key: value}).encode()
    with pytest.raises(UnreadableStatusError):
        read_status(line)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        *_each("account", (None, 1, "\x1b[2J", "sk_demo")),
        *_each("available", (12.34, "1e3", "", "NaN", "१२", 12)),
        *_each("cash", (0, "-", {})),
        *(
            ("taken_at", value)
            for value in (None, 1, "", "now", "2026-03-29T01:30:00", "2026-03-29T01:30:00+01:00")
        ),
        *_each("level", ("fine", 1, [])),
        *_each("runway", ("endless", 1, [])),
        *_each("middle_seconds", (-1, 1.5, True, "1", 10**30)),
        *_each("next_refresh", (1, "soon")),
        *_each("problem", ("", "\x1b[2J", "offline now", 1)),
    ],
)
def test_an_account_of_another_form_is_refused(key: str, value: object) -> None:
    document = status_document(STATUS, NOW)
    document["accounts"][0][key] = value
    with pytest.raises(UnreadableStatusError):
        read_status(json.dumps(document).encode())


@pytest.mark.parametrize(
    ("message", "code"),
    [("\x1b[2J", 7), (None, 7), ("a\nb", 7), ("Offline.", 256), ("Offline.", None)],
)
def test_a_problem_of_another_form_is_refused(message: object, code: object) -> None:
    document = status_document(STATUS, NOW)
    told = {"problem": "offline", "message": message, "exit_code": code}
    document["accounts"][0].update(told)
    with pytest.raises(UnreadableStatusError):
        read_status(json.dumps(document).encode())


def test_more_than_a_year_is_read_as_such() -> None:
    endless = replace(KNOWN, runway=Lasting(LONGEST, timedelta(days=300), LONGEST))
    line = status_line(TrayStatus("default", (endless,)), NOW)
    assert read_status(line).accounts == (endless,)


def test_an_account_is_found_by_its_name() -> None:
    assert STATUS.account(KNOWN.account) == KNOWN
    assert STATUS.account("another") is None
