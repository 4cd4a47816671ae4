"""Two accounts in one tray: keys, requests, files and figures of each stay its own."""

from __future__ import annotations

import csv
import io
import sys
from typing import TYPE_CHECKING, Final

import pytest

from tests.desktop.icons import wait_for_icon
from tests.desktop.pictures import keep_picture
from tests.desktop.settings_text import read_settings, write_settings
from tests.desktop.status_notifier import wait_for_item
from tests.desktop.tray_program import (
    KEY,
    balance_of,
    quit_by_menu,
    start_tray,
    store_key,
    wait_for_amount,
)
from tests.desktop.waiting import wait_for
from tests.desktop.windows import press_keys, type_text, wait_for_window
from tray_app.core.level import Level
from tray_app.presentation.icon_spec import IconSpec
from tray_app.simulator import Simulator
from tray_app.simulator.request_log import fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.desktop.program import Program
    from tests.desktop.session import DesktopSession
    from tests.desktop.status_notifier import StatusNotifierItem

_HOME_KEY: Final = "sk_desktop_home"
_WORK_KEY: Final = "sk_desktop_work"
_NEW_KEY: Final = "sk_desktop_new"
_NAMES: Final = {
    fingerprint(_HOME_KEY): "home",
    fingerprint(_WORK_KEY): "work",
    fingerprint(_NEW_KEY): "new",
    fingerprint(KEY): "environment",
}
_HOME: Final = "home: $12.34 available"
_WORK: Final = "work: $4.37 available"
_TIMEOUT: Final = 20.0
_NOT_FOUND: Final = 1


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    accounts = {
        _HOME_KEY: balance_of(12_34),
        _WORK_KEY: balance_of(4_37),
        _NEW_KEY: balance_of(2_22),
        KEY: balance_of(30_00),
    }
    with Simulator(accounts) as running:
        yield running


@pytest.fixture
def desktop(desktop: DesktopSession) -> DesktopSession:
    """Two accounts, each with its key in the keyring."""
    write_settings(desktop, "[accounts.home]", "[accounts.work]")
    store_key(desktop, _HOME_KEY, "home")
    store_key(desktop, _WORK_KEY, "work")
    return desktop


class Tray:
    """The program on the two accounts."""

    def __init__(
        self, desktop: DesktopSession, simulator: Simulator, env: Mapping[str, str] | None = None
    ) -> None:
        self.desktop, self.simulator = desktop, simulator
        self.program: Program = start_tray(desktop, simulator, env)
        self.item: StatusNotifierItem = wait_for_item(desktop.bus, self.program.pid)

    def asked_with(self, since: int = 0) -> list[str]:
        """Return whose key came with each request, in order."""
        requests = self.simulator.requests[since:]
        return [_NAMES[request.key_fingerprint or ""] for request in requests]

    def wait_for_shown(self, text: str) -> None:
        wait_for_amount(self.item, text)
        wait_for(
            lambda: self.item.menu.labels()[0].startswith(text),
            _TIMEOUT,
            f"{text} in the first row",
        )

    def wait_for_listed(self, text: str) -> None:
        self.item.menu.wait_for_label(lambda label: label.startswith(text), _TIMEOUT, text)


def key_in_keyring(desktop: DesktopSession, account: str) -> str:
    """Return the key that is kept under the account's name; empty where none is."""
    attributes = ["service", "novita-tray", "username", account]
    return desktop.run(["secret-tool", "lookup", *attributes], accept=(0, _NOT_FOUND)).strip()


def recorded(desktop: DesktopSession, account: str) -> set[str]:
    """Return the amounts in an account's history."""
    command = [sys.executable, "-m", "tray_app", "history", "--csv", "--account", account]
    rows = csv.DictReader(io.StringIO(desktop.run(command)))
    return {row["available"] for row in rows}


def test_each_account_is_asked_with_its_own_key_and_keeps_files_of_its_own(
    desktop: DesktopSession, simulator: Simulator
) -> None:
    simulator.accounts[_HOME_KEY] = balance_of(62)
    tray = Tray(desktop, simulator)
    tray.wait_for_shown("home: $0.62 available")
    tray.wait_for_listed(_WORK)
    assert sorted(tray.asked_with()) == ["home", "work"]
    data = desktop.home / ".local/share/novita-tray"
    files = {"history-home.db", "history-work.db", "alerts-home.json", "alerts-work.json"}
    wait_for(lambda: all((data / name).exists() for name in files), _TIMEOUT, f"{files}")
    assert not (data / "history.db").exists()
    assert not (data / "alerts.json").exists()
    # The file is there with the key's mark, a moment before the first alert is told.
    home, work = (data / f"alerts-{name}.json" for name in ("home", "work"))
    wait_for(lambda: "1.0000" in home.read_text(), _TIMEOUT, "the alert of home is kept")
    assert "1.0000" not in work.read_text()
    quit_by_menu(tray.program, tray.item)
    assert recorded(desktop, "home") == {"0.6200"}
    assert recorded(desktop, "work") == {"4.3700"}
    assert (key_in_keyring(desktop, "home"), key_in_keyring(desktop, "work")) == (
        _HOME_KEY,
        _WORK_KEY,
    )
    assert key_in_keyring(desktop, "default") == ""


