"""What follows at once is judged and shown as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.running_program import Running


@pytest.fixture
def noted(loaded: Running, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the shown account does about its events, in order."""
    session = loaded.program.shown
    noted: list[str] = []
    look = session.alerts.look

    def note_look(state: object) -> None:
        noted.append("judged")
        look(state)  # type: ignore[arg-type]  # as it came

    monkeypatch.setattr(session.alerts, "look", note_look)
    session.state_changed.connect(lambda: noted.append("passed on"))
    return noted


def test_events_that_follow_at_once_are_judged_and_passed_on_once(
    loaded: Running, noted: list[str], qtbot: QtBot
) -> None:
    for _ in range(3):
        loaded.program.shown.refresher.state_changed.emit()
    assert noted == []
    qtbot.waitUntil(lambda: len(noted) > 1)
    assert noted == ["judged", "passed on"]
    loaded.program.shown.refresher.state_changed.emit()
    qtbot.waitUntil(lambda: len(noted) > 3)
    assert noted == ["judged", "passed on"] * 2
