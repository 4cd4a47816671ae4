"""Each thing that the settings window can choose: how to read it, and what a choice changes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from tray_app.core.configuration import Account, Configuration
from tray_app.core.light_dataclass import dataclass
from tray_app.presentation.settings_entries import InvalidEntryError, days_text
from tray_app.presentation.translation import tr
from tray_app.presentation.wording import amount_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import timedelta

    from tray_app.core.alert_rules import AlertRules, QuietHours
    from tray_app.core.configuration import Language, ProxyChoice
    from tray_app.core.level import Thresholds
    from tray_app.core.money import Usd
    from tray_app.core.settings import IconStyle, Settings

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Choice(Generic[_T]):
    """One thing to choose, for an account by its name; most of them are the same for all."""

    read: Callable[[Configuration, str], _T]
    """Return what is in force."""
    change: Callable[[Configuration, str, _T], Configuration]
    """Return the configuration with another value; InvalidEntryError where it cannot."""


def with_account(configuration: Configuration, name: str) -> Configuration:
    """Return it with one account more, which begins with the first one's settings."""
    added = Account(name, configuration.accounts[0].settings)
    return replace(configuration, accounts=(*configuration.accounts, added))


def without_account(configuration: Configuration, name: str) -> Configuration:
    """Return it without an account that is not the last one; the tray shows another then."""
    rest = tuple(account for account in configuration.accounts if account.name != name)
    shown = None if configuration.shown_account == name else configuration.shown_account
    return replace(configuration, accounts=rest, shown_account=shown)


def _settings(configuration: Configuration, name: str) -> Settings:
    return (configuration.account(name) or configuration.accounts[0]).settings


def _of_all(
    read: Callable[[Settings], _T], change: Callable[[Settings, _T], Settings]
) -> Choice[_T]:
    """Return the choice of a setting that the accounts share."""

    def changed(configuration: Configuration, _name: str, value: _T) -> Configuration:
        accounts = tuple(
            replace(account, settings=change(account.settings, value))
            for account in configuration.accounts
        )
        return replace(configuration, accounts=accounts)

    return Choice(lambda configuration, name: read(_settings(configuration, name)), changed)


def _of_one(
    read: Callable[[Settings], _T], change: Callable[[Settings, _T], Settings]
) -> Choice[_T]:
    """Return the choice of a setting that each account has of its own."""

    def changed(configuration: Configuration, name: str, value: _T) -> Configuration:
        accounts = tuple(
            replace(account, settings=change(account.settings, value))
            if account.name == name
            else account
            for account in configuration.accounts
        )
        return replace(configuration, accounts=accounts)

    return Choice(lambda configuration, name: read(_settings(configuration, name)), changed)


def _of_levels(
    read: Callable[[Thresholds], _T], change: Callable[[Thresholds, _T], Thresholds]
) -> Choice[_T]:
    return _of_one(
        lambda settings: read(settings.thresholds),
        lambda settings, value: replace(settings, thresholds=change(settings.thresholds, value)),
    )


def _of_alerts(
    read: Callable[[AlertRules], _T], change: Callable[[AlertRules, _T], AlertRules]
) -> Choice[_T]:
    return _of_one(
        lambda settings: read(settings.alerts),
        lambda settings, value: replace(settings, alerts=change(settings.alerts, value)),
    )


def _with_low(levels: Thresholds, low: Usd) -> Thresholds:
    if low < levels.critical:
        raise InvalidEntryError(
            tr(
                "Must not be below the critical amount, {amount}.",
                amount=amount_text(levels.critical),
            )
        )
    return replace(levels, low=low)


def _with_critical(levels: Thresholds, critical: Usd) -> Thresholds:
    if critical > levels.low:
        raise InvalidEntryError(
            tr("Must not be above the low amount, {amount}.", amount=amount_text(levels.low))
        )
    return replace(levels, critical=critical)


def _with_low_time(levels: Thresholds, low_time: timedelta) -> Thresholds:
    if low_time < levels.critical_time:
        raise InvalidEntryError(
            tr(
                "Must not be below the critical time, {days}.",
                days=days_text(levels.critical_time),
            )
        )
    return replace(levels, low_time=low_time)


