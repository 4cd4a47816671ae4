"""The desktop's proxy setting and the portal that tells programs of it, as GNOME has them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.desktop.bus import BusObject
from tests.desktop.waiting import wait_for

if TYPE_CHECKING:
    from tests.desktop.session import DesktopSession

_PORTAL: Final = BusObject(
    "org.freedesktop.portal.Desktop",
    "/org/freedesktop/portal/desktop",
    "org.freedesktop.portal.ProxyResolver",
)
_DCONF: Final = "ca.desrt.dconf"
# The portal looks at GNOME's setting only where it believes itself there.
_GNOME: Final = {"XDG_CURRENT_DESKTOP": "GNOME", "GSETTINGS_BACKEND": "dconf"}
_SCHEMA: Final = "org.gnome.system.proxy"
_TIMEOUT: Final = 20.0
# What is not on PATH, wherever a distribution puts it, and the Debian package that brings it.
_FILES: Final = {
    "dconf-service": ("libexec/dconf-service", "lib/dconf/dconf-service", "lib/dconf-service"),
    "xdg-desktop-portal": ("libexec/xdg-desktop-portal", "lib/xdg-desktop-portal"),
    "glib-networking": (
        "lib*/gio/modules/libgiognomeproxy.so",
        "lib/*/gio/modules/libgiognomeproxy.so",
    ),
}


def missing_packages() -> list[str]:
    """Return the Debian packages that this machine lacks for it."""
    return [package for package in _FILES if _path(package) is None]


def start_portal(desktop: DesktopSession) -> None:
    """Start what keeps the settings, and the portal before them."""
    _start(desktop, "dconf-service", _DCONF)
    _start(desktop, "xdg-desktop-portal", _PORTAL.name)


def set_proxy(desktop: DesktopSession, scheme: str, port: int) -> None:
    """Set the desktop to one proxy on this computer, for https or socks, without exemptions."""
    _set(desktop, f"{_SCHEMA}.{scheme}", "host", "127.0.0.1")
    _set(desktop, f"{_SCHEMA}.{scheme}", "port", str(port))
    _set(desktop, _SCHEMA, "ignore-hosts", "[]")
    _set(desktop, _SCHEMA, "mode", "manual")
    _wait_for_answer(desktop, f"127.0.0.1:{port}")


def exempt(desktop: DesktopSession, *hosts: str) -> None:
    """Set the hosts that are reached without the proxy; this computer must be among them."""
    _set(desktop, _SCHEMA, "ignore-hosts", str(list(hosts)))
    _wait_for_answer(desktop, "direct://")


def set_no_proxy(desktop: DesktopSession) -> None:
    """Set the desktop to connect directly."""
    _set(desktop, _SCHEMA, "mode", "none")
    _wait_for_answer(desktop, "direct://")


def _path(package: str) -> Path | None:
    return next((path for form in _FILES[package] for path in Path("/usr").glob(form)), None)


def _start(desktop: DesktopSession, package: str, name: str) -> None:
    path = _path(package)
    assert path is not None, f"{package} is not installed"
    desktop.start([path], _GNOME)
    wait_for(lambda: desktop.bus.has_owner(name), _TIMEOUT, f"{name} from {path}")


def _set(desktop: DesktopSession, schema: str, key: str, value: str) -> None:
    program = desktop.start(["gsettings", "set", schema, key, value], _GNOME)
    assert program.wait_exit(_TIMEOUT) == 0, program.stderr


def _wait_for_answer(desktop: DesktopSession, end: str) -> None:
    """Wait until the portal, which hears of changes a little later, gives such an address first."""

    def is_given() -> bool:
        ((first, *_),) = desktop.bus.call(_PORTAL, "Lookup", "s", ("https://127.0.0.1",))
        return str(first).endswith(end)

    wait_for(is_given, _TIMEOUT, f"the portal answers {end}")
