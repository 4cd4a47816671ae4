"""Pictures of every window in both languages and both themes, to be looked at.

``python -m tests.ui.window_pictures FOLDER`` writes a picture for each. Chinese needs a font that
has it, as Debian's fonts-wqy-microhei.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QApplication, QStyleFactory

from tests.ui.every_window import EVERY_WINDOW
from tests.ui.golden_charts import THEMES, palette_of
from tray_app.core.configuration import Language
from tray_app.ui.language import use_language

_LANGUAGES: Final = (Language.ENGLISH, Language.CHINESE)


def _main(folder: Path) -> None:
    application = QApplication([])
    application.setStyle(QStyleFactory.create("Fusion"))
    folder.mkdir(parents=True, exist_ok=True)
    for language in _LANGUAGES:
        use_language(language)
        for theme in THEMES:
            application.setPalette(palette_of(theme))
            for name, make in EVERY_WINDOW.items():
                window = make()
                window.show()
                application.processEvents()
                path = (
                    folder
                    / f"{name.replace(', ', '-').replace(' ', '-')}-{language.value}-{theme}.png"
                )
                if not window.grab().save(str(path)):
                    sys.exit(f"cannot write {path}")
                window.hide()
    application.shutdown()


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _main(Path(sys.argv[1]))
