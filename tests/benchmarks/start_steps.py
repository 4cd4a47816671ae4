"""The start of the real program, which tells what each of its steps has cost the processor.

Run by :mod:`tests.benchmarks.costs` with the program's arguments; prints JSON once the icon is
shown, and runs on.
"""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_marks: list[tuple[str, float]] = [("Python itself", time.process_time())]


def mark(step: str) -> None:
    """Note that a step has ended."""
    _marks.append((step, time.process_time()))


def main() -> int:
    """Import and start in the program's own order."""
    from tray_app.main import main as run

    mark("modules: before Qt")
    import PySide6.QtCore

    mark("modules: PySide6.QtCore")
    import PySide6.QtGui

    mark("modules: PySide6.QtGui")
    import PySide6.QtWidgets  # noqa: F401 — as the tray does

    mark("modules: PySide6.QtWidgets")
    from tray_app import start

    mark("modules: the icon's own")
    # What was imported here early is not imported anew; the rest of the order is the program's.
    replaced: Any = start
    replaced.make_application = _marked(replaced.make_application, "lock, log", "QApplication")
    replaced.Tray.start = _told(_marked(replaced.Tray.start, "the last look", "icon"))
    return run(sys.argv[1:])


def _marked(function: Callable[..., object], before: str, name: str) -> Callable[..., object]:
    def called(*arguments: object, **named: object) -> object:
        mark(before)
        result = function(*arguments, **named)
        mark(name)
        return result

    return called


def _told(function: Callable[..., object]) -> Callable[..., object]:
    def called(*arguments: object) -> object:
        result = function(*arguments)
        print(json.dumps(_marks), flush=True)
        return result

    return called


if __name__ == "__main__":
    sys.exit(main())
