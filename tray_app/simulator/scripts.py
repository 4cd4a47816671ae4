"""The demo's accounts, each under a well-known key."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tray_app.simulator import accounts
from tray_app.simulator.ledger import DAY, HOUR, WEEK, SteadySpending, TopUp

if TYPE_CHECKING:
    from tray_app.simulator.accounts import Account

DEMO_KEY = "sk_demo_steady"
"""The key that `--demo` uses."""

HISTORY = 5 * WEEK
USD = 10_000
CASH_AT_START = 204_100
TOP_UP = 40 * USD
"""What comes in whenever little is left: every two weeks or so."""
PAST_TOP_UPS = (1 * WEEK + 9 * HOUR, 3 * WEEK + 14 * HOUR)
"""Seconds after the opening."""
FORESEEN_TOP_UPS = (6 * DAY, 22 * DAY, 38 * DAY, 54 * DAY)
"""Seconds after the start of the story."""
REDIRECT_TARGET = "https://elsewhere.invalid/openapi/v1/billing/balance/detail"

_HOURS = (4, 4, 4, 4, 5, 6, 8, 10, 13, 15, 15, 13, 11, 13, 15, 15, 13, 11, 9, 8, 8, 7, 6, 5)
_DAYS = (10, 9, 5, 5, 10, 11, 10)  # from Thursday on, as the Unix epoch was one
WORKING_WEEK = tuple(
    day * hour * (8 + (7 * number) % 5)
    for number, (day, hour) in enumerate((day, hour) for day in _DAYS for hour in _HOURS)
)
"""One weight per hour of a week: quiet nights and weekends, and no two hours quite alike."""


@dataclass(frozen=True, slots=True)
class Script:
    """A demo account: its key, one sentence on what it shows, and the account."""

    key: str
    summary: str
    account: Account


def demo_accounts(now: int) -> dict[str, Account]:
    """Return the demo accounts by key, their stories beginning at `now` (Unix seconds)."""
    return {script.key: script.account for script in demo_scripts(now)}


def demo_scripts(now: int) -> tuple[Script, ...]:
    """Return every demo account with its summary, beginning at `now` (Unix seconds)."""
    return (*_spending(now), *_fixed(), *_refused(), *_in_trouble())


def steady_account(now: int) -> SteadySpending:
    """Return an account of five weeks that has $20.41 and a credit limit of $3 at `now`."""
    opened_at = now - HISTORY
    past = tuple(TopUp(opened_at + after, TOP_UP) for after in PAST_TOP_UPS)
    future = tuple(TopUp(now + after, TOP_UP) for after in FORESEEN_TOP_UPS)
    account = SteadySpending(
        cash=0,
        credit_limit=3 * USD,
        per_hour=USD // 10,
        opened_at=opened_at,
        top_ups=past + future,
        voucher_until=opened_at + 2 * DAY,
        rhythm=WORKING_WEEK,
    )
    return replace(account, cash=CASH_AT_START - account.cash_at(now))


def _spending(now: int) -> tuple[Script, ...]:
    top_up = TopUp(now + 60, 25 * USD)
    return (
        Script(DEMO_KEY, "spends about a dime an hour, from $23.41 on", steady_account(now)),
        Script("sk_demo_low", "below $5, slowly falling", SteadySpending(43_700, 2_000, now)),
        Script("sk_demo_critical", "below $1, slowly falling", SteadySpending(6_200, 500, now)),
        Script(
            "sk_demo_topup",
            "$2.10, and $25 more after a minute",
            SteadySpending(21_000, USD, now, top_ups=(top_up,)),
        ),
    )


def _fixed() -> tuple[Script, ...]:
    return (
        Script("sk_demo_empty", "exactly nothing left", accounts.EMPTY),
        Script("sk_demo_negative", "$1.2345 owed", accounts.NEGATIVE),
    )


def _refused() -> tuple[Script, ...]:
    return (
        Script("sk_demo_wrong_key", "401 FAILED_TO_AUTH", accounts.FAILED_TO_AUTH),
        Script("sk_demo_invalid_key", "403 INVALID_API_KEY", accounts.INVALID_API_KEY),
        Script("sk_demo_no_permission", "403 BILLING_AUTH_FAILED", accounts.BILLING_AUTH_FAILED),
        Script("sk_demo_not_enough", "403 NOT_ENOUGH_BALANCE", accounts.NOT_ENOUGH_BALANCE),
        Script("sk_demo_blocked", "403 with a page instead of JSON", accounts.BLOCKED),
        Script("sk_demo_rate_limited", "429, retry after 30 s", accounts.rate_limited(30)),
        Script("sk_demo_server_trouble", "500 BILLING_FAILED", accounts.BILLING_FAILED),
        Script("sk_demo_unavailable", "503", accounts.SERVICE_UNAVAILABLE),
        Script("sk_demo_gateway_timeout", "504", accounts.GATEWAY_TIMEOUT),
    )


def _in_trouble() -> tuple[Script, ...]:
    drip = accounts.Drip(accounts.Part.BODY)
    cut = accounts.Cut(accounts.CutPoint.INSIDE_BODY)
    flaky = accounts.InTurn(
        (accounts.SAMPLE_BALANCE, accounts.BILLING_FAILED, cut, accounts.SAMPLE_BALANCE)
    )
    return (
        Script("sk_demo_hang", "never answers", accounts.Hang()),
        Script("sk_demo_drip", "a byte of the body a second", drip),
        Script("sk_demo_cut", "closes inside the body", cut),
        Script("sk_demo_garbage", "not HTTP", accounts.NotHttp()),
        Script("sk_demo_not_json", "200 with broken JSON", accounts.NOT_JSON),
        Script("sk_demo_portal", "200 with a sign-in page", accounts.HTML_IN_200),
        Script("sk_demo_huge", "a body without end", accounts.EndlessBody()),
        Script("sk_demo_gzip_bomb", "64 MiB packed into 64 KiB", accounts.GzipBomb()),
        Script("sk_demo_redirect", "302 to another host", accounts.Redirect(REDIRECT_TARGET)),
        Script("sk_demo_flaky", "one answer, two failures, then answers", flaky),
    )
