"""Run an installed program through the main things that it does, and remove what it left.

usage: python3 packaging/smoke_test.py PROGRAM
  PROGRAM   the path of the installed novita-tray

What runs is that program alone, in a folder of its own; of this source tree only the simulator is
taken, which plays Novita on this computer. The key goes into the system's keyring, under an account
of its own.

On Linux it has a session of its own: Xvfb, a bus, gnome-keyring and a home that is new. There it
also looks at the icon's pixels on the bus, and at the environment of a browser that it opens; this
Python needs jeepney for that.

exit codes: 0 all works, 1 something does not (it is said), 2 usage.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[1]
# Python as it is embedded on Windows has not even the script's own folder there.
sys.path[:0] = [str(ROOT), str(ROOT / "packaging")]

from installed_program import (  # noqa: E402 — found by the line above
    PATIENCE_SECONDS,
    Installed,
    SmokeError,
    waited_for,
)

from tray_app.simulator import Simulator  # noqa: E402 — likewise
from tray_app.simulator.ledger import FixedBalance  # noqa: E402 — likewise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

KEY = "sk_smoke_test"
ACCOUNT = "smoke-test"
CENTS = 12_34
FILLS = {CENTS: (0x1B, 0x86, 0x3B), 90: (0xE0, 0x26, 0x33)}
"""Red, green and blue of a healthy and a critical balance (tray_app/presentation/icon_spec.py)."""
BILLING = "https://novita.ai/billing"
OURS = ("QT_PLUGIN_PATH=", "_PYI_", "ARGV0=", "OWD=")
"""What packages set for the program itself, and no child of it must see."""
_ON_LINUX = sys.platform == "linux"


def check_version(installed: Installed) -> None:
    """Check that it is the version of this source tree."""
    text = (ROOT / "tray_app" / "__init__.py").read_text(encoding="utf-8")
    said = installed.run("--version").split()[-1]
    if f'__version__ = "{said}"' not in text:
        raise SmokeError(f"it is version {said}, and the source tree another one")


def check_libraries(installed: Installed) -> None:
    """Check that a command loads no Qt, which would take longer than its answer; Linux tells."""
    with tempfile.TemporaryDirectory(prefix="smoke-") as folder:
        # man ld.so: each process writes what it loads into a file of its own.
        told = {"LD_DEBUG": "files", "LD_DEBUG_OUTPUT": f"{folder}/loaded"}
        watched = Installed(installed.program, installed.folder, {**installed.environment, **told})
        watched.run("--version")
        loaded = "".join(path.read_text(encoding="utf-8") for path in Path(folder).iterdir())
    if "libc.so" not in loaded or "libQt6" in loaded:
        raise SmokeError(f"a command loads more than it needs, or does not tell: {loaded[-999:]}")


def check_doctor(installed: Installed, url: str) -> None:
    """Check that the doctor gets to its end, and finds the libraries."""
    # Without a key it finds fault.
    findings = json.loads(installed.run("doctor", "--json", "--api-url", url, codes=(0, 1)))
    by_name = {each["what"]: each["verdict"] for each in findings["findings"]}
    for what in ("program", "libraries", "system", *(("display",) if _ON_LINUX else ())):
        if by_name.get(what) != "ok":
            raise SmokeError(f"the doctor finds fault with {what}: {findings}")


def check_key_and_reading(installed: Installed, url: str) -> None:
    """Check that a key goes into the keyring, and that the balance is read with it."""
    installed.run("key", "set", "--account", ACCOUNT, typed=f"{KEY}\n")
    installed.run("key", "status", "--account", ACCOUNT)
    reading = json.loads(installed.run("--api-url", url, "balance", "--json", "--account", ACCOUNT))
    _check_amount(reading)


def check_tray(installed: Installed, url: str) -> None:
    """Check that the tray knows the figure, answers a second start, and quits."""
    with installed.tray("--api-url", url) as process:

        def figure() -> dict[str, Any] | None:
            if process.poll() is not None:
                raise SmokeError(f"the tray ended with {process.returncode}")
            status = json.loads(installed.run("status", "--json", codes=tuple(range(20))) or "{}")
            accounts = {each["account"]: each for each in status.get("accounts", [])}
            account = accounts.get(ACCOUNT)
            return account if account is not None and account["available"] else None

        _check_amount(waited_for(figure, "a figure in the tray"))
        installed.run("--api-url", url)
        installed.run("quit")
        code = process.wait(PATIENCE_SECONDS)
        if code != 0:
            raise SmokeError(f"told to quit, the tray ended with {code}")


def check_icon(installed: Installed, novita: Simulator) -> None:
    """Check each level's colour on the bus, the browser, and the end by a signal; on Linux."""
    from linux.smoke_panel import Panel  # noqa: PLC0415 — for Linux alone

    panel = Panel(installed.environment["DBUS_SESSION_BUS_ADDRESS"])
    with installed.tray("--api-url", novita.url) as process:
        icon = waited_for(panel.icon, "an icon on the bus")

        def shown(fill: tuple[int, int, int]) -> bool | None:
            if icon.shows(fill):
                return True
            # The program asks every ten seconds at most, however often this is chosen.
            icon.choose("Refresh now")
            return None

        for cents, fill in FILLS.items():
            novita.accounts[KEY] = balance_of(cents)
            waited_for(partial(shown, fill), f"an icon filled with {fill}")
        page, *environment = _opened(installed, lambda: icon.choose("Open billing page") or None)
        if page != BILLING:
            raise SmokeError(f"it opens {page}")
        ours = [line for line in environment if line.startswith(OURS)]
        libraries = f"LD_LIBRARY_PATH={installed.environment['LD_LIBRARY_PATH']}"
        if ours or libraries not in environment:
            raise SmokeError(f"the browser has another environment: {environment}")
        process.terminate()
        code = process.wait(PATIENCE_SECONDS)
        if code != 0:
            raise SmokeError(f"ended by a signal, the tray's code is {code}")


