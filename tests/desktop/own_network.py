"""A network for one program, that the test takes away and brings back.

A network namespace with one cable (a veth pair) to this computer, a name server that is not there,
and a file of hosts. Needs root.
"""

from __future__ import annotations

import os
import subprocess
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from types import TracebackType

HOST: Final = "10.77.5.1"
"""This computer, from inside."""
NAME: Final = "novita.test"
"""The same by its name, while it is known."""
_INSIDE: Final = "10.77.5.2"
_NEAR: Final = "cable"
_PLUGINS: Final = "/PySide6/Qt/plugins/networkinformation"


class OwnNetwork:
    """A context manager; ``command`` goes before that of a program that is to live inside."""

    def __init__(self) -> None:
        self._space = f"novita-{os.getpid()}"
        self._far = f"nov{os.getpid()}"
        self._files = Path("/etc/netns") / self._space
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self._make_files(stack)
            _ip("netns", "add", self._space)
            stack.callback(_ip, "netns", "del", self._space)
            _ip("link", "add", self._far, "type", "veth", "peer", _NEAR, "netns", self._space)
            _ip("address", "add", f"{HOST}/30", "dev", self._far)
            _ip("link", "set", self._far, "up")
            self._ip("link", "set", "lo", "up")
            self._ip("address", "add", f"{_INSIDE}/30", "dev", _NEAR)
            self.set_link(up=True)
            self.add_route()
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stack.__exit__(kind, error, traceback)

    @property
    def command(self) -> tuple[str, ...]:
        """What starts a program inside."""
        return ("ip", "netns", "exec", self._space)

    def command_without_plugins(self, site_packages: Path) -> tuple[str, ...]:
        """Return what starts a program inside for which Qt has no plugin about the network."""
        hide = f'mount -t tmpfs none "{site_packages}{_PLUGINS}" && exec "$@"'
        return (*self.command, "sh", "-c", hide, "sh")

    def set_link(self, *, up: bool) -> None:
        """Switch the program's own end on or off; off, all its routes go."""
        self._ip("link", "set", _NEAR, "up" if up else "down")

    def set_cable(self, *, plugged: bool) -> None:
        """Plug or pull the cable: addresses and routes stay."""
        _ip("link", "set", self._far, "up" if plugged else "down")

    def add_route(self) -> None:
        """Add the way to everywhere else, as DHCP does at its end."""
        self._ip("route", "add", "default", "via", HOST)

    def set_name(self, *, known: bool) -> None:
        """Let the server's name be known or not."""
        # Written in place: the file itself is what the program sees.
        (self._files / "hosts").write_text(f"{HOST} {NAME}\n" if known else "", encoding="ascii")

    def _make_files(self, stack: ExitStack) -> None:
        self._files.mkdir(parents=True)
        stack.callback(self._remove_files)
        self.set_name(known=True)
        # Nobody listens there, so that an unknown name is unknown at once.
        (self._files / "resolv.conf").write_text("nameserver 127.0.0.1\n", encoding="ascii")

    def _remove_files(self) -> None:
        for file in self._files.iterdir():
            file.unlink()
        self._files.rmdir()

    def _ip(self, *arguments: str) -> None:
        _ip("-n", self._space, *arguments)


def _ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True)
