"""The settings dialog by keyboard alone, by what a screen reader says, and in another language."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QColor, QPalette, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QWidget,
)

from tests.ui.golden_charts import THEMES, palette_of
from tests.ui.seen import visible
from tests.ui.settings_bench import Bench
from tray_app.core.configuration import Account, Language
from tray_app.presentation.contrast import contrast
from tray_app.ui.hint_label import HintLabel
from tray_app.ui.language import use_language
from tray_app.ui.span_field import SpanSpin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

PAGES: Final = range(5)
MNEMONIC: Final = re.compile(r"&(\w)")


@pytest.fixture(params=[1, 2])
def bench(request: pytest.FixtureRequest, qtbot: QtBot) -> Bench:
    accounts = (Account("home"), Account("work"))
    return Bench(qtbot, *accounts[: request.param])


@pytest.fixture
def _chinese(qapp: QApplication) -> Iterator[None]:
    del qapp
    use_language(Language.CHINESE)
    yield
    use_language(Language.ENGLISH)


def mnemonics(bench: Bench) -> list[str]:
    texts = [bench.dialog.tabs.tabText(index) for index in PAGES]
    texts += [
        each.text() for each in visible(bench.dialog) if isinstance(each, QAbstractButton | QLabel)
    ]
    return [found.upper() for text in texts for found in MNEMONIC.findall(text)]


@pytest.mark.parametrize("page", PAGES)
def test_no_mnemonic_stands_twice_on_a_page(bench: Bench, page: int) -> None:
    bench.dialog.tabs.setCurrentIndex(page)
    found = mnemonics(bench)
    assert len(found) > 6
    assert [letter for letter, count in Counter(found).items() if count > 1] == []


@pytest.mark.usefixtures("_chinese")
@pytest.mark.parametrize("page", PAGES)
def test_no_mnemonic_stands_twice_in_chinese(bench: Bench, page: int) -> None:
    bench.dialog.tabs.setCurrentIndex(page)
    found = mnemonics(bench)
    assert len(found) > 6
    assert [letter for letter, count in Counter(found).items() if count > 1] == []


def controls(root: QWidget) -> list[QWidget]:
    """Return what the user works with, without the inner parts of boxes."""
    kinds = QAbstractButton | QComboBox | SpanSpin | QLineEdit | QListWidget
    return [
        each
        for each in visible(root)
        if isinstance(each, kinds)
        and each.objectName() != "qt_spinbox_lineedit"
        and each.isEnabled()
    ]


@pytest.mark.parametrize("page", PAGES)
def test_tab_reaches_every_control_and_comes_back(bench: Bench, page: int) -> None:
    dialog = bench.dialog
    dialog.tabs.setCurrentIndex(page)
    dialog.tabs.tabBar().setFocus()
    start = QApplication.focusWidget()
    reached: list[QWidget] = []
    while not reached or reached[-1] is not start:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        after = QApplication.focusWidget()
        assert after is not None
        reached.append(after)
        assert len(reached) < 40
    # Of a group of radio buttons Tab reaches the chosen one, and arrows the others.
    wanted = {
        each
        for each in controls(dialog)
        if not (isinstance(each, QAbstractButton) and each.autoExclusive() and not each.isChecked())
    }
    assert wanted - set(reached) == set()


@pytest.mark.parametrize("page", PAGES)
def test_every_control_has_a_name_for_screen_readers(bench: Bench, page: int) -> None:
    bench.dialog.tabs.setCurrentIndex(page)
    for each in controls(bench.dialog):
        interface = QAccessible.queryAccessibleInterface(each)
        assert interface is not None
        name = interface.text(QAccessible.Text.Name)
        assert name.strip(), each
        assert "&" not in name
        assert not name.endswith(":")


def test_a_hint_is_what_a_screen_reader_says_of_its_field(bench: Bench) -> None:
    line = bench.dialog.levels.monthly.line
    assert line.accessibleDescription() == "An alert at 50, 80 and 100 % of it."


def test_a_mnemonic_leads_to_its_field(bench: Bench) -> None:
    bench.see(bench.dialog.levels)
    QTest.keyClick(bench.dialog, Qt.Key.Key_D, Qt.KeyboardModifier.AltModifier)
    assert bench.dialog.levels.daily.line.hasFocus()


def test_enter_in_a_field_ends_the_edit_and_nothing_else(bench: Bench) -> None:
    bench.enter(bench.dialog.levels.low, "9")
    assert bench.dialog.isVisible()
    assert len(bench.changes) == 1


def test_enter_presses_the_button_that_has_the_focus(bench: Bench) -> None:
    bench.dialog.close_button.setFocus()
    QTest.keyClick(bench.dialog.close_button, Qt.Key.Key_Return)
    assert not bench.dialog.isVisible()


def test_escape_closes_from_every_page(bench: Bench) -> None:
    for page in PAGES:
        bench.dialog.show()
        bench.dialog.tabs.setCurrentIndex(page)
        QTest.keyClick(bench.dialog, Qt.Key.Key_Escape)
        assert not bench.dialog.isVisible()


def test_the_wheel_turns_nothing_by_the_way(bench: Bench) -> None:
    general = bench.dialog.general
    interval, language = general.interval.spin, general.language.box
    bench.dialog.file.setFocus()
    turn(interval)
    turn(language)
    assert (interval.value(), language.currentIndex()) == (5, 0)
    interval.setFocus()
    turn(interval)
    assert interval.value() == 6


def test_another_language_is_spoken_at_once_and_what_is_typed_stays(bench: Bench) -> None:
    bench.type(bench.dialog.levels.low, "12")
    use_language(Language.CHINESE)
    try:
        QApplication.sendEvent(bench.dialog, QEvent(QEvent.Type.LanguageChange))
        assert bench.dialog.windowTitle() == "设置"
        assert bench.dialog.general.interval.spin.suffix() == " 分钟"
        assert bench.dialog.levels.low.line.text() == "12"
        assert bench.changes == []
    finally:
        use_language(Language.ENGLISH)


@pytest.mark.parametrize("theme", THEMES)
def test_hints_are_legible_in_every_theme(qtbot: QtBot, qapp: QApplication, theme: str) -> None:
    before = qapp.palette()
    qapp.setPalette(palette_of(theme))
    try:
        bench = Bench(qtbot)
        hints = bench.dialog.findChildren(HintLabel)
        assert hints
        for hint in hints:
            hint.show()
            ink, ground = (
                rgb(hint.palette().color(role))
                for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Window)
            )
            assert contrast(ink, ground) >= 4.5
    finally:
        qapp.setPalette(before)


def turn(widget: QWidget) -> None:
    """Turn the wheel by one step over the widget."""
    place = QPointF(widget.rect().center())
    event = QWheelEvent(
        place,
        QPointF(widget.mapToGlobal(place)),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # noqa: FBT003 — Qt's own argument
    )
    QApplication.sendEvent(widget, event)


def rgb(colour: QColor) -> tuple[int, int, int]:
    return colour.red(), colour.green(), colour.blue()
