"""What an account has and spends: integer arithmetic, a function of the clock alone.

Two units, both whole numbers. The *wire unit* is 1/10000 USD, as the contract writes amounts. The
*fine unit* is 1/10000 of a wire unit: single charges are smaller than a wire unit, and bills say
so in their decimal strings.
"""

from __future__ import annotations

from dataclasses import dataclass

FINE_PER_WIRE = 10_000
FINE_PER_USD = FINE_PER_WIRE * 10_000
HOUR = 3_600
DAY = 24 * HOUR
WEEK = 7 * DAY

FLAT = (1,)
"""A rhythm without rhythm: every second costs the same."""


@dataclass(frozen=True, slots=True)
class Product:
    """One thing that is billed; `percent` of the account's spending goes to it.

    `input_price` and `output_price` are wire units per million tokens, zero where none are counted.
    """

    name: str
    product_id: str
    category: str
    percent: int
    api_key_name: str
    input_price: int = 0
    output_price: int = 0


PRODUCTS = (
    Product("deepseek/deepseek-v3.2", "1001", "llm", 74, "laptop", 2_690, 4_000),
    Product("qwen/qwen3-coder-480b", "1002", "llm", 19, "ci", 2_900, 12_000),
    Product("flux-kontext-dev", "2001", "gen_api", 6, "laptop"),
    Product("web-search", "3001", "web_search", 1, "ci"),
)
"""What a steady account buys unless told otherwise."""


@dataclass(frozen=True, slots=True)
class FixedBalance:
    """Five amounts in wire units that stay as they are; None leaves a field out of the reply."""

    available: int | None
    cash: int | None = None
    credit_limit: int | None = None
    pending: int | None = None
    outstanding: int | None = None


@dataclass(frozen=True, slots=True)
class TopUp:
    """Money that arrives at an instant: `at` in Unix seconds, `amount` in wire units."""

    at: int
    amount: int


@dataclass(frozen=True, slots=True)
class SteadySpending:
    """An account that spends `per_hour` wire units on average from `opened_at` (Unix seconds) on.

    `cash` and `credit_limit` are wire units, `cash` as of `opened_at`. `rhythm` holds a weight per
    hour and repeats from the Unix epoch on; its mean hour costs `per_hour`. Everything spent before
    `voucher_until` was paid by vouchers and left the cash alone. Spending does not end at zero.
    """

    cash: int
    per_hour: int
    opened_at: int
    credit_limit: int = 0
    top_ups: tuple[TopUp, ...] = ()
    voucher_until: int | None = None
    rhythm: tuple[int, ...] = FLAT
    products: tuple[Product, ...] = PRODUCTS

    def __post_init__(self) -> None:
        if sum(product.percent for product in self.products) != 100:  # noqa: PLR2004 — a whole
            raise ValueError("the products' shares must add up to 100 percent")
        if self.per_hour < 0 or sum(self.rhythm) <= 0 or min(self.rhythm) < 0:
            raise ValueError("spending never runs backwards")

    def spent_on(self, product: Product, until: int) -> int:
        """Return the fine units spent on `product` from the opening to `until`; it never falls.

        One floor of one fraction: however a span is cut, the differences add up to the span's.
        """
        weight = self._weight(max(until, self.opened_at)) - self._weight(self.opened_at)
        fine_per_hour = self.per_hour * FINE_PER_WIRE
        numerator = fine_per_hour * product.percent * weight * len(self.rhythm)
        return numerator // (100 * HOUR * sum(self.rhythm))

    def spent(self, until: int) -> int:
        """Return the fine units spent on everything from the opening to `until`."""
        return sum(self.spent_on(product, until) for product in self.products)

    def voucher_part(self, instant: int) -> int:
        """Return the last instant up to `instant` at which vouchers still paid."""
        until = self.opened_at if self.voucher_until is None else self.voucher_until
        return min(instant, until)

    def paid(self, until: int) -> int:
        """Return the fine units that left the cash by `until`: vouchers do not count."""
        return self.spent(until) - self.spent(self.voucher_part(until))

    def cash_at(self, instant: int) -> int:
        """Return the wire units left at `instant`, rounded down; below zero is credit drawn."""
        received = self.cash + sum(top_up.amount for top_up in self.top_ups if top_up.at <= instant)
        return (received * FINE_PER_WIRE - self.paid(instant)) // FINE_PER_WIRE

    def balance_at(self, instant: int) -> FixedBalance:
        """Return the five amounts at `instant`; credit drawn is owed (inferred)."""
        cash = self.cash_at(instant)
        return FixedBalance(
            available=cash + self.credit_limit,
            cash=max(cash, 0),
            credit_limit=self.credit_limit,
            pending=0,
            outstanding=max(-cash, 0),
        )

    def _weight(self, instant: int) -> int:
        hours, seconds = divmod(instant, HOUR)
        rounds, hour = divmod(hours, len(self.rhythm))
        whole_hours = rounds * sum(self.rhythm) + sum(self.rhythm[:hour])
        return whole_hours * HOUR + self.rhythm[hour] * seconds


def decimal_usd(fine: int) -> str:
    """Write fine units as a decimal string of USD with all eight places."""
    whole, fraction = divmod(abs(fine), FINE_PER_USD)
    return f"{'-' if fine < 0 else ''}{whole}.{fraction:08d}"
