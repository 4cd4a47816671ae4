"""How long the balance lasts, on the command line, from a real file."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.cli.histories import DAY, HOUR, csv_of, hourly, just_now, left_behind, spending
from tests.cli.in_process import run
from tests.cli.test_history_command import started
from tests.core.samples import usd
from tests.core.spending_habits import spends_of
from tray_app.core.reading import BalanceReading
from tray_app.core.runway import Lasting, runway_of
from tray_app.core.spend_series import SpendSeries

if TYPE_CHECKING:
    from pathlib import Path

    from tests.adapters.memory_keyring import MemoryKeyring

SECOND = timedelta(seconds=1)


def seconds_of(span: timedelta) -> int:
    return span // SECOND


def test_without_a_history_it_says_what_to_do(data_folder: Path) -> None:
    ended = run("runway")
    assert (ended.code, ended.stdout) == (12, "")
    assert "leave the tray running" in ended.stderr
    as_json = run("runway", "--json")
    assert (as_json.code, as_json.document["problem"]) == (12, "history_missing")
    assert as_json.document["message"] + "\n" == ended.stderr
    assert not data_folder.exists()


def test_an_imported_trace_lasts_as_long_as_the_forecast_says(data_folder: Path) -> None:
    now = just_now()
    # Nights, days and a burst, of which the forecast has to make something.
    units = [(hour * 37) % 24 * 50 + (9000 if hour == 400 else 0) for hour in range(24 * 21)]
    left = [600_000 - sum(units[:count]) for count in range(len(units) + 1)]
    trace = hourly(left, now)
    ended = started(data_folder, "history", "--import", "-", given=csv_of(trace).encode())
    assert (ended.returncode, ended.stderr) == (0, b"")
    expected = runway_of(SpendSeries.of(spends_of(units, until=now)), trace[-1].available)
    assert isinstance(expected, Lasting)
    assert expected.low < expected.middle < expected.high < 300 * DAY
    document = run("runway", "--json").document
    assert document["runway"] == "lasting"
    assert [document[name] for name in ("middle_seconds", "low_seconds", "high_seconds")] == [
        *map(seconds_of, (expected.middle, expected.low, expected.high))
    ]
    assert document["available"] == trace[-1].available.decimal_text()
    assert datetime.fromisoformat(document["as_of"]) == now
    runs_out = datetime.fromisoformat(document["runs_out"])
    assert runs_out - now == pytest.approx(expected.middle, abs=SECOND)
    assert document["seen_seconds"] is None


def test_people_read_how_long_until_when_and_from_what_it_is_counted(
    data_folder: Path, keyring: MemoryKeyring
) -> None:
    left_behind(data_folder, hourly(spending(14, 100, 24_000), just_now() - 2 * HOUR))
    ended = run("runway")
    assert (ended.code, ended.stderr) == (0, "")
    lasts, until, as_of = ended.stdout.splitlines()
    assert lasts.startswith("Lasts about 10 days, ")
    assert until.startswith("Until about ")
    assert as_of.endswith("(2 h ago), with $2.40 available")
    assert run("runway", "--json").document["text"] == lasts.removeprefix("Lasts ")
    assert keyring.questions == []


@pytest.mark.parametrize(
    ("amounts", "word", "key", "seconds"),
    [
        ([90_000, 89_000, 88_000], "learning", "seen_seconds", 2 * 3600),
        ([90_000] * 24 * 9, "not_spending", "idle_seconds", (24 * 9 - 1) * 3600),
        ([90_000, 0], "empty", "seen_seconds", None),
        ([90_000, -12_345], "empty", "idle_seconds", None),
    ],
)
def test_without_a_forecast_it_says_why(
    data_folder: Path, amounts: list[int], word: str, key: str, seconds: int | None
) -> None:
    left_behind(data_folder, hourly(amounts, just_now()))
    document = run("runway", "--json").document
    assert (document["runway"], document[key]) == (word, seconds)
    assert document["middle_seconds"] is document["runs_out"] is None
    assert run("runway").code == 0


def test_another_key_begins_to_learn_anew(data_folder: Path) -> None:
    now = just_now()
    left_behind(data_folder, hourly(spending(14, 100, 24_000), now - HOUR), "one")
    assert run("runway", "--json").document["runway"] == "lasting"
    left_behind(data_folder, [BalanceReading(usd("50"), now)], "another")
    document = run("runway", "--json").document
    assert (document["runway"], document["seen_seconds"]) == ("learning", 0)


def test_only_what_leads_up_to_the_last_reading_counts(data_folder: Path) -> None:
    now = just_now()
    left_behind(data_folder, hourly(spending(14, 100, 24_000), now - 3 * HOUR), "one")
    left_behind(data_folder, hourly([500_000, 499_000], now), "another")
    document = run("runway", "--json").document
    assert (document["runway"], document["seen_seconds"]) == ("learning", 3600)


def test_a_gap_counts_as_spending(data_folder: Path) -> None:
    now = just_now()
    readings = hourly(spending(14, 100, 24_000), now)
    with_gap = [*readings[:200], replace(readings[-1])]
    left_behind(data_folder, with_gap)
    document = run("runway", "--json").document
    assert 8 * 86_400 < document["middle_seconds"] < 12 * 86_400


def test_the_demo_lasts_by_its_own_past(data_folder: Path) -> None:
    left_behind(data_folder, hourly([90_000, 0], just_now()))
    ended = run("runway", "--demo")
    assert (ended.code, ended.stderr) == (0, "")
    assert ended.stdout.startswith("Lasts about ")
    assert ended.stdout.endswith("\nSimulated account, no real money\n")
    assert run("--demo", "runway", "--json").document["runway"] == "lasting"
