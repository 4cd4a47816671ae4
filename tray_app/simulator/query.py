"""What the billing routes demand of their query, and how they refuse it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tray_app.simulator.accounts import INVALID_BILL_CYCLE, INVALID_PRODUCT_CATEGORY, ErrorAnswer
from tray_app.simulator.bills import Cycle
from tray_app.simulator.ledger import DAY

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

LONGEST = 31 * DAY
LATEST = 253_402_300_799  # the last second that a calendar date can have
SUMMARY = "summary"
CATEGORIES = frozenset(
    {
        SUMMARY,
        "llm",
        "gpu",
        "serverless",
        "cloud_storage",
        "gen_api",
        "cloud_sandbox",
        "llm_dedicated_endpoint",
        "web_search",
        "bare_metal",
    }
)


class RefusedError(Exception):
    """The query breaks a rule; `answer` is what the client gets."""

    def __init__(self, answer: ErrorAnswer) -> None:
        super().__init__(answer.reason)
        self.answer = answer


def invalid(message: str) -> RefusedError:
    """Return a refusal for what the contract names no reason for: `INVALID_ARGUMENT` is our own."""
    return RefusedError(ErrorAnswer(400, "INVALID_ARGUMENT", message))


def cycle(parameters: Mapping[str, str]) -> Cycle:
    """Return `cycleType`; absent or unknown is INVALID_BILL_CYCLE."""
    try:
        return Cycle(parameters.get("cycleType", ""))
    except ValueError as error:
        raise RefusedError(INVALID_BILL_CYCLE) from error


def category(parameters: Mapping[str, str], name: str, known: Collection[str]) -> str:
    """Return the category called `name`; absent or unknown is INVALID_PRODUCT_CATEGORY."""
    value = parameters.get(name, "")
    if value not in known:
        raise RefusedError(INVALID_PRODUCT_CATEGORY)
    return value


def span(
    parameters: Mapping[str, str],
    *,
    default_end: int | None = None,
    longest: int = LONGEST,
) -> tuple[int, int]:
    """Return `startTime` and `endTime` in Unix seconds.

    Both are required unless `default_end` is given: then a missing end is that, and a missing start
    lies `longest` before the end (our own choice, the contract is silent).
    """
    end = _whole(parameters, "endTime", default_end)
    start = _whole(parameters, "startTime", None if default_end is None else max(end - longest, 0))
    if start > end:
        raise invalid("startTime is after endTime")
    if end - start > longest:
        raise invalid(f"at most {longest // DAY} days can be queried")
    return start, end


def page(parameters: Mapping[str, str], number_name: str, *, required: bool) -> slice:
    """Return the rows of the asked page; `number_name` is pageNo or page, counted from 1."""
    number = _whole(parameters, number_name, None if required else 1)
    size = _whole(parameters, "pageSize", None if required else 10)
    if number < 1 or size < 1:
        raise invalid("pages count from 1 and hold at least one row")
    return slice((number - 1) * size, number * size)


def month(parameters: Mapping[str, str], name: str, earliest: int) -> int:
    """Return the first second of the month written as YYYY-MM, not before `earliest`."""
    text = parameters.get(name, "")
    try:
        start = int(datetime.strptime(text, "%Y-%m").replace(tzinfo=UTC).timestamp())
    except ValueError as error:
        raise invalid(f"{name} must be written as YYYY-MM") from error
    if start < earliest:
        raise invalid(f"{name} is too early")
    return start


def _whole(parameters: Mapping[str, str], name: str, default: int | None) -> int:
    text = parameters.get(name, "")
    if not text and default is not None:
        return default
    if not (text.isascii() and text.isdigit()) or len(text) > len(str(LATEST)):
        raise invalid(f"{name} must be a whole number")
    return min(int(text), LATEST)
