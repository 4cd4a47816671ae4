"""The program's whole life in a home of its own: what it leaves where, and that purge ends it."""

from __future__ import annotations

import re
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from tests.desktop.status_notifier import wait_for_item
from tests.desktop.tray_program import AMOUNT_TIMEOUT, KEY, store_key
from tests.desktop.waiting import wait_for
from tray_app.adapters.binding_code import FILE_NAME as CODE_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.desktop.program import Program
    from tests.desktop.session import DesktopSession
    from tray_app.simulator import Simulator

_PROGRAM: Final = (sys.executable, "-m", "tray_app")
_OTHERS: Final = ("log", "dunstrc", "bus.conf", "services", "home/.config/xfce4", "home/.cache")
"""What the desktop itself has in the session's folder; a program has no business there."""
_KEYRINGS: Final = "home/.local/share/keyrings"
_INCOMPLETE: Final = 18
_REFUSED: Final = 17
_DOCUMENT: Final = Path(__file__).parents[2] / "docs/files.md"


@pytest.mark.timeout(300)
def test_all_that_a_life_leaves_is_documented_and_purge_leaves_nothing(
    desktop: DesktopSession, simulator: Simulator
) -> None:
    before = _tree(desktop)
    seen = _live(desktop, simulator) - before
    patterns = _documented()
    undocumented = {path for path in seen if not any(each.fullmatch(path) for each in patterns)}
    assert undocumented == set()
    # What a life without an accident leaves must be in it, else nothing was looked at.
    assert {Path(path).name for path in seen} >= {
        "settings.toml",
        "history.db",
        "history-work.db",
        "history.db-wal",
        "polling-share",
        "last-look",
        CODE_NAME,
        "tray.lock",
        "novita-tray.log",
        "crash.log",
        "crash-previous.log",
        "demo.lock",
        "novita-tray.desktop",
    }
    assert any(".damaged-" in path for path in seen)

    foreign = Path(desktop.environ["XDG_DATA_HOME"]) / "novita-tray" / "mine.txt"
    foreign.write_text("mine", encoding="utf-8")
    shown = desktop.run([*_PROGRAM, "purge", "--yes"])
    assert f"not its alone:\n  {foreign}" in shown
    assert _tree(desktop) - before == {
        str(foreign.relative_to(desktop.root)),
        str(foreign.parent.relative_to(desktop.root)),
        "home/.config/autostart",
    }
    assert _stored_keys(desktop) == []
    foreign.unlink()
    desktop.run([*_PROGRAM, "purge", "--yes"])
    assert _tree(desktop) - before == {"home/.config/autostart"}


def test_beside_a_running_tray_nothing_is_removed_until_it_was_told_to_quit(
    desktop: DesktopSession, simulator: Simulator
) -> None:
    store_key(desktop)
    tray = _tray(desktop, simulator)
    assert _ended(desktop, "purge", "--yes") == _REFUSED
    assert _stored_keys(desktop) == ["default"]
    assert _ended(desktop, "quit") == 0
    assert tray.wait_exit(5) == 0
    assert _ended(desktop, "purge", "--yes") == 0
    assert _stored_keys(desktop) == []


def test_a_keyring_that_is_away_is_told_and_the_files_go(
    desktop: DesktopSession, simulator: Simulator
) -> None:
    store_key(desktop)
    tray = _tray(desktop, simulator)
    tray.send_signal(signal.SIGTERM)
    assert tray.wait_exit(5) == 0
    desktop.stop_keyring()
    program = desktop.start([*_PROGRAM, "purge", "--yes"])
    assert program.wait_exit(20) == _INCOMPLETE
    assert "May still be there: the API key in the keyring." in program.stdout
    assert not (Path(desktop.environ["XDG_DATA_HOME"]) / "novita-tray").exists()
    desktop.start_keyring()
    assert _stored_keys(desktop) == ["default"]


def test_a_key_whose_account_nobody_names_any_more_is_found_by_its_service(
    desktop: DesktopSession,
) -> None:
    store_key(desktop)
    _store_key_of(desktop, "gone")
    settings = Path(desktop.environ["XDG_CONFIG_HOME"]) / "novita-tray/settings.toml"
    settings.unlink()
    assert _stored_keys(desktop) == ["default", "gone"]
    assert _ended(desktop, "purge", "--yes") == 0
    assert _stored_keys(desktop) == []


