"""The settings file's values as a Configuration, and a Configuration as such values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tray_app.adapters import settings_keys as keys
from tray_app.core.account_name import LEAST_TIME
from tray_app.core.alert_rules import AlertRules, QuietHours
from tray_app.core.configuration import Account, Configuration
from tray_app.core.level import Thresholds
from tray_app.core.settings import Settings

if TYPE_CHECKING:
    from tray_app.adapters.settings_keys import Values
    from tray_app.adapters.settings_reading import Reading


def configuration_of(reading: Reading) -> Configuration:
    """Return what is in force by what the file says."""
    general = reading.general.values
    shown = general.get(keys.SHOWS)
    return Configuration(
        accounts=tuple(
            Account(name, _settings(general, section.values))
            for name, section in reading.accounts.items()
        ),
        shown_account=None if shown == LEAST_TIME else shown,
        language=general.get(keys.LANGUAGE),
        proxy=general.get(keys.PROXY),
        alert_command=general.get(keys.ALERT_COMMAND),
    )


def general_values(configuration: Configuration) -> Values:
    """Return the values that all accounts share.

    Raises ValueError where accounts differ in one of which the file has but one.
    """
    settings = configuration.accounts[0].settings
    shared = {
        (
            account.settings.refresh_interval,
            account.settings.icon_style,
            account.settings.hides_amounts,
            account.settings.simulated,
        )
        for account in configuration.accounts
    }
    if len(shared) > 1 or settings.simulated:
        raise ValueError("settings: the file cannot say this")
    values = keys.Values()
    values.set(keys.REFRESH, settings.refresh_interval)
    values.set(keys.ICON_STYLE, settings.icon_style)
    values.set(keys.HIDE_AMOUNTS, settings.hides_amounts)
    values.set(keys.LANGUAGE, configuration.language)
    values.set(keys.PROXY, configuration.proxy)
    values.set(keys.SHOWS, configuration.shown_account or LEAST_TIME)
    values.set(keys.ALERT_COMMAND, configuration.alert_command)
    return values


def account_values(account: Account) -> Values:
    """Return the values that an account may have of its own."""
    thresholds, alerts = account.settings.thresholds, account.settings.alerts
    values = keys.Values()
    values.set(keys.LOW_DOLLARS, thresholds.low)
    values.set(keys.CRITICAL_DOLLARS, thresholds.critical)
    values.set(keys.LOW_DAYS, thresholds.low_time)
    values.set(keys.CRITICAL_DAYS, thresholds.critical_time)
    values.set(keys.ENABLED, alerts.enabled)
    values.set(keys.BELOW, alerts.below)
    values.set(keys.LASTS_LESS, alerts.lasts_less)
    values.set(keys.SPIKE, alerts.spike)
    values.set(keys.KEY_REJECTED, alerts.key_rejected)
    values.set(keys.NO_FRESH_FIGURE, alerts.no_fresh_figure)
    values.set(keys.TOP_UP, alerts.top_up)
    values.set(keys.DAILY, alerts.daily_budget)
    values.set(keys.MONTHLY, alerts.monthly_budget)
    if alerts.quiet_hours is not None:
        values.set(keys.QUIET_FROM, alerts.quiet_hours.begins)
        values.set(keys.QUIET_UNTIL, alerts.quiet_hours.ends)
    return values


def _settings(general: Values, own: Values) -> Settings:
    quiet_from, quiet_until = own.get(keys.QUIET_FROM), own.get(keys.QUIET_UNTIL)
    return Settings(
        refresh_interval=general.get(keys.REFRESH),
        thresholds=Thresholds(
            low=own.get(keys.LOW_DOLLARS),
            critical=own.get(keys.CRITICAL_DOLLARS),
            low_time=own.get(keys.LOW_DAYS),
            critical_time=own.get(keys.CRITICAL_DAYS),
        ),
        alerts=AlertRules(
            enabled=own.get(keys.ENABLED),
            below=own.get(keys.BELOW),
            lasts_less=own.get(keys.LASTS_LESS),
            daily_budget=own.get(keys.DAILY),
            monthly_budget=own.get(keys.MONTHLY),
            spike=own.get(keys.SPIKE),
            key_rejected=own.get(keys.KEY_REJECTED),
            no_fresh_figure=own.get(keys.NO_FRESH_FIGURE),
            top_up=own.get(keys.TOP_UP),
            quiet_hours=(
                None
                if quiet_from is None or quiet_until is None
                else QuietHours(quiet_from, quiet_until)
            ),
        ),
        icon_style=general.get(keys.ICON_STYLE),
        hides_amounts=general.get(keys.HIDE_AMOUNTS),
    )
