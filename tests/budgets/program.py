"""The real program in a process of its own, which tells what its start and its readings take.

Run by :mod:`tests.budgets.measured` as ``python -m tests.budgets.program URL READINGS``, without a
screen. Prints JSON when the readings are done, and ends.
"""

from __future__ import annotations

import gc
import sys

_AUDITED = {
    "open": "file",
    "sqlite3.connect": "database",
    "subprocess.Popen": "program",
    "os.posix_spawn": "program",
}
_SOCK_STREAM = 1
"""As in the module socket, which is not imported: whether the program does is measured."""
_events: list[tuple[str, str]] = []
_collections: list[str] = []


def _note(event: str, arguments: tuple[object, ...]) -> None:
    kind = _AUDITED.get(event)
    if event == "socket.connect":
        # What is sent nowhere only asks the system for a route, or the resolver for an order.
        is_stream = getattr(arguments[0], "type", None) == _SOCK_STREAM
        _events.append(("connection" if is_stream else "route", str(arguments[1])))
    elif kind is not None:
        _events.append((kind, str(arguments[0])))


def _libraries() -> list[str]:
    """Return the libraries that the process has loaded; Linux alone tells."""
    from pathlib import Path  # isort: skip — not before it is known what the program imports

    try:
        maps = Path("/proc/self/maps").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    return sorted({line[line.index("/") :] for line in maps if ".so" in line})


def main() -> int:
    """Start the tray by its own command, and watch it."""
    sys.addaudithook(_note)
    gc.callbacks.append(lambda phase, _: _collections.append(phase))
    # Before anything is imported, so that all of it is the program's.
    before = frozenset(sys.modules)
    from tray_app.main import main as command  # isort: skip — as the program does it
    from tray_app.ui import tray

    class WatchedTray(tray.Tray):
        def start(self) -> None:
            super().start()
            for_icon = sorted(name for name in sys.modules if name not in before)
            _watch_program(
                {
                    "icon": self.visible,
                    "modules": for_icon,
                    "start": list(_events),
                    "libraries": _libraries(),
                    "collections": _collections.count("start"),
                }
            )

    # Without a screen there is no panel.
    tray.panel_is_there = lambda: True  # type: ignore[attr-defined]  # imported there
    tray.Tray = WatchedTray  # type: ignore[misc]  # stands for the real one, which it is
    _collections.clear()
    return command(["--api-url", sys.argv[1]])


def _watch_program(start: dict[str, object]) -> None:
    """Let each reading be watched: the icon shows, and the program is loaded next."""
    from tests.budgets.watch import Watch
    from tray_app import app

    class Watched(app.TrayProgram):
        def start(self) -> None:
            super().start()
            self.watch = Watch(self, start, _events, int(sys.argv[2]))

        def on_settled(self) -> None:
            super().on_settled()
            self.watch.tell_settled()

    app.TrayProgram = Watched  # type: ignore[misc]  # stands for the real one, which it is


if __name__ == "__main__":
    sys.exit(main())
