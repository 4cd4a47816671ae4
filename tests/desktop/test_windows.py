from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

import pytest

from tests.desktop.waiting import NeverHappenedError
from tests.desktop.windows import press_keys, type_text, wait_for_window, window_titles

if TYPE_CHECKING:
    from tests.desktop.session import DesktopSession

_ASK: Final = """
from PySide6.QtWidgets import QApplication, QInputDialog
app = QApplication([])
dialog = QInputDialog()
dialog.setWindowTitle("A question (really)")
dialog.textValueSelected.connect(print)
dialog.open()
app.exec()
"""


def test_window_is_found_by_its_whole_title_and_takes_what_is_typed(
    bare_desktop: DesktopSession,
) -> None:
    assert window_titles(bare_desktop) == []
    program = bare_desktop.start([sys.executable, "-c", _ASK])
    window = wait_for_window(bare_desktop, "A question (really)")
    assert window_titles(bare_desktop) == ["A question (really)"]
    with pytest.raises(NeverHappenedError):
        wait_for_window(bare_desktop, "A question", timeout=0.1)
    type_text(bare_desktop, window, "sk_Typed 1")
    press_keys(bare_desktop, window, "Home", "Delete", "Return")
    assert program.wait_exit(5) == 0
    assert program.stdout == "k_Typed 1\n"
