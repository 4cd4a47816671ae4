"""The bills of a steady account, cut from its ledger: a row is the difference of two readings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import TYPE_CHECKING, assert_never

from tray_app.simulator.ledger import (
    DAY,
    FINE_PER_WIRE,
    HOUR,
    WEEK,
    Product,
    SteadySpending,
    decimal_usd,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

OWNER_ID = "900001"
MONDAY = 4 * DAY
PAY_AS_YOU_GO = 1
TOKENS_PER_PRICE = 1_000_000
Row = dict[str, str | int]


class Cycle(Enum):
    """How long a row lasts: UTC hours, days, weeks from Monday on, calendar months."""

    HOUR = "Hour"
    DAY = "Day"
    WEEK = "Week"
    MONTH = "Month"


@dataclass(frozen=True, slots=True)
class Span:
    """Whole hours, in Unix seconds, `end` excluded."""

    start: int
    end: int


def billed_span(account: SteadySpending, start: int, end: int, now: int) -> Span:
    """Return the whole hours inside `start` to `end` (its second included) that are over by `now`.

    Rows are written hourly, so the running hour has none; whether a caller ends a day at 23:59:59
    or at the next midnight makes no difference.
    """
    opened = account.opened_at - account.opened_at % HOUR
    first = max(-(-start // HOUR) * HOUR, opened)
    last = min(end + 1, now)
    return Span(first, max(last - last % HOUR, first))


def cycles(span: Span, cycle: Cycle) -> Iterator[Span]:
    """Cut `span` at the boundaries of `cycle`; the pieces at both ends may be shorter."""
    start = span.start
    while start < span.end:
        end = min(_next_boundary(start, cycle), span.end)
        yield Span(start, end)
        start = end


def bill_row(account: SteadySpending, product: Product, span: Span) -> Row | None:
    """Return what `product` cost during `span` as a row of the contract, None if nothing.

    Integer amounts are wire units with the fraction dropped; the decimal strings are exact.
    """
    amount = account.spent_on(product, span.end) - account.spent_on(product, span.start)
    if not amount:
        return None
    vouched_end, vouched_start = map(account.voucher_part, (span.end, span.start))
    voucher = account.spent_on(product, vouched_end) - account.spent_on(product, vouched_start)
    return {
        **_period(span),
        "productName": product.name,
        "productId": product.product_id,
        "category": product.category,
        **_tokens(product, amount),
        **_amounts(amount, voucher),
    }


def summary_row(account: SteadySpending, span: Span) -> Row | None:
    """Return the control total of all products during `span`, or None if nothing was spent."""
    amount = account.spent(span.end) - account.spent(span.start)
    if not amount:
        return None
    paid = account.paid(span.end) - account.paid(span.start)
    return {
        **_period(span),
        "productName": "summary",
        "productId": "",
        "category": "summary",
        **_amounts(amount, amount - paid),
    }


def _period(span: Span) -> Row:
    return {
        "startTime": str(span.start),
        "endTime": str(span.end - 1),
        "billingMethod": PAY_AS_YOU_GO,
        "ownerID": OWNER_ID,
    }


def _tokens(product: Product, amount: int) -> Row:
    counts = [0] * 6
    prices = [product.input_price, product.output_price, 0, 0, 0, 0]
    if product.input_price and product.output_price:
        for_input = amount * 3 // 5
        for number, cost in enumerate((for_input, amount - for_input)):
            counts[number] = cost * TOKENS_PER_PRICE // (prices[number] * FINE_PER_WIRE)
    row: Row = {}
    for number, (count, price) in enumerate(zip(counts, prices, strict=True)):
        row[f"billNum{number}"] = str(count)
        row[f"basePrice{number}"] = str(price)
        row[f"discountPrice{number}"] = str(price)
    return row


def _amounts(amount: int, voucher: int) -> Row:
    payable = amount - voucher
    return {
        "amount": str(amount // FINE_PER_WIRE),
        "voucherAmount": str(voucher // FINE_PER_WIRE),
        "payAmount": str(payable // FINE_PER_WIRE),
        "pricePrecision": "4",
        "payAmountDisplay": decimal_usd(payable),
        "originAmountDecimal": decimal_usd(amount),
        "amountDecimal": decimal_usd(amount),
        "voucherAmountDecimal": decimal_usd(voucher),
        "payableDecimal": decimal_usd(payable),
    }


def _next_boundary(instant: int, cycle: Cycle) -> int:
    match cycle:
        case Cycle.HOUR:
            return instant + HOUR - instant % HOUR
        case Cycle.DAY:
            return instant + DAY - instant % DAY
        case Cycle.WEEK:
            return instant + WEEK - (instant - MONDAY) % WEEK
        case Cycle.MONTH:
            return next_month(instant)
        case _:
            assert_never(cycle)


def next_month(instant: int) -> int:
    """Return the start of the calendar month (UTC) after the one that holds `instant`."""
    moment = datetime.fromtimestamp(instant, UTC)
    years, month = divmod(moment.month, 12)
    return int(datetime(moment.year + years, month + 1, 1, tzinfo=UTC).timestamp())
