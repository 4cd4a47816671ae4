"""What the bundle does before the program: Qt's plug-ins are its own, whatever the user names.

PyInstaller's hook for PySide6 says so, too, but also imports QtCore, for the sake of bindings that
do not know where their Qt is; those of PyPI do. So each command, such as a balance for a bar, would
load Qt.
"""

import os
import sys

_INSIDE: str = sys._MEIPASS  # type: ignore[attr-defined]  # noqa: SLF001 — documented by PyInstaller
# Without pathlib, which no command needs so early.
os.environ["QT_PLUGIN_PATH"] = os.path.join(_INSIDE, "PySide6", "Qt", "plugins")  # noqa: PTH118
