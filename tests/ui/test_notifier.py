"""The notifier against a real bus; the service on it answers when the test says so."""

from __future__ import annotations

import subprocess
import sys
from contextlib import ExitStack
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import pytest

if sys.platform != "linux":
    pytest.skip("the session bus is Linux's", allow_module_level=True)

from PySide6.QtWidgets import QApplication

from tests.adapters.notification_stand_in import NotificationStandIn, sender_of
from tests.adapters.session_bus import session_bus
from tray_app.adapters.notification_service import open_notifications
from tray_app.core.level import Level
from tray_app.presentation.alert_message import Message, MessageAction, Urgency
from tray_app.presentation.icon_spec import IconSpec
from tray_app.ui import single_instance
from tray_app.ui.notifier import Notifier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from tests.adapters.notification_stand_in import Call
    from tray_app.adapters.notification_service import NotificationService

ABLE: Final = ["body", "body-markup", "actions", "persistence"]
LOW: Final = Message("Low", "$4.20 left", actions=(MessageAction.OPEN_BILLING,))
EMPTY: Final = Message("Empty", "Nothing left", Urgency.CRITICAL)
LOOK: Final = IconSpec("4", Level.LOW)
LONG: Final = timedelta(minutes=1)
SHORT: Final = timedelta(milliseconds=50)


class Balloons:
    """The tray icon's part: what it was asked to show."""

    def __init__(self) -> None:
        self.shown: list[Message] = []

    def show_balloon(self, message: Message) -> None:
        self.shown.append(message)


class Bench:
    """A notifier on a bus of its own, and what came out of it."""

    def __init__(self, qtbot: QtBot, address: str, patience: timedelta = LONG) -> None:
        self.qtbot = qtbot
        self.address = address
        self.opened_links = 0
        self.balloons = Balloons()
        self.chosen: list[object] = []
        self.notifier = Notifier(self._open, self.balloons, lambda: LOOK, patience=patience)
        self.notifier.action_chosen.connect(self.chosen.append)
        self.notifier.opened.connect(lambda: self.chosen.append("opened"))

    def _open(self) -> NotificationService | None:
        self.opened_links += 1
        return open_notifications("Program", {"DBUS_SESSION_BUS_ADDRESS": self.address})

    def call(self, service: NotificationStandIn, method: str) -> Call:
        return service.next_call(method, QApplication.processEvents)

    def able(self, service: NotificationStandIn, capabilities: list[str] | None = None) -> None:
        """Let the service say what it can do."""
        told = ABLE if capabilities is None else capabilities
        service.answer(self.call(service, "GetCapabilities"), "as", told)

    def shown(self, service: NotificationStandIn, number: int) -> Call:
        """Let the service take the message."""
        call = self.call(service, "Notify")
        service.answer(call, "u", number)
        return call

    def settle(self, service: NotificationStandIn) -> None:
        """Wait until the notifier, which shows message 7, has taken in all that was sent so far.

        The bus keeps the order, so that a click that has arrived came after everything else.
        """
        before = len(self.chosen)
        service.tell("ActionInvoked", "us", 7, "default")
        self.qtbot.waitUntil(lambda: self.chosen[before:][-1:] == ["opened"])
        self.chosen.pop()


@pytest.fixture
def address() -> Iterator[str]:
    with session_bus() as bus:
        yield bus


@pytest.fixture
def bench(qtbot: QtBot, address: str) -> Iterator[Bench]:
    made = Bench(qtbot, address)
    yield made
    made.notifier.close()


@pytest.fixture
def impatient(qtbot: QtBot, address: str) -> Iterator[Bench]:
    made = Bench(qtbot, address, SHORT)
    yield made
    made.notifier.close()


@pytest.fixture
def service(address: str) -> Iterator[NotificationStandIn]:
    with NotificationStandIn(address) as stand_in:
        yield stand_in


def test_a_message_arrives_with_all_that_the_service_can_do(
    bench: Bench, service: NotificationStandIn
) -> None:
    bench.notifier.show(Message("Low", "R&D: $4.20 left", actions=LOW.actions))
    bench.able(service)
    call = bench.shown(service, 7)
    name, replaces, icon, summary, body, actions, _hints, timeout_ms = call.values
    assert (name, replaces, icon, timeout_ms) == ("Program", 0, "", -1)
    assert (summary, body) == ("Low", "R&amp;D: $4.20 left")
    assert actions == ["default", "Show details", "open-billing", "Open billing"]
    hints = call.hints
    picture = hints.pop("image-data")
    assert hints == {
        "urgency": 1,
        "category": "x-novita-tray.balance",
        "desktop-entry": "novita-tray",
    }
    width, height, row_bytes, has_alpha, bits, channels, pixels = picture
    assert (width, height, row_bytes, has_alpha, bits, channels) == (64, 64, 256, True, 8, 4)
    middle_of_left_edge = 32 * row_bytes + 8 * channels
    assert tuple(pixels[middle_of_left_edge : middle_of_left_edge + 4]) == (*LOOK.fill, 255)


