"""What a new user chooses at the first start."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tray_app.core.alert_rules import AlertRules
from tray_app.core.level import Thresholds
from tray_app.core.light_dataclass import dataclass

if TYPE_CHECKING:
    from datetime import timedelta

    from tray_app.core.configuration import Account, Configuration
    from tray_app.core.money import Usd


@dataclass(frozen=True, slots=True)
class FirstChoices:
    """Choices that are in force as soon as they are put into the configuration.

    ``below`` and ``lasts_less`` are as in :class:`~tray_app.core.alert_rules.AlertRules`.
    """

    thresholds: Thresholds
    lasts_less: timedelta | None
    below: tuple[Usd, ...]
    autostart: bool

    @classmethod
    def of_amounts(
        cls, low: Usd, critical: Usd, lasts_less: timedelta | None, *, autostart: bool
    ) -> FirstChoices:
        """Return the choices of somebody who is alerted where the level changes.

        Raises ValueError unless ``critical`` is above zero and at most ``low``.
        """
        thresholds = Thresholds(low, critical)
        below = (low,) if low == critical else (low, critical)
        return cls(thresholds, lasts_less, below, autostart)

    def applied_to(self, configuration: Configuration) -> Configuration:
        """Return the configuration with these choices in each account; the rest stays.

        ``autostart`` is none of it: the entry at login is kept by the system.
        """
        accounts = tuple(self._applied_to_account(each) for each in configuration.accounts)
        return replace(configuration, accounts=accounts)

    def _applied_to_account(self, account: Account) -> Account:
        settings = account.settings
        alerts = replace(settings.alerts, below=self.below, lasts_less=self.lasts_less)
        # The levels by time are not asked for at the first start.
        thresholds = replace(
            settings.thresholds, low=self.thresholds.low, critical=self.thresholds.critical
        )
        return replace(account, settings=replace(settings, thresholds=thresholds, alerts=alerts))


def default_choices() -> FirstChoices:
    """Return what is suggested: the defaults of every setting, and no start at login."""
    rules = AlertRules()
    return FirstChoices(Thresholds(), rules.lasts_less, rules.below, autostart=False)
