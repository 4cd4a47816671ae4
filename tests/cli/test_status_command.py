"""``novita-tray status`` beside a real tray."""

from __future__ import annotations

import json
import signal
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.in_process import run
from tests.cli.running_tray import ended, running_tray, started
from tests.cli.test_subprocess import LOADED, PROJECT
from tests.desktop.waiting import wait_for
from tray_app.adapters.instance_lock import InstanceLock
from tray_app.simulator import accounts

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator
    from pathlib import Path

    from tray_app.simulator import Simulator

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="speaks to the socket of Unix")

KEY = "sk_status_secret"
NO_TRAY = "No tray runs: start novita-tray, or ask Novita with novita-tray balance.\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def tray(home: Path, simulator: Simulator) -> Iterator[subprocess.Popen[str]]:
    """A tray that has read $100.00."""
    simulator.accounts[KEY] = accounts.SAMPLE_BALANCE
    with running_tray(home, "--api-url", simulator.url, NOVITA_API_KEY=KEY) as tray:
        # The history answers a moment after the request.
        wait_for(lambda: "learning" in run("status", "--json").stdout, 60, "a figure")
        yield tray


@pytest.mark.usefixtures("tray")
def test_it_tells_what_the_tray_knows_without_a_request(simulator: Simulator) -> None:
    asked = simulator.request_count
    shown = run("status")
    assert (shown.code, shown.stderr) == (0, "")
    assert shown.stdout.splitlines()[:3] == [
        "$100.00 available",
        "How long it lasts: still learning (0 h of 24 seen)",
        "Cash: $80.00",
    ]
    assert shown.stdout.splitlines()[-1].startswith("Next refresh in ")
    formatted = run("status", "--format", "{available:.2f} {level} {account}")
    assert formatted.stdout == "100.00 healthy default\n"
    bar = run("status", "--waybar").document
    assert (bar["text"], bar["class"]) == ("$100.00", ["healthy"])
    assert simulator.request_count == asked


@pytest.mark.usefixtures("tray")
def test_json_has_a_list_of_accounts_and_nothing_secret(simulator: Simulator) -> None:
    shown = run("status", "--json")
    assert shown.code == 0
    document = shown.document
    assert {**document, "accounts": []} == {
        "schema": 1,
        "shown": "default",
        "api_url": simulator.url,
        "accounts": [],
    }
    (account,) = document["accounts"]
    assert account["available"] == "100.0000"
    assert account["age_seconds"] < 60
    assert (account["problem"], account["stale"], account["runway"]) == (None, False, "learning")
    assert KEY not in shown.stdout


def test_a_tray_in_trouble_is_told_as_balance_would(home: Path, simulator: Simulator) -> None:
    simulator.accounts[KEY] = accounts.FAILED_TO_AUTH
    with running_tray(home, "--api-url", simulator.url, NOVITA_API_KEY=KEY):
        wait_for(lambda: run("status").code == 4, 60, "the problem")
        told = run("status")
        assert (told.stdout, told.stderr.count("\n")) == ("", 1)
        assert "NOVITA_API_KEY" in told.stderr
        formatted = run("status", "--format", "{available}")
        assert (formatted.code, formatted.stdout, formatted.stderr) == (4, "", told.stderr)
        shown = run("status", "--json")
        assert shown.code == 4
        account = shown.document["accounts"][0]
        assert (account["problem"], account["exit_code"]) == ("wrong_key", 4)
        assert f"{account['message']}\n" == told.stderr
        bar = run("status", "--waybar")
        assert (bar.code, bar.document["text"], bar.document["class"]) == (0, "!", ["problem"])


def test_a_tray_without_a_figure_yet_is_15(home: Path, simulator: Simulator) -> None:
    simulator.accounts[KEY] = accounts.Hang()
    with running_tray(home, "--api-url", simulator.url, NOVITA_API_KEY=KEY):
        told = run("status")
        assert (told.code, told.stdout, told.stderr) == (15, "", "Loading the balance…\n")
        assert run("status", "--waybar").document["alt"] == "loading"


def test_without_a_tray_it_says_so_at_once_and_makes_nothing(home: Path) -> None:
    begun = time.monotonic()
    told = run("status")
    assert (told.code, told.stdout, told.stderr) == (15, "", NO_TRAY)
    # One that hangs is waited for longer.
    assert time.monotonic() - begun < 2
    assert run("status", "--format", "{available}").code == 15
    shown = run("status", "--json")
    assert (shown.code, shown.document["problem"]) == (15, "no_tray")
    bar = run("status", "--waybar")
    assert (bar.code, bar.document["text"], bar.document["class"]) == (0, "", ["no_tray"])
    assert not home.exists()


def test_after_a_kill_there_is_no_tray(tray: subprocess.Popen[str]) -> None:
    tray.kill()
    tray.wait(30)
    assert run("status").stderr == NO_TRAY


def test_one_that_hangs_is_named_in_time(tray: subprocess.Popen[str]) -> None:
    tray.send_signal(signal.SIGSTOP)
    begun = time.monotonic()
    told = run("status")
    tray.send_signal(signal.SIGCONT)
    assert told.code == 11
    assert f"(process {tray.pid})" in told.stderr
    assert 2 <= time.monotonic() - begun < 20


def test_one_that_does_not_listen_yet_is_waited_for_a_moment(home: Path) -> None:
    lock = InstanceLock(home / "data" / "tray.lock")
    (home / "run").mkdir(parents=True)
    assert lock.take()
    begun = time.monotonic()
    assert run("status").code == 11
    assert 2 <= time.monotonic() - begun < 20
    lock.remove()


def test_the_demo_has_a_tray_of_its_own(home: Path) -> None:
    with running_tray(home, "--demo"):
        wait_for(lambda: run("status", "--demo").code == 0, 60, "a figure")
        assert run("status").code == 15


@pytest.mark.usefixtures("tray")
def test_it_leaves_qt_and_http_out(home: Path) -> None:
    import subprocess as processes  # noqa: PLC0415 — the name is a type's above

    script = LOADED.replace(
        "{'PySide6', 'shiboken6'}", "{'PySide6', 'httpx', 'keyring', 'sqlite3'}"
    )
    out = processes.run(
        [sys.executable, "-c", script, "status"],
        cwd=PROJECT,
        env={"NOVITA_TRAY_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    ).stdout
    assert out.splitlines()[-1] == "0 []"


@pytest.mark.usefixtures("tray")
def test_watching_takes_the_trays_readings_rather_than_asking(
    home: Path, simulator: Simulator
) -> None:
    asked = simulator.request_count
    watch = started(home, "balance", "--watch", "--json", "--api-url", simulator.url)
    assert watch.stdout is not None
    document: dict[str, Any] = json.loads(watch.stdout.readline())
    watch.send_signal(signal.SIGINT)
    assert ended(watch) == (130, "", "")
    assert document["available"] == "100.0000"
    assert simulator.request_count == asked
