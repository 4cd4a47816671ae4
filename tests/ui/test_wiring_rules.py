"""Rules on signals, slots and dialogs that hold for every line of the program."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


ROOT = Path(__file__).parents[2]
_SOCKETS = ("display.py", "bus_link.py", "network_watch.py", "instance_client.py")
_HISTORY = ("history_opening.py", "history_upgrade.py")
SOURCES = sorted((ROOT / "tray_app").rglob("*.py"))


def _calls(name: str) -> Iterator[tuple[str, ast.Call]]:
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == name
            ):
                yield f"{path.name}:{node.lineno}", node


def test_signals_are_connected_to_methods_alone() -> None:
    """To no lambda, partial or free function: those run in the thread that emits."""
    connected = [(where, call.args[0]) for where, call in _calls("connect") if call.args]
    to_methods = [
        where
        for where, target in connected
        if isinstance(target, ast.Attribute)
        or (isinstance(target, ast.Name) and target.id.startswith("on_"))
        # A socket's, and a database's.
        or where.startswith((*_SOCKETS, *_HISTORY))
    ]
    assert len(connected) > 20
    assert to_methods == [where for where, _ in connected]


def test_no_slot_is_overridden() -> None:
    """An overriding slot runs in the emitter's thread, so our QObjects have no heirs of ours."""
    bases = [
        (node.name, base.id)
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
        for base in node.bases
        if isinstance(base, ast.Name)
    ]
    qobjects = {name for name, base in bases if base.startswith("Q")}
    assert "BalanceWorker" in qobjects
    assert [pair for pair in bases if pair[1] in qobjects] == []


def test_no_dialog_has_an_event_loop_of_its_own() -> None:
    assert [where for where, _ in _calls("exec") if not where.startswith("app.py")] == []
    assert len([where for where, _ in _calls("exec")]) == 1
