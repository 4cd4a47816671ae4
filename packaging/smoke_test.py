"""Run an installed program through the main things that it does, and remove what it left.

usage: python3 packaging/smoke_test.py PROGRAM [--no-second-start]
  PROGRAM             the path of the installed novita-tray
  --no-second-start   for wine, whose file locks tell nobody that they are held

What runs is that program alone, in a folder of its own; of this source tree only the simulator is
taken, which plays Novita on this computer. The key goes into the system's keyring, under an account
of its own. On Linux start it below ``dbus-run-session`` and ``xvfb-run``: a keyring is started
there.

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
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tray_app.simulator import Simulator  # noqa: E402 — found by the line above
from tray_app.simulator.ledger import FixedBalance  # noqa: E402 — likewise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

KEY = "sk_smoke_test"
ACCOUNT = "smoke-test"
CENTS = 12_34
_PATIENCE_SECONDS = 60


class SmokeError(Exception):
    """Something does not work; the text says what."""


class Installed:
    """The program, with everything that it writes below a folder."""

    def __init__(self, program: Path, folder: Path) -> None:
        self.program = program
        self.home = folder / "home"
        self._folder = folder
        # What would lead it to this source tree or to another Python stays out.
        left_out = {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "NOVITA_API_KEY"}
        self.environment = {
            **{name: value for name, value in os.environ.items() if name not in left_out},
            "NOVITA_TRAY_HOME": str(self.home),
        }

    def run(self, *arguments: str, typed: str = "", codes: tuple[int, ...] = (0,)) -> str:
        """Run a command to its end; return its standard output. SmokeError for another code."""
        done = subprocess.run(
            [self.program, *arguments],
            input=typed,
            env=self.environment,
            cwd=self._folder,
            check=False,
            capture_output=True,
            encoding="utf-8",
            timeout=_PATIENCE_SECONDS,
        )
        if done.returncode not in codes:
            said = f"{done.stdout}{done.stderr}".strip()
            raise SmokeError(f"{' '.join(arguments)} ended with {done.returncode}: {said}")
        return done.stdout

    @contextlib.contextmanager
    def tray(self, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
        """Start the tray; end it where nobody else has."""
        process = subprocess.Popen(
            [self.program, *arguments], env=self.environment, cwd=self._folder
        )
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()


def check_version(installed: Installed) -> None:
    """Check that it is the version of this source tree."""
    text = (ROOT / "tray_app" / "__init__.py").read_text(encoding="utf-8")
    said = installed.run("--version").split()[-1]
    if f'__version__ = "{said}"' not in text:
        raise SmokeError(f"it is version {said}, and the source tree another one")


def check_doctor(installed: Installed, url: str) -> None:
    """Check that the doctor gets to its end, and finds the libraries."""
    findings = json.loads(installed.run("doctor", "--json", "--api-url", url, codes=(0, 1)))
    by_name = {each["what"]: each["verdict"] for each in findings["findings"]}
    if by_name.get("libraries") != "ok":
        raise SmokeError(f"the doctor finds fault with the libraries: {findings}")


def check_key_and_reading(installed: Installed, url: str) -> None:
    """Check that a key goes into the keyring, and that the balance is read with it."""
    installed.run("key", "set", "--account", ACCOUNT, typed=f"{KEY}\n")
    installed.run("key", "status", "--account", ACCOUNT)
    reading = json.loads(installed.run("--api-url", url, "balance", "--json", "--account", ACCOUNT))
    _check_amount(reading)


def check_tray(installed: Installed, url: str, *, second_start: bool) -> None:
    """Check that the tray shows the figure, answers a second start, and quits."""
    with installed.tray("--api-url", url) as process:

        def figure() -> dict[str, Any] | None:
            if process.poll() is not None:
                raise SmokeError(f"the tray ended with {process.returncode}")
            status = json.loads(installed.run("status", "--json", codes=tuple(range(20))) or "{}")
            accounts = {each["account"]: each for each in status.get("accounts", [])}
            account = accounts.get(ACCOUNT)
            return account if account is not None and account["available"] else None

        _check_amount(_waited_for(figure, "a figure in the tray"))
        if second_start:
            installed.run("--api-url", url)
        installed.run("quit")
        code = process.wait(_PATIENCE_SECONDS)
        if code != 0:
            raise SmokeError(f"told to quit, the tray ended with {code}")


def check_nothing_is_left(installed: Installed) -> None:
    """Check that purge leaves nothing."""
    installed.run("purge", "--yes")
    # No settings name the account any more, so it is as if it never was.
    installed.run("key", "status", codes=(3,))
    if installed.home.exists():
        left = ", ".join(str(path) for path in installed.home.rglob("*"))
        raise SmokeError(f"purge left {left or installed.home}")


def _check_amount(known: dict[str, Any]) -> None:
    if known["available"] != f"{CENTS / 100:.4f}":
        raise SmokeError(f"it reads {known['available']} in place of {CENTS / 100}")


def _waited_for(probe: Callable[[], dict[str, Any] | None], what: str) -> dict[str, Any]:
    gives_up_at = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < gives_up_at:
        answer = probe()
        if answer is not None:
            return answer
        time.sleep(0.2)
    raise SmokeError(f"not within {_PATIENCE_SECONDS} s: {what}")


@contextlib.contextmanager
def keyring(folder: Path) -> Iterator[None]:
    """Start an unlocked keyring in this session on Linux; elsewhere the system's is taken."""
    if sys.platform != "linux":
        yield
        return
    environment = {**os.environ, "XDG_DATA_HOME": str(folder / "keyrings")}
    with subprocess.Popen(
        ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
    ) as daemon:
        try:
            assert daemon.stdin is not None  # noqa: S101 — a pipe was asked for
            daemon.stdin.write(b"smoke")
            daemon.stdin.close()
            yield
        finally:
            daemon.terminate()


def main(arguments: list[str]) -> int:
    """Run all checks; return the exit code."""
    second_start = "--no-second-start" not in arguments
    programs = [each for each in arguments if each != "--no-second-start"]
    if len(programs) != 1 or programs[0].startswith("-"):
        sys.stderr.write(f"{__doc__}")
        return 2
    units = CENTS * 100
    balance = FixedBalance(available=units, cash=units, credit_limit=0, pending=0, outstanding=0)
    with (
        tempfile.TemporaryDirectory(prefix="novita-tray-smoke-") as name,
        keyring(Path(name)),
        Simulator({KEY: balance}) as novita,
    ):
        installed = Installed(Path(programs[0]).absolute(), Path(name))
        checks: tuple[tuple[str, Callable[[], None]], ...] = (
            ("version", lambda: check_version(installed)),
            ("doctor", lambda: check_doctor(installed, novita.url)),
            ("key and reading", lambda: check_key_and_reading(installed, novita.url)),
            ("tray", lambda: check_tray(installed, novita.url, second_start=second_start)),
            ("nothing left", lambda: check_nothing_is_left(installed)),
        )
        for what, check in checks:
            begun = time.monotonic()
            try:
                check()
            except (SmokeError, OSError, ValueError, subprocess.TimeoutExpired) as error:
                print(f"FAILED {what}: {error}", flush=True)
                return 1
            print(f"ok     {what}, {time.monotonic() - begun:.1f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
