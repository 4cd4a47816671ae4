from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest

from tests.adapters.histories import (
    DAY,
    FIVE_MINUTES,
    HOUR,
    MINUTE,
    START,
    assert_sums_hold,
    entries_of,
    readings_of,
    recorded,
)
from tests.core.samples import usd
from tray_app.adapters.history_file import HistoryFile
from tray_app.adapters.paths import HISTORY_NAME
from tray_app.core.money import ZERO, Usd
from tray_app.core.reading import BalanceReading

if TYPE_CHECKING:
    from pathlib import Path

    from tray_app.core.history import Entry

LATER = START + 200 * DAY


def spending(count: int, *, start: datetime = START, first: str = "500") -> list[BalanceReading]:
    """Return readings of which each is a cent lower than the one before."""
    return [
        BalanceReading(usd(first) - Usd.of_cents(number), start + number * FIVE_MINUTES)
        for number in range(count)
    ]


def times(entries: list[Entry]) -> list[datetime]:
    return [entry.reading.taken_at for entry in entries]


def test_of_old_hours_the_last_row_stays_with_all_that_was_spent(tmp_path: Path) -> None:
    readings = spending(36)
    with closing(HistoryFile(tmp_path / HISTORY_NAME, zone=UTC)) as history:
        recorded(history, readings)
        history.fold(LATER)
        entries = list(history.entries())
    assert times(entries) == [START + at * FIVE_MINUTES for at in (0, 11, 23, 35)]
    assert [entry.change.spent for entry in entries] == [
        ZERO,
        usd("0.11"),
        usd("0.12"),
        usd("0.12"),
    ]
    assert_sums_hold(entries)


def test_what_is_younger_than_45_days_stays_whole(tmp_path: Path) -> None:
    readings = spending(48)
    now = readings[30].taken_at + 45 * DAY
    with closing(HistoryFile(tmp_path / HISTORY_NAME, zone=UTC)) as history:
        recorded(history, readings)
        history.fold(now)
        entries = list(history.entries())
        assert times(entries)[:3] == [START, START + 11 * FIVE_MINUTES, START + 23 * FIVE_MINUTES]
        # The hour in which the border lies waits until it has passed.
        assert times(entries)[3:] == [reading.taken_at for reading in readings[24:]]
        history.fold(now - DAY)
        assert list(history.entries()) == entries
        history.fold(now + DAY)
        assert len(list(history.entries())) == 5


def test_top_ups_stay_with_the_row_before(tmp_path: Path) -> None:
    with closing(HistoryFile(tmp_path / HISTORY_NAME, zone=UTC)) as history:
        recorded(history, readings_of(["9", "8", "7", "6", "26", "25", "24", "23"]))
        history.fold(LATER)
        entries = list(history.entries())
    amounts = [entry.reading.available for entry in entries]
    assert amounts == [usd("9"), usd("6"), usd("26"), usd("23")]
    assert entries[1].change.spent == usd("3")
    assert entries[2].change.topped_up == usd("20")
    assert_sums_hold(entries)


def test_another_keys_beginning_stays_with_the_row_before(tmp_path: Path) -> None:
    readings = readings_of(["9", "8", "7", "90", "80", "70"])
    with closing(HistoryFile(tmp_path / HISTORY_NAME, zone=UTC)) as history:
        recorded(history, readings[:3], "a")
        recorded(history, readings[3:], "b")
        history.fold(LATER)
        entries = list(history.entries())
    assert [entry.reading for entry in entries] == [readings[at] for at in (0, 2, 3, 5)]
    assert [entry.change.spent for entry in entries] == [ZERO, usd("2"), ZERO, usd("20")]
    assert entries[2].since is None
    assert_sums_hold(entries)


