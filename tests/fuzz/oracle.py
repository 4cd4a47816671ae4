"""What a reply means, said a second time: by strict tokens and ``decimal``, from the documents."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Final

from tests.adapters.replies import FIELDS, OURS, PERMISSION, RATE, TROUBLE, WRONG_KEY
from tests.core.samples import NOW
from tests.fuzz.strict_json import NotStrictError, Number, read_strictly
from tray_app.adapters.novita_reply import reading_of_reply
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

# How deep the program's reader goes depends on the interpreter: a body that nests deeper than
# this may be refused instead of read.
_SURE_DEPTH: Final = 400
_MAX_WHOLE_DIGITS: Final = 15
_MAX_FRACTION_DIGITS: Final = 12
_MAX_REASON: Final = 64
_MAX_SECONDS_DIGITS: Final = 9
_DIGITS: Final = frozenset("0123456789")
_CAPITALS: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_PLAIN_DETAIL: Final = re.compile(r"[A-Za-z0-9_, -]{1,120}", re.ASCII)
_BESIDE_AN_ERROR: Final = {"message", "metadata", "error", "errors"}
_MONTHS: Final = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)
# RFC 9110, section 5.6.7: the preferred form. Other forms that a reader may know are not judged,
# nor are the years that old mail software wrote with two digits.
_DATE: Final = re.compile(
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\d\d) ([A-Z][a-z]{2}) ([1-9]\d{3}) "
    r"(\d\d):(\d\d):(\d\d) GMT",
    re.ASCII,
)

Amounts = tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server may send."""

    status: int
    headers: dict[str, str]
    body: bytes


def verdict_on(reply: Reply) -> tuple[str, str | None]:
    """Return what the program read (a type's name), and what is wrong with that, None if nothing.

    Raises nothing, whatever the program raises.
    """
    try:
        got: BalanceReading | Problem = reading_of_reply(
            reply.status, reply.headers, reply.body, NOW
        )
    except ProblemError as error:
        got = error.problem
    except Exception as error:  # noqa: BLE001 — a crash of any kind is what is looked for
        return "crash", f"crash: {error!r}"
    name = type(got).__name__
    return name, complaint_about(reply, got)


def complaint_about(reply: Reply, got: BalanceReading | Problem) -> str | None:
    """Return what is wrong with that answer to the reply, None if nothing."""
    try:
        document, depth = read_strictly(reply.body)
    except NotStrictError:
        candidates = [_expected(reply, None, is_json=False)]
    else:
        candidates = [_expected(reply, document, is_json=True)]
        if depth > _SURE_DEPTH:
            candidates.append(_expected(reply, None, is_json=False))
    if any(_agrees(reply, expected, got) for expected in candidates):
        return None
    return f"expected {candidates[0]!r}, got {got!r}"


def _expected(reply: Reply, document: object, *, is_json: bool) -> Amounts | Problem:
    """Return the amounts in dollars, or the problem; details are not foretold."""
    fields = document if isinstance(document, dict) else {}
    is_error = "code" in fields or "reason" in fields
    if reply.status != 200:
        return _expected_problem(reply.status, _reason(fields), is_error=is_error)
    if not is_json:
        return UnexpectedReply("", from_elsewhere=reply.body.lstrip()[:1] == b"<")
    if is_error or fields.keys() & _BESIDE_AN_ERROR:
        return UnexpectedReply("")
    try:
        amounts = tuple(_dollars(fields.get(name)) for name in FIELDS)
    except ValueError:
        return UnexpectedReply("")
    return UnexpectedReply("") if amounts[0] is None else amounts


def _expected_problem(status: int, reason: str, *, is_error: bool) -> Problem:
    by_reason: list[tuple[list[str], Problem]] = [
        (OURS, UnexpectedReply("")),
        (WRONG_KEY, WrongKey(reason)),
        (PERMISSION, PermissionLacking(reason)),
        (RATE, RateLimited(None)),
        (TROUBLE, ServerTrouble(status, reason)),
    ]
    for reasons, problem in by_reason:
        if reason in reasons:
            return problem
    by_status: dict[int, Problem] = {
        401: WrongKey(reason),
        403: PermissionLacking(reason) if is_error else BlockedBeforeApi(403),
        407: ProxyFailed(ProxyFault.LOGIN_NEEDED),
        408: TimedOut(),
        429: RateLimited(None),
        451: BlockedBeforeApi(451),
        511: UnexpectedReply("", from_elsewhere=True),
        **dict.fromkeys((301, 302, 303, 307, 308), UnexpectedReply("", from_elsewhere=True)),
    }
    otherwise = ServerTrouble(status, reason) if status >= 500 else UnexpectedReply("")
    return by_status.get(status, otherwise)


def _agrees(reply: Reply, expected: Amounts | Problem, got: BalanceReading | Problem) -> bool:
    match expected, got:
        case tuple(), BalanceReading():
            return got.taken_at == NOW and expected == tuple(
                None if amount is None else Decimal(amount.decimal_text())
                for amount in (getattr(got, name) for name in FIELDS.values())
            )
        case UnexpectedReply(_, from_elsewhere), UnexpectedReply(detail, got_from_elsewhere):
            is_plain = _PLAIN_DETAIL.fullmatch(detail) is not None
            return is_plain and from_elsewhere == got_from_elsewhere
        case RateLimited(), RateLimited(asked):
            return _is_what_was_asked(reply, asked)
        case ServerTrouble(status, reason), ServerTrouble(got_status, got_reason, asked):
            return (status, reason) == (got_status, got_reason) and _is_what_was_asked(reply, asked)
        case _:
            return expected == got


def _is_what_was_asked(reply: Reply, asked: timedelta | None) -> bool:
    text = reply.headers.get("retry-after", "").strip()
    if not any(character in _DIGITS for character in text):
        return asked is None
    if set(text) <= _DIGITS:
        return asked == (timedelta(seconds=int(text)) if len(text) <= _MAX_SECONDS_DIGITS else None)
    if (date := _DATE.fullmatch(text)) is not None and date[2] in _MONTHS:
        day, month, year, hour, minute, second = date.groups()
        try:
            moment = datetime(
                int(year),
                _MONTHS.index(month) + 1,
                int(day),
                int(hour),
                int(minute),
                int(second),
                tzinfo=UTC,
            )
        except ValueError:
            return asked is None
        return asked == max(moment - NOW, timedelta(0))
    return asked is None or asked >= timedelta(0)


def _reason(fields: dict[str, object]) -> str:
    reason = fields.get("reason")
    if not isinstance(reason, str) or not 1 <= len(reason) <= _MAX_REASON:
        return ""
    rest_is_plain = set(reason[1:]) <= _CAPITALS | _DIGITS | {"_"}
    return reason if reason[0] in _CAPITALS and rest_is_plain else ""


def _dollars(value: object) -> Decimal | None:
    """Return an amount in dollars; ValueError where it is not one."""
    if value is None:
        return None
    if isinstance(value, Number):
        text, places = value.text, 0
    elif isinstance(value, str):
        text, places = value, _MAX_FRACTION_DIGITS
    else:
        raise ValueError("no text and no number")  # noqa: TRY004 — one kind is enough here
    digits = text[1:] if text[:1] in {"+", "-"} else text
    whole, point, fraction = digits.partition(".")
    if not set(whole + fraction) <= _DIGITS or not 1 <= len(whole) <= _MAX_WHOLE_DIGITS:
        raise ValueError("not so many digits")
    if len(fraction) > places or bool(point) != bool(fraction):
        raise ValueError("not such a fraction")
    return Decimal(text).scaleb(-4)
