"""A marked key goes through everything that the program does, and is found nowhere after it."""

from __future__ import annotations

import signal
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from tests.adapters.raw_server import RawServer, read_request
from tests.desktop.stand_in_browser import StandInBrowser
from tests.desktop.status_notifier import wait_for_item
from tests.desktop.tray_program import balance_of, wait_for_amount
from tests.desktop.windows import press_keys, type_text, wait_for_window
from tests.desktop.witness import Witness
from tray_app.presentation.places import BILLING_URL
from tray_app.simulator import Simulator, accounts
from tray_app.simulator.accounts import Cut, CutPoint, NotHttp, Redirect
from tray_app.simulator.reply import Reply, json_reply

if TYPE_CHECKING:
    import socket
    from collections.abc import Mapping

    from tests.desktop.program import Program
    from tests.desktop.session import DesktopSession
    from tray_app.simulator.accounts import Account

_KEY: Final = "sk_planted7Qx9ZpL2vT"
_REJECTED: Final = "sk_refused5Wm3KcH8dB"
_PROXY_PASSWORD: Final = "hidden4Rt6YnJ1fG"
_MARKS: Final = (_KEY[3:], _REJECTED[3:], _PROXY_PASSWORD)
_TRAY: Final = (sys.executable, "-m", "tray_app")
_OK: Final = 0
_DIALOG: Final = "API key"

_ECHOES: Final[Mapping[str, Account]] = {
    "rejected": accounts.FAILED_TO_AUTH,
    "echo in an error": json_reply({"code": 1, "reason": _KEY, "message": _KEY}, 500),
    "echo in a balance": json_reply({"availableBalance": _KEY, _KEY: _KEY}),
    "echo as a page": Reply(403, f"<html>{_KEY}</html>".encode(), (("Content-Type", "text/html"),)),
    "echo in headers": Reply(
        429, b"{}", (("Retry-After", _KEY), ("X-Key", _KEY), ("Set-Cookie", f"key={_KEY}"))
    ),
    "echo as compressed": Reply(200, _KEY.encode(), (("Content-Encoding", "gzip"),)),
    "echo as no HTTP": NotHttp(f"{_KEY}\r\n\r\n".encode()),
    "redirect with the key": Redirect(f"http://127.0.0.2:9/{_KEY}?key={_KEY}"),
    "cut": Cut(CutPoint.INSIDE_BODY, reset=True),
    "no permission": accounts.BILLING_AUTH_FAILED,
    "rate limited": accounts.rate_limited(60),
}

# Errors inside that carry the key, in the worker, in another thread, and on the main thread.
_BROKEN: Final = """
secret = input()
import sys, threading
from PySide6.QtCore import QTimer
from tray_app import app
from tray_app.adapters.novita_client import NovitaClient
def broken(self, key):
    raise RuntimeError("boom " + key.reveal())
NovitaClient.fetch_balance = broken
def fail():
    threading.Thread(target=lambda: int(secret)).start()
    raise ValueError(secret)
class Failing(app.TrayProgram):
    def start(self):
        super().start()
        QTimer.singleShot(0, fail)
app.TrayProgram = Failing
from tray_app.main import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture
def simulator() -> Simulator:
    """A local Novita that knows the planted key."""
    return Simulator({_KEY: balance_of(12_34), _REJECTED: accounts.FAILED_TO_AUTH})


@pytest.mark.timeout(300)
def test_a_planted_key_is_found_nowhere(desktop: DesktopSession, simulator: Simulator) -> None:
    witness = Witness(desktop, _MARKS)
    with simulator, witness.watching():
        _commands(desktop, simulator)
        _echoing_servers(desktop, simulator)
        _proxy_with_a_password(desktop, simulator)
        _dialog_and_second_start(desktop, simulator, witness)
        _key_of_the_environment(desktop, simulator, witness)
        _errors_inside(desktop, simulator)
        _crash(desktop, simulator)
        _keyring_in_trouble(desktop, simulator)
        witness.look_at("the simulator's record", repr(simulator.requests))
    files = witness.look_at_files()
    assert witness.sightings == []
    # All of that was looked at.
    assert witness.programs_watched > 20
    assert files > 50
    assert witness.bus_has("$12.34")
    assert simulator.request_count > len(_ECHOES)
    assert_is_private(desktop)


def _commands(desktop: DesktopSession, simulator: Simulator) -> None:
    for key in (_REJECTED, _KEY):
        program = desktop.start([*_TRAY, "key", "set"], piped_stdin=True)
        program.send_stdin(f"Bearer {key}\n".encode())
        assert program.wait_exit(20) == _OK
    assert _run(desktop, "key", "status") == _OK
    assert _run(desktop, "balance", "-v", "--json", "--api-url", simulator.url) == _OK
    _run(desktop, "doctor", "--json", "--api-url", simulator.url)
    # A key where none belongs: refused, and not repeated.
    assert _run_with_key_in_arguments(desktop) == 2


def _run_with_key_in_arguments(desktop: DesktopSession) -> int:
    """Not started as a program of the session: its own arguments hold a key, by the user's hand."""
    script = "import sys; from tray_app.main import main; sys.exit(main(['key', 'set', input()]))"
    program = desktop.start([sys.executable, "-c", script], piped_stdin=True)
    program.send_stdin(_KEY.encode())
    return program.wait_exit(20)