def test_a_changed_key_is_its_own_accounts_alone_from_the_first_request_on(
    desktop: DesktopSession, simulator: Simulator
) -> None:
    tray = Tray(desktop, simulator)
    tray.wait_for_shown(_WORK)
    tray.wait_for_listed(_HOME)
    before = simulator.request_count
    tray.item.menu.click("API key…")
    window = wait_for_window(desktop, "work: API key")
    type_text(desktop, window, _NEW_KEY)
    press_keys(desktop, window, "Return")
    tray.wait_for_shown("work: $2.22 available")
    tray.wait_for_listed(_HOME)
    # One to try it, one for the account.
    assert tray.asked_with(before) == ["new", "new"]
    assert (key_in_keyring(desktop, "home"), key_in_keyring(desktop, "work")) == (
        _HOME_KEY,
        _NEW_KEY,
    )


def test_the_key_of_the_environment_is_the_first_accounts_alone(
    desktop: DesktopSession, simulator: Simulator
) -> None:
    tray = Tray(desktop, simulator, {"NOVITA_API_KEY": KEY})
    tray.wait_for_listed("home: $30.00 available")
    tray.wait_for_listed(_WORK)
    assert sorted(tray.asked_with()) == ["environment", "work"]
    # Another order changes nothing of that.
    write_settings(desktop, "[accounts.new]", "[accounts.work]", "[accounts.home]")
    tray.wait_for_listed("new: No balance yet")
    assert "environment" not in tray.asked_with(2)
    assert "new" not in tray.asked_with(2)


def test_the_tray_shows_the_chosen_account_else_the_one_with_the_least_left(
    desktop: DesktopSession, simulator: Simulator
) -> None:
    tray = Tray(desktop, simulator)
    tray.wait_for_shown(_WORK)
    tray.wait_for_listed(_HOME)
    write_settings(desktop, 'shows = "home"', "[accounts.home]", "[accounts.work]")
    tray.wait_for_shown(_HOME)
    tray.wait_for_listed(_WORK)
    wait_for_icon(tray.item, IconSpec("12", Level.HEALTHY))
    # Where nobody shows messages, Qt shows an alert in the tooltip's place for ten seconds.
    tooltip = tray.item.wait_for_tooltip(lambda tip: tip.title.startswith("home"), _TIMEOUT, "home")
    assert "work" not in tooltip.title + tooltip.text
    write_settings(desktop, "[accounts.home]", "[accounts.work]")
    tray.wait_for_shown(_WORK)
    simulator.accounts[_HOME_KEY] = balance_of(62)
    tray.item.menu.click("Refresh now")
    tray.wait_for_shown("home: $0.62 available")
    wait_for_icon(tray.item, IconSpec(".62", Level.CRITICAL))
    assert sorted(tray.asked_with()) == ["home", "home", "work", "work"]


def test_an_account_that_is_removed_takes_its_key_along_and_leaves_its_history(
    desktop: DesktopSession, simulator: Simulator
) -> None:
    tray = Tray(desktop, simulator)
    tray.wait_for_shown(_WORK)
    tray.wait_for_listed(_HOME)
    tray.item.menu.click("Settings…")
    window = wait_for_window(desktop, "Settings")
    press_keys(desktop, window, "alt+o", "alt+c", "End")
    keep_picture(desktop, "accounts-page")
    press_keys(desktop, window, "alt+e")
    question = wait_for_window(desktop, "Remove account")
    keep_picture(desktop, "remove-account")
    press_keys(desktop, question, "Tab", "space")
    # The one that is left needs no name.
    tray.wait_for_shown("$12.34 available")
    assert not any(label.startswith(("home: ", "work: ")) for label in tray.item.menu.labels())
    wait_for(lambda: not key_in_keyring(desktop, "work"), _TIMEOUT, "no key of the removed account")
    assert key_in_keyring(desktop, "home") == _HOME_KEY
    assert "work" not in read_settings(desktop)
    assert "[accounts.home]" in read_settings(desktop)
    assert (desktop.home / ".local/share/novita-tray/history-work.db").exists()
    quit_by_menu(tray.program, tray.item)
    assert recorded(desktop, "home") == {"12.3400"}


def test_an_account_that_is_added_gets_its_key_in_the_next_window(
    desktop: DesktopSession, simulator: Simulator
) -> None:
    tray = Tray(desktop, simulator)
    tray.wait_for_listed(_HOME)
    before = simulator.request_count
    tray.item.menu.click("Settings…")
    window = wait_for_window(desktop, "Settings")
    press_keys(desktop, window, "alt+o", "alt+n")
    type_text(desktop, window, "lab")
    press_keys(desktop, window, "Return")
    tray.wait_for_listed("lab: No balance yet")
    press_keys(desktop, window, "space")
    key_window = wait_for_window(desktop, "lab: API key")
    keep_picture(desktop, "key-of-lab")
    type_text(desktop, key_window, _NEW_KEY)
    press_keys(desktop, key_window, "Return")
    tray.wait_for_listed("lab: $2.22 available")
    assert tray.asked_with(before) == ["new", "new"]
    assert key_in_keyring(desktop, "lab") == _NEW_KEY
    assert "[accounts.lab]" in read_settings(desktop)
