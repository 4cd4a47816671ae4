"""Each case of the fault table, with the real client over real sockets."""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tests.adapters.asking import AMPLE, KEY, opened
from tests.faults.case import NetworkCase, Outcome, Stage
from tests.faults.table import CASES, NETWORK_CASES
from tray_app.core.problem import ProblemError

if TYPE_CHECKING:
    from pathlib import Path

LATE = 3.0
"""Seconds that a busy machine may add to a request that ends in time."""


def outcome_at(url: str, budget: float | None) -> Outcome:
    with opened(url, budget) as client:
        try:
            return client.fetch_balance(KEY).available
        except ProblemError as error:
            return error.problem


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=case.name, marks=[pytest.mark.slow] if case.is_slow else [])
        for case in NETWORK_CASES
    ],
)
def test_each_case_ends_as_the_table_says_and_in_time(
    case: NetworkCase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    budget = AMPLE if case.budget is None else case.budget.total_seconds()
    with case.setting(Stage(tmp_path, monkeypatch)) as scene:
        begin = time.monotonic()
        # The client's own budget must be the real one.
        assert outcome_at(scene.url, None if case.is_slow else budget) == case.expected
        seconds = time.monotonic() - begin
        assert [server.request_count for server in scene.bystanders] == [0] * len(scene.bystanders)
    assert seconds < budget + LATE
    if case.budget is not None:
        assert seconds >= budget * 0.9


def test_each_case_has_its_own_name() -> None:
    assert max(Counter(case.name for case in CASES).values()) == 1
