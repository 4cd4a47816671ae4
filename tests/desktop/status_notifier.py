"""Tray icons over the bus, as a panel sees them (StatusNotifierItem)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from tests.desktop.bus import BusError, BusObject, SessionBus
from tests.desktop.menu import Menu
from tests.desktop.waiting import wait_for

if TYPE_CHECKING:
    from collections.abc import Callable

WATCHER: Final = "org.kde.StatusNotifierWatcher"
_WATCHER: Final = BusObject(WATCHER, "/StatusNotifierWatcher", WATCHER)
ITEM_INTERFACE: Final = "org.kde.StatusNotifierItem"


@dataclass(frozen=True, slots=True)
class Pixmap:
    """One size of an icon; ``argb`` holds four bytes a pixel: alpha, red, green, blue."""

    width: int
    height: int
    argb: bytes

    def colour_at(self, x: int, y: int) -> tuple[int, int, int, int]:
        """Return alpha, red, green and blue of a pixel, each 0 to 255, not premultiplied."""
        start = 4 * (y * self.width + x)
        alpha, red, green, blue = self.argb[start : start + 4]
        return alpha, red, green, blue

    def share_of(self, red: int, green: int, blue: int) -> float:
        """Return which part of the pixels, 0 to 1, is opaque and has exactly this colour."""
        wanted = bytes((255, red, green, blue))
        pixels = [self.argb[start : start + 4] for start in range(0, len(self.argb), 4)]
        return pixels.count(wanted) / len(pixels)


@dataclass(frozen=True, slots=True)
class ToolTip:
    """The two texts of a tooltip."""

    title: str
    text: str


class StatusNotifierItem:
    """One registered tray icon; every property is read anew from its program."""

    def __init__(self, bus: SessionBus, name: str, path: str) -> None:
        self._bus = bus
        self.name = name
        self._object = BusObject(name, path, ITEM_INTERFACE)

    @property
    def pid(self) -> int:
        """The id of the program that shows the icon."""
        return self._bus.pid_of(self.name)

    @property
    def status(self) -> str:
        """``Active``, ``Passive`` or ``NeedsAttention``."""
        return str(self._property("Status"))

    @property
    def title(self) -> str:
        """The icon's title, where panels list it by name."""
        return str(self._property("Title"))

    @property
    def id(self) -> str:
        """The name under which panels remember this icon."""
        return str(self._property("Id"))

    @property
    def tooltip(self) -> ToolTip:
        """The tooltip's title and text."""
        _icon_name, _pixmaps, title, text = self._property("ToolTip")
        return ToolTip(str(title), str(text))

    @property
    def pixmaps(self) -> list[Pixmap]:
        """The icon in every size that the program sent."""
        return [Pixmap(width, height, bytes(argb)) for width, height, argb in self._icon_pixmaps()]

    def pixmap(self, size: int) -> Pixmap:
        """Return the icon at ``size`` pixels a side; ``LookupError`` when it was not sent."""
        for pixmap in self.pixmaps:
            if (pixmap.width, pixmap.height) == (size, size):
                return pixmap
        raise LookupError(f"no pixmap of {size} pixels")

    @property
    def menu(self) -> Menu:
        """The context menu."""
        return Menu(self._bus, self.name, str(self._property("Menu")))

    def activate(self) -> None:
        """Click on the icon with the primary button."""
        self._bus.call(self._object, "Activate", "ii", (0, 0))

    def wait_for_tooltip(
        self, accepts: Callable[[ToolTip], bool], timeout: float, what: str
    ) -> ToolTip:
        """Return the tooltip once ``accepts`` says yes to it."""

        def probe() -> ToolTip | None:
            tooltip = self.tooltip
            return tooltip if accepts(tooltip) else None

        return wait_for(probe, timeout, f"tooltip: {what}")

    def _icon_pixmaps(self) -> list[tuple[int, int, Any]]:
        return list(self._property("IconPixmap"))

    def _property(self, prop: str) -> Any:  # noqa: ANN401 — each property has its own type
        return self._bus.property(self._object, prop)


def has_host(bus: SessionBus) -> bool:
    """Whether a panel is there that shows tray icons."""
    if not bus.has_owner(WATCHER):
        return False
    try:
        return bool(bus.property(_WATCHER, "IsStatusNotifierHostRegistered"))
    except BusError:
        # The name may be taken a moment before the object stands, or go away meanwhile.
        return False


def items(bus: SessionBus) -> list[StatusNotifierItem]:
    """Return the icons that are registered now; none without a panel."""
    if not bus.has_owner(WATCHER):
        return []
    try:
        entries = bus.property(_WATCHER, "RegisteredStatusNotifierItems")
    except BusError:
        return []
    return [_item(bus, str(entry)) for entry in entries]


def wait_for_item(bus: SessionBus, pid: int, timeout: float = 10.0) -> StatusNotifierItem:
    """Return the icon of the program ``pid`` once the panel has it and its object answers."""

    def probe() -> StatusNotifierItem | None:
        for item in items(bus):
            try:
                if item.pid == pid and item.status:
                    return item
            except BusError:
                # Its program ended, or has not exported the object yet.
                continue
        return None

    return wait_for(probe, timeout, f"a tray icon of program {pid}")


def _item(bus: SessionBus, entry: str) -> StatusNotifierItem:
    # An entry is a bus name, with the object's path behind it when that is not the usual one.
    name, slash, path = entry.partition("/")
    return StatusNotifierItem(bus, name, slash + path if slash else "/StatusNotifierItem")
