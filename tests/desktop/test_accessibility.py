"""What a screen reader finds in every window, read back over the accessibility bus."""

from __future__ import annotations

import sys
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import pytest

from tests.desktop.atspi import ALWAYS_ON, AccessibilityBus, Relation, Role, State
from tests.desktop.session import DesktopSession
from tests.desktop.status_notifier import wait_for_item
from tests.desktop.tray_program import FROM_ENVIRONMENT, KEY, start_tray, wait_for_amount
from tests.desktop.waiting import NeverHappenedError, wait_for
from tests.desktop.windows import press_keys, type_text, wait_for_window
from tests.ui.every_window import EVERY_WINDOW
from tray_app import PROGRAM_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.desktop.atspi import Accessible
    from tests.desktop.program import Program
    from tests.desktop.status_notifier import StatusNotifierItem
    from tray_app.simulator import Simulator

_PROJECT: Final = Path(__file__).parents[2]
_TYPED_INTO: Final = {
    *(Role.TEXT, Role.PASSWORD_TEXT, Role.ENTRY, Role.SPIN_BUTTON, Role.COMBO_BOX),
    *(Role.LIST, Role.TABLE, Role.TREE),
}
_PRESSED: Final = {
    *(Role.PUSH_BUTTON, Role.TOGGLE_BUTTON, Role.CHECK_BOX, Role.RADIO_BUTTON, Role.PAGE_TAB),
}
_USED: Final = _TYPED_INTO | _PRESSED | {Role.CHART}
_STOPS: Final = _USED - {Role.PAGE_TAB} | {Role.PAGE_TAB_LIST}
_FOCUSABLE: Final = _USED | {Role.LABEL, Role.PAGE_TAB_LIST, Role.LIST_ITEM, Role.TABLE_CELL}
_WINDOWS: Final = {Role.FRAME, Role.DIALOG, Role.ALERT, Role.FILE_CHOOSER}
_MOST_STOPS: Final = 90
_SETTLED: Final = 0.3
"""Seconds within which the focus moves after a key."""


def faults_of(window: Accessible) -> list[str]:
    """Return what a screen reader could not make sense of."""
    faults = [] if window.role in _WINDOWS else [f"a window of role {window.role!r}"]
    if not window.name:
        faults.append("a window without a name")
    for each in window.walk():
        role = each.role
        where = f"{role!r} {each.name!r}"
        takes_focus = State.FOCUSABLE in each.states and not _holds_tabs(each)
        if takes_focus and role not in _FOCUSABLE:
            faults.append(f"{where} takes the focus and is nothing known")
        # An empty label that nothing leads to is nothing.
        if (takes_focus or role in _USED) and not _is_named(each):
            faults.append(f"{where} has no name")
        if role == Role.CHART and not each.description.endswith((".", "…")):
            faults.append(f"{where} says nothing in sentences: {each.description!r}")
    return faults


def _holds_tabs(each: Accessible) -> bool:
    """Whether it has the focus only as its tabs have it."""
    return any(child.role == Role.PAGE_TAB_LIST for child in each.children())


def _is_named(each: Accessible) -> bool:
    labels = (label.name for label in each.related(Relation.LABELLED_BY))
    return any(name.strip() for name in (each.name, *labels))


def focused_in(window: Accessible) -> Accessible | None:
    # A box of buttons has the focus, too, while its default button has. Of tabs and items Qt says
    # it of the current one, wherever the keyboard is.
    focused = [
        each
        for each in window.walk()
        if State.FOCUSED in each.states and each.role not in {Role.PAGE_TAB, Role.LIST_ITEM}
    ]
    return focused[-1] if focused else None


def _focus_has_left(window: Accessible, before: Accessible | None) -> bool:
    return focused_in(window) != before


def told_in(window: Accessible) -> list[str]:
    """Return every text that a screen reader can get hold of."""
    told = []
    for each in window.walk():
        told += [each.name, each.description]
        if "Text" in each.interfaces:
            told.append(each.text)
    return told


