from __future__ import annotations

from contextlib import closing
from itertools import pairwise
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
    history_in,
    readings_of,
    recorded,
)
from tests.core.samples import usd
from tray_app.adapters.history_import import Imported
from tray_app.core.history import Change, Entry
from tray_app.core.history_problem import HistoryError, HistoryFailed
from tray_app.core.money import Usd
from tray_app.core.reading import BalanceReading

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LATER = START + 200 * DAY
COUNTDOWN = readings_of([str(3000 - number) for number in range(2500)])


def test_an_empty_history_takes_all_entries_as_they_are(tmp_path: Path) -> None:
    (another_keys,) = readings_of(["7"], start=LATER)
    entries = [*entries_of(COUNTDOWN), Entry(another_keys)]
    with closing(history_in(tmp_path)) as history:
        assert history.import_readings(entries) == Imported(added=2501, known=0)
        assert list(history.entries()) == entries


def test_the_same_entries_again_change_nothing(tmp_path: Path) -> None:
    entries = entries_of(COUNTDOWN)
    with closing(history_in(tmp_path)) as history:
        history.import_readings(entries)
        assert history.import_readings(entries) == Imported(added=0, known=2500)
        assert list(history.entries()) == entries


def test_no_entries_are_nothing(tmp_path: Path) -> None:
    with closing(history_in(tmp_path)) as history:
        assert history.import_readings([]) == Imported(0, 0)
        assert list(history.entries()) == []


def test_entries_that_are_there_win(tmp_path: Path) -> None:
    ours = readings_of(["9", "8", "7"])
    theirs = readings_of(["90", "7.5", "6.5", "6"])
    with closing(history_in(tmp_path)) as history:
        recorded(history, ours)
        assert history.import_readings(entries_of(theirs)) == Imported(added=1, known=3)
        entries = list(history.entries())
    assert [entry.reading for entry in entries] == [*ours, theirs[3]]
    # They said that 50 cents were spent; after our seven dollars it was one.
    assert entries[3].change == Change(spent=usd("1"))


def test_what_happened_is_told_anew_where_a_row_has_come_between(tmp_path: Path) -> None:
    ours = readings_of(["9", "5"], step=HOUR)
    theirs = readings_of(["8", "6"], start=START + 10 * MINUTE, step=10 * MINUTE)
    with closing(history_in(tmp_path)) as history:
        recorded(history, ours)
        history.import_readings(entries_of(theirs))
        entries = list(history.entries())
    assert entries == entries_of([ours[0], *theirs, ours[1]])


def test_a_beginning_for_want_of_a_row_before_follows_one_that_comes(tmp_path: Path) -> None:
    readings = readings_of(["9", "8", "7", "6", "5", "4"])
    with closing(history_in(tmp_path)) as history:
        recorded(history, readings[2:4])
        history.import_readings(entries_of(readings[:2]))
        history.import_readings(entries_of(readings[4:]))
        assert list(history.entries()) == entries_of(readings)


def test_another_keys_beginning_stays_one(tmp_path: Path) -> None:
    readings = readings_of(["9", "8", "70", "60"])
    between = readings_of(["7"], start=START + 7 * MINUTE)
    theirs = [
        *entries_of(readings_of(["90"], start=START - DAY)),
        Entry(readings_of(["10"], start=START - HOUR)[0]),
    ]
    with closing(history_in(tmp_path)) as history:
        recorded(history, readings[:2], "a")
        recorded(history, readings[2:], "b")
        history.import_readings([*theirs, *entries_of(between)])
        entries = list(history.entries())
    beginnings = [entry.reading for entry in entries if entry.since is None]
    assert beginnings == [theirs[0].reading, theirs[1].reading, between[0], readings[2]]


def test_entries_from_some_moment_on_keep_what_went_before_them(tmp_path: Path) -> None:
    entries = entries_of(COUNTDOWN)[100:200]
    with closing(history_in(tmp_path)) as history:
        history.import_readings(entries)
        assert list(history.entries()) == entries
        history.import_readings(entries_of(COUNTDOWN)[:100])
        assert list(history.entries()) == entries_of(COUNTDOWN)[:200]


