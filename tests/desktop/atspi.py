"""Windows as a screen reader finds them: a program's tree on the accessibility bus (AT-SPI 2).

The numbers of roles, states and relations are those of at-spi2-core's atspi-constants.h.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tests.desktop.bus import BusError, BusObject, SessionBus
from tests.desktop.waiting import wait_for
from tray_app import PROGRAM_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.desktop.bus import Signals
    from tests.desktop.session import DesktopSession

ALWAYS_ON: Final = {"QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
"""The environment of a program that is to be read: Qt else waits for a screen reader to run."""
_BUS: Final = BusObject("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus")
_REGISTRY: Final = "org.a11y.atspi.Registry"
_EVENTS: Final = BusObject(_REGISTRY, "/org/a11y/atspi/registry", _REGISTRY)
_ROOT: Final = "/org/a11y/atspi/accessible/root"
_NOTHING: Final = "/org/a11y/atspi/null"
_INTERFACE: Final = "org.a11y.atspi."
_LAUNCHERS: Final = (
    Path("/usr/libexec/at-spi-bus-launcher"),
    Path("/usr/lib/at-spi-bus-launcher"),
)
_START_TIMEOUT: Final = 15.0
_SHOWN_TIMEOUT: Final = 5.0


class Role(IntEnum):
    """What a widget is, as far as this program has it."""

    INVALID = 0
    ALERT = 2
    CHECK_BOX = 7
    COMBO_BOX = 11
    DIALOG = 16
    FILE_CHOOSER = 19
    FILLER = 20
    FRAME = 23
    LABEL = 29
    LIST = 31
    LIST_ITEM = 32
    MENU = 33
    MENU_BAR = 34
    MENU_ITEM = 35
    PAGE_TAB = 37
    PAGE_TAB_LIST = 38
    PANEL = 39
    PASSWORD_TEXT = 40
    POPUP_MENU = 41
    PUSH_BUTTON = 43
    RADIO_BUTTON = 44
    SCROLL_BAR = 48
    SEPARATOR = 50
    SPIN_BUTTON = 52
    TABLE = 55
    TABLE_CELL = 56
    TEXT = 61
    TOGGLE_BUTTON = 62
    TOOL_BAR = 63
    TREE = 65
    UNKNOWN = 67
    WINDOW = 69
    APPLICATION = 75
    ENTRY = 79
    CHART = 80


class State(IntEnum):
    """What is so of a widget now: the number of its bit."""

    ACTIVE = 1
    CHECKED = 4
    ENABLED = 8
    FOCUSABLE = 11
    FOCUSED = 12
    PRESSED = 20
    SENSITIVE = 24
    SHOWING = 25
    VISIBLE = 30
    CHECKABLE = 41
    READ_ONLY = 43


class Relation(IntEnum):
    """How two widgets belong together."""

    LABEL_FOR = 1
    LABELLED_BY = 2


@dataclass(frozen=True, slots=True)
class Accessible:
    """One object of the tree; all is asked anew at each call."""

    bus: SessionBus
    name_on_bus: str
    path: str

    @property
    def name(self) -> str:
        """What it is called."""
        return str(self._property("Name"))

    @property
    def description(self) -> str:
        """What is said beyond its name."""
        return str(self._property("Description"))

    @property
    def role(self) -> int:
        """A :class:`Role`, or a number that is none of them."""
        (role,) = self._call("Accessible", "GetRole")
        return Role(role) if role in Role.__members__.values() else int(role)

    @property
    def states(self) -> frozenset[State]:
        """All that is so of it."""
        ((low, high),) = self._call("Accessible", "GetState")
        bits = low | high << 32
        return frozenset(state for state in State if bits >> state & 1)

    @property
    def interfaces(self) -> frozenset[str]:
        """What can be asked of it: ``Text``, ``Value``, ``Action``."""
        (names,) = self._call("Accessible", "GetInterfaces")
        return frozenset(str(name).removeprefix(_INTERFACE) for name in names)

    @property
    def text(self) -> str:
        """The whole text in a field or a label."""
        (text,) = self._call("Text", "GetText", "ii", (0, -1))
        return str(text)

    @property
    def value(self) -> float:
        """The number in a field for numbers."""
        return float(self._property("CurrentValue", "Value"))

    def related(self, relation: Relation) -> list[Accessible]:
        """Return what is related to it so."""
        (relations,) = self._call("Accessible", "GetRelationSet")
        return [
            Accessible(self.bus, name, path)
            for kind, targets in relations
            if kind == relation
            for name, path in targets
        ]

    def children(self) -> list[Accessible]:
        """Return what lies directly in it."""
        (children,) = self._call("Accessible", "GetChildren")
        return [Accessible(self.bus, name, path) for name, path in children if path != _NOTHING]

    def walk(self) -> Iterator[Accessible]:
        """Yield it and all that is below it, as far as it shows."""
        yield self
        for child in self.children():
            if State.SHOWING in child.states:
                yield from child.walk()

    def find(self, role: Role, name: str) -> Accessible:
        """Return the one of this role and name, once it shows."""

        def probe() -> Accessible | None:
            found = (each for each in self.walk() if each.role == role and each.name == name)
            return next(found, None)

        return wait_for(probe, _SHOWN_TIMEOUT, f"{role.name} {name!r} shows")

    def take_focus(self) -> None:
        """Give it the keyboard, as a screen reader does."""
        self._call("Component", "GrabFocus")

    @property
    def actions(self) -> list[str]:
        """What can be done with it, by Qt's names."""
        (actions,) = self._call("Action", "GetActions")
        return [str(name) for name, _description, _key in actions]

    def press(self) -> None:
        """Press it, as a screen reader does for its user."""
        names = self.actions
        index = next(index for index, name in enumerate(names) if name in {"Press", "Toggle"})
        self._call("Action", "DoAction", "i", (index,))

    def _call(
        self, interface: str, method: str, signature: str = "", body: tuple[object, ...] = ()
    ) -> tuple[Any, ...]:
        return self.bus.call(self._as(interface), method, signature, body)

    def _property(self, prop: str, interface: str = "Accessible") -> Any:  # noqa: ANN401 — types are on the bus
        return self.bus.property(self._as(interface), prop)

    def _as(self, interface: str) -> BusObject:
        return BusObject(self.name_on_bus, self.path, _INTERFACE + interface)