def _with_critical_time(levels: Thresholds, critical_time: timedelta) -> Thresholds:
    if critical_time > levels.low_time:
        raise InvalidEntryError(
            tr("Must not be above the low time, {days}.", days=days_text(levels.low_time))
        )
    return replace(levels, critical_time=critical_time)


REFRESH_INTERVAL: Final[Choice[timedelta]] = _of_all(
    lambda settings: settings.refresh_interval,
    lambda settings, interval: replace(settings, refresh_interval=interval),
)
ICON_STYLE: Final[Choice[IconStyle]] = _of_all(
    lambda settings: settings.icon_style,
    lambda settings, style: replace(settings, icon_style=style),
)
HIDES_AMOUNTS: Final[Choice[bool]] = _of_all(
    lambda settings: settings.hides_amounts,
    lambda settings, hides: replace(settings, hides_amounts=hides),
)
LANGUAGE: Final[Choice[Language]] = Choice(
    lambda configuration, _: configuration.language,
    lambda configuration, _, language: replace(configuration, language=language),
)
PROXY: Final[Choice[ProxyChoice]] = Choice(
    lambda configuration, _: configuration.proxy,
    lambda configuration, _, proxy: replace(configuration, proxy=proxy),
)
SHOWN_ACCOUNT: Final[Choice[str | None]] = Choice(
    lambda configuration, _: configuration.shown_account,
    lambda configuration, _, shown: replace(configuration, shown_account=shown),
)
ALERT_COMMAND: Final[Choice[str]] = Choice(
    lambda configuration, _: configuration.alert_command,
    lambda configuration, _, command: replace(configuration, alert_command=command),
)
LOW: Final[Choice[Usd]] = _of_levels(lambda levels: levels.low, _with_low)
CRITICAL: Final[Choice[Usd]] = _of_levels(lambda levels: levels.critical, _with_critical)
LOW_TIME: Final[Choice[timedelta]] = _of_levels(lambda levels: levels.low_time, _with_low_time)
CRITICAL_TIME: Final[Choice[timedelta]] = _of_levels(
    lambda levels: levels.critical_time, _with_critical_time
)
ALERTS: Final[Choice[bool]] = _of_alerts(
    lambda alerts: alerts.enabled, lambda alerts, on: replace(alerts, enabled=on)
)
BELOW: Final[Choice[tuple[Usd, ...]]] = _of_alerts(
    lambda alerts: alerts.below, lambda alerts, below: replace(alerts, below=below)
)
LASTS_LESS: Final[Choice[timedelta | None]] = _of_alerts(
    lambda alerts: alerts.lasts_less, lambda alerts, least: replace(alerts, lasts_less=least)
)
DAILY_BUDGET: Final[Choice[Usd | None]] = _of_alerts(
    lambda alerts: alerts.daily_budget,
    lambda alerts, budget: replace(alerts, daily_budget=budget),
)
MONTHLY_BUDGET: Final[Choice[Usd | None]] = _of_alerts(
    lambda alerts: alerts.monthly_budget,
    lambda alerts, budget: replace(alerts, monthly_budget=budget),
)
SPIKE: Final[Choice[bool]] = _of_alerts(
    lambda alerts: alerts.spike, lambda alerts, on: replace(alerts, spike=on)
)
KEY_REJECTED: Final[Choice[bool]] = _of_alerts(
    lambda alerts: alerts.key_rejected, lambda alerts, on: replace(alerts, key_rejected=on)
)
NO_FRESH_FIGURE: Final[Choice[bool]] = _of_alerts(
    lambda alerts: alerts.no_fresh_figure, lambda alerts, on: replace(alerts, no_fresh_figure=on)
)
TOP_UP: Final[Choice[bool]] = _of_alerts(
    lambda alerts: alerts.top_up, lambda alerts, on: replace(alerts, top_up=on)
)
QUIET_HOURS: Final[Choice[QuietHours | None]] = _of_alerts(
    lambda alerts: alerts.quiet_hours, lambda alerts, hours: replace(alerts, quiet_hours=hours)
)