def _live(desktop: DesktopSession, simulator: Simulator) -> set[str]:
    """Go through all that the program does; return every path that was there at some time."""
    seen: set[str] = set()

    def look() -> None:
        seen.update(_tree(desktop))

    store_key(desktop)
    _store_key_of(desktop, "work")
    for action in ("on", "off", "on"):
        assert _ended(desktop, "autostart", action) == 0
        look()
    for ending in (signal.SIGTERM, signal.SIGKILL, signal.SIGSEGV, signal.SIGTERM):
        tray = _tray(desktop, simulator)
        look()
        tray.send_signal(ending)
        with suppress(AssertionError):
            tray.wait_exit(20)
        look()
    for command in ("doctor", "status", "history", "runway", "balance"):
        _ended(desktop, command)
        look()
    history = Path(desktop.environ["XDG_DATA_HOME"]) / "novita-tray/history.db"
    history.write_bytes(b"\xff" * 20_000)
    tray = _tray(desktop, simulator)
    wait_for(lambda: _damaged(history), 20, "a broken history set aside")
    # A second start, which brings it forward.
    assert _ended(desktop) == 0
    look()
    assert _ended(desktop, "quit") == 0
    demo = desktop.start([*_PROGRAM, "--demo"])
    wait_for_item(desktop.bus, demo.pid)
    run = Path(desktop.environ["XDG_RUNTIME_DIR"]) / "novita-tray"
    wait_for(lambda: any(run.glob("demo-*")), 20, "the demo's socket")
    look()
    assert _ended(desktop, "quit", "--demo") == 0
    assert demo.wait_exit(5) == 0
    look()
    return seen


def _damaged(history: Path) -> bool:
    return any(history.parent.glob(f"{history.name}.damaged-*"))


def _tray(desktop: DesktopSession, simulator: Simulator) -> Program:
    """Start a tray, and return it once it has read and can be found."""
    tray = desktop.start([*_PROGRAM, "--api-url", simulator.url])
    menu = wait_for_item(desktop.bus, tray.pid).menu
    # Behind an account's name, or below what is told of a crash.
    menu.wait_for_label(lambda label: "$12.34" in label, AMOUNT_TIMEOUT, "the amount")
    run = Path(desktop.environ["XDG_RUNTIME_DIR"]) / "novita-tray"
    wait_for(lambda: any(run.glob("tray-*")), 20, "its socket")
    return tray


def _ended(desktop: DesktopSession, *arguments: str) -> int:
    return desktop.start([*_PROGRAM, *arguments]).wait_exit(30)


def _store_key_of(desktop: DesktopSession, account: str) -> None:
    program = desktop.start([*_PROGRAM, "key", "set", "--account", account], piped_stdin=True)
    program.send_stdin(KEY.encode())
    assert program.wait_exit(20) == 0, program.stderr


def _stored_keys(desktop: DesktopSession) -> list[str]:
    """Return whose keys are in the keyring, asked by keyring's own back-end."""
    program = (
        "import secretstorage\n"
        "bus = secretstorage.dbus_init()\n"
        "items = secretstorage.get_default_collection(bus).search_items("
        '{"service": "novita-tray"})\n'
        'print(*sorted(item.get_attributes()["username"] for item in items))\n'
    )
    return desktop.run([sys.executable, "-c", program]).split()


def _tree(desktop: DesktopSession) -> set[str]:
    """Return every path in the session's folder that is not the desktop's own."""
    found = {str(path.relative_to(desktop.root)) for path in _walked(desktop.root)}
    others = tuple(f"{each}/" for each in (*_OTHERS, _KEYRINGS))
    return {path for path in found if not f"{path}/".startswith(others)}


def _walked(folder: Path) -> Iterator[Path]:
    with suppress(FileNotFoundError):
        for path in folder.iterdir():
            yield path
            if path.is_dir() and not path.is_symlink():
                yield from _walked(path)


def _documented() -> Sequence[re.Pattern[str]]:
    """Return the document's places on Linux as patterns of paths in the session's folder."""
    text = _DOCUMENT.read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in row.split("|")[1:-1]] for row in text.splitlines() if row]
    folders = {
        row[0]: row[1].strip("`").replace("/run/user/…", "run").replace("~", "home")
        for row in rows
        if len(row) == 5 and row[0] in {"config", "data", "logs", "runtime"}
    }
    assert len(folders) == 4
    places = [
        f"{folders[folder]}/{name}"
        for row in rows
        if len(row) == 3 and row[0] in {"config", "data", "logs", "runtime", "config, data"}
        for folder in row[0].split(", ")
        for name in re.findall(r"`([^`]+)`", row[1])
    ]
    assert len(places) > 15
    autostart = re.search(r"`~/(\.config/autostart/[^`]+)`", text)
    assert autostart is not None
    places.append(f"home/{autostart[1]}")
    parents = {str(parent) for place in places for parent in Path(place).parents}
    return [
        re.compile(re.escape(place).replace("…", "[^/]*")) for place in (*places, *sorted(parents))
    ]
