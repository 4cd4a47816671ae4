"""Renders the program's icon; runs under the Python of the build, which has Qt.

python -m build.render_icons SVG FOLDER SIZE...  writes FOLDER/SIZE.png
"""

from __future__ import annotations

import os
import sys
from pathlib import Path


def render(svg: Path, folder: Path, sizes: list[int]) -> None:
    """Write a picture of each size, in pixels."""
    # Without a display, and before Qt is loaded.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtGui import QGuiApplication, QImage, QPainter  # noqa: PLC0415 — see above
    from PySide6.QtSvg import QSvgRenderer  # noqa: PLC0415 — see above

    application = QGuiApplication([])
    drawing = QSvgRenderer(str(svg))
    for size in sizes:
        image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(0)
        painter = QPainter(image)
        drawing.render(painter)
        painter.end()
        if not image.save(str(folder / f"{size}.png")):
            sys.exit(f"{folder} cannot be written")
    application.quit()


if __name__ == "__main__":
    render(Path(sys.argv[1]), Path(sys.argv[2]), [int(size) for size in sys.argv[3:]])
