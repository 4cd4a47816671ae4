"""What the server answers in a soak, cycle by cycle, and what the user must then see.

Both sides know it: the command that lays the answers out, and the program that checks each.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from tray_app.simulator import accounts
from tray_app.simulator.accounts import Cut, CutPoint, Drip, ErrorAnswer, NotHttp, Part
from tray_app.simulator.ledger import FixedBalance
from tray_app.simulator.reply import html_reply

if TYPE_CHECKING:
    from tray_app.simulator.accounts import Behaviour

_UNITS_PER_CENT: Final = 100
# Primes, so that amounts neither repeat soon nor keep a rhythm with the rows that come and go.
_STRIDE: Final = 7_919
_LARGE_CENTS: Final = 98_011
_SMALL_CENTS: Final = 1_213
_MOST_DEBT_CENTS: Final = 200


class Weather(StrEnum):
    """A kind of soak."""

    FAIR = "fair"
    FOUL = "foul"
    REJECTING = "rejecting"
    """Every other key is rejected, so that the keyring is asked for the next one."""


class Route(StrEnum):
    """Where a request goes: to the simulator, or to where nothing can be had."""

    SIMULATOR = "simulator"
    IMPATIENT = "simulator, with little time"
    UNTRUSTED = "untrusted"
    CLOSED = "closed"
    NAMELESS = "nameless"


@dataclass(frozen=True, slots=True)
class Cycle:
    """One request: where it goes, what the simulator answers, and what must show afterwards.

    ``problem`` is the name of a problem's type, ``amount`` the amount that a success brings.
    """

    behaviour: Behaviour = accounts.SAMPLE_BALANCE
    route: Route = Route.SIMULATOR
    problem: str | None = None
    amount: str | None = None


def cycle(weather: Weather, number: int) -> Cycle:
    """Return the cycle of this number, from 0 on."""
    if weather is Weather.FOUL and number % 3:
        return FAILURES[(number - number // 3 - 1) % len(FAILURES)]
    if weather is Weather.REJECTING and number % 2:
        return FAILURES[0]
    # Apart by dollars, so that neither an amount nor an icon follows itself: a missed one is seen.
    if number % 4 == 0:
        cents = number * _STRIDE % _SMALL_CENTS - _MOST_DEBT_CENTS
    else:
        cents = number * _STRIDE % _LARGE_CENTS + _SMALL_CENTS
    sign = "-" if cents < 0 else ""
    whole, rest = divmod(abs(cents), 100)
    return Cycle(_balance(cents, number), amount=f"{sign}${whole}.{rest:02}")


def _balance(cents: int, number: int) -> FixedBalance:
    """Return the amounts; some replies lack a field, so that menu rows come and go."""
    units = cents * _UNITS_PER_CENT
    return FixedBalance(
        available=units,
        cash=None if number % 7 == 0 else max(units, 0),
        credit_limit=None if number % 5 == 0 else 0,
        pending=None if number % 3 == 0 else number % 10_000,
        outstanding=None if number % 11 == 0 else max(-units, 0),
    )


def _failing(
    problem: str, *behaviours: Behaviour, route: Route = Route.SIMULATOR
) -> tuple[Cycle, ...]:
    return tuple(Cycle(behaviour, route, problem) for behaviour in behaviours)


FAILURES: Final[tuple[Cycle, ...]] = (
    *_failing("WrongKey", accounts.FAILED_TO_AUTH, accounts.INVALID_API_KEY),
    *_failing("PermissionLacking", accounts.FORBIDDEN, accounts.API_NOT_ALLOWED),
    *_failing("BlockedBeforeApi", accounts.BLOCKED, html_reply(451, "Not here")),
    *_failing(
        "RateLimited",
        accounts.rate_limited(),
        accounts.rate_limited(40),
        accounts.rate_limited(90, as_date=True),
        accounts.list_bill_too_fast(10**8),
    ),
    *_failing(
        "ServerTrouble",
        accounts.UNKNOWN,
        accounts.BILLING_FAILED,
        accounts.SERVICE_UNAVAILABLE,
        accounts.GATEWAY_TIMEOUT,
        ErrorAnswer(503, "", retry_after=accounts.RetryAfter(120)),
    ),
    *_failing(
        "UnexpectedReply",
        accounts.NOT_JSON,
        accounts.HTML_IN_200,
        accounts.NOT_ENOUGH_BALANCE,
        accounts.Redirect("http://127.0.0.1:9/elsewhere"),
        accounts.SizedBody(70_000),
        accounts.SizedBody(20),
        accounts.GzipBomb(1024 * 1024),
        accounts.EndlessBody(),
        NotHttp(),
        FixedBalance(available=None, cash=1),
    ),
    *_failing(
        "Offline",
        *(Cut(point, reset=reset) for point in CutPoint for reset in (False, True)),
    ),
    *_failing("TimedOut", accounts.Hang(), Drip(Part.BODY, interval=0.2), route=Route.IMPATIENT),
    *_failing("ProxyFailed", html_reply(407, "Who are you?")),
    Cycle(route=Route.UNTRUSTED, problem="CertificateRejected"),
    Cycle(route=Route.CLOSED, problem="Offline"),
    Cycle(route=Route.NAMELESS, problem="Offline"),
)
"""A failing cycle of every kind that a server can bring about."""
