"""Replies with a status that says no, or that says nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from tests.adapters.replies import PAGE, error_body
from tests.core.samples import NOW
from tests.faults.case import NetworkCase, Section
from tests.faults.settings import BODY, account, reply, sent
from tray_app.core.money import Usd
from tray_app.core.problem import (
    BlockedBeforeApi,
    PermissionLacking,
    ProxyFailed,
    ProxyFault,
    RateLimited,
    ServerTrouble,
    TimedOut,
    UnexpectedReply,
    WrongKey,
)
from tray_app.simulator import accounts
from tray_app.simulator.reply import HTML_TYPE, http_date

if TYPE_CHECKING:
    from tests.faults.case import Outcome
    from tray_app.simulator.accounts import ErrorAnswer


def _vendors_own(answer: ErrorAnswer, expected: Outcome) -> NetworkCase:
    return NetworkCase(f"HTTP {answer.status} {answer.reason}", account(answer), expected)


def _page(status: int, expected: Outcome) -> NetworkCase:
    return NetworkCase(
        f"HTTP {status} with a web page", reply(status, PAGE, content_type=HTML_TYPE), expected
    )


def _bare(status: int, expected: Outcome) -> NetworkCase:
    return NetworkCase(f"HTTP {status} with an empty body", reply(status, b""), expected)


KEYS: Final = Section(
    "The key and the way to the API",
    (
        _vendors_own(accounts.FAILED_TO_AUTH, WrongKey("FAILED_TO_AUTH")),
        _vendors_own(accounts.INVALID_API_KEY, WrongKey("INVALID_API_KEY")),
        _vendors_own(accounts.MISSING_API_KEY, WrongKey("MISSING_API_KEY")),
        _page(401, WrongKey("")),
        _vendors_own(accounts.FORBIDDEN, PermissionLacking("FORBIDDEN")),
        _vendors_own(accounts.BILLING_AUTH_FAILED, PermissionLacking("BILLING_AUTH_FAILED")),
        _vendors_own(accounts.API_NOT_ALLOWED, PermissionLacking("API_NOT_ALLOWED")),
        NetworkCase(
            "HTTP 403 with a reason that nobody documented",
            reply(403, error_body("SOMETHING_NEW").encode()),
            PermissionLacking("SOMETHING_NEW"),
        ),
        NetworkCase(
            "HTTP 403 with a key where the reason belongs",
            reply(403, error_body("sk_someones_key").encode()),
            PermissionLacking(""),
        ),
        _page(403, BlockedBeforeApi(403)),
        _bare(403, BlockedBeforeApi(403)),
        NetworkCase("HTTP 403 with a balance", reply(403), BlockedBeforeApi(403)),
        _page(451, BlockedBeforeApi(451)),
        _bare(407, ProxyFailed(ProxyFault.LOGIN_NEEDED)),
        _page(511, UnexpectedReply("HTTP 511", from_elsewhere=True)),
    ),
)
REQUESTS: Final = Section(
    "Other statuses",
    (
        _bare(400, UnexpectedReply("HTTP 400")),
        _vendors_own(
            accounts.INVALID_PRODUCT_CATEGORY,
            UnexpectedReply("HTTP 400, INVALID_PRODUCT_CATEGORY"),
        ),
        _vendors_own(accounts.INVALID_BILL_CYCLE, UnexpectedReply("HTTP 400, INVALID_BILL_CYCLE")),
        _vendors_own(accounts.NOT_ENOUGH_BALANCE, UnexpectedReply("HTTP 403, NOT_ENOUGH_BALANCE")),
        _bare(402, UnexpectedReply("HTTP 402")),
        _page(404, UnexpectedReply("HTTP 404")),
        _bare(405, UnexpectedReply("HTTP 405")),
        _bare(408, TimedOut()),
        _bare(418, UnexpectedReply("HTTP 418")),
        NetworkCase("HTTP 204", reply(204, b""), UnexpectedReply("HTTP 204")),
        NetworkCase("HTTP 206 with a balance", reply(206), UnexpectedReply("HTTP 206")),
        NetworkCase("HTTP 201 with a balance", reply(201), UnexpectedReply("HTTP 201")),
        NetworkCase(
            "HTTP 100 and 103 before a balance",
            sent(
                b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"
                b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(BODY) + BODY
            ),
            Usd.of_units(123_400),
        ),
        NetworkCase(
            "HTTP 101 to another protocol",
            sent(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"),
            UnexpectedReply("the reply is not HTTP"),
        ),
    ),
)


def _limited(name: str, retry_after: str, expected: timedelta | None) -> NetworkCase:
    setting = reply(429, error_body("RATE_LIMIT_EXCEEDED").encode(), retry_after=retry_after)
    return NetworkCase(f"HTTP 429, Retry-After {name}", setting, RateLimited(expected))


def _moment(seconds: int) -> str:
    return http_date(int(NOW.timestamp()) + seconds)


RATES: Final = Section(
    "Too many requests",
    (
        _vendors_own(accounts.rate_limited(), RateLimited(None)),
        _vendors_own(accounts.list_bill_too_fast(), RateLimited(None)),
        _page(429, RateLimited(None)),
        _limited("of 90 seconds", "90", timedelta(seconds=90)),
        _limited("of 0 seconds", "0", timedelta(0)),
        _limited("of thirty years", "999999999", timedelta(seconds=999_999_999)),
        _limited("as a date in five minutes", _moment(300), timedelta(minutes=5)),
        _limited("as a date in the past", _moment(-3_600), timedelta(0)),
        _limited(
            "as a date in the year 9999",
            "Fri, 31 Dec 9999 23:59:59 GMT",
            datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC) - NOW,
        ),
        _limited("of more seconds than anybody means", "9" * 40, None),
        _limited("as a word", "soon", None),
        _limited("below zero", "-30", None),
        _limited("with a fraction", "1.5", None),
    ),
    note="What a reply asks for is kept, up to half an hour.",
)


def _unavailable(name: str, retry_after: str, expected: timedelta) -> NetworkCase:
    return NetworkCase(
        f"HTTP 503, Retry-After {name}",
        reply(503, b"", retry_after=retry_after),
        ServerTrouble(503, "", expected),
    )


TROUBLES: Final = Section(
    "Trouble at Novita",
    (
        _vendors_own(accounts.UNKNOWN, ServerTrouble(500, "UNKNOWN")),
        _vendors_own(accounts.BILLING_FAILED, ServerTrouble(500, "BILLING_FAILED")),
        _vendors_own(accounts.WALLET_NOT_FOUND, ServerTrouble(500, "WALLET_NOT_FOUND")),
        _vendors_own(accounts.LIST_BILL_ERROR, ServerTrouble(500, "LIST_BILL_ERROR")),
        _bare(500, ServerTrouble(500, "")),
        NetworkCase("HTTP 500 with a balance", reply(500), ServerTrouble(500, "")),
        _page(502, ServerTrouble(502, "")),
        _page(503, ServerTrouble(503, "")),
        _unavailable("of two minutes", "120", timedelta(minutes=2)),
        _unavailable("as a date in ten minutes", _moment(600), timedelta(minutes=10)),
        _page(504, ServerTrouble(504, "")),
        _bare(520, ServerTrouble(520, "")),
        NetworkCase(
            "HTTP 500 with an unreadable compression",
            reply(500, b"x", content_encoding="br"),
            ServerTrouble(500, ""),
        ),
        NetworkCase(
            "HTTP 502 with a page above 64 KiB",
            reply(502, b" " * 70_000, content_type=HTML_TYPE),
            ServerTrouble(502, ""),
        ),
    ),
)