def test_a_change_that_is_not_true_of_the_amounts_is_told_anew(tmp_path: Path) -> None:
    first, second = entries_of(COUNTDOWN[:2])
    wrong = Entry(second.reading, second.since, Change(spent=usd("5")))
    with closing(history_in(tmp_path)) as history:
        history.import_readings([first, wrong])
        assert list(history.entries()) == [first, second]


def test_entries_in_any_order_find_their_places(tmp_path: Path) -> None:
    entries = entries_of(COUNTDOWN)
    with closing(history_in(tmp_path)) as history:
        history.import_readings(reversed(entries))
        assert list(history.entries()) == entries


def test_a_top_up_among_imported_rows_is_seen_through_their_pace(tmp_path: Path) -> None:
    amounts = [usd("10") - Usd.of_cents(2 * number) for number in range(40)]
    readings = [
        BalanceReading(amount, START + number * FIVE_MINUTES)
        for number, amount in enumerate(amounts)
    ]
    paid = BalanceReading(amounts[-1] + usd("19.98"), START + 40 * FIVE_MINUTES)
    with closing(history_in(tmp_path)) as history:
        recorded(history, [readings[0], paid])
        history.import_readings(entries_of(readings))
        last = history.last()
    assert last is not None
    assert last.change == Change(spent=usd("0.02"), topped_up=usd("20"))


def test_readings_go_on_after_an_import(tmp_path: Path) -> None:
    readings = readings_of(["9", "8", "7"])
    with closing(history_in(tmp_path)) as history:
        history.import_readings(entries_of(readings[:2]))
        history.append(readings[2], "a")
        assert list(history.entries()) == entries_of(readings)


def test_old_rows_that_come_later_are_folded_too(tmp_path: Path) -> None:
    cents = [
        BalanceReading(usd("99") - Usd.of_cents(number), START + number * FIVE_MINUTES)
        for number in range(48)
    ]
    with closing(history_in(tmp_path)) as history:
        history.import_readings(entries_of(cents))
        history.fold(LATER)
        folded = list(history.entries())
        history.import_readings(entries_of(cents))
        assert len(list(history.entries())) == 48
        history.fold(LATER)
        assert list(history.entries()) == folded
        assert_sums_hold(folded)


def test_an_import_that_ends_in_the_middle_leaves_everything_as_it_was(tmp_path: Path) -> None:
    entries = entries_of(COUNTDOWN)

    def breaking() -> Iterator[Entry]:
        yield from entries[5:2000]
        raise RuntimeError("the stream broke")

    with closing(history_in(tmp_path)) as history:
        history.import_readings(entries[:3])
        with pytest.raises(RuntimeError, match="the stream broke"):
            history.import_readings(breaking())
        assert list(history.entries()) == entries[:3]
        history.append(COUNTDOWN[3], "a")


def test_negative_spending_is_not_let_in(tmp_path: Path) -> None:
    first, second = entries_of(COUNTDOWN[:2])
    for spent in (usd("-1"), Usd.of_units_text("-0.5")):
        wrong = Entry(second.reading, second.since, Change(spent=spent))
        with closing(history_in(tmp_path)) as history:
            with pytest.raises(HistoryError) as caught:
                history.import_readings([first, wrong])
            assert caught.value.problem == HistoryFailed("SQLITE_CONSTRAINT_CHECK")
            assert list(history.entries()) == []


def test_the_tray_notices_what_a_command_imports(tmp_path: Path) -> None:
    entries = entries_of(COUNTDOWN)
    with closing(history_in(tmp_path)) as tray, closing(history_in(tmp_path)) as command:
        recorded(tray, COUNTDOWN[:1])
        command.import_readings(entries[:500])
        assert tray.changed_elsewhere()
        assert all(
            entry.since == before.reading.taken_at for before, entry in pairwise(tray.entries())
        )
