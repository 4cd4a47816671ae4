"""The golden pictures of the icon: every state at every size, and the script that writes them.

``python -m tests.ui.golden_icons`` writes one contact sheet for each size. With a path it also
writes a review sheet there: 16 px in real size on six panels, then every size enlarged.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter

from tray_app.core.level import Level
from tray_app.presentation.glyphs import DASH
from tray_app.presentation.icon_spec import Emblem, IconSpec
from tray_app.ui.icon_painter import SIZES, paint_icon

GOLDEN_FOLDER: Final = Path(__file__).parent / "golden"
COLUMNS: Final = 10
GAP: Final = 2
DARK_PANELS: Final = ("#1e1e1e", "#2b2b2b", "#000000")
LIGHT_PANELS: Final = ("#ffffff", "#f0f0f0", "#dedede")

_CURRENT: Final = {
    Level.HEALTHY: (
        *("5", "6", "7", "8", "9", "10", "24", "36", "57", "89", "102", "345", "678", "901"),
        *("5.0", "6.1", "7.2", "8.3", "9.4", "1k", "12k", "99k", ".1M", "4M", "58B", "9T", "99T"),
        *("9d", "26d", "52w"),
    ),
    Level.LOW: ("1", "2", "3", "4", "12", "1.0", "2.7", "3.6", "4.9", "110", "2d", "3d", "31h"),
    Level.CRITICAL: (
        *("3", "42", ".05", ".53", ".99", ".78", "1.0", "246"),
        *("8h", "14h", "23h", "<1h"),
    ),
    Level.EMPTY: ("0", "-1", "-.1", "-.5", "-3", "-12", "-99", "<0"),
}
_OLD: Final = {
    Level.HEALTHY: ("7", "42", "123", "9.8", "12k"),
    Level.LOW: ("3", "12", "4.1", "110"),
    Level.CRITICAL: ("3", "42", ".53", "246"),
    Level.EMPTY: ("0", "-3", "-.5", "-12"),
}


def _states() -> dict[str, IconSpec]:
    states = {
        f"{level.value} {text}": IconSpec(text, level)
        for level, texts in _CURRENT.items()
        for text in texts
    }
    for emblem in (Emblem.STALE, Emblem.OFFLINE):
        states |= {
            f"{emblem.name.lower()} {level.value} {text}": IconSpec(
                text, level, dimmed=True, emblem=emblem
            )
            for level, texts in _OLD.items()
            for text in texts
        }
    states["offline without a figure"] = IconSpec(DASH, None, emblem=Emblem.OFFLINE)
    states["no figure"] = IconSpec(DASH, None)
    states["key"] = IconSpec("", None, emblem=Emblem.KEY)
    states["loading"] = IconSpec("", None, emblem=Emblem.LOADING)
    states["wrong key"] = IconSpec("", None, emblem=Emblem.ALERT)
    return states


STATES: Final = _states()


def painted(spec: IconSpec, size: int) -> QImage:
    """Paint in the format in which PNG keeps a picture, so that it can be compared."""
    return paint_icon(spec, size).convertToFormat(QImage.Format.Format_ARGB32)


def golden_path(size: int) -> Path:
    return GOLDEN_FOLDER / f"icons-{size}.png"


def cell_of(index: int, size: int) -> QRect:
    """Where the state of this index stands on the contact sheet of a size."""
    row, column = divmod(index, COLUMNS)
    return QRect(column * (size + GAP), row * (size + GAP), size, size)


def contact_sheet(size: int) -> QImage:
    rows = -(-len(STATES) // COLUMNS)
    sheet = QImage(COLUMNS * (size + GAP), rows * (size + GAP), QImage.Format.Format_ARGB32)
    sheet.fill(0)
    painter = QPainter(sheet)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
    for index, spec in enumerate(STATES.values()):
        painter.drawImage(cell_of(index, size), painted(spec, size))
    painter.end()
    return sheet


def review_sheet() -> QImage:
    """Show 16 px in real size on every panel, then each size enlarged on a dark and a light one."""
    sheets = {size: contact_sheet(size) for size in SIZES}
    rows = [[(sheets[SIZES[0]], 1, panel) for panel in (*DARK_PANELS, *LIGHT_PANELS)]]
    for size, sheet in sheets.items():
        scale = 8 if size < 32 else 3
        rows.append([(sheet, scale, panel) for panel in (DARK_PANELS[0], LIGHT_PANELS[1])])
    width = max(sum(sheet.width() * scale for sheet, scale, _ in row) for row in rows)
    height = sum(max(sheet.height() * scale for sheet, scale, _ in row) for row in rows)
    review = QImage(width, height, QImage.Format.Format_RGB32)
    review.fill(QColor(DARK_PANELS[1]))
    painter = QPainter(review)
    top = 0
    for row in rows:
        left = 0
        for sheet, scale, panel in row:
            place = QRect(left, top, sheet.width() * scale, sheet.height() * scale)
            painter.fillRect(place, QColor(panel))
            painter.drawImage(place, sheet)
            left += place.width()
        top += row[0][0].height() * row[0][1]
    painter.end()
    return review


def _main(review_path: str | None) -> None:
    application = QGuiApplication([])
    GOLDEN_FOLDER.mkdir(exist_ok=True)
    for size in SIZES:
        if not contact_sheet(size).save(str(golden_path(size))):
            sys.exit(f"cannot write {golden_path(size)}")
    if review_path is not None and not review_sheet().save(review_path):
        sys.exit(f"cannot write {review_path}")
    application.shutdown()


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _main(sys.argv[1] if len(sys.argv) > 1 else None)
