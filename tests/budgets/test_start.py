"""What stands between the user and the icon: a budget that is passed is a start that got slower."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import pytest

from tests.budgets.measured import measured

OWN_MODULES: Final = 28
ALL_MODULES: Final = 138
"""Python's own differ a little from version to version."""
THIRD_PARTIES: Final = {"PySide6", "platformdirs", "shiboken6", "shibokensupport"}
LATE: Final = {
    "asyncio",
    "concurrent",
    "ctypes",
    "email",
    "html",
    "http",
    "httpcore",
    "httpx",
    "jeepney",
    "keyring",
    "multiprocessing",
    "secretstorage",
    "selectors",
    "socket",
    "sqlite3",
    "ssl",
    "subprocess",
    "tomlkit",
    "truststore",
    "unittest",
    "xml",
    "zoneinfo",
}
"""What is loaded after the icon, or never."""
QT: Final = {"PySide6.QtCore", "PySide6.QtGui", "PySide6.QtWidgets"}
SOURCES: Final = 6
"""Read by PySide6 before its hold of the import is loosened."""
FILES: Final = {"tray.lock", "crash.log", "last-look", "novita-tray.log"}


def test_the_icon_is_there_when_these_budgets_are_taken() -> None:
    assert measured().icon


def test_no_more_modules_are_imported_for_the_icon() -> None:
    own = [name for name in measured().modules if name.partition(".")[0] == "tray_app"]
    assert len(own) <= OWN_MODULES, own
    assert len(measured().modules) <= ALL_MODULES, measured().modules


def test_what_the_icon_does_not_need_is_imported_later() -> None:
    packages = {name.partition(".")[0] for name in measured().modules}
    assert packages & LATE == set()
    assert {name for name in measured().modules if name.startswith("PySide6.Qt")} <= QT


def test_nothing_is_collected_before_the_icon_and_everything_after_it() -> None:
    assert measured().collections == 0
    assert measured().collects_at_last


def test_the_icon_needs_no_other_third_party() -> None:
    names = {name.partition(".")[0] for name in measured().modules} - sys.stdlib_module_names
    # Those of the binding that have no file of their own.
    assert names - {"tray_app", "signature_bootstrap", "__feature__"} <= THIRD_PARTIES
    assert "httpx" in measured().modules_at_last


def test_no_source_is_read_to_look_for_the_bindings_name() -> None:
    sources = measured().sources_at_last
    assert len(sources) <= SOURCES, sources


def test_no_plug_in_for_pictures_is_loaded_for_the_icon() -> None:
    assert [path for path in measured().libraries if "imageformats" in path] == []
    assert sys.platform != "linux" or any("libQt6Gui" in path for path in measured().libraries)


@pytest.mark.parametrize("kind", ["connection", "database", "program"])
def test_the_icon_waits_for_no_other(kind: str) -> None:
    assert [what for which, what in measured().start if which == kind] == []


def test_few_files_of_the_users_are_opened_for_the_icon() -> None:
    home = measured().home
    opened = {Path(what).name for _, what in measured().start if what.startswith(home)}
    # The worker may have begun by then.
    assert {name for name in opened if "polling-share" not in name} - {"data"} <= FILES
