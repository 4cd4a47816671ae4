from __future__ import annotations

import csv
import io
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.adapters.histories import (
    DAY,
    FIVE_MINUTES,
    MINUTE,
    START,
    entries_of,
    history_in,
    readings_of,
    recorded,
)
from tests.core.samples import amounts, usd
from tray_app.adapters.history_csv import write_csv
from tray_app.adapters.history_csv_reader import HistoryCsvError, read_csv
from tray_app.core.change import change_between
from tray_app.core.history import Change, Entry
from tray_app.core.money import Usd
from tray_app.core.reading import BalanceReading

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

NAMES = (
    "taken_at,available,cash,credit_limit,pending_charges,outstanding_invoices,"
    "since,spent,topped_up,refunded,credit_limit_change,invoices_settled"
)
PLAIN = "taken_at,available\n2026-11-02T09:00:00Z,9\n2026-11-02T09:05:00Z,8.5\n"


def written(entries: Iterable[Entry]) -> str:
    stream = io.StringIO()
    write_csv(stream, entries)
    return stream.getvalue()


def read(text: str) -> list[Entry]:
    return list(read_csv(io.StringIO(text)))


def fault(text: str) -> tuple[int, str]:
    with pytest.raises(HistoryCsvError) as caught:
        read(text)
    assert str(caught.value) == f"line {caught.value.line}: {caught.value.what}"
    return caught.value.line, caught.value.what


def test_a_line_has_exact_dollars_and_times_in_utc() -> None:
    first = BalanceReading(usd("-1.5"), START, cash=usd("0"), credit_limit=None)
    then = BalanceReading(
        Usd.of_units_text("185000.5"),
        START + timedelta(minutes=5, milliseconds=7),
        cash=usd("20"),
        credit_limit=usd("3"),
        pending_charges=usd("0.25"),
        outstanding_invoices=usd("1"),
    )
    change = Change(spent=Usd.of_units_text("0.5"), topped_up=usd("20"), credit_limit=usd("-1"))
    assert written([Entry(first), Entry(then, START, change)]).splitlines() == [
        NAMES,
        "2026-11-02T09:00:00.000Z,-1.5000,0.0000,,,,,0.0000,0.0000,0.0000,0.0000,0.0000",
        (
            "2026-11-02T09:05:00.007Z,18.50005,20.0000,3.0000,0.2500,1.0000,"
            "2026-11-02T09:00:00.000Z,0.00005,20.0000,0.0000,-1.0000,0.0000"
        ),
    ]


def test_an_empty_history_is_its_names_and_reads_back_as_empty() -> None:
    assert written([]) == f"{NAMES}\n"
    assert read(written([])) == []


_maybe = st.none() | amounts


@given(
    st.lists(
        st.tuples(
            st.integers(1, 10**9), amounts, _maybe, _maybe, _maybe, _maybe, st.sampled_from("aaab")
        ),
        max_size=12,
    )
)
@settings(deadline=None)
def test_what_is_written_reads_back_as_it_was(
    steps: list[tuple[int, Usd, Usd | None, Usd | None, Usd | None, Usd | None, str]],
) -> None:
    at, entries = START, list[Entry]()
    for milliseconds, *five, key in steps:
        at += timedelta(milliseconds=milliseconds)
        reading = BalanceReading(five[0] or usd("0"), at, *five[1:])
        if entries and key == "a":
            before = entries[-1].reading
            entries.append(Entry(reading, before.taken_at, change_between(before, reading)))
        else:
            entries.append(Entry(reading))
    assert read(written(entries)) == entries


def test_an_exported_history_imports_into_an_empty_one_as_it_was(tmp_path: Path) -> None:
    with closing(history_in(tmp_path / "old")) as old, closing(history_in(tmp_path / "new")) as new:
        recorded(old, readings_of(["9", "8", "28", "28", "28", "28", "27"]), "a")
        recorded(old, readings_of(["70", "60"], start=START + DAY), "b")
        entries = list(old.entries())
        new.import_readings(read_csv(io.StringIO(written(old.entries()))))
        assert list(new.entries()) == entries