def _opened(installed: Installed, choose: Callable[[], bool | None]) -> list[str]:
    """Return the address that a browser is opened with, and its environment, line by line."""
    kept = installed.folder / "browser"
    browser = Path(installed.environment["PATH"].partition(os.pathsep)[0]) / "xdg-open"
    # Moved when it is whole; it lives on, and must hold nothing open that is the program's.
    script = f'{{ echo "$@"; env; }} >"{kept}.new"\nmv "{kept}.new" "{kept}"\nexec sleep 60\n'
    browser.write_text(f"#!/bin/sh\n{script}", encoding="utf-8")
    browser.chmod(0o755)
    waited_for(choose, "the menu's row of the browser")
    waited_for(lambda: kept.exists() or None, "a browser")
    return kept.read_text(encoding="utf-8").splitlines()


def check_nothing_is_left(installed: Installed) -> None:
    """Check that purge leaves nothing."""
    installed.run("purge", "--yes")
    # No settings name the account any more, so it is as if it never was.
    installed.run("key", "status", codes=(3,))
    left = sorted(str(path) for path in installed.folder.rglob("*novita*"))
    if left:
        raise SmokeError(f"purge left {', '.join(left)}")


def balance_of(cents: int) -> FixedBalance:
    """Return an account that has so much, all of it cash."""
    units = cents * 100
    return FixedBalance(available=units, cash=units, credit_limit=0, pending=0, outstanding=0)


def _check_amount(known: dict[str, Any]) -> None:
    if known["available"] != f"{CENTS / 100:.4f}":
        raise SmokeError(f"it reads {known['available']} in place of {CENTS / 100}")


@contextlib.contextmanager
def surroundings(folder: Path) -> Iterator[Mapping[str, str]]:
    """Hand out the program's environment: on Linux a session of its own, elsewhere this one."""
    if sys.platform == "linux":
        from linux.smoke_session import session  # noqa: PLC0415 — for Linux alone

        programs = folder / "bin"
        programs.mkdir()
        with session(folder) as environment:
            yield {**environment, "PATH": f"{programs}{os.pathsep}{environment['PATH']}"}
    else:
        # What would lead it to this source tree or to another Python stays out.
        left_out = {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "NOVITA_API_KEY"}
        kept = {name: value for name, value in os.environ.items() if name not in left_out}
        yield {**kept, "NOVITA_TRAY_HOME": str(folder / "novita")}


def main(arguments: list[str]) -> int:
    """Run all checks; return the exit code."""
    if len(arguments) != 1 or arguments[0].startswith("-"):
        sys.stderr.write(f"{__doc__}")
        return 2
    with (
        tempfile.TemporaryDirectory(prefix="smoke-") as name,
        surroundings(Path(name)) as environment,
        Simulator({KEY: balance_of(CENTS)}) as novita,
    ):
        installed = Installed(Path(arguments[0]).absolute(), Path(name), environment)
        checks: dict[str, Callable[[], None]] = {
            "version": lambda: check_version(installed),
            "doctor": lambda: check_doctor(installed, novita.url),
            "key and reading": lambda: check_key_and_reading(installed, novita.url),
            "tray": lambda: check_tray(installed, novita.url),
        }
        if _ON_LINUX:
            checks["libraries"] = lambda: check_libraries(installed)
            checks["icon"] = lambda: check_icon(installed, novita)
        checks["nothing left"] = lambda: check_nothing_is_left(installed)
        for what, check in checks.items():
            begun = time.monotonic()
            try:
                check()
            except (
                SmokeError,
                AssertionError,
                OSError,
                ValueError,
                subprocess.SubprocessError,
            ) as e:
                print(f"FAILED {what}: {e}", flush=True)
                return 1
            print(f"ok     {what}, {time.monotonic() - begun:.1f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
