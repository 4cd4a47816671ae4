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
    """An overriding slot runs in the emitter's thread: a class that has slots has no heirs."""
    classes = {
        node.name: node
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    }
    with_slots = {name for name, node in classes.items() if _has_slots(node)}
    assert "BalanceWorker" in with_slots
    pairs = [(name, base) for name, node in classes.items() for base in _bases(node)]
    assert ("SwitchField", "SettingField") in pairs
    assert [pair for pair in pairs if pair[1] in with_slots] == []


def _has_slots(node: ast.ClassDef) -> bool:
    return any(
        isinstance(decorator, ast.Call)
        and isinstance(decorator.func, ast.Name)
        and decorator.func.id == "Slot"
        for method in node.body
        if isinstance(method, ast.FunctionDef)
        for decorator in method.decorator_list
    )


def _bases(node: ast.ClassDef) -> Iterator[str]:
    for base in node.bases:
        named = base.value if isinstance(base, ast.Subscript) else base
        if isinstance(named, ast.Name):
            yield named.id


def test_no_dialog_has_an_event_loop_of_its_own() -> None:
    assert [where for where, _ in _calls("exec") if not where.startswith("start.py")] == []
    assert len([where for where, _ in _calls("exec")]) == 1