def test_a_message_replaces_the_one_before_and_capabilities_are_asked_once(
    bench: Bench, service: NotificationStandIn
) -> None:
    bench.notifier.show(LOW)
    bench.able(service)
    bench.shown(service, 7)
    bench.settle(service)
    bench.notifier.show(EMPTY)
    assert bench.shown(service, 7).replaces == 7
    assert bench.opened_links == 1


def test_of_messages_that_wait_for_an_answer_only_the_newest_is_shown(
    bench: Bench, service: NotificationStandIn
) -> None:
    bench.notifier.show(LOW)
    bench.able(service)
    call = bench.call(service, "Notify")
    bench.notifier.show(Message("Lower", ""))
    bench.notifier.show(EMPTY)
    service.answer(call, "u", 7)
    last = bench.shown(service, 7)
    assert (last.replaces, last.values[3]) == (7, "Empty")
    bench.settle(service)
    assert service.poll() is None
    assert bench.balloons.shown == []


def test_a_closed_message_is_not_replaced(bench: Bench, service: NotificationStandIn) -> None:
    bench.notifier.show(LOW)
    bench.able(service)
    bench.shown(service, 7)
    service.tell("NotificationClosed", "uu", 8, 2)
    bench.settle(service)
    bench.notifier.show(EMPTY)
    assert bench.shown(service, 7).replaces == 7
    service.tell("NotificationClosed", "uu", 7, 2)
    bench.qtbot.waitUntil(lambda: bench.notifier._number is None)
    bench.notifier.show(LOW)
    assert bench.call(service, "Notify").replaces == 0


def test_chosen_actions_arrive_and_those_of_other_messages_do_not(
    bench: Bench, service: NotificationStandIn
) -> None:
    bench.notifier.show(LOW)
    bench.able(service)
    bench.shown(service, 7)
    service.tell("ActionInvoked", "us", 8, "open-billing")
    service.tell("ActionInvoked", "us", 7, "unheard-of")
    service.tell("ActionInvoked", "us", 7, "open-billing")
    bench.settle(service)
    assert bench.chosen == [MessageAction.OPEN_BILLING]


def test_another_program_cannot_choose(
    bench: Bench, service: NotificationStandIn, address: str
) -> None:
    bench.notifier.show(LOW)
    bench.able(service)
    call = bench.shown(service, 7)
    with NotificationStandIn(address, owns_name=False) as other:
        other.tell_only(sender_of(call), "ActionInvoked", "us", 7, "open-billing")
        bench.settle(service)
    assert bench.chosen == []


