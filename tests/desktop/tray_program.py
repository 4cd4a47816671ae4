"""The program under test, started as a user would, against the simulator."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Final

from tray_app.simulator.ledger import FixedBalance

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.desktop.program import Program
    from tests.desktop.session import DesktopSession
    from tests.desktop.status_notifier import StatusNotifierItem
    from tray_app.simulator import Simulator

KEY: Final = "sk_desktop_test"
QUIT_WITHIN: Final = 3.0
"""Seconds; what hangs would keep it for 20 and more. The milliseconds are the benchmark's."""
# A refresh that the user asks for keeps ten seconds from the one before.
AMOUNT_TIMEOUT: Final = 20.0
FROM_ENVIRONMENT: Final = {"NOVITA_API_KEY": KEY}

_PROGRAM: Final = (sys.executable, "-m", "tray_app")
_UNITS_PER_CENT: Final = 100


def balance_of(cents: int) -> FixedBalance:
    """Return an account with nothing but this much cash."""
    units = cents * _UNITS_PER_CENT
    return FixedBalance(available=units, cash=units, credit_limit=0, pending=0, outstanding=0)


def start_tray(
    desktop: DesktopSession, simulator: Simulator, env: Mapping[str, str] | None = None
) -> Program:
    """Start the tray against the simulator; without ``env`` its key is the keyring's."""
    return desktop.start([*_PROGRAM, "--api-url", simulator.url], env)


def start_demo(desktop: DesktopSession) -> Program:
    """Start the tray with its own simulator."""
    return desktop.start([*_PROGRAM, "--demo"])


def store_key(desktop: DesktopSession, key: str = KEY, account: str | None = None) -> None:
    """Put a key into the keyring by the program's own command, which adds the account, too."""
    named = [] if account is None else ["--account", account]
    program = desktop.start([*_PROGRAM, "key", "set", *named], piped_stdin=True)
    program.send_stdin(key.encode())
    assert program.wait_exit(20) == 0, program.stderr


def delete_key(desktop: DesktopSession) -> None:
    """Remove the key from the keyring by the program's own command."""
    program = desktop.start([*_PROGRAM, "key", "delete"])
    assert program.wait_exit(20) == 0, program.stderr


def key_status(desktop: DesktopSession) -> int:
    """Return the exit code of ``key status``: 0 when a key is there, 3 when none is."""
    return desktop.start([*_PROGRAM, "key", "status"]).wait_exit(20)


def wait_for_amount(item: StatusNotifierItem, amount: str) -> None:
    """Wait until the menu's first row begins with an amount such as ``$12.34``."""
    item.menu.wait_for_label(lambda label: label.startswith(amount), AMOUNT_TIMEOUT, amount)


def quit_by_menu(program: Program, item: StatusNotifierItem) -> None:
    """End the program as its user does: with 0, in silence, on a busy computer too."""
    item.menu.click("Quit")
    assert program.wait_exit(20) == 0
    assert (program.stdout, program.stderr) == ("", "")


def assert_ends_clean(program: Program) -> None:
    """Check that the program, which was just told to end, does: in time, with 0, in silence."""
    before = time.monotonic()
    # Waited for longer than allowed, so that a failure says how long it took.
    code = program.wait_exit(QUIT_WITHIN + 10)
    took = time.monotonic() - before
    assert (code, program.stdout, program.stderr) == (0, "", "")
    assert took <= QUIT_WITHIN
