"""A refresher that is held while the user changes the key, and one that asks anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.ui.test_refresher import MINUTE, SECOND, Bench
from tray_app.core.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


@pytest.fixture
def bench(qapp: QApplication) -> Iterator[Bench]:
    assert qapp is not None
    bench = Bench(Settings(refresh_interval=5 * MINUTE))
    bench.refresher.start()
    yield bench
    bench.refresher.stop()


def test_what_was_interrupted_waits_for_the_release(bench: Bench) -> None:
    bench.refresher.hold()
    bench.answer(None)
    bench.look_at(bench.now + SECOND)
    assert bench.requests == [(1, False)]
    bench.refresher.release()
    assert bench.requests == [(1, False), (2, False)]


def test_the_last_of_several_releases_counts(bench: Bench) -> None:
    bench.refresher.hold()
    bench.refresher.hold()
    bench.answer(None)
    bench.refresher.release()
    assert len(bench.requests) == 1
    bench.refresher.release()
    assert len(bench.requests) == 2


def test_ages_go_on_while_it_is_held_without_a_busy_timer(bench: Bench, qtbot: QtBot) -> None:
    bench.succeed()
    bench.refresher.hold()
    with qtbot.waitSignal(bench.refresher.time_passed):
        bench.look_at(bench.now + 10 * MINUTE)
    assert len(bench.requests) == 1
    assert bench.refresher._next_look.interval() >= 1_000


def test_another_key_is_asked_with_at_once_though_it_is_held(bench: Bench) -> None:
    bench.refresher.hold()
    bench.answer(None)
    bench.refresher.on_key_changed()
    assert len(bench.requests) == 2
    bench.refresher.release()
    assert len(bench.requests) == 2


def test_asking_anew_takes_the_place_of_the_request_under_way(bench: Bench) -> None:
    bench.refresher.ask_anew()
    assert bench.requests == [(1, False), (2, True)]
    bench.answer(None, generation=1)
    assert bench.refresher.state.in_flight
    bench.succeed()
    assert bench.refresher.state.reading is not None


def test_asking_anew_without_a_request_is_a_refresh(bench: Bench) -> None:
    bench.succeed()
    bench.now += MINUTE
    bench.refresher.ask_anew()
    assert bench.requests == [(1, False), (2, True)]


def test_a_refresher_that_was_stopped_is_not_released_into_a_request(bench: Bench) -> None:
    bench.refresher.hold()
    bench.answer(None)
    bench.refresher.stop()
    bench.refresher.release()
    assert len(bench.requests) == 1
    assert not bench.will_look()