class AccessibilityBus:
    """The bus of its own on which programs tell screen readers what they show."""

    def __init__(self, session: DesktopSession) -> None:
        launcher = launcher_path()
        assert launcher is not None, "at-spi2-core is not installed"
        session.start([launcher, "--launch-immediately"])
        wait_for(lambda: session.bus.has_owner(_BUS.name), _START_TIMEOUT, "accessibility bus")
        (address,) = session.bus.call(_BUS, "GetAddress")
        self._bus = SessionBus(str(address))

    def close(self) -> None:
        """Close the connection."""
        self._bus.close()

    def program(self, pid: int) -> Accessible:
        """Return the root of a program's tree, once the program has joined."""
        return wait_for(lambda: self._joined(pid), _START_TIMEOUT, f"the tree of program {pid}")

    def windows(self, pid: int) -> list[Accessible]:
        """Return the windows of a program that show now."""
        return [each for each in self.program(pid).children() if State.SHOWING in each.states]

    @contextmanager
    def listening(self, event: str) -> Iterator[Signals]:
        """Collect what programs tell of themselves while inside, ``Announcement`` for instance."""
        # Programs tell only what somebody has asked for.
        self._bus.call(_EVENTS, "RegisterEvent", "sass", (f"Object:{event}", [], ""))
        with self._bus.listening(f"{_INTERFACE}Event.Object", event) as signals:
            yield signals

    def window(self, pid: int, title: str) -> Accessible:
        """Return the window of a program with this title, once it shows.

        Qt adds the program's name to another title; what is given is without that.
        """
        titles = {title, f"{title} — {PROGRAM_NAME}"}

        def probe() -> Accessible | None:
            shown = self.windows(pid)
            return next((each for each in shown if each.name in titles), None)

        return wait_for(probe, _START_TIMEOUT, f"an accessible window {title!r}")

    def _joined(self, pid: int) -> Accessible | None:
        for each in Accessible(self._bus, _REGISTRY, _ROOT).children():
            try:
                if self._bus.pid_of(each.name_on_bus) == pid:
                    return each
            except BusError:
                # Its program has just ended.
                continue
        return None


def launcher_path() -> Path | None:
    """Return what starts the accessibility bus; it is not on PATH."""
    return next((path for path in _LAUNCHERS if path.exists()), None)
