from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from tests.adapters.histories import (
    DAY,
    FIVE_MINUTES,
    HOUR,
    MINUTE,
    START,
    assert_sums_hold,
    history_in,
    moved,
    readings_of,
    recorded,
)
from tests.core.samples import usd
from tray_app.adapters.history_file import HistoryFile
from tray_app.adapters.paths import HISTORY_NAME
from tray_app.core.change import change_between, usual_spending
from tray_app.core.history import Change, Entry
from tray_app.core.history_problem import HistoryClockBehind, HistoryError
from tray_app.core.money import ZERO, Usd
from tray_app.core.reading import BalanceReading
from tray_app.core.spend import Spend

if TYPE_CHECKING:
    from pathlib import Path


def test_a_new_history_is_empty(tmp_path: Path) -> None:
    with closing(history_in(tmp_path)) as history:
        assert history.last() is None
        assert list(history.entries()) == []
        assert not history.spends(START)
        assert history.eventful(START) == ()
        assert not history.changed_elsewhere()


def test_the_first_reading_begins_and_the_next_tells_what_happened(tmp_path: Path) -> None:
    first, second = readings_of(["12.34", "12.30"])
    with closing(history_in(tmp_path)) as history:
        assert history.append(first, "a") == Entry(first)
        spent = Entry(second, since=START, change=Change(spent=usd("0.04")))
        assert history.append(second, "a") == spent
        assert history.last() == spent
        assert list(history.entries()) == [Entry(first), spent]


def test_what_was_written_is_there_after_a_new_start_exact_to_the_last_digit(
    tmp_path: Path,
) -> None:
    readings = [
        BalanceReading(
            available=Usd.of_units_text("-12345.000000000001"),
            taken_at=START,
            cash=Usd.of_units_text("999999999999999.5"),
            credit_limit=None,
            pending_charges=Usd.of_units(0),
            outstanding_invoices=Usd.of_units_text("0.25"),
        ),
        BalanceReading(
            available=Usd.of_units_text("-999999999999999.999999999999"),
            taken_at=START + HOUR,
            cash=Usd.of_units_text("-999999999999999.75"),
        ),
    ]
    with closing(history_in(tmp_path)) as history:
        written = recorded(history, readings)
    with closing(history_in(tmp_path)) as history:
        assert list(history.entries()) == written
        assert [entry.reading for entry in written] == readings


def test_moments_are_kept_to_the_millisecond(tmp_path: Path) -> None:
    taken_at = datetime(2026, 11, 2, 9, 0, 0, 123_987, tzinfo=UTC)
    kept = BalanceReading(usd("1"), taken_at.replace(microsecond=123_000))
    with closing(history_in(tmp_path)) as history:
        assert history.append(BalanceReading(usd("1"), taken_at), None) == Entry(kept)
        assert history.last() == Entry(kept)


def test_a_history_in_memory_is_one_too_and_ends_with_it() -> None:
    with closing(HistoryFile(None, zone=UTC)) as history:
        written = recorded(history, readings_of(["3", "2", "22"]))
        assert list(history.entries()) == written
        assert not history.changed_elsewhere()
        history.close()
        assert list(history.entries()) == []


def test_accounts_in_one_file_do_not_meet(tmp_path: Path) -> None:
    with closing(history_in(tmp_path)) as one, closing(history_in(tmp_path, "other")) as other:
        ours = recorded(one, readings_of(["3", "2"]))
        theirs = recorded(other, readings_of(["30", "20"], start=START - MINUTE))
        assert list(one.entries()) == ours
        assert list(other.entries()) == theirs


def test_amounts_that_stay_leave_both_ends_of_the_run(tmp_path: Path) -> None:
    readings = readings_of(["5", "5", "5", "5", "5", "4", "4", "4"])
    with closing(history_in(tmp_path)) as history:
        recorded(history, readings)
        entries = list(history.entries())
    assert [entry.reading for entry in entries] == [readings[at] for at in (0, 4, 5, 7)]
    # The dollar went in the five minutes in which it went.
    assert entries[2].since == readings[4].taken_at
    assert_sums_hold(entries)


def test_amounts_that_stay_are_kept_once_an_hour_at_least(tmp_path: Path) -> None:
    with closing(history_in(tmp_path)) as history:
        recorded(history, readings_of(["5"] * 100, step=7 * MINUTE))
        entries = list(history.entries())
    times = [entry.reading.taken_at for entry in entries]
    gaps = [after - before for before, after in pairwise(times)]
    assert max(gaps) <= HOUR
    assert len(entries) == 14
    assert times[-1] == START + 99 * 7 * MINUTE


