"""What the writers themselves write is known as theirs, and nothing else is."""

from __future__ import annotations

import logging
import os
import socket
import sqlite3
import sys
from contextlib import closing
from datetime import UTC, timedelta
from typing import TYPE_CHECKING

import pytest

from tray_app.adapters.alert_file import AlertFile
from tray_app.adapters.binding_code import FILE_NAME as CODE_NAME
from tray_app.adapters.history_damage import COMPANIONS
from tray_app.adapters.history_file import HistoryFile
from tray_app.adapters.history_upgrade import back_up
from tray_app.adapters.instance_address import address_of
from tray_app.adapters.instance_lock import InstanceLock
from tray_app.adapters.log_file import LogFile
from tray_app.adapters.own_share import own_share
from tray_app.adapters.paths import SETTINGS_NAME, Folders, file_name_of, folders_of, own_folders
from tray_app.adapters.settings_file import SettingsFile
from tray_app.adapters.traces import remove_empty_folders, remove_files, traces_of
from tray_app.core.alert_memory import AlertMemory
from tray_app.core.configuration import Account, Configuration
from tray_app.core.history_problem import HistoryError

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="makes the sockets of Unix")


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    folders = folders_of({"NOVITA_TRAY_HOME": str(tmp_path / "h")})
    folders.make()
    return folders


def everything(folders: Folders) -> set[Path]:
    assert folders.home is not None
    return {path for path in folders.home.rglob("*") if not path.is_dir()}


def test_all_that_the_writers_write_is_found_and_can_be_removed(folders: Folders) -> None:
    SettingsFile(folders.config / SETTINGS_NAME).save(
        Configuration((Account("home"), Account("work")))
    )
    for account in ("default", "work", "a.b-c_d"):
        AlertFile(folders.data / file_name_of("alerts", account, "json")).save(AlertMemory())
        path = folders.data / file_name_of("history", account, "db")
        history = HistoryFile(path, account, zone=UTC, patience=timedelta(seconds=1))
        list(history.entries())
        back_up(path, path.with_name(f"{path.name}.v1.bak"))
        assert any(path.with_name(f"{path.name}{suffix}").exists() for suffix in COMPANIONS)
        history.close()
        for suffix in COMPANIONS:
            path.with_name(path.name + suffix).touch()
    broken = folders.data / "history-broken.db"
    broken.write_bytes(b"\xff" * 20_000)
    with pytest.raises(HistoryError):
        list(HistoryFile(broken, "broken", zone=UTC, patience=timedelta(seconds=1)).entries())
    own_share(folders.data)
    log = LogFile(folders.logs, largest=100)
    for _ in range(10):
        log.handle(logging.makeLogRecord({"name": "tray_app", "levelno": 40, "msg": "x" * 60}))
    log.close()
    (folders.data / CODE_NAME).touch()
    lock = InstanceLock(folders.data / "tray.lock")
    assert lock.take()
    for folder, name in ((folders.config, SETTINGS_NAME), (folders.data, "history.db.v1.bak")):
        (folder / f".{name}.4711.new").touch()
    for name in ("tray", "demo"):
        with closing(socket.socket(socket.AF_UNIX)) as stale:
            stale.bind(address_of(folders.runtime, name, lock.identity))
    traces = traces_of(folders)
    assert set(traces.files) == everything(folders)
    assert len(traces.files) > 25
    assert traces.foreign == ()
    assert traces.accounts == ("a.b-c_d", "broken", "default", "work")
    assert remove_files(traces.files) == ()
    remove_empty_folders(traces.folders)
    assert folders.home is not None
    assert not folders.home.exists()


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("config", "settings.toml.bak"),
        ("config", "history.db"),
        ("data", "notes.txt"),
        ("data", "settings.toml"),
        ("data", "my-history.db"),
        ("data", "history.db.bak"),
        ("data", "history-ä.db"),
        ("data", ".hidden.new"),
        ("data", "binding.py.bytecode.txt"),
        ("logs", "novita-tray.log.3"),
        ("logs", "crash.log.old"),
        ("run", "tray-0badcafe"),
    ],
)
def test_what_others_put_there_is_foreign(folders: Folders, folder: str, name: str) -> None:
    assert folders.home is not None
    path = folders.home / folder / name
    path.touch()
    traces = traces_of(folders)
    assert (traces.files, traces.foreign) == ((), (path,))
    remove_empty_folders(traces.folders)
    assert everything(folders) == {path}
    assert [each for each in own_folders(folders) if each.exists()] == [path.parent, folders.home]


def test_a_folder_is_never_a_file_of_ours(folders: Folders) -> None:
    inside = folders.config / SETTINGS_NAME / "deep"
    inside.mkdir(parents=True)
    assert traces_of(folders).foreign == (inside.parent,)


def test_another_programs_database_keeps_its_log(folders: Folders) -> None:
    path = folders.data / "history.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE mine (x)")
        connection.commit()
        traces = traces_of(folders)
    assert traces.files == ()
    assert {each.name for each in traces.foreign} == {
        "history.db",
        "history.db-wal",
        "history.db-shm",
    }


def test_a_link_goes_and_what_it_leads_to_stays(folders: Folders, tmp_path: Path) -> None:
    kept = tmp_path / "dotfiles.toml"
    kept.touch()
    link = folders.config / SETTINGS_NAME
    link.symlink_to(kept)
    traces = traces_of(folders)
    assert (traces.files, traces.foreign) == ((link,), (kept,))
    assert remove_files(traces.files) == ()
    assert (kept.exists(), os.path.lexists(link)) == (True, False)


def test_a_folder_that_cannot_be_read_is_named(folders: Folders) -> None:
    folders.logs.rmdir()
    folders.logs.touch()
    assert traces_of(folders).foreign == (folders.logs,)


def test_what_cannot_be_removed_is_named_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    ((path, reason),) = remove_files([tmp_path / "gone", tmp_path / "folder"])
    assert path == tmp_path / "folder"
    assert reason in {"Is a directory", "Operation not permitted"}


def test_where_nothing_was_written_nothing_is_found(tmp_path: Path) -> None:
    traces = traces_of(folders_of({"NOVITA_TRAY_HOME": str(tmp_path / "none")}))
    assert (traces.files, traces.foreign, traces.folders, traces.accounts) == ((), (), (), ())


def test_the_systems_own_folders_have_none_around_them_but_ours(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert all(
        "novita-tray" in {folder.name, folder.parent.name} for folder in own_folders(folders_of({}))
    )
