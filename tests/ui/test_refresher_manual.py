"""A refresh that the user asks for."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tray_app.core.problem import (
    KeyringLocked,
    KeyringMissing,
    NoKey,
    Problem,
    RateLimited,
)
from tray_app.core.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


from tests.ui.test_refresher import MINUTE, SECOND, Bench


@pytest.fixture
def bench(qapp: QApplication) -> Iterator[Bench]:
    assert qapp is not None
    bench = Bench(Settings(refresh_interval=timedelta(minutes=5)))
    yield bench
    bench.refresher.stop()


def test_a_refresh_leaves_at_once_ten_seconds_after_the_last(bench: Bench) -> None:
    bench.refresher.start()
    bench.succeed()
    bench.now += 10 * SECOND
    bench.refresher.on_refresh_asked()
    assert bench.requests[1:] == [(2, True)]


def test_a_refresh_that_comes_too_soon_is_postponed_and_not_lost(
    bench: Bench, qtbot: QtBot
) -> None:
    bench.refresher.start()
    bench.succeed()
    bench.now += 10 * SECOND - timedelta(milliseconds=30)
    bench.refresher.on_refresh_asked()
    bench.refresher.on_refresh_asked()
    assert len(bench.requests) == 1
    with qtbot.waitSignal(bench.refresher.fetch_requested):
        bench.now += timedelta(milliseconds=40)
    bench.succeed()
    assert bench.requests[1:] == [(2, True)]
    assert not bench.refresher._postponed.isActive()


def test_a_postponed_refresh_waits_on_while_the_clock_stands_before_its_time(
    bench: Bench, qtbot: QtBot
) -> None:
    bench.refresher.start()
    bench.succeed()
    bench.now += 10 * SECOND - timedelta(milliseconds=5)
    bench.refresher.on_refresh_asked()
    with qtbot.waitSignal(bench.refresher._postponed.timeout):
        assert bench.refresher._postponed.isActive()
    assert len(bench.requests) == 1
    assert bench.refresher._postponed.isActive()


def test_a_refresh_waits_as_long_as_the_server_asked(bench: Bench) -> None:
    bench.refresher.start()
    bench.answer(RateLimited(MINUTE))
    bench.now += 50 * SECOND
    bench.refresher.on_refresh_asked()
    assert len(bench.requests) == 1
    # A coarse timer may be a twentieth off.
    assert 9_000 < bench.refresher._postponed.remainingTime() < 11_000


@pytest.mark.parametrize("problem", [NoKey(), KeyringLocked(), KeyringMissing()])
def test_a_refresh_leaves_at_once_where_the_last_asked_nobody(
    bench: Bench, problem: Problem
) -> None:
    bench.refresher.start()
    bench.answer(problem)
    bench.refresher.on_refresh_asked()
    assert bench.requests[1:] == [(2, True)]


def test_a_refresh_leaves_at_once_after_the_clock_was_set_back(bench: Bench) -> None:
    bench.refresher.start()
    bench.succeed()
    bench.now -= timedelta(days=1)
    bench.refresher.on_refresh_asked()
    assert bench.requests[1:] == [(2, True)]
