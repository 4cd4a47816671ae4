"""Whatever is read, topped up, slept through and folded: the history adds up to the last digit."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.adapters.histories import assert_sums_hold
from tests.core.samples import amounts
from tray_app.adapters.history_file import HistoryFile
from tray_app.core.money import ZERO, Usd
from tray_app.core.reading import BalanceReading

if TYPE_CHECKING:
    from tray_app.core.history import Entry

START = datetime(2026, 3, 1, tzinfo=UTC)
maybe = st.none() | amounts
small = st.integers(-300_000, 2_000).map(Usd.of_units)


@st.composite
def lives(draw: st.DrawFn) -> list[BalanceReading]:
    """Draw the readings of an account: spending, payments, limits, invoices and gaps."""
    at = START
    available, cash = draw(amounts), draw(maybe)
    readings = []
    for _ in range(draw(st.integers(1, 25))):
        at += draw(
            st.timedeltas(timedelta(seconds=1), timedelta(minutes=20))
            | st.timedeltas(timedelta(hours=1), timedelta(days=40))
        )
        change = draw(st.just(ZERO) | small | amounts)
        available += change
        cash = None if cash is None else cash + draw(st.just(change) | st.just(ZERO) | small)
        readings.append(BalanceReading(available, at, cash, draw(maybe), draw(maybe), draw(maybe)))
    return readings


def assert_adds_up(entries: list[Entry]) -> None:
    """Check each unbroken chain: last - first = top-ups and changes - spending."""
    assert_sums_hold(entries)
    for change in (entry.change for entry in entries):
        parts = (change.spent, change.topped_up, change.refunded, change.invoices_settled)
        assert min(parts) >= ZERO


@settings(deadline=None, max_examples=150)
@given(lives(), st.lists(st.integers(0, 24), max_size=2))
def test_any_life_of_an_account_adds_up_before_and_after_it_is_folded(
    readings: list[BalanceReading], new_keys: list[int]
) -> None:
    mark = 0
    with closing(HistoryFile(None, zone=UTC)) as history:
        for number, reading in enumerate(readings):
            mark += number in new_keys
            history.append(reading, str(mark))
        entries = list(history.entries())
        assert_adds_up(entries)
        last = history.last()
        assert last is not None
        assert last.reading.available == readings[-1].available
        spent = sum((spend.amount for spend in history.spends(START - timedelta(days=1))), ZERO)
        assert spent == sum((entry.change.spent for entry in entries), ZERO)
        events = history.eventful(START)
        history.fold(readings[-1].taken_at + timedelta(days=200))
        folded = list(history.entries())
        assert_adds_up(folded)
        assert history.eventful(START) == events
        assert sum((entry.change.spent for entry in folded), ZERO) == spent
        assert (folded[0], folded[-1].reading) == (entries[0], entries[-1].reading)