@pytest.mark.parametrize("minutes", [0, 30, 345, -210])
def test_each_day_of_the_users_keeps_its_first_and_its_last_row(
    tmp_path: Path, minutes: int
) -> None:
    zone = timezone(timedelta(minutes=minutes))
    readings = spending(4 * 288)
    with closing(HistoryFile(tmp_path / HISTORY_NAME, zone=zone)) as history:
        recorded(history, readings)
        history.fold(LATER)
        entries = list(history.entries())
    by_day: dict[object, list[datetime]] = {}
    for reading in readings:
        by_day.setdefault(reading.taken_at.astimezone(zone).date(), []).append(reading.taken_at)
    ends = {at for day in by_day.values() for at in (day[0], day[-1])}
    assert ends <= set(times(entries))
    assert len(entries) <= 4 * 24 + len(ends)
    assert_sums_hold(entries)


def test_a_fold_every_day_leaves_what_one_at_the_end_does(tmp_path: Path) -> None:
    readings = spending(3 * 288, first="100")
    with closing(HistoryFile(tmp_path / "one.db", zone=UTC)) as history:
        recorded(history, readings)
        history.fold(LATER)
        at_once = list(history.entries())
    with closing(HistoryFile(tmp_path / "many.db", zone=UTC)) as history:
        for number, reading in enumerate(readings):
            history.append(reading, "a")
            if number % 100 == 0:
                history.fold(reading.taken_at + 45 * DAY - 7 * MINUTE)
        history.fold(LATER)
        assert list(history.entries()) == at_once
        history.fold(LATER + DAY)
        assert list(history.entries()) == at_once


def test_folding_keeps_fractions_of_the_unit_exactly(tmp_path: Path) -> None:
    units = ["100", "99.5", "99.000000000001", "98"]
    readings = [
        BalanceReading(Usd.of_units_text(text), START + number * FIVE_MINUTES)
        for number, text in enumerate(units)
    ]
    with closing(HistoryFile(tmp_path / HISTORY_NAME, zone=UTC)) as history:
        recorded(history, readings)
        history.fold(LATER)
        first, last = history.entries()
    assert last.change.spent == Usd.of_units(2)
    assert last.since == first.reading.taken_at


def test_accounts_fold_each_for_itself(tmp_path: Path) -> None:
    path = tmp_path / HISTORY_NAME
    with closing(HistoryFile(path, zone=UTC)) as ours:
        recorded(ours, spending(24))
        with closing(HistoryFile(path, "other", zone=UTC)) as theirs:
            recorded(theirs, spending(24))
            ours.fold(LATER)
            assert len(list(theirs.entries())) == 24
        assert len(list(ours.entries())) == 3


def test_a_history_without_rows_folds_to_nothing(tmp_path: Path) -> None:
    with closing(HistoryFile(tmp_path / HISTORY_NAME, zone=UTC)) as history:
        history.fold(LATER)
        assert list(history.entries()) == []


def test_much_that_was_folded_makes_the_file_smaller(tmp_path: Path) -> None:
    with closing(HistoryFile(tmp_path / HISTORY_NAME, zone=UTC)) as history:
        history.import_readings(entries_of(spending(15_000, first="5000")))
        history.close()
        before = (tmp_path / HISTORY_NAME).stat().st_size
        history.fold(LATER)
        history.close()
        assert (tmp_path / HISTORY_NAME).stat().st_size * 5 < before
        assert_sums_hold(list(history.entries()))


def test_the_chart_expects_longer_steps_where_rows_were_folded(tmp_path: Path) -> None:
    # From 9:00 to 10:55, as the first and the last row of their hours may lie.
    old = [BalanceReading(usd("9"), START), BalanceReading(usd("8"), START + 2 * HOUR - MINUTE)]
    new = [BalanceReading(usd("7"), reading.taken_at + 180 * DAY) for reading in old]
    with closing(HistoryFile(tmp_path / HISTORY_NAME, zone=UTC)) as history:
        recorded(history, old + new)
        points = history.chart_points(START, LATER, 100)
        assert [point.after_gap for point in points] == [False, True, True, True]
        history.fold(LATER)
        points = history.chart_points(START, LATER, 100)
        assert [point.after_gap for point in points] == [False, False, True, True]
