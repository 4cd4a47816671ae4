"""``novita-tray balance`` as bars and scripts take it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.histories import HOUR, hourly, just_now, left_behind, spending
from tests.cli.in_process import run
from tray_app.simulator import accounts
from tray_app.simulator.ledger import FixedBalance

if TYPE_CHECKING:
    from pathlib import Path

    from tray_app.simulator import Simulator

KEY = "sk_bars_secret"


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOVITA_API_KEY", KEY)


def test_a_format_is_filled_in(simulator: Simulator) -> None:
    simulator.accounts[KEY] = FixedBalance(available=123_499)
    ended = run("balance", "--format", "{available:.2f} {level}", "--api-url", simulator.url)
    assert (ended.code, ended.stdout, ended.stderr) == (0, "12.34 healthy\n", "")


def test_a_format_fails_as_the_command_does(simulator: Simulator) -> None:
    simulator.accounts[KEY] = accounts.FAILED_TO_AUTH
    ended = run("balance", "--format", "{available:.2f}", "--api-url", simulator.url)
    assert (ended.code, ended.stdout) == (4, "")
    assert ended.stderr == run("balance", "--api-url", simulator.url).stderr


def test_waybar_gets_its_line_and_the_runway_of_the_history(
    simulator: Simulator, data_folder: Path
) -> None:
    simulator.accounts[KEY] = FixedBalance(available=240_000)
    left_behind(data_folder, hourly(spending(10, 1_000, 241_000), just_now() - HOUR))
    ended = run("balance", "--waybar", "--api-url", simulator.url)
    assert (ended.code, ended.stderr) == (0, "")
    assert ended.stdout.count("\n") == 1
    assert ended.document["text"] == "$24.00"
    assert 30 <= ended.document["percentage"] <= 36
    assert "Lasts about 10 days" in ended.document["tooltip"]


def test_waybar_is_told_of_a_problem_with_0(simulator: Simulator) -> None:
    simulator.accounts[KEY] = accounts.FAILED_TO_AUTH
    ended = run("balance", "--waybar", "--api-url", simulator.url)
    assert (ended.code, ended.stderr) == (0, "")
    assert (ended.document["text"], ended.document["class"]) == ("!", ["problem"])
    assert "NOVITA_API_KEY" in ended.document["tooltip"]


def test_nothing_is_asked_for_a_format_that_cannot_be_filled(simulator: Simulator) -> None:
    ended = run("balance", "--format", "{available.x}", "--api-url", simulator.url)
    assert ended.code == 2
    assert "there are available, cash, credit_limit" in ended.stderr
    assert simulator.request_count == 0
