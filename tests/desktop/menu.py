"""A tray icon's context menu over the bus (com.canonical.dbusmenu)."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from tests.desktop.bus import BusObject
from tests.desktop.waiting import wait_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.desktop.bus import SessionBus

_INTERFACE: Final = "com.canonical.dbusmenu"
_ROOT: Final = 0
_ALL_LEVELS: Final = -1
_MNEMONIC: Final = re.compile(r"_(_?)")


@dataclass(frozen=True, slots=True)
class MenuRow:
    """One row; ``label`` is as a reader sees it, without the mark of its mnemonic."""

    id: int
    label: str
    enabled: bool
    visible: bool
    is_separator: bool
    children: tuple[MenuRow, ...]

    def walk(self) -> Iterator[MenuRow]:
        """Yield this row and all below it, from top to bottom."""
        yield self
        for child in self.children:
            yield from child.walk()


class Menu:
    """The menu of one program, read anew at each call."""

    def __init__(self, bus: SessionBus, name: str, path: str) -> None:
        self._bus = bus
        self._object = BusObject(name, path, _INTERFACE)

    def announce_opening(self, row: int = _ROOT) -> bool:
        """Tell the program that the row's children are about to show, as a panel does.

        Returns whether the program asks for the layout to be read again.
        """
        (needs_update,) = self._call("AboutToShow", "i", (row,))
        return bool(needs_update)

    def rows(self) -> tuple[MenuRow, ...]:
        """Return the visible rows of the top level, separators included."""
        _revision, layout = self._call("GetLayout", "iias", (_ROOT, _ALL_LEVELS, []))
        return tuple(row for row in _row(layout).children if row.visible)

    def labels(self) -> list[str]:
        """Return the labels of the visible top rows, without separators."""
        return [row.label for row in self.rows() if not row.is_separator]

    def row(self, label: str) -> MenuRow:
        """Return the first row at any depth with this label; ``LookupError`` when there is none."""
        rows = self.rows()
        for top in rows:
            for row in top.walk():
                if row.label == label and row.visible:
                    return row
        raise LookupError(f"no row {label!r} in {[row.label for row in rows]}")

    def click(self, label: str) -> None:
        """Open the menu and choose the row with this label, as a panel does.

        Raises ``LookupError`` when there is no such row or when it is greyed out.
        """
        self.announce_opening()
        row = self.row(label)
        if not row.enabled:
            raise LookupError(f"row {label!r} is greyed out")
        self._call("Event", "isvu", (row.id, "clicked", ("i", 0), int(time.monotonic())))

    def wait_for_label(self, accepts: Callable[[str], bool], timeout: float, what: str) -> str:
        """Return the first visible label that ``accepts`` says yes to, once there is one."""

        def probe() -> str | None:
            return next((label for label in self.labels() if accepts(label)), None)

        return wait_for(probe, timeout, f"menu row: {what}")

    def _call(self, method: str, signature: str, body: tuple[object, ...]) -> tuple[Any, ...]:
        return self._bus.call(self._object, method, signature, body)


def without_mnemonic(label: str) -> str:
    """Drop the mark of a mnemonic from a label; a doubled underscore stands for one."""
    return _MNEMONIC.sub(r"\1", label)


def _row(layout: tuple[int, dict[str, tuple[str, Any]], list[tuple[str, Any]]]) -> MenuRow:
    row_id, properties, children = layout
    # A property at its default is left out.
    texts = {name: value for name, (_signature, value) in properties.items()}
    return MenuRow(
        id=row_id,
        label=without_mnemonic(str(texts.get("label", ""))),
        enabled=bool(texts.get("enabled", True)),
        visible=bool(texts.get("visible", True)),
        is_separator=texts.get("type") == "separator",
        children=tuple(_row(child) for _signature, child in children),
    )
