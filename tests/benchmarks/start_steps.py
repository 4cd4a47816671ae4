"""The start of the real program, which tells what each of its steps has cost the processor.

Run by :mod:`tests.benchmarks.costs` with the program's arguments; prints JSON once the icon is
shown, and runs on.
"""

from __future__ import annotations

import json
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_marks: list[tuple[str, float]] = [("Python itself", time.process_time())]


def mark(step: str) -> None:
    """Note that a step has ended."""
    _marks.append((step, time.process_time()))


class _Steps:
    """Notes at the first look for a module that what came before it has ended; finds nothing."""

    def __init__(self, ended_by: dict[str, str]) -> None:
        self._ended_by = ended_by

    def find_spec(self, name: str, *_: object) -> None:
        """Say what ended by that, once."""
        ended = self._ended_by.pop(name, None)
        if ended is not None:
            mark(ended)


def main() -> int:
    """Start in the program's own order."""
    from tray_app.adapters.binding_code import BindingCode
    from tray_app.main import main as run

    steps: Any = _Steps(
        {
            "PySide6": "the binding's kept bytecode",
            "PySide6.QtGui": "modules: PySide6.QtCore",
            "PySide6.QtWidgets": "modules: PySide6.QtGui",
            "tray_app.ui.qt_messages": "modules: PySide6.QtWidgets",
        }
    )
    sys.meta_path.insert(0, steps)
    replaced: Any = BindingCode
    used = replaced.used

    @contextmanager
    def watched(code: BindingCode) -> Iterator[None]:
        mark("modules: before Qt; lock, log")
        with used(code):
            yield
        # The start is imported now, and not begun.
        mark("modules: the icon's own")
        _watch_start()

    replaced.used = watched
    return run(sys.argv[1:])


def _watch_start() -> None:
    from tray_app import start

    replaced: Any = start
    replaced.make_application = _marked(replaced.make_application, "crash file", "QApplication")
    replaced.Tray.start = _told(_marked(replaced.Tray.start, "the last look", "icon"))


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
