"""The floor: the least that a PySide6 program needs to show an icon in the tray."""

from __future__ import annotations

import sys

from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QApplication, QSystemTrayIcon


def main() -> int:
    """Show one green square until the program is ended."""
    application = QApplication(sys.argv)
    pixmap = QPixmap(24, 24)
    pixmap.fill(QColor("green"))
    icon = QSystemTrayIcon(QIcon(pixmap))
    icon.show()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
