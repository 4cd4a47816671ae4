"""What an alert says: as a message, and as lines of the menu."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final, assert_never

from tray_app.core.alert import (
    BalanceBelow,
    BalanceEmpty,
    BudgetPeriod,
    BudgetReached,
    KeyRejected,
    LastsLess,
    NoFreshFigure,
    Severity,
    SpendingSpike,
    TopUpArrived,
    is_cured_by_top_up,
)
from tray_app.core.alert_conditions import LONGEST_WITHOUT_FIGURE
from tray_app.core.alerts import severity_of
from tray_app.core.light_dataclass import dataclass
from tray_app.core.money import Usd
from tray_app.core.runway import Lasting
from tray_app.presentation.alert_message import Message, MessageAction, Urgency
from tray_app.presentation.day_wording import moment_text
from tray_app.presentation.headline import SEPARATOR
from tray_app.presentation.runway_wording import runway_row, span_text
from tray_app.presentation.translation import tr
from tray_app.presentation.wording import amount_text, brief_amount_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime, tzinfo

    from tray_app.core.account_state import AccountState
    from tray_app.core.alert import Alert
    from tray_app.core.alert_memory import AlertMemory

_TOLD_FOR: Final = timedelta(days=1)
"""How long the menu tells what was said."""
_URGENCIES: Final = {
    Severity.NEWS: Urgency.LOW,
    Severity.WARNING: Urgency.NORMAL,
    Severity.CRITICAL: Urgency.CRITICAL,
}


@dataclass(frozen=True, slots=True)
class AlertNews:
    """What is to be told of one account."""

    account: str
    alerts: Sequence[Alert]
    """One at least, the gravest first."""
    state: AccountState
    label: str = ""
    """The account's name where the user has several."""

    @property
    def severity(self) -> Severity:
        """That of the gravest alert."""
        return severity_of(self.alerts[0], self.state)


def message_of_several(news: Sequence[AlertNews]) -> tuple[str, Message]:
    """Return one message for all, of which there is one at least, and whose alert is the gravest.

    The others are told by a line each.
    """
    gravest = max(news, key=lambda each: each.severity)
    first, *rest = gravest.alerts
    lines = [alert_title(alert) for alert in rest]
    lines += _explanations(first, gravest.state)
    lines += [
        _labelled(alert_title(alert), each.label)
        for each in news
        if each is not gravest
        for alert in each.alerts
    ]
    return gravest.account, Message(
        title=_labelled(alert_title(first), gravest.label),
        body="\n".join(lines),
        urgency=_URGENCIES[gravest.severity],
        actions=_actions(gravest.alerts),
    )


def _labelled(title: str, label: str) -> str:
    return tr("{account}: {title}", account=label, title=title) if label else title


def alert_title(alert: Alert) -> str:
    """Return an alert in a few words, without a full stop."""
    match alert:
        case BalanceEmpty():
            return tr("The balance is used up")
        case BalanceBelow(threshold):
            return tr("Less than {amount} left", amount=brief_amount_text(threshold))
        case LastsLess(limit):
            return tr("The balance lasts less than {span}", span=span_text(limit))
        case SpendingSpike(per_hour, _):
            return tr("Unusual spending: {amount} an hour", amount=_cents_text(per_hour))
        case BudgetReached(period, percent, budget):
            return _budget_title(period, percent, brief_amount_text(budget))
        case KeyRejected():
            return tr("Novita rejects the API key")
        case NoFreshFigure():
            return tr("No fresh balance for {span}", span=span_text(LONGEST_WITHOUT_FIGURE))
        case TopUpArrived(amount, _):
            return tr("Top-up arrived: +{amount}", amount=amount_text(amount))
        case _:
            assert_never(alert)


def alert_rows(memory: AlertMemory, now: datetime, zone: tzinfo) -> tuple[str, ...]:
    """Return what the menu tells: what was said of late, and until when nothing is."""
    rows = []
    told = memory.told
    if told is not None and timedelta(0) <= now - told.at < _TOLD_FOR:
        rows.append(
            tr(
                "Alert {when}: {alerts}",
                when=moment_text(told.at, now, zone),
                alerts=SEPARATOR.join(map(alert_title, told.alerts)),
            )
        )
    if memory.snooze is not None:
        until = memory.snooze.until
        rows.append(
            tr("Alerts snoozed until a top-up")
            if until is None
            else tr("Alerts snoozed until {when}", when=moment_text(until, now, zone))
        )
    return tuple(rows)


def other_alert_rows(
    account: str, memory: AlertMemory, shown: AlertMemory, now: datetime, zone: tzinfo
) -> tuple[str, ...]:
    """Return what the menu tells of an account beside the ``shown`` one.

    A snooze that both have is told once.
    """
    told = alert_rows(replace(memory, snooze=None), now, zone)
    snoozed = alert_rows(replace(memory, told=None), now, zone)
    known = alert_rows(replace(shown, told=None), now, zone)
    return tuple(_labelled(row, account) for row in told + (snoozed if snoozed != known else ()))


def _budget_title(period: BudgetPeriod, percent: int, budget: str) -> str:
    match period:
        case BudgetPeriod.DAY:
            return tr("{percent} % of today's {budget} spent", percent=percent, budget=budget)
        case BudgetPeriod.MONTH:
            return tr("{percent} % of this month's {budget} spent", percent=percent, budget=budget)
        case _:
            assert_never(period)


def _explanations(alert: Alert, state: AccountState) -> Iterable[str]:
    """Yield what is to be known beside the title."""
    match alert:
        case KeyRejected():
            yield tr("The balance is not watched until you enter another key.")
            return
        case NoFreshFigure():
            yield tr("The menu says what is wrong.")
            return
        case SpendingSpike(_, usual_per_hour):
            yield tr("Usual at this hour: {amount}", amount=_cents_text(usual_per_hour))
        case _:
            pass
    if state.reading is not None:
        yield tr("{amount} available", amount=amount_text(state.reading.available))
    if state.outlook is not None and isinstance(state.outlook.runway, Lasting):
        yield runway_row(state.outlook.runway)


def _cents_text(amount: Usd) -> str:
    # A pace is an estimate: four decimals would claim to know what nobody does.
    return amount_text(Usd.of_cents(amount.whole_steps(100)))


def _actions(alerts: Sequence[Alert]) -> tuple[MessageAction, ...]:
    """Return what can be done, most useful first: three buttons are what services show."""
    if any(is_cured_by_top_up(alert) for alert in alerts):
        return (
            MessageAction.OPEN_BILLING,
            MessageAction.SNOOZE_TODAY,
            MessageAction.SNOOZE_TOP_UP,
        )
    if all(isinstance(alert, TopUpArrived) for alert in alerts):
        return (MessageAction.OPEN_WINDOW,)
    return (MessageAction.OPEN_WINDOW, MessageAction.SNOOZE_HOUR, MessageAction.SNOOZE_TODAY)
