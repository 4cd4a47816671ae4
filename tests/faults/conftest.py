"""The fault table plays in an environment without proxies and with no other certificates."""

from __future__ import annotations

import pytest

from tests.adapters.asking import neutral_environment


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    neutral_environment(monkeypatch)