@pytest.mark.parametrize(
    "field", ["cash", "credit_limit", "pending_charges", "outstanding_invoices"]
)
def test_a_reading_that_changed_any_amount_stays(tmp_path: Path, field: str) -> None:
    plain = [BalanceReading(usd("5"), START + number * MINUTE) for number in range(3)]
    amount: dict[str, Any] = {field: usd("1")}
    changed = replace(plain[1], **amount)
    with closing(history_in(tmp_path)) as history:
        recorded(history, [plain[0], changed, plain[2]])
        assert [entry.reading for entry in history.entries()] == [plain[0], changed, plain[2]]


def test_another_key_begins_anew(tmp_path: Path) -> None:
    readings = readings_of(["5", "4", "40", "39"])
    with closing(history_in(tmp_path)) as history:
        recorded(history, readings[:2], "a")
        assert recorded(history, readings[2:], "b") == [
            Entry(readings[2]),
            Entry(readings[3], readings[2].taken_at, Change(spent=usd("1"))),
        ]


def test_another_key_begins_anew_where_the_amounts_stay(tmp_path: Path) -> None:
    readings = readings_of(["5", "5", "5", "5"])
    with closing(history_in(tmp_path)) as history:
        recorded(history, readings[:2], "a")
        recorded(history, readings[2:], "b")
        sinces = [entry.since for entry in history.entries()]
    assert sinces == [None, readings[0].taken_at, None, readings[2].taken_at]


def test_a_key_that_nobody_knows_breaks_nothing(tmp_path: Path) -> None:
    readings = readings_of(["5", "4", "3", "2"])
    with closing(history_in(tmp_path)) as history:
        for reading, mark in zip(readings, [None, "a", None, "a"], strict=True):
            history.append(reading, mark)
        assert [entry.since for entry in history.entries()][1:] == [
            reading.taken_at for reading in readings[:3]
        ]
        assert history.append(moved(readings[3], MINUTE), "b").since is None


def test_a_top_up_is_seen_through_the_pace_of_the_last_day(tmp_path: Path) -> None:
    # Without cash the twenty dollars show as 19.98 only.
    readings = [
        BalanceReading(usd(f"{10 - number / 50:.2f}"), START + number * FIVE_MINUTES)
        for number in range(30)
    ]
    after = BalanceReading(
        readings[-1].available + usd("19.98"), readings[-1].taken_at + FIVE_MINUTES
    )
    with closing(history_in(tmp_path)) as history:
        recorded(history, readings)
        entry = history.append(after, "a")
        assert entry.change == Change(spent=usd("0.02"), topped_up=usd("20"))
        spends = history.spends(START)[:-1]
        usual = usual_spending(spends, FIVE_MINUTES)
        assert entry.change == change_between(readings[-1], after, usual)
        assert history.eventful(START) == (entry,)


def test_the_pace_before_another_key_says_nothing(tmp_path: Path) -> None:
    with closing(history_in(tmp_path)) as history:
        for number in range(30):
            history.append(
                BalanceReading(usd(f"{10 - number / 50:.2f}"), START + number * MINUTE), "a"
            )
        history.append(BalanceReading(usd("5"), START + 30 * MINUTE), "b")
        topped_up = history.append(BalanceReading(usd("24.98"), START + 31 * MINUTE), "b")
    assert topped_up.change == Change(topped_up=usd("19.98"))


def test_spends_are_those_that_end_later(tmp_path: Path) -> None:
    with closing(history_in(tmp_path)) as history:
        recorded(history, readings_of(["5", "4", "3"]), "a")
        recorded(history, readings_of(["9", "7"], start=START + HOUR), "b")
        assert list(history.spends(START + FIVE_MINUTES)) == [
            Spend(START + FIVE_MINUTES, START + 2 * FIVE_MINUTES, usd("1")),
            Spend(START + HOUR, START + HOUR + FIVE_MINUTES, usd("2")),
        ]
        assert len(history.spends(START + FIVE_MINUTES - MINUTE)) == 3
        assert not history.spends(START + HOUR + FIVE_MINUTES)


def test_eventful_is_what_is_more_than_spending(tmp_path: Path) -> None:
    with closing(history_in(tmp_path)) as history:
        recorded(history, readings_of(["5", "4", "24", "23", "22"]))
        (top_up,) = history.eventful(START)
        assert top_up.change == Change(topped_up=usd("20"))
        at = top_up.reading.taken_at
        assert history.eventful(at) == (top_up,)
        assert history.eventful(at + timedelta(milliseconds=1)) == ()


