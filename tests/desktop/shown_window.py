"""One of the program's windows by itself, filled as full as it gets: ``python -m … NAME``."""

from __future__ import annotations

import sys

from tests.ui.every_window import EVERY_WINDOW
from tray_app.ui.application import make_application

if __name__ == "__main__":
    application = make_application()
    window = EVERY_WINDOW[sys.argv[1]]()
    window.show()
    window.activateWindow()
    sys.exit(application.exec())
