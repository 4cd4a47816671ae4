"""What was told of an account, kept in a file from one start to the next.

Whatever is wrong with the file costs at most a message that comes once more: it is never in the
way. It holds thresholds and top-ups, so it is closed to other users.
"""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from tray_app.adapters.paths import make_private_folder, write_whole
from tray_app.core.alert import (
    Alert,
    BalanceBelow,
    BalanceEmpty,
    BudgetPeriod,
    BudgetReached,
    KeyRejected,
    LastsLess,
    NoFreshFigure,
    SpendingSpike,
    TopUpArrived,
)
from tray_app.core.alert_memory import AlertMemory, Snooze, SnoozeSpan, Told
from tray_app.core.money import Usd

if TYPE_CHECKING:
    from pathlib import Path

_SCHEMA: Final = 1
_MOST_BYTES: Final = 64 * 1024
_SECOND: Final = timedelta(seconds=1)
# Those that are no more than their name.
_PLAIN: Final[dict[str, Alert]] = {
    "empty": BalanceEmpty(),
    "key-rejected": KeyRejected(),
    "no-fresh-figure": NoFreshFigure(),
}

# RecursionError is what the reader makes of brackets in brackets, without end.
_UNREADABLE: Final = (
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    ArithmeticError,
    RecursionError,
)

_log = logging.getLogger(__name__)


class AlertFile:
    """Keeps one account's memory in a file of its own."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> AlertMemory:
        """Return what was kept; nothing where there is none, or none that can be read."""
        try:
            with self._path.open("rb") as stream:
                content = stream.read(_MOST_BYTES)
            return _memory_of(json.loads(content))
        except FileNotFoundError:
            return AlertMemory()
        except (*_UNREADABLE, OSError) as error:
            _log.info("what was told is not known: %s", type(error).__name__)
            return AlertMemory()

    def save(self, memory: AlertMemory) -> None:
        """Keep the memory in place of the one before."""
        try:
            make_private_folder(self._path.parent)
            write_whole(self._path, json.dumps(_object_of(memory), indent=1).encode("ascii"))
        except OSError as error:
            _log.info("what was told cannot be kept: %s", type(error).__name__)

    def remove(self) -> None:
        """Forget everything."""
        try:
            self._path.unlink(missing_ok=True)
        except OSError as error:
            _log.info("what was told cannot be removed: %s", type(error).__name__)


class NoAlertFile:
    """Keeps nothing: for an account that leaves nothing behind."""

    def load(self) -> AlertMemory:
        """Return a memory without anything in it."""
        return AlertMemory()

    def save(self, memory: AlertMemory) -> None:
        """Let it go."""


def _object_of(memory: AlertMemory) -> dict[str, Any]:
    snooze, told = memory.snooze, memory.told
    return {
        "schema": _SCHEMA,
        "key_mark": memory.key_mark,
        "under_way": sorted(memory.under_way),
        "unsaid": sorted(memory.unsaid),
        "last_top_up_at": _text_of(memory.last_top_up_at),
        "without_figure_seconds": memory.without_figure // _SECOND,
        "snooze": snooze
        and {
            "span": snooze.span.value,
            "since": _text_of(snooze.since),
            "until": _text_of(snooze.until),
        },
        "told": told
        and {"at": _text_of(told.at), "alerts": [_alert_object(alert) for alert in told.alerts]},
    }


def _memory_of(kept: dict[str, Any]) -> AlertMemory:
    if kept["schema"] != _SCHEMA:
        raise ValueError("another version's")
    snooze, told = kept["snooze"], kept["told"]
    return AlertMemory(
        key_mark=None if kept["key_mark"] is None else str(kept["key_mark"]),
        under_way=frozenset(map(str, kept["under_way"])),
        unsaid=frozenset(map(str, kept["unsaid"])),
        last_top_up_at=_moment_of(kept["last_top_up_at"]),
        without_figure=int(kept["without_figure_seconds"]) * _SECOND,
        snooze=None
        if snooze is None
        else Snooze(
            SnoozeSpan(snooze["span"]), _certain(snooze["since"]), _moment_of(snooze["until"])
        ),
        told=None if told is None else Told(_alerts_of(told["alerts"]), _certain(told["at"])),
    )


def _alert_object(alert: Alert) -> dict[str, Any]:
    match alert:
        case BalanceBelow(threshold):
            return {"kind": "below", "dollars": threshold.decimal_text()}
        case LastsLess(limit):
            return {"kind": "lasts-less", "seconds": limit // _SECOND}
        case SpendingSpike(per_hour, usual_per_hour):
            return {
                "kind": "spike",
                "dollars_per_hour": per_hour.decimal_text(),
                "usual_dollars_per_hour": usual_per_hour.decimal_text(),
            }
        case BudgetReached(period, percent, budget):
            return {
                "kind": "budget",
                "period": period.value,
                "percent": percent,
                "dollars": budget.decimal_text(),
            }
        case TopUpArrived(amount, at):
            return {"kind": "top-up", "dollars": amount.decimal_text(), "at": _text_of(at)}
        case _:
            return {"kind": next(kind for kind, plain in _PLAIN.items() if plain == alert)}


def _alerts_of(kept: list[dict[str, Any]]) -> tuple[Alert, ...]:
    if not kept:
        raise ValueError("a message that said nothing")
    return tuple(map(_alert_of, kept))


def _alert_of(kept: dict[str, Any]) -> Alert:
    def dollars(name: str = "dollars") -> Usd:
        return Usd.of_decimal_text(kept[name])

    match kept["kind"]:
        case "below":
            return BalanceBelow(dollars())
        case "lasts-less":
            return LastsLess(int(kept["seconds"]) * _SECOND)
        case "spike":
            return SpendingSpike(dollars("dollars_per_hour"), dollars("usual_dollars_per_hour"))
        case "budget":
            return BudgetReached(BudgetPeriod(kept["period"]), int(kept["percent"]), dollars())
        case "top-up":
            return TopUpArrived(dollars(), _certain(kept["at"]))
        case kind:
            return _PLAIN[kind]


def _text_of(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _moment_of(text: str | None) -> datetime | None:
    return None if text is None else _certain(text)


def _certain(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone")
    return moment.astimezone(UTC)
