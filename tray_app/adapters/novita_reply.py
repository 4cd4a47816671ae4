"""Reads Novita's answers: status, headers and body become a reading or a problem.

The vendor's unit, 1/10000 USD, is converted here and nowhere else.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, NoReturn

from tray_app.core.light_dataclass import dataclass
from tray_app.core.money import Usd
from tray_app.core.problem import (
    BlockedBeforeApi,
    PermissionLacking,
    Problem,
    ProblemError,
    ProxyFailed,
    ProxyFault,
    RateLimited,
    ServerTrouble,
    TimedOut,
    UnexpectedReply,
    WrongKey,
)
from tray_app.core.reading import BalanceReading

if TYPE_CHECKING:
    from collections.abc import Mapping

# docs: an error is a flat object of four fields; a balance has none of them.
_ERROR_FIELDS: Final = frozenset({"code", "reason"})
# What stands beside an amount in an error, here or at other gateways: such an amount is none.
_NO_BALANCE_FIELDS: Final = _ERROR_FIELDS | {"message", "metadata", "error", "errors"}
# docs: error codes of the billing and the inference routes.
_WRONG_KEY_REASONS: Final = frozenset({"FAILED_TO_AUTH", "INVALID_API_KEY", "MISSING_API_KEY"})
_PERMISSION_REASONS: Final = frozenset({"FORBIDDEN", "BILLING_AUTH_FAILED", "API_NOT_ALLOWED"})
_RATE_REASONS: Final = frozenset({"RATE_LIMIT_EXCEEDED", "LIST_BILL_TOO_FAST"})
_TROUBLE_REASONS: Final = frozenset(
    {"UNKNOWN", "BILLING_FAILED", "WALLET_NOT_FOUND", "LIST_BILL_ERROR"}
)
# NOT_ENOUGH_BALANCE refuses inference; here it would say neither how much is left nor that
# the key is wrong. The others mean that our own request was wrong.
_UNREADABLE_REASONS: Final = frozenset(
    {"NOT_ENOUGH_BALANCE", "INVALID_PRODUCT_CATEGORY", "INVALID_BILL_CYCLE"}
)
# docs: the API has none; log-in pages of networks and proxies are reached by them.
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
# A reason is shown and logged, so only what looks like one is believed to be one.
_REASON_GRAMMAR: Final = re.compile(r"[A-Z][A-Z0-9_]{0,63}", re.ASCII)
_SECONDS_GRAMMAR: Final = re.compile(r"[0-9]{1,9}", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Integer:
    """A JSON integer as it was written: never a float, and no limit of digits on the way."""

    text: str


@dataclass(frozen=True, slots=True)
class _Fractional:
    """A JSON number with a point or an exponent, which no amount here may be."""


class _UnreadableError(ValueError):
    """The body is not one unambiguous JSON value; the message holds none of it."""


def reading_of_reply(
    status: int, headers: Mapping[str, str], body: bytes, received_at: datetime
) -> BalanceReading:
    """Return the reading in a reply of the balance route, or raise ProblemError.

    ``headers`` is looked up in lower case; ``received_at`` is aware and in UTC.
    """
    try:
        document = _parse_json(body)
    except _UnreadableError as error:
        if status == HTTPStatus.OK:
            raise ProblemError(_unreadable(body, str(error))) from None
        document = None
    reason = _reason_of(document)
    if status != HTTPStatus.OK:
        raise ProblemError(
            _problem_of(
                status,
                reason,
                _retry_after(headers, received_at),
                is_api_error=isinstance(document, dict) and bool(document.keys() & _ERROR_FIELDS),
            )
        )
    if not isinstance(document, dict):
        raise ProblemError(UnexpectedReply("the reply is not an object"))
    if document.keys() & _NO_BALANCE_FIELDS:
        raise ProblemError(UnexpectedReply(f"an error in a 200 reply{_suffix(reason)}"))
    available = _amount(document, "availableBalance")
    if available is None:
        raise ProblemError(UnexpectedReply("availableBalance is missing"))
    return BalanceReading(
        available=available,
        taken_at=received_at,
        cash=_amount(document, "cashBalance"),
        credit_limit=_amount(document, "creditLimit"),
        pending_charges=_amount(document, "pendingCharges"),
        outstanding_invoices=_amount(document, "outstandingInvoices"),
    )


def _amount(document: dict[str, object], field: str) -> Usd | None:
    """Return an amount; None where the field is absent or null; anything else is unexpected."""
    match document.get(field):
        case None:
            return None
        # A JSON number with a fraction would mean that the vendor counts in something else
        # now: its text is exact, but its unit could no longer be believed.
        case str(text) | _Integer(text):
            try:
                return Usd.of_units_text(text)
            except ValueError:
                pass
        case _:
            pass
    raise ProblemError(UnexpectedReply(f"{field} is not an amount"))


def _problem_of(
    status: int, reason: str, retry_after: timedelta | None, *, is_api_error: bool
) -> Problem:
    """Return the problem behind an error reply: by its reason first, by its status second."""
    if reason in _UNREADABLE_REASONS:
        return UnexpectedReply(f"HTTP {status}, {reason}")
    if reason in _WRONG_KEY_REASONS:
        return WrongKey(reason)
    if reason in _PERMISSION_REASONS:
        return PermissionLacking(reason)
    if reason in _RATE_REASONS:
        return RateLimited(retry_after)
    if reason in _TROUBLE_REASONS:
        return ServerTrouble(status, reason, retry_after)
    match status:
        case HTTPStatus.UNAUTHORIZED:
            return WrongKey(reason)
        case HTTPStatus.TOO_MANY_REQUESTS:
            return RateLimited(retry_after)
        case HTTPStatus.FORBIDDEN if is_api_error:
            return PermissionLacking(reason)
        case HTTPStatus.FORBIDDEN | HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS:
            return BlockedBeforeApi(status)
        case HTTPStatus.PROXY_AUTHENTICATION_REQUIRED:
            return ProxyFailed(ProxyFault.LOGIN_NEEDED)
        case HTTPStatus.NETWORK_AUTHENTICATION_REQUIRED:
            # RFC 6585: never the server's own, but a network's that wants a log-in first.
            return UnexpectedReply(f"HTTP {status}", from_elsewhere=True)
        case _ if status in _REDIRECTS:
            return UnexpectedReply(f"HTTP {status}, a redirect", from_elsewhere=True)
        case HTTPStatus.REQUEST_TIMEOUT:
            return TimedOut()
        case _ if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return ServerTrouble(status, reason, retry_after)
        case _:
            return UnexpectedReply(f"HTTP {status}{_suffix(reason)}")


def _retry_after(headers: Mapping[str, str], received_at: datetime) -> timedelta | None:
    """Return what Retry-After asks for (seconds or an HTTP date), None without a usable one."""
    text = headers.get("retry-after", "").strip()
    if _SECONDS_GRAMMAR.fullmatch(text):
        return timedelta(seconds=int(text))
    from email.utils import parsedate_to_datetime  # noqa: PLC0415 — hardly any reply has a date there

    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    if moment.tzinfo is None:
        # RFC 9110 dates are in GMT; "-0000" comes back without a zone.
        moment = moment.replace(tzinfo=UTC)
    return max(moment - received_at, timedelta(0))


def _reason_of(document: object) -> str:
    match document:
        case {"reason": str(reason)} if _REASON_GRAMMAR.fullmatch(reason):
            return reason
        case _:
            return ""


def _unreadable(body: bytes, why: str) -> UnexpectedReply:
    if body.lstrip().startswith(b"<"):
        return UnexpectedReply("a web page", from_elsewhere=True)
    return UnexpectedReply(why)


def _suffix(reason: str) -> str:
    return f", {reason}" if reason else ""


def _parse_json(body: bytes) -> object:
    """Return the body's JSON value with every number kept as text, or raise _UnreadableError."""
    try:
        value: object = json.loads(
            # A byte order mark is allowed to be ignored (RFC 8259, section 8.1).
            body.decode("utf-8-sig"),
            object_pairs_hook=_object_without_duplicates,
            parse_int=_Integer,
            parse_float=_fractional,
            parse_constant=_reject_constant,
        )
    except _UnreadableError:
        raise
    except UnicodeDecodeError:
        raise _UnreadableError("the reply is not UTF-8") from None
    except (ValueError, RecursionError):
        raise _UnreadableError("the reply is not JSON") from None
    return value


def _object_without_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
    document = dict(pairs)
    if len(document) != len(pairs):
        raise _UnreadableError("the reply names a field twice")
    return document


def _fractional(_text: str) -> _Fractional:
    return _Fractional()


def _reject_constant(_text: str) -> NoReturn:
    raise _UnreadableError("the reply is not JSON")
