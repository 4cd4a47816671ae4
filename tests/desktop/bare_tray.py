"""The smallest tray program, on which the harness is tested: one colour, one tooltip, one menu."""

from __future__ import annotations

import sys
from typing import Final

from PySide6.QtCore import QLoggingCategory, QTimer
from PySide6.QtGui import QAction, QColor, QIcon, QPixmap
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon

SIZES: Final = (16, 22, 24, 32)
COLOUR: Final = (0x1A, 0x7F, 0x37)
TOOLTIP: Final = "first line\nsecond line"


class BareTray:
    """An icon with a menu that counts how often its row was chosen."""

    def __init__(self) -> None:
        self._clicks = 0
        self._menu = QMenu()
        self._head: QAction = self._menu.addAction("Nothing yet")
        self._head.setEnabled(False)
        self._menu.addSeparator()
        self._menu.addAction("&Count").triggered.connect(self._on_count_triggered)
        self._menu.addMenu("More").addAction("Deep")
        self._menu.addAction("Message").triggered.connect(self._on_message_triggered)
        self._menu.addAction("&Quit").triggered.connect(QApplication.quit)
        self._tray = QSystemTrayIcon(_icon())
        self._tray.setContextMenu(self._menu)
        self._tray.setToolTip(TOOLTIP)
        self._tray.activated.connect(self._on_activated)
        self._tray.show()

    def _on_count_triggered(self) -> None:
        self._clicks += 1
        self._head.setText(f"Counted {self._clicks}")
        self._tray.setToolTip(f"counted {self._clicks}")

    def _on_message_triggered(self) -> None:
        self._tray.showMessage("Summary", "Body", _icon())

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        self._head.setText(f"Activated: {reason.name}")


def _icon() -> QIcon:
    icon = QIcon()
    for size in SIZES:
        pixmap = QPixmap(size, size)
        pixmap.fill(QColor(*COLOUR))
        icon.addPixmap(pixmap)
    return icon


def main() -> int:
    """Show the icon as soon as there is a tray, and run until Quit."""
    # Qt's theme for GTK desktops complains on standard error where no desktop portal runs.
    QLoggingCategory.setFilterRules("qt.qpa.theme.gnome.warning=false")
    app = QApplication(sys.argv)
    app.setQuitOnLastWindowClosed(False)
    shown: list[BareTray] = []

    def show_once_possible() -> None:
        if QSystemTrayIcon.isSystemTrayAvailable():
            timer.stop()
            shown.append(BareTray())

    timer = QTimer(interval=20)
    timer.timeout.connect(show_once_possible)
    timer.start()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
