"""A display, a bus and a keyring that nobody else uses, with a home that is new.

Needs Xvfb, dbus-daemon, gnome-keyring-daemon and jeepney, and nothing of this repository.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import time
from typing import TYPE_CHECKING, Any, Final

from jeepney.bus_messages import message_bus  # type: ignore[import-untyped]  # no py.typed
from jeepney.io.blocking import (  # type: ignore[import-untyped]  # no py.typed
    open_dbus_connection,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

USERS_LIBRARIES: Final = "/opt/of-the-user"
"""LD_LIBRARY_PATH there; the program's children must have it again."""
_KEPT: Final = ("APPIMAGE_EXTRACT_AND_RUN",)
_PATIENCE_SECONDS: Final = 30
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


@contextlib.contextmanager
def session(root: Path) -> Iterator[Mapping[str, str]]:
    """Start it below ``root``, which must be a short path; hand out the whole environment.

    A socket's path has at most 107 bytes. All that was started is ended.
    """
    folders = {"HOME": root / "home", "XDG_RUNTIME_DIR": root / "run"}
    for folder in folders.values():
        folder.mkdir(mode=0o700)
    environ = {
        **{name: os.environ[name] for name in _KEPT if name in os.environ},
        **{name: str(path) for name, path in folders.items()},
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "XDG_CURRENT_DESKTOP": "XFCE",
        "LD_LIBRARY_PATH": USERS_LIBRARIES,
    }
    with contextlib.ExitStack() as stack:
        environ["DISPLAY"] = _start_display(stack, environ)
        environ["DBUS_SESSION_BUS_ADDRESS"] = _start_bus(stack, environ, root)
        _start_keyring(stack, environ)
        yield environ


def _start_display(stack: contextlib.ExitStack, environ: Mapping[str, str]) -> str:
    reading, writing = os.pipe()
    with os.fdopen(reading) as display:
        screen = ("-screen", "0", "1280x800x24", "-nolisten", "tcp")
        _start(
            stack,
            environ,
            ("Xvfb", "-displayfd", str(writing), *screen),
            pass_fds=(writing,),
            stderr=subprocess.DEVNULL,
        )
        os.close(writing)
        return f":{display.readline().strip()}"


def _start_bus(stack: contextlib.ExitStack, environ: Mapping[str, str], root: Path) -> str:
    configuration = root / "bus.conf"
    configuration.write_text(_BUS.format(socket=root / "bus"), encoding="ascii")
    bus = _start(
        stack,
        environ,
        ("dbus-daemon", f"--config-file={configuration}", "--nofork", "--print-address=1"),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert bus.stdout is not None
    with bus.stdout as stream:
        return stream.readline().decode().strip()


def _start_keyring(stack: contextlib.ExitStack, environ: Mapping[str, str]) -> None:
    daemon = _start(
        stack,
        environ,
        ("gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    assert daemon.stdin is not None
    daemon.stdin.write(b"a keyring for this test")
    daemon.stdin.close()
    bus = open_dbus_connection(environ["DBUS_SESSION_BUS_ADDRESS"])
    with contextlib.closing(bus):
        gives_up_at = time.monotonic() + _PATIENCE_SECONDS
        while not bus.send_and_get_reply(message_bus.NameHasOwner("org.freedesktop.secrets")).body[
            0
        ]:
            assert time.monotonic() < gives_up_at, "no Secret Service"
            time.sleep(0.05)


def _start(
    stack: contextlib.ExitStack,
    environ: Mapping[str, str],
    command: Sequence[str],
    **streams: Any,  # noqa: ANN401 — as Popen has them
) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(command, env=environ, **streams)

    def end() -> None:
        process.terminate()
        process.wait(10)

    stack.callback(end)
    return process
