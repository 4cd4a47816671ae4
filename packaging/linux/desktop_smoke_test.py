#!/usr/bin/env python3
"""Shows that an installed program works: on Linux, in a session of its own, with a new home.

python3 packaging/linux/desktop_smoke_test.py PROGRAM [EXPECTED_VERSION]

Needs python3 with jeepney, Xvfb, dbus-daemon and gnome-keyring-daemon, and nothing of this
repository. Ends with 0 if all that it looks at is right; each look is a line on standard output.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from jeepney import (  # type: ignore[import-untyped]  # no py.typed
    DBusAddress,
    HeaderFields,
    MessageType,
    new_error,
    new_method_call,
    new_method_return,
)
from jeepney.bus_messages import message_bus  # type: ignore[import-untyped]  # no py.typed
from jeepney.io.blocking import (  # type: ignore[import-untyped]  # no py.typed
    open_dbus_connection,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

KEY: Final = "sk_smoke_test_0123456789"
BILLING: Final = "https://novita.ai/billing"
# tray_app/presentation/icon_spec.py: what the levels are filled with.
FILLS: Final = {"234100": (0x1B, 0x86, 0x3B), "9000": (0xE0, 0x26, 0x33)}
"""Amounts in the vendor's 1/10000 USD, and the red, green and blue of their levels."""
WATCHER: Final = "org.kde.StatusNotifierWatcher"
ITEM: Final = "org.kde.StatusNotifierItem"
# It starts no services by itself: a keyring that the bus starts is locked.
_BUS: Final = """\
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""
_PROPERTIES: Final = "org.freedesktop.DBus.Properties"
_LEAST_FILLED: Final = 0.2
_LEAST_WHITE: Final = 0.02
"""Parts of the icon's pixels."""
_SECONDS: Final = 30
Found = TypeVar("Found")