def test_entries_come_from_a_moment_on_however_many_there_are(tmp_path: Path) -> None:
    readings = [
        BalanceReading(usd(str(5000 - number)), START + number * FIVE_MINUTES)
        for number in range(2500)
    ]
    with closing(history_in(tmp_path)) as history:
        recorded(history, readings)
        assert [entry.reading for entry in history.entries()] == readings
        since = readings[1200].taken_at
        assert [entry.reading for entry in history.entries(since)] == readings[1200:]
        later = since + timedelta(milliseconds=1)
        assert [entry.reading for entry in history.entries(later)] == readings[1201:]


def test_readings_go_on_while_the_entries_are_read(tmp_path: Path) -> None:
    readings = [
        BalanceReading(usd(str(5000 - number)), START + number * MINUTE) for number in range(1100)
    ]
    with closing(history_in(tmp_path)) as history:
        recorded(history, readings[:-1])
        entries = history.entries()
        first = next(entries)
        history.append(readings[-1], "a")
        assert [entry.reading for entry in (first, *entries)] == readings


def test_what_another_program_writes_is_noticed_once(tmp_path: Path) -> None:
    readings = readings_of(["5", "4", "3"])
    with closing(history_in(tmp_path)) as tray, closing(history_in(tmp_path)) as command:
        tray.append(readings[0], "a")
        assert not tray.changed_elsewhere()
        command.append(readings[1], "a")
        assert tray.changed_elsewhere()
        assert not tray.changed_elsewhere()
        tray.append(readings[2], "a")
        assert not tray.changed_elsewhere()


def test_a_reading_from_before_the_last_one_is_not_recorded(tmp_path: Path) -> None:
    readings = readings_of([str(900 - number) for number in range(300)])
    with closing(history_in(tmp_path)) as history:
        written = recorded(history, readings)
        for behind in (readings[0].taken_at - FIVE_MINUTES, readings[10].taken_at + MINUTE):
            with pytest.raises(HistoryError) as caught:
                history.append(BalanceReading(usd("1"), behind), "a")
            assert caught.value.problem == HistoryClockBehind()
        assert list(history.entries()) == written


def refused(history: HistoryFile, reading: BalanceReading) -> None:
    with pytest.raises(HistoryError) as caught:
        history.append(reading, "a")
    assert caught.value.problem == HistoryClockBehind()


def hour_behind(begin: datetime) -> list[BalanceReading]:
    """Return an hour of readings, of which the last proves their clock."""
    return readings_of(["3"] * 13, start=begin)


def test_a_clock_that_is_behind_for_a_moment_costs_no_row(tmp_path: Path) -> None:
    """As at each start of a computer whose clock the network sets right a little later."""
    readings = readings_of([str(900 - number) for number in range(100)] + ["820"])
    with closing(history_in(tmp_path)) as history:
        written = recorded(history, readings)
        assert written[-1].change.topped_up > ZERO
        for _ in range(3):
            for early in hour_behind(START + HOUR)[:-1]:
                refused(history, early)
            assert list(history.entries()) == written
            number = len(written)
            (following,) = readings_of([str(1000 - number)], start=START + number * FIVE_MINUTES)
            written.append(history.append(following, "a"))


def test_the_few_readings_of_a_clock_that_was_ahead_go_once_the_right_one_is_proven(
    tmp_path: Path,
) -> None:
    readings = readings_of(["9", "8"])
    ahead = readings_of(
        ["7"] + [f"{6 - number / 100:.2f}" for number in range(287)], start=START + 400 * DAY
    )
    back = hour_behind(START + 9 * DAY)
    with closing(history_in(tmp_path)) as history:
        recorded(history, [*readings, *ahead])
        history.fold(ahead[-1].taken_at)
        for reading in back[:-1]:
            refused(history, reading)
        entry = history.append(back[-1], "a")
        assert entry == Entry(back[-1], readings[1].taken_at, Change(spent=usd("5")))
        assert [each.reading for each in history.entries()] == [*readings, back[-1]]
        # Folding is not put off until the wrong clock's time.
        old = recorded(history, readings_of(["2", "1.5", "1"], start=START + 10 * DAY))
        history.fold(START + 100 * DAY)
        assert len(list(history.entries())) < 3 + len(old)


def test_more_than_a_day_of_readings_ahead_stays(tmp_path: Path) -> None:
    later = readings_of([str(899 - number) for number in range(289)], start=START + 400 * DAY)
    with closing(history_in(tmp_path)) as history:
        written = recorded(history, [*readings_of(["900"]), *later])
        for reading in hour_behind(START + HOUR):
            refused(history, reading)
        assert list(history.entries()) == written


