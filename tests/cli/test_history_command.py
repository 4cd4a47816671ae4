"""The history on the command line, from a real file."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.adapters.histories import assert_sums_hold, history_in
from tests.cli.histories import DAY, HOUR, csv_of, hourly, just_now, left_behind, spending
from tests.cli.in_process import run
from tests.cli.test_subprocess import PROJECT
from tray_app.adapters.history_schema import APPLICATION_ID
from tray_app.adapters.paths import HISTORY_NAME

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.adapters.memory_keyring import MemoryKeyring

NAMES = (
    "taken_at,available,cash,credit_limit,pending_charges,outstanding_invoices,since,"
    "spent,topped_up,refunded,credit_limit_change,invoices_settled"
)
ONE_LINE = "2026-01-02T03:04:05.000Z,9.0000,,,,,,0.0000,0.0000,0.0000,0.0000,0.0000"

ONE_READING = f"{NAMES}\n{ONE_LINE}\n"


@pytest.fixture
def set_zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Set the computer's zone by a rule, so that no tzdata is needed."""
    if not hasattr(time, "tzset"):
        pytest.skip("Windows takes no time zone from the environment")

    def change(rule: str) -> None:
        monkeypatch.setenv("TZ", rule)
        time.tzset()

    yield change
    monkeypatch.undo()
    time.tzset()


