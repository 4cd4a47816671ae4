"""What the details window says in words beside its chart, as one comparable value."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tray_app.core.light_dataclass import dataclass
from tray_app.core.runway import Lasting
from tray_app.core.spent_by_day import beginning_of
from tray_app.presentation.chart_data import RunsOut
from tray_app.presentation.day_wording import (
    day_text,
    long_month,
    moment_text,
)
from tray_app.presentation.history_wording import history_trouble
from tray_app.presentation.runs_out_wording import runs_out_text
from tray_app.presentation.translation import tr
from tray_app.presentation.wording import amount_text, column_texts

if TYPE_CHECKING:
    from datetime import date, datetime, tzinfo

    from tray_app.core.history import TopUp
    from tray_app.core.outlook import Outlook
    from tray_app.core.reading import BalanceReading


@dataclass(frozen=True, slots=True)
class AmountRow:
    """One of the amounts of a reading, with what it is."""

    word: str
    amount: str
    meaning: str
    """One short line for whoever does not know the vendor's terms."""


@dataclass(frozen=True, slots=True)
class SpentRow:
    """What was spent in a stretch of days."""

    word: str
    amount: str


@dataclass(frozen=True, slots=True)
class DetailsView:
    """Everything that the window says beyond the TrayView; equal views look the same."""

    amounts: tuple[AmountRow, ...] = ()
    """Every amount that the reply had; empty before the first reading."""
    runway: str = ""
    """How long the balance lasts; empty while nothing is known of it."""
    runs_out: str = ""
    """The same as a date, with its range; empty without a forecast."""
    spent: tuple[SpentRow, ...] = ()
    """From today to this month; empty without a history."""
    top_up: str = ""
    """The last top-up, where it is less than a day ago: ``+$20.00, 14:05``."""
    trouble: str = ""
    """What is wrong with the history, and the next step; empty when nothing is."""


def details_of(
    reading: BalanceReading | None, outlook: Outlook | None, now: datetime, zone: tzinfo
) -> DetailsView:
    """Return what is known at ``now`` (UTC), in words for a user in that zone."""
    amounts = () if reading is None else _amount_rows(reading)
    if outlook is None:
        return DetailsView(amounts)
    top_up = outlook.recent_top_up
    runs_out = ""
    if isinstance(outlook.runway, Lasting):
        # One that is carried over counts from the reading that it was carried to.
        since = outlook.as_of if reading is None else reading.taken_at
        text = runs_out_text(RunsOut.of(outlook.runway, since), now, zone)
        runs_out = text[:1].upper() + text[1:]
    return DetailsView(
        amounts,
        runs_out=runs_out,
        spent=_spent_rows(outlook, now, zone),
        top_up="" if top_up is None else _top_up_text(top_up, now, zone),
        trouble="" if outlook.problem is None else history_trouble(outlook.problem),
    )


def _amount_rows(reading: BalanceReading) -> tuple[AmountRow, ...]:
    # What each amount is, the vendor's reference says (docs: balance/detail).
    named = (
        (tr("Available"), reading.available, tr("what can still be spent")),
        (tr("Cash"), reading.cash, tr("what is left of your top-ups")),
        (tr("Credit limit"), reading.credit_limit, tr("the most that you may owe")),
        (tr("Pending charges"), reading.pending_charges, tr("used, but not settled yet")),
        (tr("Owed"), reading.outstanding_invoices, tr("invoices that are to be paid")),
    )
    known = [(word, amount, meaning) for word, amount, meaning in named if amount is not None]
    texts = column_texts([amount for _, amount, _ in known])
    return tuple(
        AmountRow(word, text, meaning)
        for (word, _, meaning), text in zip(known, texts, strict=True)
    )


def _spent_rows(outlook: Outlook, now: datetime, zone: tzinfo) -> tuple[SpentRow, ...]:
    spent = outlook.spent
    last = outlook.as_of.astimezone(zone).date()
    words = _spent_words(last, now.astimezone(zone).date())
    first_days = (
        last,
        last - timedelta(days=1),
        last - timedelta(days=6),
        last - timedelta(days=29),
        last.replace(day=1),
    )
    amounts = (
        spent.today,
        spent.yesterday,
        spent.last_7_days,
        spent.last_30_days,
        spent.this_month,
    )
    known_since = outlook.known_since
    if known_since is not None:
        # A sum over days of which some are not known would pass for one of all of them.
        since = moment_text(known_since, now, zone)
        words = tuple(
            tr("{word}, since {since}", word=word, since=since)
            if known_since > beginning_of(day, zone)
            else word
            for word, day in zip(words, first_days, strict=True)
        )
        if known_since.astimezone(zone).date() == last:
            # Of the day before nothing is known at all.
            return (SpentRow(words[0], amount_text(spent.today)),)
    return tuple(map(SpentRow, words, column_texts(amounts)))


def _spent_words(last: date, today: date) -> tuple[str, ...]:
    """Name the days by the last reading's: an old one tells nothing about today."""
    if last == today:
        return (
            tr("Today"),
            tr("Yesterday"),
            tr("Last 7 days"),
            tr("Last 30 days"),
            tr("This month"),
        )
    day = day_text(last, today)
    return (
        tr("On {day}", day=day),
        tr("On {day}", day=day_text(last - timedelta(days=1), today)),
        tr("7 days to {day}", day=day),
        tr("30 days to {day}", day=day),
        tr("In {month}", month=long_month(last.month)),
    )


def _top_up_text(top_up: TopUp, now: datetime, zone: tzinfo) -> str:
    return tr(
        "+{amount}, {when}",
        amount=amount_text(top_up.amount),
        when=moment_text(top_up.at, now, zone),
    )