def test_the_activation_token_is_passed_on_before_the_choice(
    bench: Bench, service: NotificationStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(single_instance, "pass_on", bench.chosen.append)
    bench.notifier.show(LOW)
    bench.able(service)
    bench.shown(service, 7)
    service.tell("ActivationToken", "us", 8, "somebody's")
    service.tell("ActivationToken", "us", 7, "ours")
    bench.settle(service)
    assert bench.chosen == ["ours"]


def test_a_service_without_actions_is_given_none(
    bench: Bench, service: NotificationStandIn
) -> None:
    bench.notifier.show(LOW)
    bench.able(service, ["body"])
    assert bench.shown(service, 7).actions == []


def test_a_message_is_withdrawn(bench: Bench, service: NotificationStandIn) -> None:
    bench.notifier.show(LOW)
    bench.able(service)
    bench.shown(service, 7)
    bench.settle(service)
    bench.notifier.withdraw()
    assert bench.call(service, "CloseNotification").values == (7,)
    bench.notifier.show(EMPTY)
    assert bench.call(service, "Notify").replaces == 0


def test_a_message_that_is_just_being_shown_is_withdrawn_too(
    bench: Bench, service: NotificationStandIn
) -> None:
    bench.notifier.show(LOW)
    bench.able(service)
    call = bench.call(service, "Notify")
    bench.notifier.withdraw()
    service.answer(call, "u", 7)
    assert bench.call(service, "CloseNotification").values == (7,)
    assert bench.balloons.shown == []


def test_the_last_message_goes_with_the_program(bench: Bench, service: NotificationStandIn) -> None:
    bench.notifier.show(LOW)
    bench.able(service)
    bench.shown(service, 7)
    bench.settle(service)
    bench.notifier.close()
    assert bench.call(service, "CloseNotification").values == (7,)


def test_a_refused_message_is_tried_once_more_and_then_a_balloon(
    bench: Bench, service: NotificationStandIn
) -> None:
    bench.notifier.show(LOW)
    bench.able(service)
    service.refuse(bench.call(service, "Notify"))
    bench.able(service)
    assert bench.balloons.shown == []
    service.refuse(bench.call(service, "Notify"))
    bench.qtbot.waitUntil(lambda: bench.balloons.shown == [LOW])
    bench.notifier.show(EMPTY)
    assert bench.shown(service, 7).values[3] == "Empty"


def test_a_service_that_cannot_say_what_it_can_do_is_left(
    bench: Bench, service: NotificationStandIn
) -> None:
    bench.notifier.show(LOW)
    service.answer(bench.call(service, "GetCapabilities"), "s", "everything")
    bench.qtbot.waitUntil(lambda: bench.balloons.shown == [LOW])


def test_a_new_service_is_asked_anew_and_its_messages_have_other_numbers(bench: Bench) -> None:
    with NotificationStandIn(bench.address) as service:
        bench.notifier.show(LOW)
        bench.able(service)
        bench.shown(service, 7)
        bench.settle(service)
    bench.qtbot.waitUntil(lambda: bench.notifier._number is None)
    with NotificationStandIn(bench.address) as successor:
        bench.notifier.show(EMPTY)
        bench.able(successor, ["body"])
        call = bench.shown(successor, 7)
        assert (call.replaces, call.actions) == (0, [])
        bench.settle(successor)


def test_a_service_that_dies_of_a_message_leaves_it_to_its_successor(bench: Bench) -> None:
    with ExitStack() as stack:
        service = stack.enter_context(NotificationStandIn(bench.address))
        bench.notifier.show(LOW)
        bench.able(service)
        bench.call(service, "Notify")
        service.close()
        successor = stack.enter_context(NotificationStandIn(bench.address))
        bench.able(successor)
        assert bench.shown(successor, 1).values[3] == "Low"
    assert bench.balloons.shown == []


def test_without_a_service_there_is_a_balloon_and_one_that_comes_later_is_found(
    bench: Bench,
) -> None:
    bench.notifier.show(LOW)
    bench.qtbot.waitUntil(lambda: bench.balloons.shown == [LOW])
    with NotificationStandIn(bench.address) as service:
        bench.notifier.show(EMPTY)
        bench.able(service)
        bench.shown(service, 7)
        bench.settle(service)
    assert bench.balloons.shown == [LOW]


def test_a_service_that_hangs_gets_the_newest_message_once_it_answers(
    impatient: Bench, service: NotificationStandIn
) -> None:
    impatient.notifier.show(LOW)
    call = impatient.call(service, "GetCapabilities")
    impatient.qtbot.waitUntil(lambda: impatient.notifier._hangs)
    impatient.notifier.show(EMPTY)
    QApplication.processEvents()
    assert service.poll() is None
    service.answer(call, "as", ABLE)
    assert impatient.shown(service, 7).values[3] == "Empty"
    impatient.settle(service)
    assert service.poll() is None
    assert impatient.balloons.shown == []


def test_a_message_that_hung_is_replaced_by_the_one_after_it(
    impatient: Bench, service: NotificationStandIn
) -> None:
    impatient.notifier.show(LOW)
    impatient.able(service)
    call = impatient.call(service, "Notify")
    impatient.qtbot.waitUntil(lambda: impatient.notifier._hangs)
    impatient.notifier.show(EMPTY)
    service.answer(call, "u", 7)
    assert impatient.shown(service, 7).replaces == 7
    impatient.settle(service)
    assert not impatient.notifier._hangs


def test_no_balloon_asks_a_service_that_hung_before_it_refused(
    impatient: Bench, service: NotificationStandIn
) -> None:
    impatient.notifier.show(LOW)
    call = impatient.call(service, "GetCapabilities")
    impatient.qtbot.waitUntil(lambda: impatient.notifier._hangs)
    service.refuse(call)
    impatient.qtbot.waitUntil(lambda: not impatient.notifier._hangs)
    assert impatient.balloons.shown == []
    impatient.notifier.show(EMPTY)
    impatient.able(service)
    impatient.shown(service, 7)


def test_a_bus_that_ends_leaves_the_message_to_the_balloon(qtbot: QtBot) -> None:
    with session_bus() as address, NotificationStandIn(address) as service:
        bench = Bench(qtbot, address)
        bench.notifier.show(LOW)
        bench.able(service)
        bench.call(service, "Notify")
    qtbot.waitUntil(lambda: bench.balloons.shown == [LOW])
    bench.notifier.show(EMPTY)
    assert bench.balloons.shown == [LOW, EMPTY]
    assert bench.opened_links == 2


@pytest.mark.parametrize("address", ["", "tcp:host=127.0.0.1,port=1", "unix:path=/nowhere", "?"])
def test_without_a_bus_there_is_a_balloon_at_once(qtbot: QtBot, address: str) -> None:
    bench = Bench(qtbot, address)
    bench.notifier.show(LOW)
    assert bench.balloons.shown == [LOW]
    bench.notifier.on_balloon_clicked()
    assert bench.chosen == ["opened"]


def test_nothing_is_loaded_before_the_first_message() -> None:
    code = (
        "import sys; import tray_app.ui.notifier, tray_app.wiring; "
        "print([name for name in sys.modules if name.startswith(('jeepney', 'PySide6.QtDBus'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
