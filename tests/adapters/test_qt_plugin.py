"""Whether Qt could use a display, asked of the system's own loader."""

from __future__ import annotations

import ctypes
import importlib.util
import json
import subprocess
import sys
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from tray_app.adapters import qt_plugin
from tray_app.adapters.qt_plugin import display_found
from tray_app.core.checkup import DisplayFound

if sys.platform != "linux":
    pytest.skip("the plug-ins for X11 and Wayland are Linux's", allow_module_level=True)

BINDING = importlib.util.find_spec("PySide6")
WAYLAND = {"WAYLAND_DISPLAY": "wayland-0"}
ASK = """
import json, sys
from tray_app.adapters.qt_plugin import display_found
found = display_found(json.loads(sys.argv[1]), "linux")
print(json.dumps([found.plugin_fault, [name for name in sys.modules if "PySide6" in name]]))
"""


def asked_elsewhere(environ: dict[str, str]) -> tuple[str | None, list[str]]:
    """Return the fault, and what of Qt's binding was imported, in a process of its own."""
    ended = subprocess.run(
        [sys.executable, "-c", ASK, json.dumps(environ)],
        cwd=Path(qt_plugin.__file__).parents[2],
        capture_output=True,
        timeout=60,
        check=True,
    )
    fault, modules = json.loads(ended.stdout)
    return fault, modules


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of plug-ins in a PySide6 that has none yet."""
    folder = tmp_path / "PySide6/Qt/plugins/platforms"
    folder.mkdir(parents=True)
    spec = ModuleSpec("PySide6", None, origin=str(tmp_path / "PySide6/__init__.py"))
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: spec)
    return folder


@pytest.mark.desktop
def test_the_installed_plugin_loads_and_the_binding_is_not_imported() -> None:
    assert asked_elsewhere(WAYLAND) == (None, [])


def test_a_library_that_the_loader_does_not_find_is_named(package: Path) -> None:
    assert BINDING is not None
    assert BINDING.origin is not None
    plugin = Path(BINDING.origin).parent / "Qt/plugins/platforms/libqxcb.so"
    whole = plugin.read_bytes()
    assert b"libQt6XcbQpa.so.6\0" in whole
    package.joinpath("libqwayland.so").write_bytes(
        whole.replace(b"libQt6XcbQpa.so.6\0", b"libAbsentXcb.so.6\0")
    )
    found = display_found(WAYLAND, "linux")
    assert found.plugin_fault is not None
    assert "libAbsentXcb.so.6: cannot open shared object file" in found.plugin_fault


def test_in_a_packaged_program_the_loader_is_believed_and_not_what_is_said_around_it(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class PackagedLibrary(ctypes.CDLL):
        def __init__(self, name: str) -> None:
            try:
                super().__init__(name)
            except OSError as error:
                raise OSError("most likely not found when the application was frozen") from error

    monkeypatch.setattr(ctypes, "CDLL", PackagedLibrary)
    package.joinpath("libqwayland.so").write_bytes(b"no library")
    found = display_found(WAYLAND, "linux")
    assert found.plugin_fault is not None
    assert "libqwayland.so: file too short" in found.plugin_fault


def test_one_plugin_that_loads_is_enough(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(qt_plugin, "missing_display", lambda *_: None)
    package.joinpath("libqwayland.so").write_bytes(b"no library")
    both = {**WAYLAND, "DISPLAY": ":0"}
    assert display_found(both, "linux").plugin_fault is not None
    package.joinpath("libqxcb.so").symlink_to(any_library())
    assert display_found(both, "linux").plugin_fault is None
    assert display_found({**both, "QT_QPA_PLATFORM": "wayland"}, "linux").plugin_fault is not None
    assert display_found({**both, "QT_QPA_PLATFORM": "xcb"}, "linux").plugin_fault is None


def any_library() -> Path:
    """Return a library that this process has loaded anyway."""
    maps = Path("/proc/self/maps").read_text(encoding="utf-8").splitlines()
    return next(Path(line.split()[-1]) for line in maps if "/libc.so" in line)


@pytest.mark.usefixtures("package")
def test_a_plugin_that_is_not_where_it_is_expected_says_nothing() -> None:
    assert display_found(WAYLAND, "linux") == DisplayFound("wayland-0")


def test_without_the_binding_there_is_nothing_to_load(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    assert display_found(WAYLAND, "linux").plugin_fault is None


def test_a_missing_display_is_named_and_nothing_is_loaded_for_it() -> None:
    found = display_found({"DISPLAY": ":65432"}, "linux")
    assert found.missing is not None
    assert found.plugin_fault is None


@pytest.mark.usefixtures("package")
def test_a_platform_of_the_users_choice_is_left_to_qt() -> None:
    assert display_found({"QT_QPA_PLATFORM": "offscreen"}, "linux") == DisplayFound("")


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_windows_and_macos_need_no_plugin_of_ours(platform: str) -> None:
    assert display_found({}, platform) == DisplayFound("")
