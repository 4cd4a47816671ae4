"""Views of states in the tests: how they are made, and what is read in them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from hypothesis import strategies as st

from tests.core.samples import (
    NOTHING_SPENT,
    NOW,
    amounts,
    problems,
    runways,
    state_after,
    usd,
)
from tests.core.zones import CENTRAL_EUROPE
from tray_app.core.account_state import OutlookChanged, reduce
from tray_app.core.history import TopUp
from tray_app.core.history_problem import HistoryDamaged
from tray_app.core.outlook import Outlook
from tray_app.core.reading import BalanceReading
from tray_app.core.settings import Settings
from tray_app.presentation.source import Source
from tray_app.presentation.tray_menu import MenuRow, MenuSeparator
from tray_app.presentation.tray_view import OwnState, TrayView, present

if TYPE_CHECKING:
    from tray_app.core.account_state import AccountState

SETTINGS: Final = Settings()
PLAIN: Final = Source()
MINUTE: Final = timedelta(minutes=1)
HOUR: Final = timedelta(hours=1)
FULL: Final = BalanceReading(
    usd("12.34"),
    NOW,
    cash=usd("10.34"),
    credit_limit=usd("2"),
    pending_charges=usd("0"),
    outstanding_invoices=usd("0"),
)

optional_amounts: Final = st.none() | amounts
ages: Final = st.one_of(
    st.timedeltas(timedelta(0), HOUR), st.timedeltas(-2 * HOUR, timedelta(days=40_000))
)
outlooks: Final = st.builds(
    Outlook,
    as_of=st.just(NOW),
    runway=runways,
    spent=st.just(NOTHING_SPENT),
    recent_top_up=st.none()
    | st.builds(TopUp, amounts, st.timedeltas(timedelta(0), HOUR).map(lambda ago: NOW - ago)),
    problem=st.none() | st.builds(HistoryDamaged, st.just("history.damaged-1")),
)
sources: Final = st.builds(
    Source,
    demo=st.booleans(),
    key_from_environment=st.booleans(),
    api_url=st.sampled_from([None, "http://127.0.0.1:40123", f"https://{'h' * 60}.example"]),
)


@st.composite
def states(draw: st.DrawFn) -> AccountState:
    reading = None
    if draw(st.booleans()):
        reading = BalanceReading(draw(amounts), NOW, *(draw(optional_amounts) for _ in range(4)))
    state = state_after(
        draw(st.none() | problems), reading=reading, failures=draw(st.integers(0, 9))
    )
    state = replace(state, in_flight=draw(st.booleans()))
    outlook = draw(st.none() | outlooks)
    return state if outlook is None else reduce(state, OutlookChanged(outlook))


def view(
    state: AccountState,
    *,
    after: timedelta = timedelta(0),
    source: Source = PLAIN,
    keyring_wait: bool = False,
    settings: Settings = SETTINGS,
) -> TrayView:
    return present(
        state,
        NOW + after,
        settings,
        source,
        CENTRAL_EUROPE,
        own=OwnState(keyring_wait=keyring_wait),
    )


def utf16_units(text: str) -> int:
    return sum(2 if ord(character) > 0xFFFF else 1 for character in text)


def head_texts(shown: TrayView) -> list[str]:
    """Return the texts of the menu's first group."""
    first = next(at for at, row in enumerate(shown.menu) if isinstance(row, MenuSeparator))
    return [row.text for row in shown.menu[:first] if isinstance(row, MenuRow)]
