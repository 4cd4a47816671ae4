"""Starts real programs."""

from __future__ import annotations

import json
import logging
import os
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest

from tests.desktop.waiting import wait_for
from tray_app.adapters.alert_command import (
    UnfitAlertCommandError,
    check_alert_command,
    run_alert_command,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="scripts of a Unix shell")

PAYLOAD = {"kind": "below", "available": "4.9900", "text": "$4.99 “left”"}
CHILD = "alert-command"


@pytest.fixture
def make(tmp_path: Path) -> Callable[[str], str]:
    """Write a shell's script that runs in the test's folder; return its path."""

    def made(body: str) -> str:
        path = tmp_path / "a command; with $signs"
        path.write_text(f"#!/bin/sh\ncd '{tmp_path}' || exit\n{body}\n")
        path.chmod(0o700)
        return str(path)

    return made


@pytest.fixture(autouse=True)
def _all_ended() -> Iterator[None]:
    yield
    wait_for(all_ended, 30, "the end of all commands")


def all_ended() -> bool:
    return not any(each.name == CHILD for each in threading.enumerate())


def test_the_payload_comes_as_a_line_of_json(
    make: Callable[[str], str], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    run_alert_command(make("cat >heard; echo $# >arguments"), PAYLOAD)
    wait_for(all_ended, 30, "the end")
    heard = (tmp_path / "heard").read_bytes()
    assert json.loads(heard) == PAYLOAD
    assert heard.isascii()
    assert heard.endswith(b"}\n")
    assert (tmp_path / "arguments").read_text() == "0\n"
    assert caplog.records == []


@pytest.mark.skipif(sys.platform != "linux", reason="looks into proc(5)")
def test_it_inherits_neither_files_nor_the_key_nor_the_session(
    make: Callable[[str], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NOVITA_API_KEY", "sk_secret")
    monkeypatch.setenv("KEPT", "yes")
    with (tmp_path / "open").open("w") as stream:
        os.set_inheritable(stream.fileno(), True)  # noqa: FBT003 — its one parameter
        run_alert_command(
            make("env >env; ls -l /proc/self/fd >files; cat /proc/$$/stat >stat"),
            PAYLOAD,
        )
        wait_for(all_ended, 30, "the end")
    environment = (tmp_path / "env").read_text()
    assert "KEPT=yes" in environment
    assert "sk_secret" not in environment
    assert str(tmp_path / "open") not in (tmp_path / "files").read_text()
    # proc(5): behind the name in brackets stand state, parent, group, session.
    session = (tmp_path / "stat").read_text().rpartition(")")[2].split()[3]
    assert int(session) != os.getsid(0)


def test_the_caller_does_not_wait_and_one_runs_at_a_time(
    make: Callable[[str], str], tmp_path: Path
) -> None:
    command = make("echo begin >>log; sleep 1; echo end >>log")
    begun = time.monotonic()
    for _ in range(3):
        run_alert_command(command, PAYLOAD)
    assert time.monotonic() - begun < 1
    wait_for(all_ended, 30, "the end")
    assert (tmp_path / "log").read_text().split() == ["begin", "end"] * 3


def test_one_that_hangs_is_killed_with_all_that_it_started(
    make: Callable[[str], str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr("tray_app.adapters.alert_command._MAY_TAKE_SECONDS", 0.5)
    run_alert_command(make("sleep 100 & echo $! >child; sleep 100"), PAYLOAD)
    wait_for(all_ended, 10, "the end")
    child = int((tmp_path / "child").read_text())
    wait_for(lambda: not is_running(child), 10, "the end of its child")
    assert [each.message for each in caplog.records] == ["alert command: killed after 0 s"]


def is_running(process: int) -> bool:
    try:
        with open(f"/proc/{process}/stat") as stream:  # noqa: PTH123 — the kernel's
            # A dead one that nobody has waited for yet is a zombie.
            return stream.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("exit 3", "alert command: ended with 3"),
        ("exec <&-; exit 4", "alert command: ended with 4"),
        ("kill -9 $$", "alert command: ended with -9"),
    ],
)
def test_a_failure_is_logged_without_the_payload(
    make: Callable[[str], str], caplog: pytest.LogCaptureFixture, body: str, message: str
) -> None:
    caplog.set_level(logging.DEBUG)
    run_alert_command(make(body), {**PAYLOAD, "text": "x" * 1_000_000})
    wait_for(all_ended, 30, "the end")
    assert [each.message for each in caplog.records] == [message]


def test_what_cannot_be_started_is_logged(
    make: Callable[[str], str], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = make("")
    (tmp_path / path).write_text("#!/nonexistent/shell\n")
    run_alert_command(path, PAYLOAD)
    run_alert_command("relative", PAYLOAD)
    wait_for(all_ended, 30, "the end")
    assert sorted(each.message for each in caplog.records) == [
        "alert command: could not be started, No such file or directory",
        "alert command: not started, the path is not absolute",
    ]


def test_commands_that_hang_gather_no_crowd(
    make: Callable[[str], str], caplog: pytest.LogCaptureFixture
) -> None:
    command = make("sleep 0.1")
    for _ in range(12):
        run_alert_command(command, PAYLOAD)
    wait_for(all_ended, 30, "the end")
    full = "alert command: not started, too many wait for their turn"
    assert [each.message for each in caplog.records] == [full] * 4


def test_who_may_write_to_it_decides_whether_it_is_started(
    make: Callable[[str], str], tmp_path: Path
) -> None:
    path = tmp_path / make("")
    check_alert_command(str(path))
    check_alert_command("/bin/sh")
    for mode, reason in ((0o720, "others can"), (0o702, "others can"), (0o600, "not executable")):
        path.chmod(mode)
        with pytest.raises(UnfitAlertCommandError, match=reason):
            check_alert_command(str(path))


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="gives a file away")
def test_another_users_file_is_not_started(make: Callable[[str], str]) -> None:
    path = make("")
    os.chown(path, 65534, 65534)
    with pytest.raises(UnfitAlertCommandError, match="belongs to another user"):
        check_alert_command(path)


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("", "not absolute"),
        ("notify.sh", "not absolute"),
        ("./notify.sh", "not absolute"),
        ("~/notify.sh", "not absolute"),
        ("/nonexistent/notify.sh", "No such file"),
        ("/usr", "no file"),
        ("/dev/null", "no file"),
        ("/bin/sh\0", "ValueError"),
        ("/bin/sh -c true", "No such file"),
    ],
)
def test_what_is_no_program_is_not_started(path: str, reason: str) -> None:
    with pytest.raises(UnfitAlertCommandError, match=reason) as caught:
        check_alert_command(path)
    assert "notify" not in str(caught.value)
