"""``novita-tray balance --watch`` as a bar starts it."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.running_tray import ended, started
from tests.cli.test_balance_command import refused_url
from tray_app.core.money import Usd
from tray_app.core.problem import (
    ConnectionFault,
    KeyringLocked,
    KeyringRefused,
    NoKey,
    Offline,
    PermissionLacking,
    Problem,
    ProblemError,
    RateLimited,
    WrongKey,
)
from tray_app.core.reading import BalanceReading
from tray_app.demo import DemoKeyStore
from tray_app.simulator import accounts
from tray_app.simulator.ledger import FixedBalance
from tray_app.watching import watch_balance
from tray_app.wiring import Connection

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tray_app.core.api_key import ApiKey
    from tray_app.simulator import Simulator

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="ends programs by signals")

KEY = "sk_watch_secret"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def watch(home: Path, simulator: Simulator) -> Iterator[subprocess.Popen[str]]:
    simulator.accounts[KEY] = FixedBalance(available=123_499)
    process = started(
        home,
        *("balance", "--watch", "--format", "{available:.2f}", "--api-url", simulator.url),
        NOVITA_API_KEY=KEY,
    )
    yield process
    process.kill()
    process.communicate(timeout=30)


def first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline()


def test_the_first_line_comes_at_once_and_the_next_request_politely(
    watch: subprocess.Popen[str], simulator: Simulator
) -> None:
    assert first_line(watch) == "12.34\n"
    time.sleep(3)
    assert simulator.request_count == 1
    assert watch.poll() is None


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, -15)])
def test_a_signal_ends_it_without_a_word(
    watch: subprocess.Popen[str], number: signal.Signals, code: int
) -> None:
    first_line(watch)
    watch.send_signal(number)
    assert ended(watch) == (code, "", "")


def test_it_ends_soon_after_its_reader_though_it_has_nothing_to_say(
    watch: subprocess.Popen[str],
) -> None:
    first_line(watch)
    assert watch.stdout is not None
    assert watch.stderr is not None
    watch.stdout.close()
    assert watch.wait(5) == 0
    assert watch.stderr.read() == ""


def test_a_problem_is_a_line_too_and_it_goes_on(home: Path) -> None:
    arguments = ("balance", "--watch", "--api-url", refused_url())
    for form, expected in (((), "No connection"), (("--waybar",), '"problem"')):
        process = started(home, *arguments, *form, NOVITA_API_KEY=KEY)
        line = first_line(process)
        process.send_signal(signal.SIGINT)
        assert ended(process)[0] == 130
        assert expected in line or "connect" in line


def test_a_full_disk_is_said(home: Path, simulator: Simulator) -> None:
    simulator.accounts[KEY] = accounts.SAMPLE_BALANCE
    with open("/dev/full", "w") as full:  # noqa: PTH123 — a device
        process = subprocess.run(
            [sys.executable, "-m", "tray_app", "balance", "--watch", "--demo"],
            env={"NOVITA_TRAY_HOME": str(home)},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
        )
    assert process.returncode == 1
    assert process.stderr == "The answer could not be written: No space left on device.\n"


class Pastime:
    """A clock that moves on by what is waited for, until the reader leaves."""

    def __init__(self, lasts: timedelta) -> None:
        self.now = datetime(2026, 11, 28, 12, tzinfo=UTC)
        self.waits: list[timedelta] = []
        self._ends = self.now + lasts

    def read(self) -> datetime:
        return self.now

    def wait(self, longest: timedelta) -> bool:
        self.waits.append(longest)
        self.now += longest
        return self.now >= self._ends


class Source:
    """Spends a cent with each request, or fails."""

    def __init__(self, pastime: Pastime, problem: Problem | None) -> None:
        self.problem = problem
        self.asked: list[datetime] = []
        self._pastime = pastime

    def fetch_balance(self, key: ApiKey) -> BalanceReading:
        assert key == DemoKeyStore().key
        self.asked.append(self._pastime.now)
        if self.problem is not None:
            raise ProblemError(self.problem)
        return BalanceReading(Usd.of_cents(2000 - len(self.asked)), self._pastime.now)

    def close(self) -> None:
        self.asked.append(datetime.max.replace(tzinfo=UTC))


class WatchedConnection(Connection):
    source_of_readings: Source
    store: DemoKeyStore

    def make_client(self) -> Any:  # noqa: ANN401 — stands for the real one
        return self.source_of_readings

    def make_key_store(self) -> Any:  # noqa: ANN401 — likewise
        return self.store


def watched(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    lasts: timedelta,
    problem: Problem | None = None,
    store: DemoKeyStore | None = None,
) -> tuple[list[str], list[datetime], list[timedelta]]:
    """Watch for so long; return the lines, the times of the requests, and the waits."""
    pastime = Pastime(lasts)
    source = Source(pastime, problem)
    monkeypatch.setattr(WatchedConnection, "source_of_readings", source, raising=False)
    monkeypatch.setattr(WatchedConnection, "store", store or DemoKeyStore(), raising=False)
    code = watch_balance(WatchedConnection(), "text", clock=pastime.read, wait=pastime.wait)
    assert code == 0
    return capsys.readouterr().out.splitlines(), source.asked[:-1], pastime.waits


HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _own_home(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    monkeypatch.setenv("NOVITA_TRAY_HOME", str(home))


def test_it_asks_as_often_as_the_tray_and_never_busily(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines, asked, waits = watched(monkeypatch, capsys, 5 * HOUR)
    gaps = [after - before for before, after in pairwise(asked)]
    assert timedelta(minutes=5) <= min(gaps) <= max(gaps) <= timedelta(minutes=5.5)
    assert timedelta(seconds=1) <= min(waits) <= max(waits) <= timedelta(seconds=30)
    assert len(lines) == len(asked)
    assert lines[:2] == ["$19.99 available", "$19.98 available"]


@pytest.mark.parametrize(
    ("problem", "most"),
    [
        (Offline(ConnectionFault.REFUSED), 30),
        (RateLimited(timedelta(minutes=20)), 16),
        (PermissionLacking("BILLING_AUTH_FAILED"), 21),
        (WrongKey("FAILED_TO_AUTH"), 11),
    ],
    ids=repr,
)
def test_after_a_failure_it_waits_as_the_tray_does(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    problem: Problem,
    most: int,
) -> None:
    """A wrong key is tried every half an hour, since nobody tells when another was stored."""
    lines, asked, _ = watched(monkeypatch, capsys, 5 * HOUR, problem)
    assert len(lines) == 1
    assert 10 <= len(asked) <= most
    assert min(after - before for before, after in pairwise(asked)) >= timedelta(minutes=1)


def test_a_key_that_is_stored_later_is_found(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    store = DemoKeyStore()
    key, store.key = store.key, None
    reads = []

    def read() -> ApiKey:
        reads.append(store.key)
        if len(reads) < 3:
            raise ProblemError(NoKey())
        assert key is not None
        return key

    monkeypatch.setattr(DemoKeyStore, "read", lambda _: read())
    lines, asked, _ = watched(monkeypatch, capsys, 1.4 * HOUR, store=store)
    assert len(reads) == 3
    assert lines[0].startswith("No API key")
    assert lines[1] == "$19.99 available"
    assert len(asked) > 1


@pytest.mark.parametrize("problem", [KeyringLocked(), KeyringRefused()], ids=repr)
def test_a_keyring_that_would_open_its_prompt_again_is_asked_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], problem: Problem
) -> None:
    store = DemoKeyStore()
    reads = []

    def read() -> ApiKey:
        reads.append(1)
        raise ProblemError(problem)

    monkeypatch.setattr(DemoKeyStore, "read", lambda _: read())
    lines, asked, _ = watched(monkeypatch, capsys, 24 * HOUR, store=store)
    assert (len(reads), len(lines), asked) == (1, 1, [])
