"""Which icon stands for a state."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from tray_app.core.account_state import decisive_time
from tray_app.core.outlook import time_left
from tray_app.core.settings import IconStyle
from tray_app.core.status import Status
from tray_app.presentation.glyphs import DASH
from tray_app.presentation.icon_spec import Emblem, IconSpec
from tray_app.presentation.runway_wording import runway_glyphs
from tray_app.presentation.short_amount import short_amount

if TYPE_CHECKING:
    from tray_app.core.account_state import AccountState
    from tray_app.core.settings import Settings


def icon_for(
    state: AccountState, status: Status, settings: Settings, *, keyring_wait: bool
) -> IconSpec:
    """Return the icon; ``keyring_wait`` where an answer of the keyring is due."""
    match status:
        case Status.LOADING if keyring_wait:
            return IconSpec("", None, emblem=Emblem.KEY)
        case Status.NO_KEY | Status.KEYRING_CLOSED:
            return IconSpec("", None, emblem=Emblem.KEY)
        case Status.WRONG_KEY | Status.FAILING:
            return IconSpec("", None, emblem=Emblem.ALERT)
        case Status.LOADING:
            return IconSpec("", None, emblem=Emblem.LOADING)
        case Status.FRESH:
            return _figure_icon(state, settings, Emblem.NONE)
        case Status.STALE:
            return _figure_icon(state, settings, Emblem.STALE)
        case Status.OFFLINE:
            return _figure_icon(state, settings, Emblem.OFFLINE)
        case _:
            assert_never(status)


def _figure_icon(state: AccountState, settings: Settings, emblem: Emblem) -> IconSpec:
    if state.reading is None:
        return IconSpec(DASH, None, emblem=emblem)
    is_old = emblem is not Emblem.NONE
    return IconSpec(
        text=_text(state, settings, is_old=is_old),
        level=state.level,
        dimmed=is_old,
        emblem=emblem,
    )


def _text(state: AccountState, settings: Settings, *, is_old: bool) -> str:
    """Return the digits in the user's style; none where the level is all that is to be seen."""
    if state.reading is None or settings.icon_style is IconStyle.LEVEL:
        return ""
    # How long an old figure would last is nothing that holds now. A red "480" would be a riddle:
    # where the time left makes the level, it is what is shown.
    left = None if is_old else decisive_time(state)
    if left is None and not is_old and settings.icon_style is IconStyle.DAYS:
        left = time_left(state.outlook)
    if left is not None:
        return runway_glyphs(left)
    return "" if settings.hides_amounts else short_amount(state.reading.available)