class Shown(NamedTuple):
    """A window on a screen."""

    session: DesktopSession
    window: Accessible
    title: str


@pytest.fixture(scope="module")
def one_session(desktop_programs: None) -> Iterator[tuple[DesktopSession, AccessibilityBus]]:  # noqa: ARG001 — only its check is wanted
    with DesktopSession() as session, closing(AccessibilityBus(session)) as reader:
        yield session, reader


@pytest.fixture(scope="module", params=EVERY_WINDOW)
def shown(
    request: pytest.FixtureRequest, one_session: tuple[DesktopSession, AccessibilityBus]
) -> Iterator[Shown]:
    session, reader = one_session
    program = session.start(
        [sys.executable, "-m", "tests.desktop.shown_window", request.param],
        {**ALWAYS_ON, "PYTHONPATH": str(_PROJECT)},
    )
    (window,) = wait_for(lambda: reader.windows(program.pid), 15, "a window that can be read")
    title = window.name.removesuffix(f" — {PROGRAM_NAME}")
    wait_for_window(session, title)
    yield Shown(session, window, title)
    program.end()


def test_whatever_can_be_used_or_read_has_a_name_and_a_role(shown: Shown) -> None:
    assert faults_of(shown.window) == []


def test_tab_reaches_whatever_can_be_used(shown: Shown) -> None:
    # Of radio buttons the chosen one is a stop, of tabs their list; arrow keys lead to the others.
    wanted = {
        each.path
        for each in shown.window.walk()
        if each.role in _STOPS
        and {State.SENSITIVE, State.FOCUSABLE} <= each.states
        and (each.role != Role.RADIO_BUTTON or State.CHECKED in each.states)
    }
    screen = wait_for_window(shown.session, shown.title)
    reached: set[str] = set()
    for _ in range(_MOST_STOPS):
        before = focused_in(shown.window)
        reached |= set() if before is None else {before.path}
        if wanted <= reached:
            return
        press_keys(shown.session, screen, "Tab")
        try:
            wait_for(partial(_focus_has_left, shown.window, before), _SETTLED, "another stop")
        except NeverHappenedError:
            # A label with several links is several stops.
            continue
    assert [each.name for each in shown.window.walk() if each.path in wanted - reached] == []


@pytest.fixture
def reader(desktop: DesktopSession) -> Iterator[AccessibilityBus]:
    with closing(AccessibilityBus(desktop)) as bus:
        yield bus


class Running(NamedTuple):
    """The program with its details window open."""

    program: Program
    item: StatusNotifierItem
    window: Accessible


@pytest.fixture
def running(desktop: DesktopSession, reader: AccessibilityBus, simulator: Simulator) -> Running:
    program = start_tray(desktop, simulator, {**FROM_ENVIRONMENT, **ALWAYS_ON})
    item = wait_for_item(desktop.bus, program.pid)
    wait_for_amount(item, "$12.34")
    item.menu.click(item.menu.labels()[0])
    return Running(program, item, reader.window(program.pid, PROGRAM_NAME))


def test_the_details_window_says_what_it_shows(running: Running) -> None:
    window = running.window
    assert window.role == Role.FRAME
    assert State.ACTIVE in window.states
    headline = next(each.name for each in window.walk() if each.role == Role.LABEL)
    assert headline.startswith("$12.34 available")
    window.find(Role.LABEL, "Available: $12.34")
    chart = window.find(Role.CHART, "Chart of the balance")
    wait_for(lambda: "$12.34 on " in chart.description, 10, "the chart in sentences")


def test_a_range_is_chosen_by_a_screen_reader(running: Running) -> None:
    week = running.window.find(Role.RADIO_BUTTON, "Chart of the last 7 d")
    day = running.window.find(Role.RADIO_BUTTON, "Chart of the last 24 h")
    assert State.CHECKED in week.states
    assert State.CHECKED not in day.states
    day.press()
    wait_for(lambda: State.CHECKED in day.states, 5, "the day is chosen")
    assert State.CHECKED not in week.states


