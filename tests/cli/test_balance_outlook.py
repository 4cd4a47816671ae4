"""The balance on the command line beside a history: what the tray would say."""

from __future__ import annotations

import re
import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING, Final

import pytest

from tests.adapters.histories import history_in
from tests.cli.histories import HOUR, hourly, just_now, left_behind, spending
from tests.cli.in_process import run
from tests.cli.test_balance_command import READING_FIELDS
from tests.cli.test_subprocess import run_python
from tray_app.adapters.paths import HISTORY_NAME
from tray_app.core.api_key import ApiKey
from tray_app.simulator.ledger import FixedBalance

if TYPE_CHECKING:
    from pathlib import Path

    from tray_app.simulator import Simulator

KEY: Final = "sk_cli_secret"
MARK: Final = ApiKey(KEY).mark
LEFT: Final = 120_000
"""More than five dollars, which a hundred and twenty cents an hour take in ten hours."""


@pytest.fixture
def url(simulator: Simulator, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of an account that has a little less than what is LEFT."""
    monkeypatch.setenv("NOVITA_API_KEY", KEY)
    simulator.accounts[KEY] = FixedBalance(available=LEFT - 1_000, cash=LEFT - 1_000)
    return simulator.url


def spent_quickly(folder: Path, key_mark: str | None = MARK) -> None:
    readings = hourly(spending(7, 12_000, LEFT), just_now() - HOUR / 12)
    left_behind(folder, readings, key_mark)


def test_the_time_left_counts_for_the_level_as_in_the_tray(data_folder: Path, url: str) -> None:
    assert run("balance", "--json", "--api-url", url).document["level"] == "healthy"
    spent_quickly(data_folder)
    ended = run("balance", "--json", "--api-url", url)
    assert (ended.code, ended.stderr) == (0, "")
    assert list(ended.document) == READING_FIELDS
    assert (ended.document["level"], ended.document["available"]) == ("critical", "11.9000")


def test_the_lines_say_how_long_it_lasts(data_folder: Path, url: str) -> None:
    spent_quickly(data_folder)
    lines = run("balance", "--api-url", url).stdout.splitlines()
    assert re.fullmatch(r"\$11\.90 available · .*critical.* · as of \d\d:\d\d", lines[0])
    assert lines[1].startswith("Lasts about 10 hours, ")


def test_the_balance_is_not_recorded(data_folder: Path, url: str) -> None:
    spent_quickly(data_folder)
    before = run("history", "--csv").stdout
    assert run("balance", "--api-url", url).code == 0
    assert run("history", "--csv").stdout == before


def test_a_top_up_since_the_last_reading_is_told(
    data_folder: Path, url: str, simulator: Simulator
) -> None:
    spent_quickly(data_folder)
    simulator.accounts[KEY] = FixedBalance(available=LEFT + 2_000_000, cash=LEFT + 2_000_000)
    ended = run("balance", "--api-url", url)
    assert "\nTop-up: +$200.00, " in ended.stdout
    assert run("balance", "--json", "--api-url", url).document["level"] == "healthy"


@pytest.mark.parametrize(("hours", "is_told"), [(2, True), (22, True), (30, False)])
def test_a_top_up_of_the_last_day_is_told_as_in_the_tray(
    data_folder: Path, url: str, hours: int, *, is_told: bool
) -> None:
    amounts = spending(7, 100, LEFT)
    before = [each - 300_000 for each in amounts[: -hours - 1]]
    readings = hourly([*before, *amounts[-hours - 1 :]], just_now())
    left_behind(data_folder, readings, MARK)
    told = run("balance", "--api-url", url).stdout
    assert ("\nTop-up: +$30.00, " in told) == ("Top-up" in told) == is_told


def test_the_history_of_another_key_says_nothing_about_this_one(
    data_folder: Path, url: str
) -> None:
    spent_quickly(data_folder, ApiKey("sk_another").mark)
    assert run("balance", "--json", "--api-url", url).document["level"] == "healthy"
    assert "Lasts" not in run("balance", "--api-url", url).stdout


def test_an_imported_history_has_no_key_and_counts(data_folder: Path, url: str) -> None:
    spent_quickly(data_folder, None)
    assert run("balance", "--json", "--api-url", url).document["level"] == "critical"


def test_a_history_without_an_entry_changes_nothing(data_folder: Path, url: str) -> None:
    with closing(history_in(data_folder)) as history:
        assert history.last() is None
    ended = run("balance", "--json", "--api-url", url)
    assert (ended.code, ended.stderr, ended.document["level"]) == (0, "", "healthy")


def test_a_history_in_trouble_leaves_the_balance_alone(
    data_folder: Path, url: str, caplog: pytest.LogCaptureFixture
) -> None:
    data_folder.mkdir(parents=True)
    with closing(sqlite3.connect(data_folder / HISTORY_NAME)) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    ended = run("balance", "--json", "--api-url", url)
    assert (ended.code, ended.stderr, ended.document["level"]) == (0, "", "healthy")
    # With --verbose it is read there.
    assert "HistoryForeign" in caplog.text


def test_a_history_that_is_held_is_not_waited_for(
    data_folder: Path, url: str, caplog: pytest.LogCaptureFixture
) -> None:
    spent_quickly(data_folder)
    with closing(sqlite3.connect(data_folder / HISTORY_NAME, isolation_level=None)) as other:
        # As a program that knows nothing of the log beside the file would hold it.
        other.execute("PRAGMA journal_mode = DELETE")
        other.execute("BEGIN EXCLUSIVE")
        begun = time.monotonic()
        ended = run("balance", "--api-url", url)
        taken = time.monotonic() - begun
    # Others that need the file wait for two seconds.
    assert taken < 2
    assert (ended.code, ended.stderr) == (0, "")
    assert "Lasts" not in ended.stdout
    assert "HistoryBusy" in caplog.text


def test_a_broken_history_is_told_by_whoever_comes_upon_it_first(
    data_folder: Path, url: str
) -> None:
    data_folder.mkdir(parents=True)
    (data_folder / HISTORY_NAME).write_bytes(b"This is no history." * 200)
    first = run("balance", "--json", "--api-url", url)
    assert (first.code, first.document["level"]) == (0, "healthy")
    assert "was damaged" in first.stderr
    assert len(list(data_folder.glob(f"{HISTORY_NAME}.damaged-*"))) == 1
    assert run("balance", "--json", "--api-url", url).stderr == ""


def test_the_demo_says_how_long_it_lasts() -> None:
    ended = run("balance", "--demo")
    assert ended.code == 0
    assert re.search(r"\nLasts about \d+ days", ended.stdout)


def test_without_a_history_nothing_is_loaded_that_could_read_one(tmp_path: Path, url: str) -> None:
    script = (
        "import sys\n"
        "from tray_app.main import main\n"
        "code = main(sys.argv[1:])\n"
        "print(code, 'sqlite3' in sys.modules)\n"
    )
    arguments = ("-c", script, "balance", "--json", "--api-url", url)
    home = {"NOVITA_TRAY_HOME": str(tmp_path / "home"), "NOVITA_API_KEY": KEY}
    assert run_python(*arguments, **home).stdout.decode().split()[-2:] == ["0", "False"]
    spent_quickly(tmp_path / "home" / "data")
    assert run_python(*arguments, **home).stdout.decode().split()[-2:] == ["0", "True"]
