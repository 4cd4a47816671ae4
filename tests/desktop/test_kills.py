from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from tests.desktop.kills import Kills

if TYPE_CHECKING:
    from tests.desktop.session import DesktopSession
    from tray_app.simulator import Simulator


@pytest.mark.timeout(300)
def test_a_kill_at_any_moment_leaves_everything_whole(
    desktop: DesktopSession, simulator: Simulator
) -> None:
    kills = Kills(desktop, simulator, random.Random(8))  # noqa: S311 — moments, no secrets
    kills.run(8)
    assert sum(kills.states.values()) == 8
