from __future__ import annotations

import ast
import importlib.metadata
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from build import contents
from build.notice import Library, notice

if TYPE_CHECKING:
    from collections.abc import Iterator

SITE = "/venv/lib/python3.11/site-packages"


def imported() -> Iterator[str]:
    """Name every module that the program imports, at whatever place in its code."""
    for path in (contents.ROOT / "tray_app").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield node.module


def test_every_module_of_the_program_is_packed() -> None:
    packed = set(contents.own_modules())
    missing = {name for name in imported() if name.startswith("tray_app")} - packed
    assert not missing


def test_every_module_of_qt_that_is_imported_is_packed() -> None:
    asked = {name.split(".")[1] for name in imported() if name.startswith("PySide6.")}
    assert asked <= contents.QT_MODULES


def test_nothing_that_is_imported_is_excluded() -> None:
    parts = [name.split(".") for name in imported()]
    names = {".".join(part[:count]) for part in parts for count in range(1, len(part) + 1)}
    assert not names & set(contents.EXCLUDED)


def test_catalogues_are_packed() -> None:
    names = [source.rpartition("/")[2] for source, _ in contents.own_data()]
    assert "novita_tray_zh_CN.qm" in names


@pytest.mark.parametrize("platform", ["linux", "win32", "darwin"])
def test_whatever_the_program_reads_from_its_package_is_wanted(platform: str) -> None:
    data = contents.own_data()
    assert {folder for _, folder in data} == {"tray_app/translations", "tray_app/looks"}
    for source, folder in data:
        assert contents.is_wanted(f"{folder}/{Path(source).name}", source, platform), source


def test_versions_that_the_doctor_names_are_of_installed_distributions() -> None:
    for name in contents.METADATA:
        assert importlib.metadata.version(name)


@pytest.mark.parametrize(
    ("target", "source"),
    [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", f"{SITE}/PySide6/Qt/plugins/platforms"),
        ("PySide6/plugins/platforms/qwindows.dll", ""),
        ("PySide6/Qt/lib/libQt6Gui.so.6", ""),
        ("PySide6/Qt/lib/libicuuc.so.73", ""),
        ("PySide6/QtWidgets.abi3.so", ""),
        ("PySide6/Qt/translations/qtbase_zh_CN.qm", ""),
        ("libpython3.11.so.1.0", "/usr/lib/x86_64-linux-gnu/libpython3.11.so.1.0"),
        ("python3.11/lib-dynload/_ssl.so", "/usr/lib/python3.11/lib-dynload/_ssl.so"),
        ("_cffi_backend.so", f"{SITE}/_cffi_backend.so"),
        ("keyring-25.7.0.dist-info/METADATA", f"{SITE}/keyring-25.7.0.dist-info/METADATA"),
    ],
)
def test_what_the_program_needs_is_wanted(target: str, source: str) -> None:
    assert contents.is_wanted(target, source, "linux")


@pytest.mark.parametrize(
    ("target", "source"),
    [
        ("libssl.so.3", "/usr/lib/x86_64-linux-gnu/libssl.so.3"),
        ("libgtk-3.so.0", "/usr/lib/x86_64-linux-gnu/libgtk-3.so.0"),
        ("libQt6Gui.so.6", f"{SITE}/PySide6/Qt/lib/libQt6Gui.so.6"),
        ("PySide6/Qt/lib/libQt6Quick.so.6", ""),
        ("PySide6/Qt/plugins/platforms/libqeglfs.so", ""),
        ("PySide6/Qt/plugins/platformthemes/libqgtk3.so", ""),
        ("PySide6/Qt/qml/QtQuick/qmldir", ""),
        ("PySide6/Qt/translations/qtbase_de.qm", ""),
        ("PySide6/opengl32sw.dll", ""),
        ("keyring-25.7.0.dist-info/entry_points.txt", f"{SITE}/x"),
    ],
)
def test_what_it_does_not_need_stays_out(target: str, source: str) -> None:
    assert not contents.is_wanted(target, source, "linux")


def test_each_system_has_its_keyring() -> None:
    assert sys.platform in contents.KEYRING_BACKENDS


def test_notice_names_each_library_with_version_licence_and_sources() -> None:
    qt = Library("PySide6_Essentials", "6.11.3", "LGPL-3.0-only", "https://code.qt.io", ())
    text = notice((qt, Library("h11", "0.16.0", "MIT", "https://h11.example", ())))
    for part in ("PySide6_Essentials 6.11.3", "h11 0.16.0", "MIT", "https://h11.example"):
        assert part in text
    assert "official_releases/qt/6.11/6.11.3/" in text
    assert "replace them" in text
