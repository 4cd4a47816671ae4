"""What a reading takes once the program has warmed up; none of it depends on the machine."""

from __future__ import annotations

import statistics
from itertools import pairwise
from typing import Final

from tests.budgets.measured import measured

PEAK_BYTES: Final = 150_000
NEVER: Final = {
    "PySide6.QtNetwork",
    "anyio",
    "email.message",
    "html.entities",
    "http.client",
    "http.cookiejar",
    "idna",
    "importlib.resources",
    "mimetypes",
    "socksio",
    "tomllib",
    "tray_app.adapters.settings_reading",
    "tray_app.core.settings_fault",
    "tray_app.presentation.details_view",
    "tray_app.presentation.settings_wording",
    "tray_app.ui.spoken",
    "urllib.request",
}
"""For an address without TLS, the environment's key and no settings."""
BLOCKS_EACH: Final = 70
"""Held after a reading: the history's end, from which spending is told, is one entry longer."""


def test_a_reading_is_one_connection_and_opens_nothing_else() -> None:
    kinds = [[kind for kind, _ in events if kind != "route"] for events in measured().readings]
    assert kinds == [["connection"]] * len(kinds)
    assert len(kinds) == 20


def test_a_reading_needs_little_memory_for_a_while() -> None:
    assert max(measured().peaks) <= PEAK_BYTES


def test_a_reading_leaves_little_behind() -> None:
    blocks = measured().blocks
    # Now and then something is loaded late, which is kept once.
    each = [after - before for before, after in pairwise(blocks)]
    assert statistics.median(each) <= BLOCKS_EACH


def test_the_tray_alone_needs_no_enumeration_of_the_namespace_qt() -> None:
    assert not measured().namespace_qt_at_last


def test_what_no_reading_needs_is_never_loaded() -> None:
    assert set(measured().modules_at_last) & NEVER == set()


def test_no_plug_in_for_pictures_is_loaded() -> None:
    # To read a PNG, Qt loads ten of them, with QtSvg.
    loaded = [path for path in measured().libraries_at_last if "/imageformats/" in path]
    assert loaded == []
