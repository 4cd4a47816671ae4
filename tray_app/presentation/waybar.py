"""One line for waybar's custom module with ``"return-type": "json"`` (waybar-custom(5))."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from tray_app.core.runway import Empty, Lasting, NotSpending
from tray_app.presentation.markup import escaped
from tray_app.presentation.report_wording import detail_lines

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from tray_app.presentation.account_report import AccountReport

_FULL: Final = timedelta(days=30)
"""A balance that lasts so long counts as 100 percent."""
_TROUBLE_TEXT: Final = "!"


def waybar_line(report: AccountReport, now: datetime, zone: tzinfo) -> str:
    """Return the JSON object for an account at ``now`` (UTC).

    ``text`` is the amount in whole cents, rounded down, or ``!`` where there is none because of a
    problem, or ``…`` before the first. ``class`` is a list: the level, ``stale``, ``problem``.
    ``alt`` is one word of these, for icons: the level of a current figure, else ``stale``,
    ``problem`` or ``loading``. ``percentage`` is how long the balance lasts, of 30 days; it is
    missing where that is not known. Text and tooltip are Pango's markup.
    """
    line: dict[str, str | int | list[str]] = {
        "text": _text(report),
        "alt": _alt(report),
        "tooltip": escaped("\n".join(detail_lines(report, now, zone))),
        "class": _classes(report),
    }
    percentage = _percentage(report)
    if percentage is not None:
        line["percentage"] = percentage
    return json.dumps(line)


def waybar_problem_line(message: str, word: str, *, text: str = _TROUBLE_TEXT) -> str:
    """Return the object where no account can be told of; an empty ``text`` hides the module."""
    tooltip = escaped(message)
    return json.dumps({"text": text, "alt": word, "tooltip": tooltip, "class": [word]})


def _text(report: AccountReport) -> str:
    if report.reading is None:
        return "…" if report.problem is None else _TROUBLE_TEXT
    cents = report.reading.available.whole_steps(100)
    whole, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}${whole}.{rest:02}"


def _alt(report: AccountReport) -> str:
    if report.reading is None or report.level is None:
        return "loading" if report.problem is None else "problem"
    return "stale" if report.stale else report.level.value


def _classes(report: AccountReport) -> list[str]:
    level = [] if report.level is None else [report.level.value]
    stale = ["stale"] if report.stale else []
    problem = [] if report.problem is None else ["problem"]
    return [*level, *stale, *problem] or ["loading"]


def _percentage(report: AccountReport) -> int | None:
    match report.runway:
        case Empty():
            return 0
        case NotSpending():
            return 100
        case Lasting(middle):
            return min(100 * middle // _FULL, 100)
        case _:
            return None