def started(
    folder: Path, *arguments: str, given: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    """Run the program as a user does, with a home whose data folder this is."""
    return subprocess.run(
        [sys.executable, "-m", "tray_app", *arguments],
        cwd=PROJECT,
        env={**os.environ, "NOVITA_TRAY_HOME": str(folder.parent)},
        input=given,
        capture_output=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("arguments", [(), ("--csv",), ("--json",), ("--since", "7d")])
def test_without_a_history_it_says_what_to_do_and_begins_none(
    data_folder: Path, keyring: MemoryKeyring, arguments: tuple[str, ...]
) -> None:
    ended = run("history", *arguments)
    assert ended.code == 12
    if "--json" in arguments:
        assert ended.document["problem"] == "history_missing"
        assert "leave the tray running" in ended.document["message"]
    else:
        assert ended.stdout == ""
        assert "leave the tray running" in ended.stderr
    assert not data_folder.exists()
    assert keyring.questions == []


def test_a_history_without_an_entry_is_missing(data_folder: Path) -> None:
    left_behind(data_folder, [])
    with closing(history_in(data_folder)) as history:
        assert history.last() is None
    ended = run("history")
    assert (ended.code, ended.stdout) == (12, "")
    assert "leave the tray running" in ended.stderr


def test_a_day_is_a_line_with_what_was_spent_and_came_in(
    data_folder: Path, set_zone: Callable[[str], None]
) -> None:
    set_zone("IST-5:30")
    # In India it is a quarter past eleven in the evening.
    end = datetime(2026, 11, 2, 17, 45, tzinfo=UTC)
    left_behind(data_folder, hourly([200_000, 195_000, 190_000, 390_000, 385_001], end))
    left_behind(data_folder, hourly([380_001], end + 2 * HOUR))
    ended = run("history", "--since", "2026-11-01")
    assert (ended.code, ended.stderr) == (0, "")
    # The year is told where it is not the current one.
    words = [line.replace(" 2026", "").split() for line in ended.stdout.splitlines()]
    assert words == [
        ["Day", "Spent", "Available", "Came", "in"],
        ["Mon", "2", "Nov", "$1.6874", "$38.5001", "top-up", "+$20.00", "at", "22:15"],
        ["Tue", "3", "Nov", "$0.3125", "$38.0001"],
        ["In", "all", "$1.9999", "top-up", "+$20.00"],
    ]


def test_without_a_beginning_it_is_thirty_days(data_folder: Path) -> None:
    now = just_now()
    left_behind(data_folder, hourly(spending(33, 100, 50_000), now))
    days = run("history").stdout.splitlines()[1:-1]
    # A clock change within them makes a day of readings no longer and no shorter.
    assert len(days) == 30
    assert len(run("history", "--since", "40d").stdout.splitlines()) - 2 in {34, 35}


def test_days_without_a_reading_are_not_invented(data_folder: Path) -> None:
    now = just_now()
    left_behind(data_folder, [*hourly([90_000], now - 5 * DAY), *hourly([40_000], now)])
    lines = run("history").stdout.splitlines()
    assert len(lines) == 5
    assert lines[2].startswith("4 days ")
    assert lines[2].endswith("no reading")
    assert "$5.00" in lines[-1]


def test_no_reading_since_is_an_answer(data_folder: Path) -> None:
    left_behind(data_folder, hourly([90_000], just_now() - 9 * DAY))
    ended = run("history", "--since", "7d")
    assert (ended.code, ended.stderr) == (0, "")
    assert ended.stdout.startswith("No reading since ")
    assert run("history", "--since", "7d", "--csv").stdout == f"{NAMES}\n"
    assert json.loads(run("history", "--since", "7d", "--json").stdout) == []


def test_csv_and_json_have_every_entry_exactly(data_folder: Path) -> None:
    now = just_now()
    readings = hourly([100_000, 99_999, 299_999], now)
    readings[0] = type(readings[0])(readings[0].available, readings[0].taken_at)
    left_behind(data_folder, readings)
    rows = list(csv.DictReader(io.StringIO(run("history", "--csv").stdout)))
    objects = json.loads(run("history", "--json").stdout)
    assert list(objects[0]) == NAMES.split(",")
    assert [{k: v or "" for k, v in each.items()} for each in objects] == rows
    assert objects[0]["cash"] is None
    assert objects[0]["since"] is None
    assert [each["available"] for each in objects] == ["10.0000", "9.9999", "29.9999"]
    assert objects[2]["topped_up"] == "20.0000"
    assert objects[2]["taken_at"] == now.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def test_since_cuts_all_three_forms(data_folder: Path) -> None:
    left_behind(data_folder, hourly(spending(3, 100, 50_000), just_now() - timedelta(minutes=1)))
    assert len(json.loads(run("history", "--since", "24h", "--json").stdout)) == 24
    assert len(run("history", "--since", "24h", "--csv").stdout.splitlines()) == 25
    # Of the hour that began before, what is left of it counts; a few seconds have passed by now.
    assert re.search(r"In all +\$0\.2(39\d|40?)\b", run("history", "--since", "24h").stdout)


def test_a_time_without_a_zone_is_local(data_folder: Path, set_zone: Callable[[str], None]) -> None:
    set_zone("IST-5:30")
    left_behind(data_folder, hourly([3, 2, 1], datetime(2026, 11, 2, 8, 30, tzinfo=UTC)))
    for when, count in (("2026-11-02T13:00", 2), ("2026-11-02T13:00Z", 0), ("2026-11-02", 3)):
        objects = json.loads(run("history", "--json", "--since", when).stdout)
        assert len(objects) == count, when


def test_what_is_exported_imports_and_exports_again_as_the_same_bytes(tmp_path: Path) -> None:
    now = just_now()
    first, second = tmp_path / "first" / "data", tmp_path / "second" / "data"
    left_behind(first, hourly([*spending(40, 321, 90_000), 290_000, 289_000], now - DAY), "a")
    left_behind(first, hourly([500_000, 499_000], now), "b")
    exported = started(first, "history", "--csv").stdout
    rows = csv.DictReader(io.StringIO(exported.decode()))
    assert [row["since"] for row in rows].count("") == 2
    ended = started(second, "history", "--import", "-", given=exported)
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert ended.stdout.decode().strip() == "965 readings added."
    assert started(second, "history", "--csv").stdout == exported


def test_an_import_says_what_was_known_and_works_beside_a_tray(
    data_folder: Path, tmp_path: Path
) -> None:
    readings = hourly(spending(2, 100, 50_000), just_now())
    file = tmp_path / "history.csv"
    file.write_text(csv_of(readings), encoding="utf-8")
    with closing(history_in(data_folder)) as tray:
        tray.append(readings[0], "a")
        tray.append(readings[-1], "a")
        assert not tray.changed_elsewhere()
        ended = started(data_folder, "history", "--import", str(file))
        assert (ended.returncode, ended.stderr) == (0, b"")
        assert ended.stdout.decode().strip() == "47 readings added; 2 known already."
        assert tray.changed_elsewhere()
        entries = list(tray.entries())
    assert [entry.reading.available for entry in entries] == [each.available for each in readings]
    assert_sums_hold(entries)


def test_an_import_begins_a_history_that_is_private(data_folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "history.csv"
    file.write_text(ONE_READING, encoding="utf-8")
    ended = run("history", "--import", str(file))
    assert (ended.code, ended.stdout, ended.stderr) == (0, "1 reading added.\n", "")
    assert (data_folder / HISTORY_NAME).stat().st_mode & 0o077 == 0
    assert run("history", "--csv").stdout == ONE_READING


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (f"{NAMES}\n{ONE_LINE}\n{ONE_LINE}\n", "line 3: taken_at is that of the line before"),
        ("taken_at,available\n2026-01-02T03:04:05Z,9\n2026-01-02T04:04:05Z,x\n", "line 3: "),
        ("", "line 1: taken_at is missing"),
        ("sk_secret\n", "line 1: column 1 has none of the known names"),
        ("taken_at,available\n2199-01-02T03:04:05Z,9\n", "line 2: taken_at is ahead of this"),
    ],
)
def test_a_wrong_line_is_named_and_nothing_is_imported(
    data_folder: Path, text: str, why: str
) -> None:
    left_behind(data_folder, hourly([90_000, 80_000], just_now()))
    before = run("history", "--csv").stdout
    ended = started(data_folder, "history", "--import", "-", given=text.encode())
    assert (ended.returncode, ended.stdout) == (2, b"")
    assert ended.stderr.decode().startswith(f"Nothing was imported: {why}")
    assert b"secret" not in ended.stderr
    assert run("history", "--csv").stdout == before


def test_a_file_that_cannot_be_read_says_why_and_begins_no_history(
    data_folder: Path, tmp_path: Path
) -> None:
    for path, why in (
        (tmp_path / "sk_secret.csv", "No such file or directory"),
        (tmp_path, "Is a directory"),
    ):
        ended = run("history", "--import", str(path))
        assert (ended.code, ended.stdout) == (2, "")
        assert ended.stderr.startswith("Nothing was imported: the file cannot be read: ")
        if os.name == "posix":
            assert why in ended.stderr
        assert "secret" not in ended.stderr
    assert not data_folder.exists()


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="needs a file without an end")  # noqa: PTH110 — no more than a question
def test_a_file_without_an_end_is_refused(data_folder: Path) -> None:
    ended = started(data_folder, "history", "--import", "/dev/zero")
    assert (ended.returncode, ended.stdout) == (2, b"")
    assert ended.stderr.decode() == (
        "Nothing was imported: the file cannot be read: more than 64 MB.\n"
    )


