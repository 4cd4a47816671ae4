"""Every key of the settings file: where it stands, how it is written, what holds without it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final, Generic, TypeAlias, TypeVar, cast

from tray_app.adapters.settings_forms import (
    Program,
    ProxyAddress,
    Text,
    TimeOfDay,
    Word,
    YesOrNo,
)
from tray_app.adapters.settings_numbers import (
    Amount,
    Amounts,
    Duration,
    OptionalAmount,
    OptionalDuration,
)
from tray_app.core.account_name import LEAST_TIME
from tray_app.core.alert_rules import AlertRules
from tray_app.core.configuration import Language, ProxyChoice
from tray_app.core.level import Thresholds
from tray_app.core.settings import (
    LONGEST_INTERVAL,
    LONGEST_LASTING,
    SHORTEST_INTERVAL,
    IconStyle,
    Settings,
)
from tray_app.core.settings_fault import Mismatch

if TYPE_CHECKING:
    from datetime import time

    from tray_app.adapters.settings_form import Form
    from tray_app.core.money import Usd

_T = TypeVar("_T")
Path: TypeAlias = tuple[str, ...]
"""A key's name after those of the tables that it stands in."""

SCHEMA: Final = 1
"""The version of the file's shape; a file of a later one is not touched."""
SCHEMA_KEY: Final = "schema"
ACCOUNTS: Final = "accounts"
_DAY: Final = timedelta(days=1)
_SHORT: Final = timedelta(microseconds=1)
_DAYS: Final = Duration(_DAY, _SHORT, LONGEST_LASTING)


@dataclass(frozen=True, eq=False)
class Key(Generic[_T]):
    """One key, such as ``low_dollars`` in the table ``levels``."""

    path: Path
    form: Form[_T]
    default: _T
    of_account: bool = False
    """Whether an account may have its own, in a table of that name below its own one."""


class Values:
    """What each key stands for."""

    def __init__(self) -> None:
        self._values: dict[Key[object], object] = {}

    def get(self, key: Key[_T]) -> _T:
        """Return the value, or the default where none was set."""
        return cast("_T", self._values.get(cast("Key[object]", key), key.default))

    def set(self, key: Key[_T], value: _T) -> None:
        """Let the key stand for the value."""
        self._values[cast("Key[object]", key)] = value


_LEVELS: Final = Thresholds()
_ALERTS: Final = AlertRules()

REFRESH: Final = Key(
    ("refresh_minutes",),
    Duration(timedelta(minutes=1), SHORTEST_INTERVAL, LONGEST_INTERVAL),
    Settings().refresh_interval,
)
LANGUAGE: Final = Key(("language",), Word(Language), Language.SYSTEM)
PROXY: Final = Key(("proxy",), ProxyAddress(), ProxyChoice())
SHOWS: Final = Key(("shows",), Text(Mismatch.ACCOUNT), LEAST_TIME)
ALERT_COMMAND: Final = Key(("alert_command",), Program(), "")
ICON_STYLE: Final = Key(("icon", "style"), Word(IconStyle), IconStyle.DOLLARS)
HIDE_AMOUNTS: Final = Key(("icon", "hide_amounts"), YesOrNo(), default=False)

LOW_DOLLARS: Final = Key(("levels", "low_dollars"), Amount(), _LEVELS.low, of_account=True)
CRITICAL_DOLLARS: Final = Key(
    ("levels", "critical_dollars"), Amount(), _LEVELS.critical, of_account=True
)
LOW_DAYS: Final = Key(("levels", "low_days"), _DAYS, _LEVELS.low_time, of_account=True)
CRITICAL_DAYS: Final = Key(
    ("levels", "critical_days"), _DAYS, _LEVELS.critical_time, of_account=True
)

ENABLED: Final = Key(("alerts", "enabled"), YesOrNo(), _ALERTS.enabled, of_account=True)
BELOW: Final = Key(("alerts", "below_dollars"), Amounts(), _ALERTS.below, of_account=True)
LASTS_LESS: Final = Key(
    ("alerts", "lasts_less_days"), OptionalDuration(_DAYS), _ALERTS.lasts_less, of_account=True
)
SPIKE: Final = Key(("alerts", "spike"), YesOrNo(), _ALERTS.spike, of_account=True)
KEY_REJECTED: Final = Key(
    ("alerts", "key_rejected"), YesOrNo(), _ALERTS.key_rejected, of_account=True
)
NO_FRESH_FIGURE: Final = Key(
    ("alerts", "no_fresh_figure"), YesOrNo(), _ALERTS.no_fresh_figure, of_account=True
)
TOP_UP: Final = Key(("alerts", "top_up"), YesOrNo(), _ALERTS.top_up, of_account=True)
QUIET_FROM: Final[Key[time | None]] = Key(
    ("alerts", "quiet_from"), TimeOfDay(), None, of_account=True
)
QUIET_UNTIL: Final[Key[time | None]] = Key(
    ("alerts", "quiet_until"), TimeOfDay(), None, of_account=True
)
DAILY: Final[Key[Usd | None]] = Key(
    ("budgets", "daily_dollars"), OptionalAmount(), None, of_account=True
)
MONTHLY: Final[Key[Usd | None]] = Key(
    ("budgets", "monthly_dollars"), OptionalAmount(), None, of_account=True
)

KEYS: Final = cast(
    "tuple[Key[object], ...]",
    (
        *(REFRESH, LANGUAGE, PROXY, SHOWS, ALERT_COMMAND, ICON_STYLE, HIDE_AMOUNTS),
        *(LOW_DOLLARS, CRITICAL_DOLLARS, LOW_DAYS, CRITICAL_DAYS),
        *(ENABLED, BELOW, LASTS_LESS, SPIKE, KEY_REJECTED, NO_FRESH_FIGURE, TOP_UP),
        *(QUIET_FROM, QUIET_UNTIL, DAILY, MONTHLY),
    ),
)
"""All but ``schema``, in the order in which a new file has them."""
