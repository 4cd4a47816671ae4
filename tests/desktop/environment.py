"""What a private desktop session shares with nobody: its folders, environment and bus."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

# A bus of its own that knows no services: what a test did not start or add is not there.
_BUS_CONFIG: Final = """\
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <servicedir>{services}</servicedir>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


def bus_config(socket: Path, services: Path) -> str:
    """Return the configuration of a session bus that listens on ``socket``.

    It starts the programs that are described by files in the folder ``services``.
    """
    return _BUS_CONFIG.format(socket=socket, services=services)


def private_environ(root: Path) -> dict[str, str]:
    """Make the folders of a session below ``root`` and return the environment that names them."""
    folders = {
        "HOME": root / "home",
        "XDG_CONFIG_HOME": root / "home/.config",
        "XDG_DATA_HOME": root / "home/.local/share",
        "XDG_STATE_HOME": root / "home/.local/state",
        "XDG_CACHE_HOME": root / "home/.cache",
        "XDG_RUNTIME_DIR": root / "run",
        "TMPDIR": root / "tmp",
    }
    for folder in (*folders.values(), root / "log"):
        folder.mkdir(parents=True, mode=0o700)
    return {
        **{name: str(folder) for name, folder in folders.items()},
        **{name: value for name, value in os.environ.items() if name.startswith("COVERAGE_")},
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "XDG_CURRENT_DESKTOP": "XFCE",
        "XDG_SESSION_TYPE": "x11",
        # GTK would else look for services that this bus does not have.
        "GSETTINGS_BACKEND": "memory",
        "GIO_USE_VFS": "local",
        "NO_AT_BRIDGE": "1",
    }
