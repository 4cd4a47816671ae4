"""What happened between two readings, told apart by cash, credit limit and what is owed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from tray_app.core.history import Change
from tray_app.core.light_dataclass import dataclass
from tray_app.core.money import ZERO, Usd

if TYPE_CHECKING:
    from tray_app.core.reading import BalanceReading
    from tray_app.core.spend_series import SpendSeries

_DOLLAR: Final = Usd.of_cents(100)
_SMALLEST_PAYMENT: Final = _DOLLAR
# What people pay, the roundest first. Of the large steps one multiple must fit the usual spending;
# of the small ones it must fit so closely that chance alone would seldom do it.
_STEPS_IN_CENTS: Final = (1000, 500, 100, 50, 10, 5, 1)
_LARGE_STEP: Final = Usd.of_cents(500)
_CLOSE_FIT: Final = 4
# A limit is recognised by its amount to a tenth.
_NEARLY: Final = 10
_PACE_OF: Final = timedelta(days=1)
_MICROSECOND: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class _Differences:
    """By how much each amount grew; zero, and for cash None, where one reading lacks it."""

    available: Usd
    cash: Usd | None
    credit_limit: Usd
    owed: Usd
    pending: Usd


@dataclass(frozen=True, slots=True)
class _Payment:
    """An amount that was paid, seen through the spending of the same time."""

    amount: Usd
    step: Usd
    """The largest round step that it is a multiple of; zero where it is not round."""


def change_between(before: BalanceReading, after: BalanceReading, usual: Usd = ZERO) -> Change:
    """Return what happened from one reading to the next.

    ``usual`` is what would be spent in that time at the pace of late, zero where nobody knows. The
    result is exact, whatever the readings say: its net is the difference of what is available.
    """
    grown = _differences(before, after)
    credit_limit = _effect_of_limit(grown)
    rest = grown.available - credit_limit
    cash = _believed_cash(grown.cash, rest, usual)
    inflow = max(rest, cash or ZERO, ZERO)
    spent = inflow - rest
    settled, paid = _origins(inflow, cash, grown, usual)
    came_back = inflow - settled - paid
    # Spending that the net hides.
    hidden = _payment_behind(paid, usual).amount - paid if spent == ZERO else ZERO
    return Change(
        spent=spent + hidden,
        topped_up=paid + hidden,
        refunded=came_back,
        credit_limit=credit_limit,
        invoices_settled=settled,
    )


def depends_on_usual(before: BalanceReading, after: BalanceReading) -> bool:
    """Return whether the usual spending can matter to :func:`change_between`.

    Without a limit that changed or an amount that grew all is spending, whatever is usual.
    """
    grown = _differences(before, after)
    cash = grown.cash or ZERO
    return grown.credit_limit != ZERO or max(grown.available, cash) > ZERO


def usual_spending(spends: SpendSeries, span: timedelta) -> Usd:
    """Return what is spent in ``span`` at the pace of the last day of ``spends``.

    No spends are no spending. Where they cover less than a day, the pace is theirs. Time that no
    spend covers is idle.
    """
    if not spends:
        return ZERO
    end = spends.end
    begin = max(spends.begin, end - _PACE_OF)
    spent = spends.spent(begin, end)
    return spent.scaled(span // _MICROSECOND, (end - begin) // _MICROSECOND)


def _differences(before: BalanceReading, after: BalanceReading) -> _Differences:
    available, cash = after.available - before.available, _growth(before.cash, after.cash)
    limit = _growth(before.credit_limit, after.credit_limit)
    return _Differences(
        available=available,
        cash=cash,
        credit_limit=_limit_that_came(before, after, available - (cash or ZERO))
        if limit is None
        else limit,
        owed=_growth(before.outstanding_invoices, after.outstanding_invoices) or ZERO,
        pending=_growth(before.pending_charges, after.pending_charges) or ZERO,
    )


def _limit_that_came(before: BalanceReading, after: BalanceReading, unexplained: Usd) -> Usd:
    """Return the limit that one reading lacks, where it is what the available amount grew by.

    Nearly, since something may have been spent as well; else the reply just left it out.
    """
    limit = (after.credit_limit or ZERO) - (before.credit_limit or ZERO)
    is_it = abs(unexplained - limit).scaled(_NEARLY, 1) <= abs(limit)
    return limit if is_it else ZERO


def _growth(before: Usd | None, after: Usd | None) -> Usd | None:
    return None if before is None or after is None else after - before


def _effect_of_limit(grown: _Differences) -> Usd:
    """Return what the limit did to the available amount: all of its change, or nothing yet.

    Whichever leaves a rest that the other amounts explain better, with what is owed counted
    against cash or not.
    """
    cash = grown.cash or ZERO
    explained = (cash, cash - grown.owed - grown.pending)

    def unexplained(effect: Usd) -> Usd:
        return min(abs(grown.available - effect - rest) for rest in explained)

    whole = grown.credit_limit
    return whole if unexplained(whole) <= unexplained(ZERO) else ZERO


def _believed_cash(cash: Usd | None, rest: Usd, usual: Usd) -> Usd | None:
    """Return by how much cash grew, and zero where the available amount does not show that yet.

    Cash may grow by more than the available amount because of spending that only the latter knows.
    Far beyond that, the vendor moves the two at different moments, and the next reading tells.
    """
    if cash is not None and cash - rest > _most_spent(usual):
        return ZERO
    return cash


def _origins(inflow: Usd, cash: Usd | None, grown: _Differences, usual: Usd) -> tuple[Usd, Usd]:
    """Return how much of the inflow is settled invoices, and how much was paid in.

    What is neither came back: charges that were released or taken back.
    """
    through_cash = ZERO if cash is None else min(max(cash, ZERO), inflow)
    settled = min(max(-grown.owed, ZERO), inflow - through_cash)
    came = inflow - settled
    if _paid_an_invoice(inflow, came, through_cash, grown, usual):
        return ZERO, inflow
    if through_cash >= _SMALLEST_PAYMENT:
        return settled, through_cash
    if came < _SMALLEST_PAYMENT or came <= -grown.pending:
        return settled, ZERO
    # Where cash shows a payment at another reading, its roundness alone tells.
    is_payment = cash is None or _roundness(came, usual) >= _DOLLAR
    return settled, came if is_payment else ZERO


def _paid_an_invoice(
    inflow: Usd, came: Usd, through_cash: Usd, grown: _Differences, usual: Usd
) -> bool:
    """Return whether all of the inflow is one payment, part of which went to an invoice.

    The rounder reading wins: $20 of which $7.31 went to an invoice, rather than $12.69 beside one
    that was paid by card; and $20 that an invoice of $30 swallowed, rather than a third of it paid
    from cash and the rest by card.
    """
    whole = _roundness(inflow, usual)
    if -grown.owed - inflow > _most_spent(usual):
        return whole >= _DOLLAR
    may_hold_payment = came >= _SMALLEST_PAYMENT and (grown.cash is None or through_cash > ZERO)
    return may_hold_payment and whole > _roundness(came, usual)


def _most_spent(usual: Usd) -> Usd:
    """Return what is far more than could have been spent."""
    return _DOLLAR + usual.scaled(10, 1)


def _roundness(net: Usd, usual: Usd) -> Usd:
    """Return the round step of the payment behind ``net``; zero where chance may have made it."""
    payment = _payment_behind(net, usual)
    is_close = payment.amount == net or _window(usual) <= payment.step.scaled(1, _CLOSE_FIT)
    return payment.step if is_close else ZERO


def _payment_behind(net: Usd, usual: Usd) -> _Payment:
    """Return the payment that ``net`` is what is left of, after about the ``usual`` spending.

    People pay round amounts: $19.98 where 2 cents are usual is $20 and 2 cents spent. A net of
    whole dollars is one itself, as hardly any spending would leave it.
    """
    if net < _SMALLEST_PAYMENT:
        return _Payment(net, ZERO)
    steps = [Usd.of_cents(cents) for cents in _STEPS_IN_CENTS]
    exact = next((step for step in steps if net.up_to_multiple_of(step) == net), ZERO)
    if exact >= _DOLLAR or usual <= ZERO:
        return _Payment(net, exact)
    for step in steps:
        payment = (net + usual.scaled(1, 2)).up_to_multiple_of(step)
        fits = _window(usual) <= (step if step >= _LARGE_STEP else step.scaled(1, _CLOSE_FIT))
        if fits and payment - net <= usual.scaled(2, 1):
            return _Payment(payment, step)
    return _Payment(net, exact)


def _window(usual: Usd) -> Usd:
    """Return how far the spending that passes for usual may vary: from half of it to twice."""
    return usual.scaled(3, 2)
