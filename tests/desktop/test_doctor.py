"""The doctor on real desktops: whole ones, and ones that lack or withhold something."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.desktop import keyring_service, status_notifier
from tests.desktop.tray_program import FROM_ENVIRONMENT, KEY, start_tray, store_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.desktop.session import DesktopSession
    from tray_app.simulator import Simulator

WORST_CASE = 25.0
"""Seconds, whatever hangs."""


@dataclass(frozen=True, slots=True)
class Examination:
    """What the doctor said of one desktop."""

    code: int
    seconds: float
    findings: list[dict[str, Any]]

    def verdict(self, what: str) -> str:
        """Return the one verdict about something."""
        (verdict,) = {finding["verdict"] for finding in self.findings if finding["what"] == what}
        return str(verdict)

    def text(self, what: str) -> str:
        """Return what was found, and what to do about it."""
        (finding,) = [finding for finding in self.findings if finding["what"] == what]
        return f"{finding['text']} -> {finding['next_step']}"

    @property
    def failed(self) -> set[str]:
        """What failed."""
        return {str(f["what"]) for f in self.findings if f["verdict"] == "failed"}


def examine(
    desktop: DesktopSession, simulator: Simulator, env: Mapping[str, str] | None = None
) -> Examination:
    """Run the doctor in the desktop; its output never holds the key."""
    begin = time.monotonic()
    program = desktop.start(
        [sys.executable, "-m", "tray_app", "doctor", "--json", "--api-url", simulator.url], env
    )
    code = program.wait_exit(60)
    seconds = time.monotonic() - begin
    assert program.stderr == ""
    assert KEY not in program.stdout
    document = json.loads(program.stdout)
    assert document["works"] == (code == 0)
    return Examination(code, seconds, document["findings"])


def name_of(pid: int) -> str:
    """Return the name of a running program."""
    return Path(f"/proc/{pid}/comm").read_text(encoding="utf-8").strip()


def test_on_a_whole_desktop_everything_is_ok(desktop: DesktopSession, simulator: Simulator) -> None:
    store_key(desktop)
    seen = examine(desktop, simulator)
    assert {finding["verdict"] for finding in seen.findings} == {"ok"}
    assert seen.code == 0
    assert "gnome-keyring-daemon" in seen.text("keyring")
    assert "StatusNotifierItem" in seen.text("tray")
    assert "Stored in the keyring" in seen.text("key")
    assert "took the key" in seen.text("balance")
    assert simulator.requests[-1].scheme == "Bearer"
    assert simulator.request_count == 1


def test_it_tells_which_tray_runs_and_leaves_it_alone(
    desktop: DesktopSession, simulator: Simulator
) -> None:
    assert examine(desktop, simulator, FROM_ENVIRONMENT).text("running").startswith("No tray runs")
    tray = start_tray(desktop, simulator, FROM_ENVIRONMENT)
    simulator.wait_for_requests(2, 20)
    seen = examine(desktop, simulator, FROM_ENVIRONMENT)
    assert f"process {tray.pid}" in seen.text("running")
    assert seen.code == 0
    assert tray.is_running


def test_a_locked_keyring_is_named_and_stays_locked(
    desktop: DesktopSession, simulator: Simulator
) -> None:
    store_key(desktop)
    desktop.lock_keyring()
    seen = examine(desktop, simulator)
    assert seen.failed == {"keyring"}
    assert seen.code == 1
    assert "locked; it holds a key" in seen.text("keyring")
    assert (seen.verdict("key"), seen.verdict("balance")) == ("skipped", "ok")
    assert "no key was tried" in seen.text("balance")
    assert not keyring_service.is_unlocked(desktop.bus)
    assert simulator.requests[-1].scheme is None


def test_a_locked_keyring_is_a_warning_where_the_environment_has_the_key(
    desktop: DesktopSession, simulator: Simulator
) -> None:
    desktop.lock_keyring()
    seen = examine(desktop, simulator, FROM_ENVIRONMENT)
    assert (seen.code, seen.verdict("keyring"), seen.verdict("key")) == (0, "warning", "ok")
    assert "NOVITA_API_KEY" in seen.text("key")


def test_without_a_key_it_says_how_to_store_one(
    desktop: DesktopSession, simulator: Simulator
) -> None:
    seen = examine(desktop, simulator)
    assert (seen.code, seen.failed, seen.verdict("keyring")) == (1, {"key"}, "ok")
    assert "novita-tray key set" in seen.text("key")


def test_a_bare_desktop_lacks_tray_and_keyring(
    bare_desktop: DesktopSession, simulator: Simulator
) -> None:
    seen = examine(bare_desktop, simulator)
    assert (seen.code, seen.failed) == (1, {"tray", "keyring"})
    assert seen.verdict("display") == "ok"
    assert "notification area" in seen.text("tray")
    gnome = examine(bare_desktop, simulator, {"XDG_CURRENT_DESKTOP": "ubuntu:GNOME"})
    assert "AppIndicator" in gnome.text("tray")


@pytest.mark.parametrize("address", ["", "unix:path=/nonexistent/bus", "nonsense"])
def test_without_a_session_bus_the_tray_of_the_x_server_is_found(
    desktop: DesktopSession, simulator: Simulator, address: str
) -> None:
    seen = examine(desktop, simulator, {"DBUS_SESSION_BUS_ADDRESS": address, **FROM_ENVIRONMENT})
    assert (seen.code, seen.verdict("tray"), seen.verdict("keyring")) == (0, "ok", "warning")
    assert "XEmbed" in seen.text("tray")
    desktop.stop_panel()
    bare = examine(desktop, simulator, {"DBUS_SESSION_BUS_ADDRESS": address, **FROM_ENVIRONMENT})
    assert bare.failed == {"tray"}
    assert "DBUS_SESSION_BUS_ADDRESS" in bare.text("tray")


def test_wayland_has_no_tray_of_the_x_server(desktop: DesktopSession, simulator: Simulator) -> None:
    seen = examine(
        desktop,
        simulator,
        {"DBUS_SESSION_BUS_ADDRESS": "", "WAYLAND_DISPLAY": "wayland-0", **FROM_ENVIRONMENT},
    )
    assert seen.failed == {"tray"}


def test_a_dead_display_is_named(desktop: DesktopSession, simulator: Simulator) -> None:
    seen = examine(desktop, simulator, {"DISPLAY": ":65432", **FROM_ENVIRONMENT})
    assert seen.failed == {"display"}
    assert ":65432 does not answer" in seen.text("display")
    assert seen.verdict("tray") == "skipped"


def test_a_hanging_keyring_is_named_and_the_rest_goes_on(
    desktop: DesktopSession, simulator: Simulator
) -> None:
    store_key(desktop)
    os.kill(desktop.bus.pid_of(keyring_service.NAME), signal.SIGSTOP)
    seen = examine(desktop, simulator)
    assert seen.failed == {"keyring"}
    assert seen.verdict("balance") == "ok"
    assert seen.seconds < WORST_CASE


def test_a_hanging_panel_is_named_and_the_rest_goes_on(
    desktop: DesktopSession, simulator: Simulator
) -> None:
    os.kill(desktop.bus.pid_of(status_notifier.WATCHER), signal.SIGSTOP)
    seen = examine(desktop, simulator, FROM_ENVIRONMENT)
    assert seen.failed <= {"tray"}
    assert seen.verdict("balance") == "ok"
    assert seen.seconds < WORST_CASE


def test_a_hanging_display_is_named_and_the_rest_goes_on(
    desktop: DesktopSession, simulator: Simulator
) -> None:
    desktop.stop_panel()
    (display,) = [pid for pid in desktop.running() if name_of(pid) == "Xvfb"]
    os.kill(display, signal.SIGSTOP)
    seen = examine(desktop, simulator, FROM_ENVIRONMENT)
    assert "tray" in seen.failed
    assert seen.verdict("balance") == "ok"
    assert seen.seconds < WORST_CASE


def test_its_lines_say_the_same(desktop: DesktopSession, simulator: Simulator) -> None:
    store_key(desktop)
    program = desktop.start(
        [sys.executable, "-m", "tray_app", "doctor", "--api-url", simulator.url]
    )
    assert (program.wait_exit(60), program.stderr) == (0, "")
    lines = program.stdout.splitlines()
    assert lines[-1] == "All that is needed works."
    assert all(line.startswith("ok  ") for line in lines[:-2])
    assert KEY not in program.stdout
