"""The key dialog by keyboard alone, and what of the key can be read in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMessageBox, QWidget

from tests.ui.key_dialog_bench import OFFLINE, Bench
from tests.ui.samples import KEY, reading_of
from tray_app.core.problem import KeyringLocked, Problem, WrongKey

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    return Bench(qtbot)


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(focused(), key, modifier)


def tab_to(widget: QWidget) -> None:
    for _ in range(20):
        if focused() is widget:
            return
        press(Qt.Key.Key_Tab)
    raise AssertionError(f"Tab never reaches {widget}")


def test_typing_goes_to_the_field_at_once(bench: Bench) -> None:
    QTest.keyClicks(focused(), KEY.reveal())
    assert bench.field.text() == KEY.reveal()


def test_typing_and_enter_test_the_key(bench: Bench) -> None:
    QTest.keyClicks(focused(), KEY.reveal())
    press(Qt.Key.Key_Return)
    assert bench.tests == [(1, KEY)]


def test_tab_reaches_every_control_and_comes_back(bench: Bench) -> None:
    bench.enter()
    bench.answer_test(OFFLINE)
    start = focused()
    reached: list[QWidget] = []
    while not reached or reached[-1] is not start:
        press(Qt.Key.Key_Tab)
        reached.append(focused())
        assert len(reached) < 20
    dialog = bench.dialog
    controls = {dialog._trial.field, *dialog.findChildren(QAbstractButton)}
    links = {label for label in dialog.findChildren(QLabel) if "<a " in label.text()}
    assert len(controls) == 6
    assert len(links) == 1
    assert controls | links <= set(reached)


def test_the_field_leads_to_the_reveal_button(bench: Bench) -> None:
    press(Qt.Key.Key_Tab)
    assert focused() is bench.dialog._trial.reveal


def test_space_reveals_the_key(bench: Bench) -> None:
    QTest.keyClicks(focused(), KEY.reveal())
    tab_to(bench.dialog._trial.reveal)
    press(Qt.Key.Key_Space)
    assert bench.field.displayText() == KEY.reveal()


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_save_anyway_is_pressed_by_keyboard(bench: Bench, key: Qt.Key) -> None:
    """Enter on a button that has the focus means that button, not another."""
    bench.enter()
    bench.answer_test(OFFLINE)
    tab_to(bench.dialog._trial.save_anyway)
    press(key)
    assert (bench.saves, len(bench.tests)) == ([KEY], 1)


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_after_saving_one_key_closes_the_dialog(bench: Bench, key: Qt.Key) -> None:
    bench.enter()
    bench.answer_test(reading_of(1_234))
    bench.dialog.on_key_saved(None)
    assert focused() is bench.dialog._close
    press(key)
    assert not bench.dialog.isVisible()


def test_escape_closes_the_dialog_from_every_control(bench: Bench, qtbot: QtBot) -> None:
    for _ in range(5):
        press(Qt.Key.Key_Tab)
        press(Qt.Key.Key_Escape)
        assert not bench.dialog.isVisible()
        bench.dialog.open()
        qtbot.waitUntil(bench.dialog.isActiveWindow)


def test_escape_still_cancels_while_a_test_runs(bench: Bench) -> None:
    bench.enter()
    press(Qt.Key.Key_Escape)
    assert (bench.dialog.isVisible(), bench.cancels) == (False, 1)


def test_the_key_is_removed_by_keyboard(bench: Bench, qtbot: QtBot) -> None:
    tab_to(bench.dialog._remove)
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), QMessageBox))
    question = QApplication.activeWindow()
    assert isinstance(question, QMessageBox)
    remove = next(button for button in question.buttons() if button.text() == "Remove")
    tab_to(remove)
    press(Qt.Key.Key_Space)
    assert bench.removals == 1


def readable_texts(root: QWidget) -> list[str]:
    """All that a person, a screen reader or another program can read in the window."""
    found: list[str] = []
    for widget in (root, *root.findChildren(QWidget)):
        found += [
            widget.windowTitle(),
            widget.toolTip(),
            widget.statusTip(),
            widget.whatsThis(),
            widget.accessibleName(),
            widget.accessibleDescription(),
            widget.objectName(),
        ]
        if isinstance(widget, QLabel | QAbstractButton):
            found.append(widget.text())
        interface = QAccessible.queryAccessibleInterface(widget)
        if interface is not None:
            found += [
                interface.text(kind)
                for kind in (
                    QAccessible.Text.Name,
                    QAccessible.Text.Description,
                    QAccessible.Text.Value,
                    QAccessible.Text.Help,
                )
            ]
    return [text for text in found if text]


def test_a_screen_reader_can_read_the_answer(bench: Bench) -> None:
    bench.enter()
    bench.answer_test(reading_of(1_234))
    interface = QAccessible.queryAccessibleInterface(bench.dialog._trial.answer)
    assert interface is not None
    kinds = (QAccessible.Text.Name, QAccessible.Text.Value, QAccessible.Text.Description)
    assert "$12.34 available" in " ".join(interface.text(kind) for kind in kinds)


@pytest.mark.parametrize("outcome", [None, OFFLINE, WrongKey("FAILED_TO_AUTH"), reading_of(1_234)])
def test_the_key_can_be_read_nowhere_in_the_window(bench: Bench, outcome: object) -> None:
    def assert_hidden() -> None:
        texts = readable_texts(bench.dialog)
        assert "API key" in texts
        assert not [text for text in texts if "test_first" in text]

    QTest.keyClicks(focused(), KEY.reveal())
    assert_hidden()
    press(Qt.Key.Key_Return)
    assert_hidden()
    bench.answer_test(outcome)
    assert_hidden()


@pytest.mark.parametrize("problem", [KeyringLocked(), None])
def test_the_key_is_in_no_sentence_about_saving(bench: Bench, problem: Problem | None) -> None:
    bench.enter()
    bench.answer_test(reading_of(1_234))
    bench.dialog.on_key_saved(problem)
    assert not [text for text in readable_texts(bench.dialog) if "test_first" in text]


@pytest.mark.parametrize("revealed", [False, True])
def test_after_saving_the_field_is_empty_and_undo_brings_nothing_back(
    bench: Bench, *, revealed: bool
) -> None:
    bench.enter()
    bench.answer_test(reading_of(1_234))
    bench.dialog.on_key_saved(None)
    assert bench.field.text() == ""
    if revealed:
        bench.dialog._trial.reveal.click()
    for _ in range(3):
        bench.field.undo()
        assert bench.field.text() == ""
    assert not bench.dialog._trial.test.isEnabled()


def test_after_closing_undo_brings_nothing_back(bench: Bench, qtbot: QtBot) -> None:
    QTest.keyClicks(focused(), KEY.reveal())
    bench.dialog.close()
    bench.dialog.open()
    qtbot.waitUntil(bench.dialog.isActiveWindow)
    if not bench.dialog._trial.reveal.isChecked():
        bench.dialog._trial.reveal.click()
    bench.field.undo()
    assert bench.field.text() == ""


def test_a_closed_dialog_holds_no_key(bench: Bench) -> None:
    bench.enter()
    bench.answer_test(OFFLINE)
    bench.dialog.close()
    assert bench.dialog._trial._tried is None
    assert bench.field.text() == ""
