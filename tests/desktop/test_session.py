from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Final

import pytest

from tests.desktop import bare_tray
from tests.desktop.session import DesktopSession
from tests.desktop.status_notifier import has_host, items
from tests.desktop.waiting import NeverHappenedError, wait_for

_STORE_AND_READ: Final = """
from keyring.backends.SecretService import Keyring
Keyring().set_password("a service", "a user", "s3cret")
print(Keyring().get_password("a service", "a user"))
"""
_READ: Final = """
from keyring.backends.SecretService import Keyring
from keyring.errors import KeyringError
try:
    print(Keyring().get_password("a service", "a user"))
except KeyringError as error:
    print(type(error).__name__)
"""


def run_python(session: DesktopSession, source: str) -> str:
    return session.run([sys.executable, "-c", source]).strip()


def test_panel_is_host_for_tray_icons_and_leaves_when_stopped(
    bare_desktop: DesktopSession,
) -> None:
    assert not has_host(bare_desktop.bus)
    bare_desktop.start_panel()
    assert has_host(bare_desktop.bus)
    assert items(bare_desktop.bus) == []
    bare_desktop.stop_panel()
    assert not has_host(bare_desktop.bus)
    assert items(bare_desktop.bus) == []


def test_keyring_keeps_a_secret_from_one_program_to_the_next(desktop: DesktopSession) -> None:
    assert run_python(desktop, _READ) == "None"
    assert run_python(desktop, _STORE_AND_READ) == "s3cret"
    assert run_python(desktop, _READ) == "s3cret"
    desktop.stop_keyring()
    desktop.start_keyring()
    assert run_python(desktop, _READ) == "s3cret"


def test_locked_keyring_is_told_from_an_empty_one(desktop: DesktopSession) -> None:
    assert run_python(desktop, _STORE_AND_READ) == "s3cret"
    desktop.lock_keyring()
    assert run_python(desktop, _READ) == "KeyringLocked"


def test_missing_keyring_is_told_from_a_locked_one(bare_desktop: DesktopSession) -> None:
    assert run_python(bare_desktop, _READ) == "InitError"


def test_environment_holds_nothing_of_the_outer_session(
    bare_desktop: DesktopSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NOVITA_API_KEY", "sk_outer")
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    shown = run_python(bare_desktop, "import os; print(*os.environ.items(), sep='\\n')")
    assert "sk_outer" not in shown
    assert "QT_QPA_PLATFORM" not in shown
    assert f"('HOME', '{bare_desktop.home}')" in shown
    assert Path(bare_desktop.environ["XDG_RUNTIME_DIR"]).stat().st_mode & 0o777 == 0o700


def test_nothing_is_left_when_the_session_ends_by_a_failure(desktop_programs: None) -> None:  # noqa: ARG001 — only its check is wanted
    session = DesktopSession()
    # A program that left its group and ignores the polite signal is ended too.
    escape = (
        "import os, signal, time; os.setsid(); signal.signal(15, signal.SIG_IGN); time.sleep(99)"
    )
    spawn = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {escape!r}])"

    class FailureInTest(Exception):  # noqa: N818 — it stands for any
        pass

    def use_and_fail() -> None:
        with session:
            session.start_keyring()
            session.start_panel()
            session.start_dunst()
            session.start([sys.executable, bare_tray.__file__])
            run_python(session, spawn)
            assert len(session.running()) >= 8
            raise FailureInTest

    with pytest.raises(FailureInTest):
        use_and_fail()
    display = session.environ["DISPLAY"].removeprefix(":")
    wait_for(lambda: not session.running(), 5, "all programs have ended")
    assert not session.root.exists()
    assert not Path(f"/tmp/.X11-unix/X{display}").exists()  # noqa: S108 — where X servers put it
    assert not Path(f"/tmp/.X{display}-lock").exists()  # noqa: S108 — the same


def test_exit_that_does_not_come_is_named(bare_desktop: DesktopSession) -> None:
    program = bare_desktop.start(["sleep", "99"])
    with pytest.raises(NeverHappenedError, match="still running after"):
        program.wait_exit(0.05)
    program.send_signal(signal.SIGINT)
    assert program.wait_exit(5) == -signal.SIGINT
    assert program.pid not in bare_desktop.running()
    assert os.getpid() not in bare_desktop.running()
