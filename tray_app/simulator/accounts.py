"""What the server answers for one key: a closed union of behaviours, the documented ones named."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from tray_app.simulator.ledger import FixedBalance, SteadySpending
from tray_app.simulator.reply import HTML_TYPE, Reply, html_reply

SAMPLE_BALANCE = FixedBalance(
    available=1_000_000, cash=800_000, credit_limit=200_000, pending=0, outstanding=0
)
"""The sample of the vendor's reference page."""


@dataclass(frozen=True, slots=True)
class RetryAfter:
    """A Retry-After header: `seconds` from now, written as a number or as an HTTP date."""

    seconds: int
    as_date: bool = False


@dataclass(frozen=True, slots=True)
class ErrorAnswer:
    """The contract's flat error JSON with an HTTP status."""

    status: int
    reason: str
    message: str = ""
    retry_after: RetryAfter | None = None


@dataclass(frozen=True, slots=True)
class Redirect:
    """A redirect to `location`."""

    location: str
    status: int = 302


Answer = FixedBalance | SteadySpending | ErrorAnswer | Redirect | Reply
"""What is answered in proper HTTP; a `Reply` is sent as it is, on every route."""


class Part(Enum):
    """The part of a reply that drips; what precedes it comes at once."""

    HEADERS = "headers"
    BODY = "body"


class CutPoint(Enum):
    """Where a connection ends too early."""

    BEFORE_HEADERS = "before headers"
    INSIDE_HEADERS = "inside headers"
    INSIDE_BODY = "inside body"
    AFTER_SHORT_BODY = "after a whole JSON body that is shorter than its Content-Length"


@dataclass(frozen=True, slots=True)
class Hang:
    """Accepts, reads the request and never answers."""


@dataclass(frozen=True, slots=True)
class Drip:
    """Sends `answer` a byte at a time from `part` on, `interval` seconds apart."""

    part: Part
    interval: float = 1.0
    answer: Answer = SAMPLE_BALANCE


@dataclass(frozen=True, slots=True)
class Cut:
    """Closes the connection inside `answer`, or resets it (TCP RST)."""

    point: CutPoint
    reset: bool = False
    answer: Answer = SAMPLE_BALANCE


@dataclass(frozen=True, slots=True)
class NotHttp:
    """Sends bytes that are not HTTP and closes."""

    payload: bytes = b"\x15\x03\x01\x00\x02\x02\x16 balance, but not as HTTP\r\n\r\n"


@dataclass(frozen=True, slots=True)
class EndlessBody:
    """Sends a chunked body that begins as a balance and never ends."""


@dataclass(frozen=True, slots=True)
class SizedBody:
    """Sends a valid balance, padded with spaces to `size` bytes, or cut to it."""

    size: int


@dataclass(frozen=True, slots=True)
class GzipBomb:
    """Sends a valid balance, padded to `size` bytes and packed with gzip to a thousandth of it."""

    size: int = 64 * 1024 * 1024


Trouble = Hang | Drip | Cut | NotHttp | EndlessBody | SizedBody | GzipBomb
"""What goes wrong below or beside the API's own answers."""

Behaviour = Answer | Trouble


@dataclass(frozen=True, slots=True)
class InTurn:
    """One behaviour per request, in order; the last one stays."""

    behaviours: tuple[Behaviour, ...]

    def __post_init__(self) -> None:
        if not self.behaviours:
            raise ValueError("at least one behaviour is needed")


@dataclass(frozen=True, slots=True)
class ByRoute:
    """One behaviour for the balance and another for every bill: a key's permissions can differ."""

    balance: Behaviour
    bills: Behaviour


Account = Behaviour | InTurn | ByRoute
"""What the server answers for one key, whichever documented route is asked."""


FAILED_TO_AUTH = ErrorAnswer(401, "FAILED_TO_AUTH", "failed to authenticate API key")
INVALID_API_KEY = ErrorAnswer(403, "INVALID_API_KEY", "invalid api-key")
MISSING_API_KEY = ErrorAnswer(400, "MISSING_API_KEY", "missing api key")
FORBIDDEN = ErrorAnswer(403, "FORBIDDEN", "forbidden")
BILLING_AUTH_FAILED = ErrorAnswer(403, "BILLING_AUTH_FAILED", "billing auth failed")
API_NOT_ALLOWED = ErrorAnswer(403, "API_NOT_ALLOWED", "api not allowed")
NOT_ENOUGH_BALANCE = ErrorAnswer(403, "NOT_ENOUGH_BALANCE", "not enough balance")
INVALID_PRODUCT_CATEGORY = ErrorAnswer(400, "INVALID_PRODUCT_CATEGORY", "invalid product category")
INVALID_BILL_CYCLE = ErrorAnswer(400, "INVALID_BILL_CYCLE", "invalid bill cycle")
UNKNOWN = ErrorAnswer(500, "UNKNOWN", "unknown error")
BILLING_FAILED = ErrorAnswer(500, "BILLING_FAILED", "billing failed")
WALLET_NOT_FOUND = ErrorAnswer(500, "WALLET_NOT_FOUND", "wallet not found")
LIST_BILL_ERROR = ErrorAnswer(500, "LIST_BILL_ERROR", "list bill error")

EMPTY = FixedBalance(available=0, cash=0, credit_limit=0, pending=0, outstanding=0)
NEGATIVE = FixedBalance(available=-12_345, cash=0, credit_limit=0, pending=0, outstanding=12_345)

BLOCKED = html_reply(403, "Access denied")
SERVICE_UNAVAILABLE = html_reply(503, "Service temporarily unavailable")
GATEWAY_TIMEOUT = html_reply(504, "Gateway time-out")
NOT_JSON = Reply(200, b'{"availableBalance": "1000000", ')
HTML_IN_200 = Reply(
    200, html_reply(200, "Sign in to the network").body, (("Content-Type", HTML_TYPE),)
)


def rate_limited(seconds: int | None = None, *, as_date: bool = False) -> ErrorAnswer:
    """Return 429 RATE_LIMIT_EXCEEDED, with a Retry-After unless `seconds` is None."""
    return _too_many("RATE_LIMIT_EXCEEDED", seconds, as_date=as_date)


def list_bill_too_fast(seconds: int | None = None, *, as_date: bool = False) -> ErrorAnswer:
    """Return 429 LIST_BILL_TOO_FAST, with a Retry-After unless `seconds` is None."""
    return _too_many("LIST_BILL_TOO_FAST", seconds, as_date=as_date)


def _too_many(reason: str, seconds: int | None, *, as_date: bool) -> ErrorAnswer:
    retry_after = None if seconds is None else RetryAfter(seconds, as_date=as_date)
    return ErrorAnswer(429, reason, "too many requests", retry_after)
