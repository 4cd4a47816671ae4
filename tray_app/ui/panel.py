"""What the desktop has for tray icons right now."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QSystemTrayIcon

_STATUS_NOTIFIER_WATCHER = "org.kde.StatusNotifierWatcher"


def panel_is_there() -> bool:
    """Return whether an icon that is made now will be shown."""
    return QSystemTrayIcon.isSystemTrayAvailable()


def underscores_mark_mnemonics() -> bool:
    """Return whether the panel draws the menu and takes ``_`` for a mnemonic's mark.

    Over D-Bus it does (com.canonical.dbusmenu), while a menu that Qt draws itself, as on the older
    XEmbed trays, shows an underscore as it is.
    """
    if sys.platform in {"win32", "darwin"}:
        return False
    from PySide6.QtDBus import QDBusConnection

    bus = QDBusConnection.sessionBus()
    return bus.isConnected() and bool(
        bus.interface().isServiceRegistered(_STATUS_NOTIFIER_WATCHER).value()
    )