def test_nothing_in_it_begins_a_formula() -> None:
    readings = readings_of(["-9", "8", "-0.0001", "20"])
    for row in csv.reader(io.StringIO(written(entries_of(readings)))):
        assert not any(field.startswith(("=", "+", "@", "\t", "\r")) for field in row)


def test_readings_alone_are_enough() -> None:
    first = BalanceReading(usd("9"), START)
    second = BalanceReading(usd("8.5"), START + FIVE_MINUTES)
    expected = [Entry(first), Entry(second, START, Change(spent=usd("0.5")))]
    assert read(PLAIN) == expected


def test_a_line_without_changes_is_told_from_the_one_before() -> None:
    entries = entries_of(readings_of(["9", "8", "28", "27"]))
    lines = [line.split(",") for line in written(entries).splitlines()]
    for line in lines[2:4]:
        line[6:] = [""] * 6
    assert read("\n".join(map(",".join, lines))) == entries


def test_a_top_up_in_plain_readings_is_seen_through_the_pace_before_it() -> None:
    units = [100_000 - 200 * number for number in range(40)]
    units.append(units[-1] + 199_800)
    lines = [
        f"{(START + number * FIVE_MINUTES).isoformat()},{Usd.of_units(each).decimal_text()}"
        for number, each in enumerate(units)
    ]
    last = read("\n".join(["taken_at,available", *lines]))[-1]
    assert last.change == Change(spent=usd("0.02"), topped_up=usd("20"))


def test_columns_come_in_any_order() -> None:
    entries = entries_of(readings_of(["9", "8", "28"]))
    turned = [line.split(",")[::-1] for line in written(entries).splitlines()]
    assert read("\n".join(map(",".join, turned))) == entries


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + PLAIN,
        PLAIN.replace("\n", "\r\n"),
        PLAIN.rstrip(),
        PLAIN + "\n\n",
        PLAIN.replace("9\n", '"9"\n'),
        PLAIN.replace("09:00:00Z", "10:00:00+01:00"),
        PLAIN.replace("09:00:00Z", "09:00:00.0004Z"),
        PLAIN.replace("2026-11-02T", "20261102T"),
        PLAIN.replace("T", " ", 1),
    ],
    ids=["mark", "CRLF", "no end", "empty lines", "quotes", "offset", "finer", "basic", "space"],
)
def test_what_other_programs_make_of_it_reads_the_same(text: str) -> None:
    assert read(text) == read(PLAIN)


def test_a_file_that_begins_later_keeps_what_went_before_it() -> None:
    entries = entries_of(readings_of(["9", "8", "28"]))
    assert read(written(entries[1:])) == entries[1:]


@pytest.mark.parametrize("amount", ["1e3", "1,5", "$5", "+5", "NaN", "5 ", "1_000", "5."])
def test_only_exact_decimals_are_amounts(amount: str) -> None:
    text = PLAIN.replace("8.5", f'"{amount}"')
    assert fault(text) == (3, "available is not an exact amount in dollars")


def test_decimals_are_kept_to_the_last_digit() -> None:
    text = PLAIN.replace("8.5", "-5.0000000000000001")
    assert read(text)[1].reading.available == Usd.of_units_text("-50000.000000000001")


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("09:05:00Z", "09:05:00", 3, "taken_at has no time zone"),
        ("2026-11-02T09:05:00Z", "yesterday", 3, "taken_at is not a time in ISO 8601"),
        ("2026-11-02T09:05:00Z", "0001-01-01T00:00:00+23:00", 3, "taken_at is before 2000"),
        (
            "2026-11-02T09:05:00Z",
            "9999-12-31T23:59:59-23:00",
            3,
            "taken_at is not a time in ISO 8601",
        ),
        ("09:05", "08:55", 3, "taken_at is not later than that of the line before"),
        ("09:05:00Z", "09:00:00.0009Z", 3, "taken_at is that of the line before"),
        (",8.5", "", 3, "1 fields instead of 2"),
        (",8.5", ",8.5,", 3, "3 fields instead of 2"),
        (",8.5", ",", 3, "available is not an exact amount in dollars"),
        ("taken_at,", "time,", 1, "column 1 has none of the known names"),
        ("taken_at,", "available,", 1, "available stands there twice"),
        ("taken_at,", "cash,", 1, "taken_at is missing"),
        ("available", "cash", 1, "available is missing"),
        ("8.5", '"8.5', 3, "not CSV: unexpected end of data"),
        ("8.5", '"8"5', 3, "not CSV: ',' expected after '\"'"),
    ],
)
def test_the_first_line_that_is_wrong_is_named(old: str, new: str, line: int, what: str) -> None:
    assert fault(PLAIN.replace(old, new)) == (line, what)


