"""The first start by keyboard alone, by ear, and in another language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAccessible, QFont
from PySide6.QtTest import QTest

from tests.ui.first_start_bench import FirstStartBench, focused, press
from tests.ui.pseudo_language import pseudo
from tests.ui.samples import KEY, reading_of
from tray_app.core.first_choices import default_choices
from tray_app.core.problem import TimedOut
from tray_app.presentation.translation import install

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    install(None)


@pytest.fixture
def bench(qtbot: QtBot) -> FirstStartBench:
    return FirstStartBench(qtbot)


def controls(bench: FirstStartBench) -> list[QWidget]:
    window, trial = bench.window, bench.window._trial
    entry = [trial.field, trial.reveal, trial.test, window._keys_link, trial.save_anyway]
    rest = [window._low, window._critical, window._days, window._autostart]
    return [*entry, *rest, window._start, window._later]


def test_typing_and_enter_are_all_that_is_needed(bench: FirstStartBench) -> None:
    QTest.keyClicks(focused(), KEY.reveal())
    press(Qt.Key.Key_Return)
    bench.answer_test(reading_of(1_234))
    bench.window.on_key_saved(None)
    assert bench.chosen == [default_choices()]


def test_after_a_test_one_more_enter_starts(bench: FirstStartBench) -> None:
    bench.test_key()
    bench.answer_test(reading_of(1_234))
    bench.window.on_key_saved(None)
    assert focused() is bench.window._start
    press(Qt.Key.Key_Return)
    assert bench.chosen == [default_choices()]


def test_tab_goes_through_every_control_in_the_order_of_reading(bench: FirstStartBench) -> None:
    bench.test_key()
    bench.answer_test(TimedOut())
    reached = [focused()]
    while len(reached) == 1 or reached[-1] is not reached[0]:
        press(Qt.Key.Key_Tab)
        reached.append(focused())
        assert len(reached) < 30
    assert reached[:-1] == controls(bench)


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Backtab])
def test_the_link_is_marked_as_soon_as_it_has_the_focus(
    bench: FirstStartBench, key: Qt.Key
) -> None:
    link = bench.window._keys_link
    while focused() is not link:
        press(key)
    assert link.selectedText() == "novita.ai/settings/key-management"
    press(key)
    assert focused() is not link


@pytest.mark.parametrize("name", ["_low", "_critical", "_days", "_autostart"])
def test_enter_starts_from_every_field(bench: FirstStartBench, name: str) -> None:
    bench.type_key()
    getattr(bench.window, name).setFocus()
    press(Qt.Key.Key_Return)
    assert bench.tests == [(1, KEY)]


def test_enter_on_a_button_presses_that_one(bench: FirstStartBench) -> None:
    bench.type_key()
    bench.window._later.setFocus()
    press(Qt.Key.Key_Return)
    assert (bench.tests, bench.window.isVisible()) == ([], False)


def test_every_control_has_a_name_and_none_gives_the_key_away(bench: FirstStartBench) -> None:
    bench.test_key()
    bench.answer_test(TimedOut())
    kinds = (QAccessible.Text.Name, QAccessible.Text.Value, QAccessible.Text.Description)
    for each in controls(bench):
        interface = QAccessible.queryAccessibleInterface(each)
        assert interface.text(QAccessible.Text.Name), each
        assert KEY.reveal() not in " ".join(interface.text(kind) for kind in kinds)


def test_figures_have_digits_of_one_width(bench: FirstStartBench) -> None:
    for each in (bench.window._low, bench.window._critical, bench.window._days):
        assert each.font().featureValue(QFont.Tag("tnum")) == 1


def test_an_open_window_follows_another_language(bench: FirstStartBench) -> None:
    bench.window.set_tray_is_missing(missing=True)
    bench.window._low.setText("0")
    bench.window.on_amount_entered()
    install(pseudo)
    for each in (bench.window, bench.window._days):
        QCoreApplication.sendEvent(each, QEvent(QEvent.Type.LanguageChange))
    window = bench.window
    labels = [window._no_tray, window._fault, window._purpose, window._low_label]
    texts = [window._start.text(), *(label.text() for label in labels)]
    assert [text for text in texts if "[" not in text] == []
    assert "[" in bench.answer
    assert "[" in window._days.text()
