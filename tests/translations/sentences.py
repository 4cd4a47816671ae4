"""Every sentence that the program hands to ``tr``, read from its source."""

from __future__ import annotations

import ast
import string
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
_PACKAGE: Final = ROOT / "tray_app"


class NoLiteralError(ValueError):
    """A call of ``tr`` whose sentence cannot be read from the source."""


@dataclass(frozen=True, slots=True, order=True)
class Sentence:
    """A sentence in English; one that is counted has a form for each number."""

    source: str
    counted: bool


def fields_of(text: str) -> frozenset[str]:
    """Return the names of the fields, and ``%n`` where the count stands in the text."""
    named = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    return frozenset(named | ({"%n"} if "%n" in text else set()))


def sentences(package: Path = _PACKAGE) -> list[Sentence]:
    """Return each sentence once, in the order of their files and lines.

    Raises NoLiteralError.
    """
    found: dict[Sentence, None] = {}
    for path in sorted(package.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found.update(dict.fromkeys(_in_tree(tree, path)))
    return list(found)


def _in_tree(tree: ast.AST, path: Path) -> list[Sentence]:
    calls = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "tr"
    ]
    calls.sort(key=lambda call: (call.lineno, call.col_offset))
    return [_sentence(call, path) for call in calls]


def _sentence(call: ast.Call, path: Path) -> Sentence:
    match call.args:
        case [ast.Constant(value=str(text))]:
            return Sentence(text, any(keyword.arg == "n" for keyword in call.keywords))
        case _:
            raise NoLiteralError(
                f"{path.name}, line {call.lineno}: tr() takes one literal sentence"
            )
