"""Fixtures of the desktop tests: a private desktop for each test, ended after it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if sys.platform == "linux":
    from tests.desktop.requirements import missing_requirements
    from tests.desktop.session import DesktopSession
    from tests.desktop.tray_program import KEY, balance_of
    from tray_app.simulator import Simulator

    if TYPE_CHECKING:
        from collections.abc import Iterator
else:
    # X server, session bus and panel are Linux's; jeepney is installed there alone.
    collect_ignore_glob = ["test_*.py"]

_FOLDER = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if _FOLDER in item.path.parents:
            item.add_marker(pytest.mark.desktop)


if sys.platform == "linux":

    @pytest.fixture(scope="session")
    def desktop_programs() -> None:
        """Every program that a desktop is made of; its lack skips, and fails in CI."""
        missing = missing_requirements()
        if not missing:
            return
        reason = "desktop tests need " + ", ".join(missing)
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)

    @pytest.fixture
    def bare_desktop(desktop_programs: None) -> Iterator[DesktopSession]:  # noqa: ARG001 — only its check is wanted
        """A display and a session bus, without panel and keyring."""
        with DesktopSession() as session:
            yield session

    @pytest.fixture
    def desktop(bare_desktop: DesktopSession) -> DesktopSession:
        """A display and a session bus with a panel and an unlocked keyring."""
        bare_desktop.start_keyring()
        bare_desktop.start_panel()
        return bare_desktop

    @pytest.fixture
    def simulator() -> Iterator[Simulator]:
        """A local Novita with one account of $12.34 under the tests' key."""
        with Simulator({KEY: balance_of(12_34)}) as running:
            yield running