def test_a_file_without_a_line_says_what_is_missing() -> None:
    assert fault("") == (1, "taken_at is missing")


@pytest.mark.parametrize(
    ("column", "value", "what"),
    [
        ("spent", "", "some of the five changes are missing"),
        ("spent", "-1", "spent is negative"),
        ("topped_up", "-1", "topped_up is negative"),
        ("refunded", "-1", "refunded is negative"),
        ("invoices_settled", "-1", "invoices_settled is negative"),
        ("credit_limit_change", "-1", "the changes do not add up to that of available"),
        ("spent", "1.0001", "the changes do not add up to that of available"),
        ("since", "", "changes without since"),
        ("since", "2026-11-02T08:59:00Z", "since is not taken_at of the line before"),
        ("since", "2026-11-02T09:05:00Z", "since is not before taken_at"),
        ("since", "2026-11-02T09:00:00", "since has no time zone"),
        ("cash", "x", "cash is not an exact amount in dollars"),
    ],
)
def test_changes_that_cannot_be_are_refused(column: str, value: str, what: str) -> None:
    lines = [line.split(",") for line in written(entries_of(readings_of(["9", "8"]))).splitlines()]
    lines[2][lines[0].index(column)] = value
    assert fault("\n".join(map(",".join, lines))) == (3, what)


def test_a_time_that_has_not_come_yet_is_refused_where_a_limit_is_given() -> None:
    last = START + 5 * MINUTE
    assert len(list(read_csv(io.StringIO(PLAIN), last))) == 2
    with pytest.raises(HistoryCsvError) as caught:
        list(read_csv(io.StringIO(PLAIN), last - timedelta(milliseconds=1)))
    assert (caught.value.line, caught.value.what) == (
        3,
        "taken_at is ahead of this computer's clock",
    )


def test_a_wrong_file_is_not_repeated() -> None:
    assert "sk_secret" not in str(fault("sk_secret\n"))


def test_the_lines_before_a_wrong_one_are_given_first() -> None:
    entries = read_csv(io.StringIO(PLAIN + "2026-11-02T09:10:00Z,x\n"))
    assert [next(entries), next(entries)] == read(PLAIN)
    with pytest.raises(HistoryCsvError):
        next(entries)


def test_a_wrong_line_lets_nothing_of_the_file_in(tmp_path: Path) -> None:
    with closing(history_in(tmp_path)) as history:
        with pytest.raises(HistoryCsvError):
            history.import_readings(read_csv(io.StringIO(PLAIN + "2026-11-02T09:10:00Z,x\n")))
        assert list(history.entries()) == []


@pytest.mark.parametrize(
    "content", [b"\xff\xfe" + PLAIN.encode("utf-16-le"), b"\x00" * 50, b"\x89PNG\r\n\x1a\n" * 40]
)
def test_what_is_no_text_is_refused_without_a_crash(content: bytes) -> None:
    with pytest.raises(HistoryCsvError):
        list(read_csv(io.TextIOWrapper(io.BytesIO(content), "utf-8", newline="")))


def test_entries_keep_their_order_over_a_change_of_the_clock() -> None:
    text = "taken_at,available\n2026-10-25T02:30:00+02:00,9\n2026-10-25T02:15:00+01:00,8\n"
    before, after = read(text)
    assert after.reading.taken_at - before.reading.taken_at == 45 * MINUTE


def test_a_long_history_is_read_as_it_comes() -> None:
    entries = entries_of(readings_of([str(9000 - number) for number in range(3000)]))
    lines = iter(written(entries).splitlines(keepends=True))
    reading = read_csv(lines)
    assert [next(reading), next(reading)] == entries[:2]
    assert len(list(lines)) >= 2990