def _is_foreign(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE theirs (x)")


def _is_too_new(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("PRAGMA user_version = 99")


@pytest.mark.parametrize(
    ("made", "word"), [(_is_foreign, "history_foreign"), (_is_too_new, "history_too_new")]
)
@pytest.mark.parametrize("command", ["history", "runway"])
def test_a_file_that_is_not_ours_to_read_is_left_as_it_is(
    data_folder: Path, command: str, made: Callable[[Path], None], word: str
) -> None:
    data_folder.mkdir(parents=True)
    made(data_folder / HISTORY_NAME)
    before = (data_folder / HISTORY_NAME).read_bytes()
    as_json = run(command, "--json")
    assert (as_json.code, as_json.document["problem"], as_json.stderr) == (12, word, "")
    in_words = run(command)
    assert (in_words.code, in_words.stdout) == (12, "")
    assert in_words.stderr == as_json.document["message"] + "\n"
    imported = started(data_folder, "history", "--import", "-", given=f"{NAMES}\n".encode())
    assert (imported.returncode, imported.stdout) == (12, b"")
    assert imported.stderr.decode() == in_words.stderr
    assert (data_folder / HISTORY_NAME).read_bytes() == before


def _damage(folder: Path) -> bytes:
    folder.mkdir(parents=True, exist_ok=True)
    content = b"This is no history." * 200
    (folder / HISTORY_NAME).write_bytes(content)
    return content


def _kept_aside(folder: Path) -> list[bytes]:
    return [each.read_bytes() for each in folder.glob(f"{HISTORY_NAME}.damaged-*")]


@pytest.mark.parametrize("command", ["history", "runway"])
def test_a_broken_file_is_told_once_and_kept(data_folder: Path, command: str) -> None:
    content = _damage(data_folder)
    told = run(command, "--json")
    assert (told.code, told.document["problem"]) == (12, "history_damaged")
    assert "lies aside as history.db.damaged-" in told.document["message"]
    assert _kept_aside(data_folder) == [content]
    # As it says, a new one has begun.
    assert (data_folder / HISTORY_NAME).exists()
    assert run(command, "--json").document["problem"] == "history_missing"


def test_an_import_goes_on_into_a_new_file_where_the_old_one_was_broken(data_folder: Path) -> None:
    content = _damage(data_folder)
    ended = started(data_folder, "history", "--import", "-", given=ONE_READING.encode())
    assert (ended.returncode, ended.stdout.decode().strip()) == (0, "1 reading added.")
    assert b"was damaged" in ended.stderr
    assert _kept_aside(data_folder) == [content]
    assert run("history", "--csv").stdout == ONE_READING


def test_damage_in_the_middle_of_an_answer_is_told_and_adds_no_object_to_it(
    data_folder: Path,
) -> None:
    left_behind(data_folder, hourly(spending(60, 100, 50_000), just_now()))
    with closing(sqlite3.connect(data_folder / HISTORY_NAME)) as connection, connection:
        connection.execute(
            "UPDATE entry SET available = 'much' WHERE taken_at ="
            " (SELECT taken_at FROM entry ORDER BY taken_at LIMIT 1 OFFSET 1200)"
        )
    ended = run("history", "--json")
    assert ended.code == 12
    assert "was damaged" in ended.stderr
    assert "problem" not in ended.stdout
    with pytest.raises(ValueError, match="Expecting"):
        json.loads(ended.stdout)


def test_a_file_that_another_program_holds_is_told(data_folder: Path) -> None:
    left_behind(data_folder, hourly([90_000], just_now()))
    with closing(sqlite3.connect(data_folder / HISTORY_NAME, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        ended = started(data_folder, "history", "--import", "-", given=ONE_READING.encode())
        # Whoever only reads does not wait for one who writes.
        assert run("history", "--csv").code == 0
    assert (ended.returncode, ended.stdout) == (12, b"")
    assert b"another program holds its file" in ended.stderr


def test_the_demo_has_a_past_of_its_own(data_folder: Path) -> None:
    left_behind(data_folder, hourly([90_000], just_now()))
    ended = run("history", "--demo")
    assert (ended.code, ended.stderr) == (0, "")
    lines = ended.stdout.splitlines()
    assert len(lines) in {32, 33}
    assert lines[-1] == "Simulated account, no real money"
    assert "top-up +$40.00" in ended.stdout
    assert len(json.loads(run("--demo", "history", "--json").stdout)) > 1000
