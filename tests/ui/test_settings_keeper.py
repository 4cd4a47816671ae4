"""The settings in force beside a file that others edit, close or break."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.core.samples import usd
from tray_app.adapters.settings_file import SettingsFile
from tray_app.core.configuration import Configuration
from tray_app.core.settings_problem import SettingsReadOnly
from tray_app.presentation.settings_wording import settings_trouble
from tray_app.ui.settings_keeper import SettingsKeeper

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tray_app.core.settings import Settings

pytestmark = pytest.mark.skipif(os.name != "posix", reason="links and modes are POSIX's")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "novita-tray"
    folder.mkdir(mode=0o700)
    return folder / "settings.toml"


@pytest.fixture
def keeper(path: Path, qtbot: QtBot) -> SettingsKeeper:  # noqa: ARG001 — an application must be there
    keeper = SettingsKeeper(SettingsFile(path), Configuration())
    keeper.watch()
    return keeper


def settings_of(keeper: SettingsKeeper) -> Settings:
    return keeper.configuration.accounts[0].settings


def choose(keeper: SettingsKeeper, minutes: int) -> None:
    account = keeper.configuration.accounts[0]
    settings = replace(account.settings, refresh_interval=timedelta(minutes=minutes))
    keeper.change(replace(keeper.configuration, accounts=(replace(account, settings=settings),)))


def test_an_edit_by_hand_that_was_not_told_yet_is_not_written_over(
    keeper: SettingsKeeper, path: Path
) -> None:
    path.write_text("refresh_minutes = 9\n[levels]\nlow_dollars = 9\n")
    choose(keeper, 10)
    assert path.read_text() == "refresh_minutes = 10\n[levels]\nlow_dollars = 9\n"
    assert settings_of(keeper).thresholds.low == usd("9")
    assert settings_of(keeper).refresh_interval == timedelta(minutes=10)


def test_what_was_chosen_while_the_file_was_no_toml_is_kept_once_it_is(
    keeper: SettingsKeeper, path: Path, qtbot: QtBot
) -> None:
    path.write_text("[levels\nlow_dollars = 9\n")
    qtbot.waitUntil(lambda: bool(keeper.trouble), timeout=5000)
    choose(keeper, 10)
    path.write_text("[levels]\nlow_dollars = 9\n")
    qtbot.waitUntil(lambda: not keeper.trouble, timeout=5000)
    assert path.read_text() == "refresh_minutes = 10\n\n[levels]\nlow_dollars = 9\n"
    assert settings_of(keeper).refresh_interval == timedelta(minutes=10)


def test_a_file_that_was_made_read_only_is_not_replaced(
    keeper: SettingsKeeper, path: Path, qtbot: QtBot
) -> None:
    path.write_text("refresh_minutes = 9\n")
    path.chmod(0o444)
    choose(keeper, 10)
    assert path.read_text() == "refresh_minutes = 9\n"
    assert keeper.trouble == (settings_trouble(SettingsReadOnly()),)
    assert settings_of(keeper).refresh_interval == timedelta(minutes=10)
    path.chmod(0o600)
    qtbot.waitUntil(lambda: not keeper.trouble, timeout=5000)
    assert path.read_text() == "refresh_minutes = 10\n"


def test_a_link_to_itself_is_told_and_no_first_start(
    keeper: SettingsKeeper, path: Path, qtbot: QtBot
) -> None:
    path.symlink_to(path.name)
    keeper.on_file_changed()
    assert keeper.trouble
    assert not keeper.is_first_start
    path.unlink()
    path.write_text("refresh_minutes = 9\n")
    qtbot.waitUntil(lambda: settings_of(keeper).refresh_interval == timedelta(minutes=9))


@pytest.mark.qt_log_ignore("inotify_add_watch")  # what Qt says of a closed folder
@pytest.mark.skipif(
    not hasattr(os, "seteuid") or os.geteuid() != 0, reason="only root can be another user"
)
def test_a_folder_that_is_closed_is_told_and_no_first_start(tmp_path: Path, qtbot: QtBot) -> None:
    folder = tmp_path / "novita-tray"
    folder.mkdir()
    file = SettingsFile(folder / "settings.toml")
    folder.chmod(0o700)
    os.seteuid(65534)
    try:
        keeper = SettingsKeeper(file, Configuration())
        keeper.watch()
        qtbot.waitUntil(lambda: bool(keeper.trouble), timeout=5000)
        assert not keeper.is_first_start
    finally:
        os.seteuid(0)
