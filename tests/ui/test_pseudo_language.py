from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QLabel, QWidget

from tests.core.samples import PROBLEMS
from tests.presentation.chart_metrics import METRICS
from tests.presentation.chart_samples import BERLIN, healthy, one_day, one_month, one_year
from tests.presentation.views import ages, sources, states, view
from tests.ui.every_window import EVERY_WINDOW, views
from tests.ui.pseudo_language import pseudo
from tests.ui.seen import describe, is_clipped, is_untranslated, texts_of, visible
from tray_app.presentation.chart_layout import layout_of
from tray_app.presentation.chart_readout import last_stop, readout_at
from tray_app.presentation.chart_summary import chart_summary
from tray_app.presentation.problem_wording import Surface, problem_sentence
from tray_app.presentation.translation import install, tr
from tray_app.presentation.tray_menu import MenuRow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import timedelta

    from pytestqt.qtbot import QtBot

    from tray_app.core.account_state import AccountState
    from tray_app.core.problem import Problem
    from tray_app.presentation.chart_data import ChartData
    from tray_app.presentation.source import Source

_SCREEN: Final = (1366, 768)
"""The smallest that is still common."""


@pytest.fixture(autouse=True)
def _pseudo_language() -> Iterator[None]:
    install(pseudo)
    yield
    install(None)


@pytest.fixture(params=EVERY_WINDOW)
def window(request: pytest.FixtureRequest, qtbot: QtBot) -> QWidget:
    shown = EVERY_WINDOW[request.param]()
    qtbot.addWidget(shown)
    shown.show()
    qtbot.waitExposed(shown)
    return shown


def test_whatever_a_window_says_is_translated(window: QWidget) -> None:
    said = texts_of(window)
    assert any("[" in text for text in said)
    assert [text for text in said if is_untranslated(text)] == []


def test_nothing_in_a_window_is_clipped_where_words_are_longer(window: QWidget) -> None:
    assert [describe(each) for each in visible(window) if is_clipped(each)] == []
    assert window.width() <= _SCREEN[0]
    assert window.height() <= _SCREEN[1]


@pytest.mark.parametrize("name", views())
def test_whatever_the_tray_says_is_translated(name: str) -> None:
    view = views()[name]
    rows = [row.text for row in view.menu if isinstance(row, MenuRow)]
    said = [view.tooltip, *view.lines, *rows]
    assert [text for text in said if is_untranslated(text)] == []


@settings(deadline=None)
@given(states(), sources, ages, st.booleans())
def test_whatever_the_tray_says_of_any_state_is_translated(
    state: AccountState,
    source: Source,
    after: timedelta,
    keyring_wait: bool,  # noqa: FBT001 — drawn
) -> None:
    shown = view(state, after=after, source=source, keyring_wait=keyring_wait)
    rows = [row.text for row in shown.menu if isinstance(row, MenuRow)]
    assert [text for text in (*shown.lines, *rows) if is_untranslated(text)] == []


@pytest.mark.parametrize("problem", PROBLEMS)
def test_every_problem_is_translated_where_windows_tell_it(problem: Problem) -> None:
    for surface in (Surface.TRAY, Surface.KEY_DIALOG):
        assert not is_untranslated(problem_sentence(problem, surface))


@pytest.mark.parametrize("data", [one_day(), healthy(), one_month(), one_year()])
def test_whatever_the_chart_says_is_translated(data: ChartData) -> None:
    layout = layout_of(data, 760, 280, BERLIN, METRICS)
    assert layout is not None
    readouts = [readout_at(data, layout, x, BERLIN) for x in (layout.xs[0], last_stop(layout))]
    said = [
        *(tick.label.text for tick in layout.time_ticks),
        *(line.label.text for line in layout.thresholds if line.label is not None),
        *(each.sentence for each in readouts),
        chart_summary(data, layout, BERLIN),
    ]
    assert [text for text in said if is_untranslated(text)] == []


def test_what_nobody_translated_is_found(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    QLabel("Forgotten", parent)
    parent.show()
    assert [text for text in texts_of(parent) if is_untranslated(text)] == ["Forgotten"]
    assert not is_untranslated(tr("Refresh now"))


@pytest.mark.parametrize("wraps", [False, True])
def test_what_has_too_little_room_is_found(qtbot: QtBot, wraps: bool) -> None:  # noqa: FBT001 — a table
    parent = QWidget()
    qtbot.addWidget(parent)
    label = QLabel("some words that need more room", parent)
    label.setWordWrap(wraps)
    label.resize(60, label.fontMetrics().height())
    parent.show()
    assert is_clipped(label)
    label.resize(label.sizeHint())
    assert not is_clipped(label)
