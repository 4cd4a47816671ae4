"""What the tray shows at a moment, as one comparable value."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from tray_app.core.light_dataclass import dataclass
from tray_app.core.problem import NoKey
from tray_app.core.status import status_of
from tray_app.presentation.facts import Facts, facts_of
from tray_app.presentation.headline import longer_headline_of
from tray_app.presentation.tooltip import tooltip_of
from tray_app.presentation.translation import tr
from tray_app.presentation.tray_icon import icon_for
from tray_app.presentation.tray_menu import Command, MenuContents, MenuRow, menu_of
from tray_app.presentation.wording import Mishap, keyring_wait_lines, mishap_text

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from tray_app.core.account_state import AccountState
    from tray_app.core.settings import Settings
    from tray_app.presentation.icon_spec import IconSpec
    from tray_app.presentation.source import Source
    from tray_app.presentation.tray_menu import MenuItem, OtherAccount


@dataclass(frozen=True, slots=True, kw_only=True)
class TrayView(Facts):
    """Everything that the tray shows; equal views look the same."""

    icon: IconSpec
    tooltip: str
    menu: tuple[MenuItem, ...]
    mishap: MenuRow | None = None
    """What went wrong in the program itself, and how to learn more."""


@dataclass(frozen=True, slots=True)
class OwnState:
    """What the program itself goes through, whatever the account."""

    mishap: Mishap | None = None
    keyring_wait: bool = False
    """Whether an answer of the keyring is due for so long that the user must be meant to act."""
    account: str = ""
    """The account's name, where there are several."""
    others: tuple[OtherAccount, ...] = ()
    """Those that are not shown."""
    alerts: tuple[str, ...] = ()
    """What was told of late, and until when nothing is."""
    snoozed: bool = False
    """Whether the user wants to hear no alerts for a while."""
    settings_trouble: tuple[str, ...] = ()
    """What is wrong with the settings file."""


_AT_EASE: Final = OwnState()


def present(  # noqa: PLR0913 — each says another thing of the moment
    state: AccountState,
    now: datetime,
    settings: Settings,
    source: Source,
    zone: tzinfo,
    *,
    own: OwnState = _AT_EASE,
) -> TrayView:
    """Return what to show at ``now`` (UTC) to a user in that zone."""
    status = status_of(state, now, settings.stale_after)
    known = facts_of(state, now, settings, source, zone)
    headline, trouble = known.headline, known.trouble
    longer = longer_headline_of(state, now, status, zone, demo=source.demo)
    if own.keyring_wait:
        trouble = keyring_wait_lines(can_be_left=source.keyring_can_be_left)
        if state.reading is None:
            headline, *rest = trouble
            longer, trouble = headline, tuple(rest)
    if own.account:
        headline = tr("{account}: {figure}", account=own.account, figure=headline)
        longer = tr("{account}: {figure}", account=own.account, figure=longer)
    view = TrayView(
        icon=icon_for(state, status, settings, keyring_wait=own.keyring_wait),
        tooltip=tooltip_of(headline, longer, known.details, trouble),
        menu=(),
        headline=headline,
        details=known.details,
        trouble=trouble,
        notes=known.notes,
        runway=known.runway,
        top_up=known.top_up,
        history_trouble=known.history_trouble,
        alerts=own.alerts,
        mishap=None if own.mishap is None else _mishap_row(own.mishap, source),
    )
    return replace(view, menu=menu_of(_contents(view, state, own)))


def _contents(view: TrayView, state: AccountState, own: OwnState) -> MenuContents:
    snoozed = own.snoozed or any(other.snoozed for other in own.others)
    was_told = bool(own.alerts) or any(other.alerts for other in own.others)
    return MenuContents(
        facts=view.facts,
        notes=view.notes,
        mishap=view.mishap,
        others=own.others,
        settings_trouble=own.settings_trouble,
        offers_key_first=isinstance(state.problem, NoKey),
        offers_snooze=was_told and not snoozed,
        offers_wake=snoozed,
    )


def _mishap_row(mishap: Mishap, source: Source) -> MenuRow:
    logged = not source.demo
    text = mishap_text(mishap, logged=logged)
    return MenuRow(text, Command.OPEN_LOGS if logged else Command.OPEN_WINDOW)
