"""The icon that a view asks for."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given, settings

from tests.core.samples import NOW, STEADY, amounts, reading_of, state_after
from tests.presentation.views import FULL, MINUTE, view
from tray_app.core.account_state import AccountState, OutlookChanged, reduce
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
from tray_app.core.runway import Lasting, Learning
from tray_app.core.settings import IconStyle, Settings
from tray_app.presentation.icon_spec import Emblem, IconSpec

if TYPE_CHECKING:
    from tray_app.core.money import Usd
    from tray_app.core.runway import Runway


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


DAY: Final = timedelta(days=1)
NINE_DAYS: Final = Lasting(9 * DAY, 6 * DAY, 14 * DAY)
TWO_DAYS: Final = Lasting(2 * DAY, DAY, 3 * DAY)


@pytest.mark.parametrize(
    ("style", "hides", "runway", "text"),
    [
        (IconStyle.DOLLARS, False, NINE_DAYS, "12"),
        (IconStyle.DOLLARS, False, TWO_DAYS, "2d"),
        (IconStyle.DAYS, False, NINE_DAYS, "9d"),
        (IconStyle.DAYS, False, Learning(DAY), "12"),
        (IconStyle.LEVEL, False, NINE_DAYS, ""),
        (IconStyle.LEVEL, False, TWO_DAYS, ""),
        (IconStyle.DOLLARS, True, NINE_DAYS, ""),
        (IconStyle.DOLLARS, True, TWO_DAYS, "2d"),
        (IconStyle.DAYS, True, NINE_DAYS, "9d"),
        (IconStyle.DAYS, True, Learning(DAY), ""),
    ],
)
def test_the_icon_writes_what_its_user_chose(
    style: IconStyle, runway: Runway, text: str, *, hides: bool
) -> None:
    chosen = Settings(icon_style=style, hides_amounts=hides)
    state = reduce(state_after(None, reading=FULL), OutlookChanged(replace(STEADY, runway=runway)))
    icon = view(state, settings=chosen).icon
    assert (icon.text, icon.level) == (text, state.level)


@pytest.mark.parametrize("style", IconStyle)
def test_of_an_old_figure_no_days_are_written(style: IconStyle) -> None:
    state = reduce(state_after(None, reading=FULL), OutlookChanged(STEADY))
    icon = view(state, settings=Settings(icon_style=style), after=16 * MINUTE).icon
    expected = "" if style is IconStyle.LEVEL else "12"
    assert (icon.text, icon.emblem, icon.dimmed) == (expected, Emblem.STALE, True)


@settings(deadline=None)
@given(amounts)
def test_the_icons_level_is_that_of_the_state(available: Usd) -> None:
    state = state_after(None, reading=BalanceReading(available, NOW))
    assert view(state).icon.level is level_of(available, Thresholds())
