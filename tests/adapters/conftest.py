"""Fixtures of the adapter tests: an environment without proxies, and a simulator."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.adapters.asking import neutral_environment
from tray_app.simulator import Simulator, accounts

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    neutral_environment(monkeypatch)


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    with Simulator({"sk_test_key": accounts.SAMPLE_BALANCE}) as simulator:
        yield simulator
