"""Who would show a tray icon on this desktop, found out without Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tray_app.core.checkup import TrayFound, TrayHost

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import timedelta

_WATCHER: Final = "org.kde.StatusNotifierWatcher"


def tray_host(environ: Mapping[str, str], platform: str, limit: timedelta) -> TrayFound:
    """Return who shows tray icons: as Qt does, ask StatusNotifierItem first, then XEmbed.

    ``limit`` is for each question on the session bus; a hanging X server blocks for longer.
    """
    if platform in {"win32", "darwin"}:
        return TrayFound(TrayHost.SYSTEM)
    bus_answers, has_host = _status_notifier_host(limit)
    if has_host:
        return TrayFound(TrayHost.STATUS_NOTIFIER)
    if _windows_are_x(environ) and _has_xembed_tray(environ["DISPLAY"]):
        return TrayFound(TrayHost.XEMBED, bus_answers=bus_answers)
    return TrayFound(TrayHost.NONE, bus_answers=bus_answers)


def _status_notifier_host(limit: timedelta) -> tuple[bool, bool]:
    """Return whether the session bus answers, and whether a panel there shows icons."""
    # Linux's alone, like the package that it needs.
    from tray_app.adapters.session_bus import (  # noqa: PLC0415 — see above
        BusObject,
        NoAnswerError,
        NoBusError,
        SessionBus,
    )

    watcher = BusObject(_WATCHER, "/StatusNotifierWatcher", _WATCHER)
    try:
        with SessionBus(limit) as bus:
            # Asking a watcher that is not there could start one.
            if not bus.has_owner(_WATCHER):
                return True, False
            return True, bool(bus.property(watcher, "IsStatusNotifierHostRegistered"))
    except NoBusError:
        return False, False
    except NoAnswerError:
        return True, False


def _windows_are_x(environ: Mapping[str, str]) -> bool:
    """Return whether Qt opens windows on the X server: on Wayland it asks for no X tray."""
    plugin = environ.get("QT_QPA_PLATFORM", "").partition(";")[0].partition(":")[0]
    return bool(environ.get("DISPLAY")) and (
        plugin == "xcb" or (not plugin and not environ.get("WAYLAND_DISPLAY"))
    )


def _has_xembed_tray(display: str) -> bool:
    from tray_app.adapters.x_selection import has_xembed_tray  # noqa: PLC0415 — X11's alone

    return has_xembed_tray(display)
