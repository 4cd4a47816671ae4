"""The programs that the desktop tests need, and where Debian has them."""

from __future__ import annotations

import shutil
from typing import Final

from tests.desktop import proxy_portal
from tests.desktop.atspi import launcher_path
from tests.desktop.panel import xfconfd_path
from tests.desktop.prompter import prompter_path

_PACKAGES: Final = {
    "Xvfb": "xvfb",
    "dbus-daemon": "dbus-daemon",
    "xfce4-panel": "xfce4-panel",
    "xfce4-session": "xfce4-session",
    "gnome-keyring-daemon": "gnome-keyring",
    "dunst": "dunst",
    "secret-tool": "libsecret-tools",
    "xdotool": "xdotool",
    "xclip": "xclip",
    "dbus-monitor": "dbus-bin",
    "import": "imagemagick",
    "gsettings": "libglib2.0-bin",
    "faketime": "faketime",
    "ip": "iproute2",
}


def missing_requirements() -> list[str]:
    """Return one phrase for each program that this machine lacks, with its Debian package."""
    missing = {name: package for name, package in _PACKAGES.items() if shutil.which(name) is None}
    if xfconfd_path() is None:
        missing["xfconfd"] = "xfconf"
    if launcher_path() is None:
        missing["at-spi-bus-launcher"] = "at-spi2-core"
    if prompter_path() is None:
        missing["gcr-prompter"] = "gcr"
    missing |= {package: package for package in proxy_portal.missing_packages()}
    return [f"{name} (Debian package {package})" for name, package in missing.items()]
