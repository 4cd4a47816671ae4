"""The icon that a view asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from tests.core.samples import NOW, amounts, reading_of, state_after
from tests.presentation.views import FULL, MINUTE, view
from tray_app.core.account_state import AccountState
from tray_app.core.level import Level, Thresholds, level_of
from tray_app.core.problem import (
    CertificateFault,
    CertificateRejected,
    ConnectionFault,
    KeyringLocked,
    KeyringMissing,
    NoKey,
    Offline,
    ServerTrouble,
    WrongKey,
)
from tray_app.core.reading import BalanceReading
from tray_app.presentation.icon_spec import Emblem, IconSpec

if TYPE_CHECKING:
    from tray_app.core.money import Usd


@pytest.mark.parametrize(
    ("state", "after", "expected"),
    [
        (state_after(NoKey()), 0, IconSpec("", None, emblem=Emblem.KEY)),
        (state_after(KeyringLocked(), reading=FULL), 0, IconSpec("", None, emblem=Emblem.KEY)),
        (state_after(KeyringMissing()), 0, IconSpec("", None, emblem=Emblem.KEY)),
        (state_after(WrongKey("X"), reading=FULL), 0, IconSpec("", None, emblem=Emblem.ALERT)),
        (state_after(ServerTrouble(500, "")), 0, IconSpec("", None, emblem=Emblem.ALERT)),
        (AccountState(), 0, IconSpec("", None, emblem=Emblem.LOADING)),
        (state_after(Offline(ConnectionFault.LOST)), 0, IconSpec("–", None, emblem=Emblem.OFFLINE)),
        (state_after(None, reading=FULL), 15, IconSpec("12", Level.HEALTHY)),
        (
            state_after(None, reading=FULL),
            16,
            IconSpec("12", Level.HEALTHY, dimmed=True, emblem=Emblem.STALE),
        ),
        (
            state_after(CertificateRejected(CertificateFault.EXPIRED), reading=reading_of("0.5")),
            16,
            IconSpec(".50", Level.CRITICAL, dimmed=True, emblem=Emblem.OFFLINE),
        ),
        (state_after(None, reading=reading_of("-3")), 0, IconSpec("-3", Level.EMPTY)),
    ],
)
def test_each_status_has_its_icon(state: AccountState, after: int, expected: IconSpec) -> None:
    assert view(state, after=after * MINUTE).icon == expected


@settings(deadline=None)
@given(amounts)
def test_the_icons_level_is_that_of_the_state(available: Usd) -> None:
    state = state_after(None, reading=BalanceReading(available, NOW))
    assert view(state).icon.level is level_of(available, Thresholds())
