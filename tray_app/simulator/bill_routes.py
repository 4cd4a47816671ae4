"""The billing routes: from a query to the rows of an account's ledger."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tray_app.simulator import query
from tray_app.simulator.bills import (
    Cycle,
    Row,
    bill_row,
    billed_span,
    cycles,
    next_month,
    summary_row,
)
from tray_app.simulator.ledger import DAY, FINE_PER_WIRE, HOUR, FixedBalance, SteadySpending
from tray_app.simulator.reply import Reply, json_reply

if TYPE_CHECKING:
    from collections.abc import Mapping

Funds = FixedBalance | SteadySpending
API_KEY_CATEGORIES = ("llm", "gen_api", "web_search")
API_KEY_BILLS_BEGIN = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp())
MONTHLY_BILLS_BEGIN = int(datetime(2025, 10, 1, tzinfo=UTC).timestamp())
LONGEST_HOURLY_BY_KEY = 7 * DAY
BILLS_COME_OUT = 2 * DAY + 10 * HOUR  # day 3 at 10:00 UTC
WIRE_PER_CENT = 100
TOP_UP_TYPE = "recharge"


def bill_list(funds: Funds, parameters: Mapping[str, str], now: int) -> Reply:
    """Answer `bill/list`: one row per product and cycle, or the control totals for `summary`."""
    cycle = query.cycle(parameters)
    category = query.category(parameters, "productCategory", query.CATEGORIES)
    start, end = query.span(parameters, default_end=now)
    rows: list[Row] = []
    if isinstance(funds, SteadySpending):
        for span in cycles(billed_span(funds, start, end, now), cycle):
            if category == query.SUMMARY:
                found = [summary_row(funds, span)]
            else:
                products = [product for product in funds.products if product.category == category]
                found = [bill_row(funds, product, span) for product in products]
            rows += [row for row in found if row is not None and _is_asked_for(row, parameters)]
    return json_reply({"bills": rows})


def api_key_bill_list(funds: Funds, parameters: Mapping[str, str], now: int) -> Reply:
    """Answer `apikey/bill/list`: as `bill_list`, with name and mask of the key that spent it."""
    cycle = query.cycle(parameters)
    category = query.category(parameters, "category", API_KEY_CATEGORIES)
    longest = LONGEST_HOURLY_BY_KEY if cycle is Cycle.HOUR else query.LONGEST
    start, end = query.span(parameters, longest=longest)
    if start < API_KEY_BILLS_BEGIN:
        raise query.invalid("bills by key begin with 2026-01-01")
    rows: list[Row] = []
    if isinstance(funds, SteadySpending):
        for span in cycles(billed_span(funds, start, end, now), cycle):
            for product in funds.products:
                row = bill_row(funds, product, span) if product.category == category else None
                if row is not None:
                    name = product.api_key_name
                    rows.append({**row, "apikeyName": name, "apikeyMask": f"sk_****{name[-2:]}"})
    return json_reply({"bills": rows})


def monthly_bill(funds: Funds, parameters: Mapping[str, str], now: int) -> Reply:
    """Answer `monthly/bill`: every month from `startMonth` on, the running one up to yesterday."""
    start = query.month(parameters, "startMonth", MONTHLY_BILLS_BEGIN)
    page = query.page(parameters, "page", required=False)
    rows = []
    while start <= now:
        rows.append(_month_row(funds, start, now))
        start = next_month(start)
    return json_reply({"data": rows[page]})


def subscription_list(funds: Funds, parameters: Mapping[str, str], now: int) -> Reply:
    """Answer `bill/monthly/list`: no account here has a subscription, so there is never a row."""
    del funds, now
    query.category(parameters, "category", query.CATEGORIES)
    query.span(parameters)
    return json_reply({"bills": []})


def transactions(funds: Funds, parameters: Mapping[str, str], now: int) -> Reply:
    """Answer `bill/transaction`: top-ups, newest first, in cents as once observed.

    The contract does not give the row's shape: its field names are our own.
    """
    page = query.page(parameters, "pageNo", required=True)
    arrived = []
    if isinstance(funds, SteadySpending):
        arrived = [top_up for top_up in funds.top_ups if top_up.at <= now]
    arrived.sort(key=lambda top_up: top_up.at, reverse=True)
    rows = [
        {
            "amount": str(top_up.amount // WIRE_PER_CENT),
            "type": TOP_UP_TYPE,
            "createTime": str(top_up.at),
        }
        for top_up in arrived
    ]
    return json_reply({"data": rows[page], "total": len(rows)})


def _is_asked_for(row: Row, parameters: Mapping[str, str]) -> bool:
    product_name = parameters.get("productName", "").lower()
    category = parameters.get("category", "")
    owner = parameters.get("ownerId", "")
    return (
        product_name in str(row["productName"]).lower()
        and category in ("", row["category"])
        and owner in ("", row["ownerID"])
    )


def _month_row(funds: Funds, start: int, now: int) -> Row:
    end = next_month(start)
    running = now < end
    seen = min(end, now - now % DAY)  # the monthly view is a day late
    total = paid = 0
    if isinstance(funds, SteadySpending):
        total = (funds.spent(seen) - funds.spent(start)) if seen > start else 0
        paid = (funds.paid(seen) - funds.paid(start)) if seen > start else 0
    month = datetime.fromtimestamp(start, UTC).strftime("%Y%m")
    status = "pending" if running else "outed" if now < end + BILLS_COME_OUT else "paid"
    return {
        "billId": f"bill-{month}",
        "billingMonth": f"{month[:4]}-{month[4:]}",
        "totalAmount": str(total // FINE_PER_WIRE),
        "originTotalAmount": str(total // FINE_PER_WIRE),
        "voucherPayAmount": str((total - paid) // FINE_PER_WIRE),
        "cashPayAmount": str(paid // FINE_PER_WIRE),
        "debtAmount": "0",
        "repaidAmount": "0",
        "status": status,
        "invoiceUrl": "",
        "startTime": str(start),
        # As observed: a running month ends before it starts.
        "endTime": str(start - 1 if running else end - 1),
    }
