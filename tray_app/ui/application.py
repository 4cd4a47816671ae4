"""Qt's application object, as a tray program needs it."""

from __future__ import annotations

import os
import sys
from typing import Final

import PySide6
from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication, QPixmapCache
from PySide6.QtWidgets import QApplication

from tray_app import PROGRAM_NAME, __version__
from tray_app.ui.qt_messages import log_qt_messages
from tray_app.ui.windows_identity import tell_windows_who_we_are

# By default Qt keeps 10 MB of what it has shown: some two hundred icons of amounts that are gone.
# And as long as it keeps any it wakes up every ten seconds to throw some away. An icon has each
# size as it is asked for, which need not be kept a second time.
_KEPT_PICTURES_KB: Final = 0


def make_application() -> QApplication:
    """Return the application, which no closing window ends."""
    log_qt_messages()
    tell_windows_who_we_are()
    application = QApplication([PROGRAM_NAME])
    application.setApplicationName("novita-tray")
    application.setApplicationDisplayName(PROGRAM_NAME)
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("novita-tray")
    # A dialog that closes while there is no other window must not end the program; the first
    # alone does not suffice, as a closing window also drops Qt's quit lock.
    application.setQuitOnLastWindowClosed(False)
    application.setQuitLockEnabled(False)
    # Only once the application is there does Qt heed it.
    QPixmapCache.setCacheLimit(_KEPT_PICTURES_KB)
    return application


def versions_text() -> str:
    """Return what a report of a fault should name: versions and desktop, nothing of the user."""
    import platform  # noqa: PLC0415 — only the log needs it

    return ", ".join(
        (
            f"novita-tray {__version__}",
            f"Python {platform.python_version()}",
            f"PySide6 {PySide6.__version__}",
            f"Qt {qVersion()}",
            f"{platform.system()} {platform.release()} {platform.machine()}",
            f"display {QGuiApplication.platformName()}",
            f"desktop {os.environ.get('XDG_CURRENT_DESKTOP') or sys.platform}",
        )
    )