def test_hourly_readings_of_many_days_ahead_stay(tmp_path: Path) -> None:
    """An account that nothing is spent of leaves a row an hour."""
    days = [BalanceReading(usd(str(900 - hour)), START + hour * HOUR) for hour in range(285)]
    with closing(history_in(tmp_path)) as history:
        written = recorded(history, days)
        for reading in hour_behind(START + HOUR):
            refused(history, reading)
        assert list(history.entries()) == written


@pytest.mark.parametrize("step", [2 * HOUR, -HOUR])
def test_a_leap_between_two_readings_from_behind_proves_nothing(
    tmp_path: Path, step: timedelta
) -> None:
    with closing(history_in(tmp_path)) as history:
        written = recorded(history, readings_of([str(900 - number) for number in range(150)]))
        for at in (START + 2 * HOUR, START + 2 * HOUR + step, START + 3 * HOUR + step - MINUTE):
            refused(history, BalanceReading(usd("5"), at))
        assert list(history.entries()) == written


def test_with_the_beginning_of_another_key_what_lies_before_it_is_no_past_of_the_next_reading(
    tmp_path: Path,
) -> None:
    """A clock three hours ahead, another key, and the clock is set right."""
    readings = readings_of(["95", "94.9"])
    ahead = readings_of(["0.2", "0.1"], start=START + 3 * HOUR)
    right = hour_behind(START + HOUR)
    with closing(history_in(tmp_path)) as history:
        recorded(history, readings)
        for reading in ahead:
            history.append(reading, "b")
        for reading in right[:-1]:
            with pytest.raises(HistoryError):
                history.append(reading, "b")
        assert history.append(right[-1], "b") == Entry(right[-1])


def test_a_beginning_that_is_read_once_more_at_the_same_moment_stays_one(tmp_path: Path) -> None:
    (first,) = readings_of(["95"])
    second = BalanceReading(usd("7"), START + MINUTE)
    with closing(history_in(tmp_path)) as history:
        history.append(first, "a")
        history.append(second, "b")
        again = replace(second, available=usd("6.9"))
        assert history.append(again, "b") == Entry(again)


def test_a_history_that_a_wrong_clock_began_begins_anew(tmp_path: Path) -> None:
    ahead = readings_of(["9", "8"], start=START + 400 * DAY)
    right = hour_behind(START)
    with closing(history_in(tmp_path)) as history:
        recorded(history, ahead)
        for reading in right[:-1]:
            refused(history, reading)
        assert history.append(right[-1], "a") == Entry(right[-1])
        assert list(history.entries()) == [Entry(right[-1])]


@pytest.mark.skipif(os.name != "posix", reason="permissions of files are POSIX's")
def test_file_log_and_folder_are_closed_to_others_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with closing(history_in(tmp_path / "data")) as history:
            recorded(history, readings_of(["5", "4"]))
            modes = {
                each.name: each.stat().st_mode & 0o777 for each in (tmp_path / "data").iterdir()
            }
    finally:
        os.umask(before)
    assert modes == {
        HISTORY_NAME: 0o600,
        f"{HISTORY_NAME}-wal": 0o600,
        f"{HISTORY_NAME}-shm": 0o600,
    }
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(os.name != "posix", reason="permissions of files are POSIX's")
def test_a_file_that_was_copied_open_to_others_is_closed(tmp_path: Path) -> None:
    with closing(history_in(tmp_path)) as history:
        recorded(history, readings_of(["5"]))
    (tmp_path / HISTORY_NAME).chmod(0o644)
    with closing(history_in(tmp_path)) as history:
        assert history.last() is not None
    assert (tmp_path / HISTORY_NAME).stat().st_mode & 0o777 == 0o600


def test_no_amount_is_stored_as_a_float(tmp_path: Path) -> None:
    readings = [
        BalanceReading(Usd.of_units_text("123400.5"), START, cash=usd("1")),
        BalanceReading(Usd.of_units_text("123400.25"), START + HOUR, cash=usd("1")),
    ]
    with closing(history_in(tmp_path)) as history:
        recorded(history, readings)
    with closing(sqlite3.connect(tmp_path / HISTORY_NAME)) as connection:
        rows = connection.execute("SELECT available, cash, spent FROM entry").fetchall()
    assert rows == [("123400.5", 10_000, 0), ("123400.25", 10_000, "0.25")]


def test_nothing_is_written_before_the_first_call(tmp_path: Path) -> None:
    history = history_in(tmp_path / "data")
    assert list(tmp_path.iterdir()) == []
    history.close()
    assert list(tmp_path.iterdir()) == []
