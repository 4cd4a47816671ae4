"""Whatever is read, topped up, slept through, imported and folded adds up to the last digit."""

from __future__ import annotations

import io
import tempfile
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.adapters.histories import DAY, HOUR, assert_sums_hold, entries_of
from tests.core.samples import amounts
from tray_app.adapters.history_csv import write_csv
from tray_app.adapters.history_csv_reader import read_csv
from tray_app.adapters.history_file import HistoryFile
from tray_app.adapters.paths import HISTORY_NAME
from tray_app.core.history_problem import HistoryClockBehind, HistoryError
from tray_app.core.money import ZERO, Usd
from tray_app.core.reading import BalanceReading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tray_app.core.history import Entry

START: Final = datetime(2026, 3, 1, tzinfo=UTC)
LATER: Final = timedelta(days=2000)
_maybe = st.none() | amounts
_small = st.integers(-300_000, 2_000).map(Usd.of_units)
# Many short steps, so that there is much to drop and to fold; some sleeps; rarely a clock set back.
_short = st.timedeltas(timedelta(milliseconds=1), timedelta(minutes=20))
_steps = st.one_of(_short, _short, _short, st.timedeltas(HOUR, 40 * DAY))
_back = st.timedeltas(-3 * DAY, timedelta(0))
_zones = st.integers(-12 * 4, 14 * 4).map(
    lambda quarters: timezone(timedelta(minutes=15 * quarters))
)
_others = ("cash", "credit_limit", "pending_charges", "outstanding_invoices")


@st.composite
def lives(draw: st.DrawFn, steps: st.SearchStrategy[timedelta] = _steps) -> list[BalanceReading]:
    """Draw the readings of an account: spending, payments, limits, invoices, rest and gaps."""
    reading = BalanceReading(draw(amounts), START, *(draw(_maybe) for _ in _others))
    readings = [reading]
    for _ in range(draw(st.integers(0, 30))):
        reading = replace(reading, taken_at=reading.taken_at + draw(steps))
        if draw(st.booleans()):
            change = draw(_small | amounts)
            reading = replace(reading, available=reading.available + change)
            if reading.cash is not None and draw(st.booleans()):
                reading = replace(reading, cash=reading.cash + change)
        if draw(st.integers(0, 5)) == 0:
            amount: dict[str, Usd | None] = {draw(st.sampled_from(_others)): draw(_maybe)}
            reading = replace(reading, **amount)  # type: ignore[arg-type]  # an amount's name
        readings.append(reading)
    return readings


@contextmanager
def new_history(zone: timezone = UTC) -> Iterator[HistoryFile]:
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(HistoryFile(Path(folder) / HISTORY_NAME, zone=zone)) as history,
    ):
        yield history


def spent_in(entries: Sequence[Entry]) -> Usd:
    return sum((entry.change.spent for entry in entries), ZERO)


def amounts_of(reading: BalanceReading) -> BalanceReading:
    return replace(reading, taken_at=START)


@given(lives(_steps | _back), st.sets(st.integers(1, 30), max_size=2))
@settings(deadline=None, max_examples=60)
def test_whatever_is_recorded_adds_up_and_so_does_what_a_new_start_finds(
    readings: list[BalanceReading], new_keys: set[int]
) -> None:
    mark = 0
    with new_history() as history:
        for number, reading in enumerate(readings):
            mark += number in new_keys
            try:
                entry = history.append(reading, str(mark))
            except HistoryError as error:
                assert error.problem == HistoryClockBehind()  # noqa: PT017 — one of two ends
            else:
                assert history.last() == entry
        entries = list(history.entries())
        assert_sums_hold(entries)
        history.close()
        assert list(history.entries()) == entries
        spends = history.spends(START - 10 * DAY)
        assert sum((spend.amount for spend in spends), ZERO) == spent_in(entries)
        assert all(before.ends <= spend.begins for before, spend in pairwise(spends))
        assert [*history.eventful(START - 10 * DAY)] == [
            entry for entry in entries if entry.change.is_eventful
        ]


@given(lives())
@settings(deadline=None, max_examples=60)
def test_only_rows_between_equal_ones_of_the_same_hour_are_dropped(
    readings: list[BalanceReading],
) -> None:
    readings = [_to_the_millisecond(reading) for reading in readings]
    with new_history() as history:
        for reading in readings:
            history.append(reading, "a")
        kept = [entry.reading for entry in history.entries()]
    assert [kept[0], kept[-1]] == [readings[0], readings[-1]]
    places = [readings.index(reading) for reading in kept]
    for before, after in pairwise(places):
        if after - before > 1:
            assert readings[after].taken_at - readings[before].taken_at <= HOUR
            assert len({amounts_of(each) for each in readings[before : after + 1]}) == 1


@given(lives(), st.sets(st.integers(1, 30), max_size=2), _zones)
@settings(deadline=None, max_examples=60)
def test_folding_changes_no_sum_no_event_no_beginning_and_no_days_ends(
    readings: list[BalanceReading], new_keys: set[int], zone: timezone
) -> None:
    mark = 0
    with new_history(zone) as history:
        for number, reading in enumerate(readings):
            mark += number in new_keys
            history.append(reading, str(mark))
        entries = list(history.entries())
        history.fold(readings[-1].taken_at + timedelta(days=91))
        folded = list(history.entries())
        history.fold(readings[-1].taken_at + LATER)
        assert list(history.entries()) == folded
    assert_sums_hold(folded)
    assert spent_in(folded) == spent_in(entries)
    left = {entry.reading for entry in folded}
    assert [e for e in folded if e.since is None] == [e for e in entries if e.since is None]
    for before, entry in pairwise(entries):
        days = {each.reading.taken_at.astimezone(zone).date() for each in (before, entry)}
        hours = {
            each.reading.taken_at.replace(minute=0, second=0, microsecond=0)
            for each in (before, entry)
        }
        if entry.change.is_eventful or entry.since is None or len(days) == 2:
            assert {before.reading, entry.reading} <= left
        if len(hours) == 2:
            assert before.reading in left
    assert len(folded) <= 3 + len(
        {entry.reading.taken_at.replace(minute=0, second=0, microsecond=0) for entry in entries}
    ) + 2 * sum(entry.change.is_eventful or entry.since is None for entry in entries) + 2 * len(
        {entry.reading.taken_at.astimezone(zone).date() for entry in entries}
    )


@given(lives(), st.data())
@settings(deadline=None, max_examples=60)
def test_what_two_programs_saw_of_an_account_becomes_one_history(
    readings: list[BalanceReading], data: st.DataObject
) -> None:
    readings = [_to_the_millisecond(reading) for reading in readings]
    ours = data.draw(st.sets(st.sampled_from(readings)))
    theirs = data.draw(st.sets(st.sampled_from(readings)))
    first, second = ([each for each in readings if each in half] for half in (ours, theirs))
    text = io.StringIO()
    write_csv(text, entries_of(second))
    with new_history() as history:
        history.import_readings(entries_of(first))
        imported = history.import_readings(read_csv(io.StringIO(text.getvalue())))
        assert (imported.added, imported.known) == (len(theirs - ours), len(theirs & ours))
        merged = list(history.entries())
    assert [entry.reading for entry in merged] == [
        each for each in readings if each in ours | theirs
    ]
    assert_sums_hold(merged)
    assert all(entry.since is not None for entry in merged[1:])


def _to_the_millisecond(reading: BalanceReading) -> BalanceReading:
    at = reading.taken_at
    return replace(reading, taken_at=at.replace(microsecond=at.microsecond // 1000 * 1000))