def _echoing_servers(desktop: DesktopSession, simulator: Simulator) -> None:
    working = simulator.accounts[_KEY]
    for account in _ECHOES.values():
        simulator.accounts[_KEY] = account
        assert _run(desktop, "balance", "-v", "--api-url", simulator.url) != _OK
    simulator.accounts[_KEY] = working

    def echo(connection: socket.socket) -> None:
        request = read_request(connection)
        phrase = request.split(b"Bearer ")[1].split(b"\r\n")[0]
        connection.sendall(b"HTTP/1.1 401 " + phrase + b"\r\n\r\n" + request)

    with RawServer(echo) as server:
        assert _run(desktop, "balance", "-v", "--json", "--api-url", server.url) != _OK


def _proxy_with_a_password(desktop: DesktopSession, simulator: Simulator) -> None:
    # https, since plain HTTP on this computer never goes through a proxy.
    url = f"https://127.0.0.1:{simulator.port}"
    for scheme in ("http", "socks5"):
        script = (
            "import os, sys; from tray_app.main import main;"
            f"os.environ['HTTPS_PROXY'] = '{scheme}://user:' + input() + '@127.0.0.1:9';"
            "sys.exit(main(sys.argv[1:]))"
        )
        for command in (("balance", "-v"), ("doctor",)):
            program = desktop.start(
                [sys.executable, "-c", script, *command, "--api-url", url], piped_stdin=True
            )
            program.send_stdin(_PROXY_PASSWORD.encode())
            assert program.wait_exit(30) != _OK


def _dialog_and_second_start(
    desktop: DesktopSession, simulator: Simulator, witness: Witness
) -> None:
    browser = StandInBrowser(desktop)
    program = desktop.start([*_TRAY, "-v", "--api-url", simulator.url], browser.environ)
    item = wait_for_item(desktop.bus, program.pid)
    wait_for_amount(item, "$12.34")
    item.menu.click("API key…")
    window = wait_for_window(desktop, _DIALOG)
    before = simulator.request_count
    for key in (_REJECTED, _KEY):
        type_text(desktop, window, key)
        press_keys(desktop, window, "Return")
        before += 1
        simulator.wait_for_requests(before, timeout=20)
        witness.look_at_selections()
    press_keys(desktop, window, "ctrl+a", "ctrl+c", "ctrl+x")
    witness.look_at_selections()
    press_keys(desktop, window, "Escape")
    item.menu.click("About")
    item.menu.click("Open billing page")
    browser.wait_for_page(BILLING_URL)
    second = desktop.start([*_TRAY, "--api-url", simulator.url])
    assert second.wait_exit(20) == _OK
    item.menu.click("Quit")
    assert program.wait_exit(10) == _OK


def _key_of_the_environment(
    desktop: DesktopSession, simulator: Simulator, witness: Witness
) -> None:
    browser = StandInBrowser(desktop)
    environ = {**browser.environ, "NOVITA_API_KEY": _KEY}
    program = witness.excused(lambda: desktop.start([*_TRAY, "--api-url", simulator.url], environ))
    item = wait_for_item(desktop.bus, program.pid)
    wait_for_amount(item, "$12.34")
    item.menu.click("Open billing page")
    browser.wait_for_page(BILLING_URL)
    item.menu.click("Quit")
    assert program.wait_exit(10) == _OK


def _errors_inside(desktop: DesktopSession, simulator: Simulator) -> None:
    program = desktop.start(
        [sys.executable, "-c", _BROKEN, "--api-url", simulator.url], piped_stdin=True
    )
    program.send_stdin(_KEY.encode())
    item = wait_for_item(desktop.bus, program.pid)
    item.menu.wait_for_label(lambda label: "went wrong" in label, 20, "an error inside")
    item.menu.wait_for_label(lambda label: "internal error" in label, 20, "the worker's error")
    item.menu.click("Quit")
    assert program.wait_exit(10) == _OK


def _crash(desktop: DesktopSession, simulator: Simulator) -> None:
    program = _shown(desktop, simulator)
    program.send_signal(signal.SIGSEGV)
    assert program.wait_exit(20) == -signal.SIGSEGV
    program = _shown(desktop, simulator)
    program.send_signal(signal.SIGKILL)
    assert program.wait_exit(20) == -signal.SIGKILL


def _keyring_in_trouble(desktop: DesktopSession, simulator: Simulator) -> None:
    desktop.lock_keyring()
    program = desktop.start([*_TRAY, "--api-url", simulator.url])
    item = wait_for_item(desktop.bus, program.pid)
    item.menu.wait_for_label(lambda label: "keyring" in label.lower(), 30, "a locked keyring")
    desktop.stop_keyring(signal.SIGKILL)
    item.menu.click("Refresh now")
    item.menu.wait_for_label(lambda label: "keyring" in label.lower(), 30, "no keyring")
    item.menu.click("Quit")
    assert program.wait_exit(10) == _OK
    desktop.start_keyring()
    assert _run(desktop, "key", "delete") == _OK


def _run(desktop: DesktopSession, *arguments: str) -> int:
    return desktop.start([*_TRAY, *arguments]).wait_exit(30)


def _shown(desktop: DesktopSession, simulator: Simulator) -> Program:
    program = desktop.start([*_TRAY, "--api-url", simulator.url])
    wait_for_amount(wait_for_item(desktop.bus, program.pid), "$12.34")
    return program


def assert_is_private(desktop: DesktopSession) -> None:
    """Check that what the program wrote is closed to everybody else."""
    written = [
        path
        for folder in (desktop.home, Path(desktop.environ["XDG_RUNTIME_DIR"]))
        for top in folder.rglob("novita-tray*")
        for path in (top, *top.rglob("*"))
    ]
    assert any(path.suffix == ".log" for path in written)
    for path in written:
        expected = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == expected, path
