"""A session bus of a test's own, without a display: one dbus-daemon that starts no services."""

from __future__ import annotations

import os
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.desktop.environment import bus_config

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def session_bus() -> Iterator[str]:
    """Start a bus and yield its address; it ends with the block."""
    with tempfile.TemporaryDirectory(prefix="novita-tray-bus-") as folder:
        config = Path(folder) / "bus.conf"
        config.write_text(bus_config(Path(folder) / "bus", Path(folder)), encoding="utf-8")
        read, write = os.pipe()
        args = ["dbus-daemon", f"--config-file={config}", "--nofork", f"--print-address={write}"]
        with (
            os.fdopen(read, encoding="ascii") as answer,
            subprocess.Popen(args, pass_fds=[write]) as daemon,
        ):
            os.close(write)
            try:
                yield answer.readline().strip()
            finally:
                daemon.terminate()
