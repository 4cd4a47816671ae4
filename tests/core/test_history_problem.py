from __future__ import annotations

from tray_app.core.history_problem import HistoryError, HistoryTooNew


def test_the_error_names_its_problem() -> None:
    error = HistoryError(HistoryTooNew(7))
    assert error.problem == HistoryTooNew(7)
    assert str(error) == "HistoryTooNew(version=7)"