def test_arrow_keys_in_the_chart_are_read_out(
    running: Running, desktop: DesktopSession, reader: AccessibilityBus
) -> None:
    chart = running.window.find(Role.CHART, "Chart of the balance")
    wait_for(lambda: "$12.34 on " in chart.description, 10, "a chart")
    chart.take_focus()
    wait_for(lambda: State.FOCUSED in chart.states, 5, "the chart has the keyboard")
    with reader.listening("Announcement") as said:
        press_keys(desktop, wait_for_window(desktop, PROGRAM_NAME), "End")
        wait_for(lambda: "$12.34" in str(said.bodies), 5, "the newest reading said")


@pytest.mark.parametrize(
    ("button", "title"),
    [
        ("API key…", "API key"),
        ("About", f"About {PROGRAM_NAME}"),
        ("Delete history…", "Delete history"),
    ],
)
def test_a_dialog_that_a_screen_reader_opens_can_be_read(
    running: Running, reader: AccessibilityBus, button: str, title: str
) -> None:
    running.window.find(Role.PUSH_BUTTON, button).press()
    dialog = reader.window(running.program.pid, title)
    assert faults_of(dialog) == []
    assert wait_for(lambda: focused_in(dialog), 5, "the keyboard in the dialog").name


def test_the_field_for_a_file_name_of_an_export_has_a_name(
    running: Running, reader: AccessibilityBus
) -> None:
    running.window.find(Role.PUSH_BUTTON, "Export…").press()
    dialog = reader.window(running.program.pid, "Export history")
    assert faults_of(dialog) == []


def test_a_key_that_is_typed_is_told_to_nobody(
    desktop: DesktopSession, reader: AccessibilityBus, simulator: Simulator
) -> None:
    program = start_tray(desktop, simulator, ALWAYS_ON)
    dialog = reader.window(program.pid, PROGRAM_NAME)
    field = dialog.find(Role.PASSWORD_TEXT, "API key")
    test = dialog.find(Role.PUSH_BUTTON, "Test and save")
    assert State.FOCUSED in field.states
    assert State.SENSITIVE not in test.states
    screen = wait_for_window(desktop, PROGRAM_NAME)
    with reader.listening("TextChanged") as changes:
        type_text(desktop, screen, KEY)
        wait_for(lambda: State.SENSITIVE in test.states, 5, "a key is typed")
        assert changes.bodies == []
    assert "Text" not in field.interfaces
    assert not any(KEY in told for told in told_in(dialog))
    with reader.listening("Announcement") as said:
        test.press()
        wait_for(lambda: "$12.34 available" in str(said.bodies), 10, "the answer said")
    assert not any(KEY in str(body) for body in said.bodies)


def test_a_key_is_shown_to_whoever_asks_for_it(
    desktop: DesktopSession, reader: AccessibilityBus, simulator: Simulator
) -> None:
    program = start_tray(desktop, simulator, ALWAYS_ON)
    dialog = reader.window(program.pid, PROGRAM_NAME)
    screen = wait_for_window(desktop, PROGRAM_NAME)
    type_text(desktop, screen, KEY[:-1])
    reveal = dialog.find(Role.CHECK_BOX, "Show the key")
    assert State.CHECKED not in reveal.states
    reveal.press()
    wait_for(lambda: State.CHECKED in reveal.states, 5, "the key shows")
    shown = dialog.find(Role.TEXT, "API key")
    shown.take_focus()
    with reader.listening("TextChanged") as changes:
        press_keys(desktop, screen, "End", KEY[-1])
        wait_for(lambda: shown.text == KEY, 5, "the key in the field")
        assert KEY[-1] in str(changes.bodies)
    reveal.press()
    hidden = dialog.find(Role.PASSWORD_TEXT, "API key")
    assert "Text" not in hidden.interfaces
    assert not any(KEY in told for told in told_in(dialog))