class Novita(ThreadingHTTPServer):
    """Answers the balance on the loopback interface, to whoever has the key."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.available = next(iter(FILLS))
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        """Its address, for --api-url."""
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        """Answer as the documentation of the API says."""
        assert isinstance(self.server, Novita)
        right = self.headers["Authorization"] == f"Bearer {KEY}"
        amounts = {"availableBalance": self.server.available, "cashBalance": "0"}
        body = json.dumps(amounts if right else {"code": 401, "reason": "INVALID_API_KEY"})
        self.send_response(200 if right else 401)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Watcher(threading.Thread):
    """Stands for a panel: programs register their icons with it."""

    def __init__(self, address: str) -> None:
        super().__init__(daemon=True)
        self.items: list[tuple[str, str]] = []
        """Bus name and object path of each icon."""
        self._connection = open_dbus_connection(address)
        self._connection.send_and_get_reply(message_bus.RequestName(WATCHER))
        self.start()

    def run(self) -> None:
        """Answer until the bus ends."""
        with contextlib.suppress(OSError, EOFError):
            while True:
                message = self._connection.receive()
                if message.header.message_type is MessageType.method_call:
                    self._connection.send(self._answer(message))

    def _answer(self, message: Any) -> Any:  # noqa: ANN401 — jeepney has no types
        fields = message.header.fields
        member = fields[HeaderFields.member]
        known: dict[object, tuple[str, object]] = {
            "IsStatusNotifierHostRegistered": ("b", True),
            "ProtocolVersion": ("i", 0),
        }
        known["RegisteredStatusNotifierItems"] = ("as", [name for name, _ in self.items])
        if member == "RegisterStatusNotifierItem":
            (service,) = message.body
            # A path of the sender's, or a bus name whose object has the usual path.
            of_sender = (fields[HeaderFields.sender], service)
            is_path = service.startswith("/")
            self.items.append(of_sender if is_path else (service, "/StatusNotifierItem"))
            return new_method_return(message)
        if member == "Get" and message.body[1] in known:
            return new_method_return(message, "v", (known[message.body[1]],))
        if member == "GetAll":
            return new_method_return(message, "a{sv}", (known,))
        if member == "RegisterStatusNotifierHost":
            return new_method_return(message)
        return new_error(message, "org.freedesktop.DBus.Error.UnknownMethod")


class Session:
    """A display, a bus and a keyring that nobody else uses, and a home that is new."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._running: list[subprocess.Popen[bytes]] = []
        folders = {
            "HOME": root / "home",
            "XDG_RUNTIME_DIR": root / "run",
            "TMPDIR": root / "tmp",
        }
        for folder in (*folders.values(), root / "bin"):
            folder.mkdir(mode=0o700)
        self.environ = {
            **{name: str(path) for name, path in folders.items()},
            "PATH": f"{root / 'bin'}:/usr/local/bin:/usr/bin:/bin",
            "LANG": "C.UTF-8",
            "XDG_CURRENT_DESKTOP": "XFCE",
            # What a user has there must come back in children.
            "LD_LIBRARY_PATH": "/opt/of-the-user",
        }

    def start(self, command: Sequence[str], **streams: Any) -> subprocess.Popen[bytes]:  # noqa: ANN401 — as Popen has them
        """Start a program here; it is ended with the session."""
        process = subprocess.Popen(command, env=self.environ, cwd=self.root / "home", **streams)
        self._running.append(process)
        return process

    def run(self, command: Sequence[str], text: str = "", codes: tuple[int, ...] = (0,)) -> str:
        """Run a program to its end and return what it printed."""
        done = subprocess.run(
            command,
            env=self.environ,
            cwd=self.root / "home",
            input=text,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        if done.returncode not in codes:
            raise AssertionError(f"{command} ended with {done.returncode}: {done.stderr}")
        return done.stdout

    def end(self) -> None:
        """End what was started, the last one first."""
        for process in reversed(self._running):
            if process.poll() is None:
                process.terminate()
                process.wait(10)


@contextlib.contextmanager
def session() -> Iterator[Session]:
    """Hand out a session with display and bus."""
    # A socket's path has at most 107 bytes.
    root = Path(tempfile.mkdtemp(prefix="smoke-"))
    started = Session(root)
    try:
        reading, writing = os.pipe()
        started.start(
            ("Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x800x24", "-nolisten", "tcp"),
            pass_fds=(writing,),
            stderr=subprocess.DEVNULL,
        )
        os.close(writing)
        with os.fdopen(reading) as display:
            started.environ["DISPLAY"] = f":{display.readline().strip()}"
        configuration = root / "bus.conf"
        configuration.write_text(_BUS.format(socket=root / "bus"), encoding="ascii")
        bus = started.start(
            ("dbus-daemon", f"--config-file={configuration}", "--nofork", "--print-address=1"),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert bus.stdout is not None
        started.environ["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().decode().strip()
        yield started
    finally:
        started.end()
        shutil.rmtree(root)


def waited_for(probe: Callable[[], Found | None], what: str) -> Found:
    """Return what ``probe`` returns once that is something."""
    end = time.monotonic() + _SECONDS
    while time.monotonic() < end:
        found = probe()
        if found is not None:
            return found
        time.sleep(0.05)
    raise AssertionError(f"not within {_SECONDS} s: {what}")


class Smoke:
    """The looks at one installed program, in their order."""

    def __init__(self, program: str, version: str | None, home: Session, novita: Novita) -> None:
        self._program = program
        self._version = version
        self._home = home
        self._novita = novita
        address = home.environ["DBUS_SESSION_BUS_ADDRESS"]
        self._watcher = Watcher(address)
        self._bus = open_dbus_connection(address)

    def look(self) -> None:
        """Do all of it; AssertionError says what is wrong."""
        for look in (self.version, self.doctor, self.keyring, self.reading, self.icon):
            begun = time.monotonic()
            look()
            print(f"ok  {look.__name__}  {time.monotonic() - begun:.1f} s", flush=True)

    def version(self) -> None:
        """Ask for the version."""
        said = self._home.run((self._program, "--version"))
        assert re.fullmatch(r"novita-tray \d+\.\d+\.\d+\S*\n", said), said
        assert self._version in (None, said.split()[1]), said

    def doctor(self) -> None:
        """Let it find its own libraries and the display."""
        command = (self._program, "doctor", "--json", "--api-url", self._novita.url)
        # Without keyring and tray something has failed.
        found = json.loads(self._home.run(command, codes=(0, 1)))
        verdicts = {finding["what"]: finding for finding in found["findings"]}
        for what in ("program", "libraries", "system", "display"):
            assert verdicts[what]["verdict"] == "ok", verdicts[what]

    def keyring(self) -> None:
        """Let it store the key in a real Secret Service, and find it there."""
        command = ("gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets")
        daemon = self._home.start(
            command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        assert daemon.stdin is not None
        daemon.stdin.write(b"a keyring for this test")
        daemon.stdin.close()
        waited_for(lambda: self._owned("org.freedesktop.secrets"), "the Secret Service")
        self._home.run((self._program, "key", "set"), text=KEY + "\n")
        self._home.run((self._program, "key", "status"))

    def reading(self) -> None:
        """Let it read the balance with that key."""
        command = (self._program, "balance", "--json", "--api-url", self._novita.url)
        assert json.loads(self._home.run(command))["available"] == "23.4100"

    def icon(self) -> None:
        """Look for each level's colour, open the browser as a user would, and quit."""
        kept = self._home.root / "browser"
        browser = self._home.root / "bin" / "xdg-open"
        # Moved when it is whole.
        script = f'{{ echo "$@"; env; }} >"{kept}.new"\nmv "{kept}.new" "{kept}"\n'
        browser.write_text(f"#!/bin/sh\n{script}", encoding="utf-8")
        browser.chmod(0o755)
        tray = self._home.start((self._program, "--api-url", self._novita.url))
        item = waited_for(lambda: next(iter(self._watcher.items), None), "an icon on the bus")
        for available, fill in FILLS.items():
            self._novita.available = available
            self._wait_for_fill(item, fill)
        self._choose(item, "Open billing page")
        waited_for(lambda: kept.exists() or None, "a browser")
        page, *environ = kept.read_text(encoding="utf-8").splitlines()
        assert page == BILLING, page
        assert "LD_LIBRARY_PATH=/opt/of-the-user" in environ, environ
        ours = [line for line in environ if line.startswith(("QT_PLUGIN_PATH", "_PYI_"))]
        assert not ours, ours
        tray.send_signal(signal.SIGTERM)
        assert tray.wait(_SECONDS) == 0, tray.returncode

    def _wait_for_fill(self, item: tuple[str, str], fill: tuple[int, int, int]) -> None:
        def probe() -> bool | None:
            if self._shows(item, fill):
                return True
            # The program asks every ten seconds at most, however often this is chosen.
            self._choose(item, "Refresh now")
            return None

        waited_for(probe, f"an icon filled with {fill}")

    def _shows(self, item: tuple[str, str], fill: tuple[int, int, int]) -> bool | None:
        """Tell whether the icon, in some size, has this colour and white signs on it."""
        ((_, pixmaps),) = self._call(*item, _PROPERTIES, "Get", "ss", (ITEM, "IconPixmap"))
        for _width, _height, argb in pixmaps:
            raw = bytes(argb)
            pixels = [raw[start : start + 4] for start in range(0, len(raw), 4)]
            filled = pixels.count(bytes((255, *fill))) / len(pixels)
            white = pixels.count(b"\xff\xff\xff\xff") / len(pixels)
            if filled > _LEAST_FILLED and white > _LEAST_WHITE:
                return True
        return None

    def _choose(self, item: tuple[str, str], label: str) -> None:
        """Choose a row of the icon's menu, as a panel does."""
        name, path = item
        ((_, menu),) = self._call(name, path, _PROPERTIES, "Get", "ss", (ITEM, "Menu"))
        interface = "com.canonical.dbusmenu"
        self._call(name, menu, interface, "AboutToShow", "i", (0,))
        _revision, (_root, _properties, rows) = self._call(
            name, menu, interface, "GetLayout", "iias", (0, -1, [])
        )
        labels = {}
        for _, (number, properties, _children) in rows:
            labels[str(properties.get("label", ("s", ""))[1]).replace("_", "")] = number
        assert label in labels, f"{label!r} is not among {sorted(labels)}"
        self._call(name, menu, interface, "Event", "isvu", (labels[label], "clicked", ("i", 0), 0))

    def _owned(self, name: str) -> bool | None:
        (owned,) = self._bus.send_and_get_reply(message_bus.NameHasOwner(name), timeout=5).body
        return bool(owned) or None

    def _call(  # noqa: PLR0913, PLR0917 — whom, and what
        self,
        name: str,
        path: str,
        interface: str,
        member: str,
        signature: str,
        body: tuple[object, ...],
    ) -> tuple[Any, ...]:
        address = DBusAddress(path, bus_name=name, interface=interface)
        message = new_method_call(address, member, signature, body)
        reply = self._bus.send_and_get_reply(message, timeout=5)
        assert reply.header.message_type is not MessageType.error, (member, reply.body)
        return tuple(reply.body)


def main(arguments: Sequence[str]) -> int:
    """Look at the program that is named; return the exit code."""
    if len(arguments) not in (1, 2):
        print(__doc__, file=sys.stderr)
        return 2
    program = shutil.which(arguments[0])
    if program is None:
        print(f"{arguments[0]} is no program", file=sys.stderr)
        return 2
    version = arguments[1] if len(arguments) > 1 else None
    try:
        with session() as home:
            Smoke(str(Path(program).absolute()), version, home, Novita()).look()
    except AssertionError as error:
        print(f"!!  {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
