"""The watch sees whatever programs do to a file."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject

from tray_app.adapters.settings_file import SettingsFile
from tray_app.core.configuration import Configuration
from tray_app.ui.settings_watch import SettingsWatch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

QUIET_MILLISECONDS = 500


class Bench:
    def __init__(self, path: Path, qtbot: QtBot) -> None:
        self.owner = QObject()
        self.watch = SettingsWatch(path, self.owner)
        self.path = path
        self.times = 0
        self._qtbot = qtbot
        self.watch.changed.connect(self._note)

    def _note(self) -> None:
        self.times += 1

    def sees(self, change: Callable[[], object]) -> None:
        """Expect one signal for the change, and none after it."""
        before = self.times
        change()
        self._qtbot.waitUntil(lambda: self.times > before, timeout=5000)
        self._qtbot.wait(QUIET_MILLISECONDS)
        assert self.times == before + 1


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "config"
    folder.mkdir()
    (folder / "settings.toml").write_text("schema = 1\n")
    return folder


@pytest.fixture
def bench(folder: Path, qtbot: QtBot) -> Iterator[Bench]:
    bench = Bench(folder / "settings.toml", qtbot)
    yield bench
    bench.owner.deleteLater()


def replace_file(path: Path, text: str) -> None:
    beside = path.with_name("beside")
    beside.write_text(text)
    beside.replace(path)


def test_a_file_that_is_written_to_is_seen_each_time(bench: Bench) -> None:
    bench.sees(lambda: bench.path.write_text("language = 'en'\n"))
    bench.sees(lambda: bench.path.write_text("language = 'zh_CN'\n"))


def test_a_file_that_is_replaced_is_seen_each_time(bench: Bench) -> None:
    bench.sees(lambda: replace_file(bench.path, "language = 'en'\n"))
    bench.sees(lambda: replace_file(bench.path, "language = 'zh_CN'\n"))
    bench.sees(lambda: bench.path.write_text("language = 'system'\n"))


def test_many_writes_at_once_are_one_change(bench: Bench) -> None:
    def write_often() -> None:
        for number in range(20):
            bench.path.write_text(f"refresh_minutes = {number}\n" * number)

    bench.sees(write_often)


def test_a_file_that_goes_and_comes_is_seen(bench: Bench) -> None:
    bench.sees(bench.path.unlink)
    bench.sees(lambda: bench.path.write_text("x = 1\n"))


def test_a_folder_that_goes_and_comes_is_seen(bench: Bench, folder: Path) -> None:
    bench.sees(lambda: shutil.rmtree(folder))

    def come() -> None:
        folder.mkdir()
        bench.path.write_text("x = 1\n")

    bench.sees(come)
    bench.sees(lambda: bench.path.write_text("x = 12\n"))


def test_a_folder_deep_below_what_is_there_is_waited_for(tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "a" / "b" / "settings.toml"
    bench = Bench(path, qtbot)
    bench.sees(lambda: SettingsFile(path).save(Configuration()))
    bench.sees(lambda: replace_file(path, "x = 1\n"))


def test_what_happens_beside_the_file_is_not_its_change(
    bench: Bench, folder: Path, qtbot: QtBot
) -> None:
    (folder / "other").write_text("x")
    (folder / "other").unlink()
    qtbot.wait(QUIET_MILLISECONDS)
    assert bench.times == 0


@pytest.mark.skipif(os.name != "posix", reason="links are POSIX's")
def test_what_a_link_leads_to_is_watched(tmp_path: Path, qtbot: QtBot) -> None:
    kept, own = tmp_path / "dotfiles", tmp_path / "config"
    kept.mkdir()
    own.mkdir()
    (kept / "tray.toml").write_text("x = 1\n")
    (own / "settings.toml").symlink_to(kept / "tray.toml")
    bench = Bench(own / "settings.toml", qtbot)
    bench.sees(lambda: (kept / "tray.toml").write_text("x = 22\n"))
    bench.sees(lambda: replace_file(kept / "tray.toml", "x = 3\n"))
