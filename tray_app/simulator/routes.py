"""From a request to its exchange: the edge, the routes, the key, the account."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, assert_never

from tray_app.simulator import bill_routes
from tray_app.simulator.accounts import (
    BLOCKED,
    FAILED_TO_AUTH,
    MISSING_API_KEY,
    SAMPLE_BALANCE,
    Answer,
    Cut,
    Drip,
    EndlessBody,
    ErrorAnswer,
    GzipBomb,
    Hang,
    NotHttp,
    Redirect,
    SizedBody,
)
from tray_app.simulator.bill_routes import Funds
from tray_app.simulator.delivery import Exchange
from tray_app.simulator.ledger import FixedBalance, SteadySpending
from tray_app.simulator.query import RefusedError
from tray_app.simulator.reply import Reply, http_date, json_reply

if TYPE_CHECKING:
    from tray_app.simulator.account_book import AccountBook
    from tray_app.simulator.request import Request

Endpoint = Callable[[Funds, Mapping[str, str], int], Reply]

BALANCE_PATH = "/openapi/v1/billing/balance/detail"
LIBRARY_AGENTS = ("python-httpx", "python-requests", "python-urllib", "curl")
FIELD_NAMES = {
    "available": "availableBalance",
    "cash": "cashBalance",
    "credit_limit": "creditLimit",
    "pending": "pendingCharges",
    "outstanding": "outstandingInvoices",
}


def balance_detail(funds: Funds, parameters: Mapping[str, str], now: int) -> Reply:
    """Answer the balance: a bare object of string fields in wire units."""
    del parameters
    balance = funds if isinstance(funds, FixedBalance) else funds.balance_at(now)
    amounts = {field: getattr(balance, name) for name, field in FIELD_NAMES.items()}
    return json_reply(
        {field: str(amount) for field, amount in amounts.items() if amount is not None}
    )


ENDPOINTS: Mapping[str, Endpoint] = {
    BALANCE_PATH: balance_detail,
    "/openapi/v1/billing/bill/list": bill_routes.bill_list,
    "/openapi/v1/billing/apikey/bill/list": bill_routes.api_key_bill_list,
    "/openapi/v1/billing/monthly/bill": bill_routes.monthly_bill,
    "/openapi/v1/billing/bill/monthly/list": bill_routes.subscription_list,
    "/openapi/v1/bill/transaction": bill_routes.transactions,
}


def respond(request: Request, accounts: AccountBook, now: int) -> Exchange:
    """Return what `request` gets at `now` (Unix seconds).

    The edge looks at the agent before anything else; then come route, method and key.
    """
    agent = request.headers.get("user-agent", "").lower()
    if not agent or agent.startswith(LIBRARY_AGENTS):
        return Exchange(BLOCKED)
    endpoint = ENDPOINTS.get(request.path)
    if endpoint is None:
        return Exchange(error_reply(ErrorAnswer(404, "NOT_FOUND", "no such route"), now))
    if request.method != "GET":
        refused = error_reply(ErrorAnswer(405, "METHOD_NOT_ALLOWED", "only GET is served"), now)
        return Exchange(Reply(405, refused.body, (*refused.headers, ("Allow", "GET"))))
    if request.scheme is None:
        return Exchange(error_reply(MISSING_API_KEY, now))
    behaviour = accounts.behaviour(request.key or "", of_balance=request.path == BALANCE_PATH)
    match behaviour:
        case None:
            return Exchange(error_reply(FAILED_TO_AUTH, now))
        case Drip(answer=answer) | Cut(answer=answer):
            return Exchange(_reply(answer, endpoint, request, now), behaviour)
        case Hang() | NotHttp() | EndlessBody() | SizedBody() | GzipBomb():
            return Exchange(_reply(SAMPLE_BALANCE, endpoint, request, now), behaviour)
        case _:
            return Exchange(_reply(behaviour, endpoint, request, now))


def error_reply(answer: ErrorAnswer, now: int) -> Reply:
    """Return the contract's flat error object; `code` repeats the HTTP status."""
    headers: tuple[tuple[str, str], ...] = ()
    if answer.retry_after is not None:
        seconds = answer.retry_after.seconds
        value = http_date(now + seconds) if answer.retry_after.as_date else str(seconds)
        headers = (("Retry-After", value),)
    body = {
        "code": answer.status,
        "reason": answer.reason,
        "message": answer.message,
        "metadata": {},
    }
    return json_reply(body, answer.status, headers)


def _reply(answer: Answer, endpoint: Endpoint, request: Request, now: int) -> Reply:
    match answer:
        case Reply():
            return answer
        case ErrorAnswer():
            return error_reply(answer, now)
        case Redirect(location, status):
            return Reply(status, headers=(("Location", location),))
        case FixedBalance() | SteadySpending():
            try:
                return endpoint(answer, request.parameters, now)
            except RefusedError as refused:
                return error_reply(refused.answer, now)
        case _:
            assert_never(answer)
