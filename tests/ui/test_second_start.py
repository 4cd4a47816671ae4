"""Real processes that start beside one another."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.desktop.waiting import wait_for
from tray_app.adapters.log_file import LOG_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGTERM cannot be caught there")

ROOT = Path(__file__).parents[2]
TRAY = ("--api-url", "http://127.0.0.1:9")
DEMO = ("--demo",)
FORWARD = "The program already runs: its window was asked to come forward.\n"


class Starts:
    """Starts of the program in one home of their own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.running: list[subprocess.Popen[str]] = []

    def start(
        self, *arguments: str, home: Path | None = None, **environ: str
    ) -> subprocess.Popen[str]:
        self.running.append(
            subprocess.Popen(
                [sys.executable, "-m", "tray_app", *arguments],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                cwd=ROOT,
                env={
                    **os.environ,
                    "QT_QPA_PLATFORM": "offscreen",
                    "NOVITA_API_KEY": "sk_test",
                    "NOVITA_TRAY_HOME": str(home or self.home),
                    **environ,
                },
            )
        )
        return self.running[-1]

    def sockets(self) -> list[str]:
        folder = self.home / "run"
        return sorted(each.name for each in folder.glob("*") if each.is_socket())

    def listening(self, *arguments: str) -> subprocess.Popen[str]:
        """Return one that was started and listens for others."""
        before = len(self.sockets())
        started = self.start(*arguments)
        wait_for(lambda: len(self.sockets()) > before, 60, "a socket")
        return started


@pytest.fixture
def starts(tmp_path: Path) -> Iterator[Starts]:
    starts = Starts(tmp_path / "home")
    yield starts
    for started in starts.running:
        started.kill()
        started.communicate(timeout=30)


def ended(started: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, err = started.communicate(timeout=60)
    return started.returncode, out, err


def assert_runs_until_told(*running: subprocess.Popen[str]) -> None:
    for each in running:
        assert each.poll() is None
        each.terminate()
        assert ended(each) == (0, "", "")


@pytest.mark.parametrize("arguments", [TRAY, DEMO], ids=["tray", "demo"])
def test_a_second_start_ends_with_a_word_and_the_first_goes_on(
    starts: Starts, arguments: tuple[str, ...]
) -> None:
    first = starts.listening(*arguments)
    assert ended(starts.start(*arguments)) == (0, FORWARD, "")
    assert_runs_until_told(first)
    assert starts.sockets() == []


def test_a_start_finds_the_first_one_again_after_its_socket_was_removed(starts: Starts) -> None:
    first = starts.start(*TRAY)
    wait_for(starts.sockets, 30, "a socket")
    for name in starts.sockets():
        (starts.home / "run" / name).unlink()
    # The first one looks twice a minute.
    wait_for(starts.sockets, 60, "a socket again")
    second = starts.start(*TRAY)
    assert second.communicate(timeout=30) == (FORWARD, "")
    assert first.poll() is None


def test_the_demo_runs_beside_the_tray_and_leaves_nothing(starts: Starts) -> None:
    tray = starts.listening(*TRAY)
    before = {each for each in starts.home.rglob("*") if each.parts[-2] != "logs"}
    demo = starts.listening(*DEMO)
    assert ended(starts.start(*DEMO)) == (0, FORWARD, "")
    assert_runs_until_told(demo)
    assert {each for each in starts.home.rglob("*") if each.parts[-2] != "logs"} == before
    assert_runs_until_told(tray)


def test_another_home_is_another_instance(starts: Starts, tmp_path: Path) -> None:
    first = starts.listening(*TRAY)
    other = starts.start(*TRAY, home=tmp_path / "other")
    wait_for(lambda: list((tmp_path / "other" / "run").glob("tray-*")), 60, "a socket")
    assert_runs_until_told(first, other)


def test_after_a_kill_the_next_start_is_the_first(starts: Starts) -> None:
    killed = starts.listening(*TRAY)
    killed.kill()
    killed.communicate(timeout=30)
    assert len(starts.sockets()) == 1
    following = starts.start(*TRAY)
    log = starts.home / "logs" / LOG_NAME
    wait_for(lambda: log.read_text("utf-8").count("started: ") == 2, 60, "the second start")
    assert ended(starts.start(*TRAY)) == (0, FORWARD, "")
    assert_runs_until_told(following)


@pytest.mark.parametrize("restart", ["at once", "while it ends"])
def test_a_start_right_after_the_end_is_not_lost(starts: Starts, restart: str) -> None:
    first = starts.listening(*TRAY)
    first.terminate()
    if restart == "at once":
        assert ended(first) == (0, "", "")
    second = starts.start(*TRAY)
    log = starts.home / "logs" / LOG_NAME
    wait_for(lambda: log.read_text("utf-8").count("started: ") == 2, 60, "the second start")
    assert_runs_until_told(second)


def test_a_hung_first_one_is_named_and_not_waited_for(starts: Starts) -> None:
    hung = starts.listening(*TRAY)
    hung.send_signal(signal.SIGSTOP)
    try:
        begun = time.monotonic()
        code, out, err = ended(starts.start(*TRAY))
        took = time.monotonic() - begun
    finally:
        hung.send_signal(signal.SIGCONT)
    assert (code, out) == (11, "")
    assert err == (
        f"The program already runs (process {hung.pid}) but does not answer. "
        "End it, then start it again.\n"
    )
    # Two seconds, and what a busy machine takes for the start itself.
    assert 2 <= took < 10
    assert_runs_until_told(hung)


def test_a_home_that_cannot_be_written_stops_nobody(starts: Starts) -> None:
    starts.home.parent.mkdir(exist_ok=True)
    starts.home.touch()
    started = starts.start(*TRAY, "--verbose")
    assert started.stderr is not None
    for line in started.stderr:
        if "started: novita-tray" in line:
            break
    started.terminate()
    assert ended(started)[0] == 0


def race(starts: Starts) -> None:
    pair = [starts.start(*TRAY), starts.start(*TRAY)]
    wait_for(lambda: any(each.poll() is not None for each in pair), 60, "one that gave way")
    pair.sort(key=lambda each: each.poll() is None)
    assert ended(pair[0]) == (0, FORWARD, "")
    assert_runs_until_told(pair[1])


def test_of_two_starts_at_the_same_instant_one_stays(starts: Starts) -> None:
    for _ in range(3):
        race(starts)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_of_two_starts_at_the_same_instant_one_stays_twenty_times(starts: Starts) -> None:
    for _ in range(20):
        race(starts)
