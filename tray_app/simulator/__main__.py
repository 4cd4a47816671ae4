"""`python -m tray_app.simulator`: the simulator in the foreground."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import sys
import time
from typing import TYPE_CHECKING

from tray_app.simulator.scripts import demo_scripts
from tray_app.simulator.server import Simulator

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until SIGINT or SIGTERM and return 0; return 1 when the port is taken."""
    parser = argparse.ArgumentParser(
        prog="python -m tray_app.simulator", description="A local Novita with demo accounts."
    )
    parser.add_argument(
        "--port", type=_port, default=0, help="listen here instead of on a free port"
    )
    parser.add_argument("--list", action="store_true", help="print the demo keys and exit")
    options = parser.parse_args(arguments)
    if options.list:
        return 0 if _said(_demo_keys()) else 1
    return _serve(options.port)


def _serve(port: int) -> int:
    reader, writer = socket.socketpair()
    with reader, writer:
        # Windows does not interrupt a waiting lock, so the signal arrives as a byte on a socket.
        writer.settimeout(0)
        signal.set_wakeup_fd(writer.fileno())
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: None)
        simulator = Simulator(port=port)
        try:
            simulator.start()
        except OSError as error:
            sys.stderr.write(f"cannot listen on port {port}: {error.strerror}\n")
            return 1
        try:
            if not _said(f"{simulator.url}\n{_demo_keys()}"):
                return 1
            reader.recv(1)
        finally:
            simulator.stop()
            signal.set_wakeup_fd(-1)
    return 0


def _said(text: str) -> bool:
    """Print on standard output, and return whether that went well."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError:
        # The interpreter would try again at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return False
    return True


def _demo_keys() -> str:
    return "".join(
        f"  {script.key:<24} {script.summary}\n" for script in demo_scripts(int(time.time()))
    )


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65_535:  # noqa: PLR2004 — the highest port
        raise ValueError(text)
    return port


if __name__ == "__main__":
    sys.exit(main())
