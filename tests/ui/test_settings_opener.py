"""Settings in the running program: by the dialog, by hand and by the first start."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.ui.samples import KEY
from tray_app.adapters.paths import SETTINGS_NAME
from tray_app.adapters.settings_file import SettingsFile
from tray_app.core.autostart import AutostartError, AutostartReadOnly, AutostartStatus
from tray_app.core.configuration import Account, Configuration, Language
from tray_app.core.first_choices import default_choices
from tray_app.core.level import Level, Thresholds
from tray_app.core.money import Usd
from tray_app.core.settings import IconStyle, Settings
from tray_app.presentation.privacy import HIDDEN_AMOUNT, hide_amounts
from tray_app.ui.language import use_language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.ui.memory_key_store import MemoryKeyStore
    from tests.ui.running_program import Running
    from tray_app.core.autostart import AutostartProblem

HUNDRED = Usd.of_cents(100_00)


class MemoryAutostart:
    """An entry at login in memory, which can be closed."""

    def __init__(self) -> None:
        self.is_on = False
        self.hindrance: AutostartProblem | None = None
        self.is_closed = False

    def status(self) -> AutostartStatus:
        return AutostartStatus(is_on=self.is_on)

    def turn_on(self) -> None:
        if self.is_closed:
            raise AutostartError(AutostartReadOnly("/etc"))
        self.is_on = True

    def turn_off(self) -> None:
        self.is_on = False


@pytest.fixture
def entry() -> MemoryAutostart:
    return MemoryAutostart()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / SETTINGS_NAME


@pytest.fixture(autouse=True)
def _own_files(
    monkeypatch: pytest.MonkeyPatch, path: Path, entry: MemoryAutostart
) -> Iterator[None]:
    connection = "tests.ui.running_program.LocalConnection"
    monkeypatch.setattr(f"{connection}.make_settings_file", lambda _: SettingsFile(path))
    monkeypatch.setattr(f"{connection}.make_autostart", lambda _: entry)
    yield
    hide_amounts(hidden=False)
    use_language(Language.ENGLISH)


def settings_of(running: Running) -> Settings:
    return running.program.shown.settings


def choose(running: Running, **choices: object) -> None:
    """Choose something in the dialog, as a finished edit does."""
    running.program._settings.open()
    dialog = running.program._settings.dialog
    assert dialog is not None
    configuration = running.program._keeper.configuration
    settings = replace(configuration.accounts[0].settings, **choices)  # type: ignore[arg-type]
    changed = replace(configuration, accounts=(Account(settings=settings),))
    dialog.configuration_changed.emit(changed)


def test_a_choice_of_the_dialog_is_in_force_at_once_and_in_the_file(
    loaded: Running, path: Path
) -> None:
    choose(loaded, thresholds=Thresholds(low=HUNDRED.scaled(2, 1), critical=HUNDRED))
    assert loaded.state.level is Level.LOW
    assert SettingsFile(path).load().configuration == loaded.program._keeper.configuration


def test_the_interval_is_followed_from_now_on(loaded: Running) -> None:
    choose(loaded, refresh_interval=timedelta(minutes=30))
    assert loaded.program.shown.refresher._settings.refresh_interval == timedelta(minutes=30)


def test_amounts_are_hidden_and_shown_at_once(loaded: Running) -> None:
    choose(loaded, hides_amounts=True)
    assert HIDDEN_AMOUNT in loaded.first_row
    assert "$1" not in loaded.tooltip
    view = loaded.program._view
    assert view is not None
    assert view.icon.text == ""
    choose(loaded, hides_amounts=False)
    assert "$100.00" in loaded.first_row


def test_the_icons_style_is_followed_at_once(loaded: Running) -> None:
    choose(loaded, icon_style=IconStyle.LEVEL)
    view = loaded.program._view
    assert view is not None
    assert (view.icon.text, view.icon.level) == ("", Level.HEALTHY)


def test_an_edit_by_hand_is_followed_and_the_dialog_shows_it(
    loaded: Running, path: Path, qtbot: QtBot
) -> None:
    loaded.program._settings.open()
    qtbot.waitUntil(lambda: loaded.program._keeper._watch is not None)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("refresh_minutes = 17\n", "utf-8")
    qtbot.waitUntil(lambda: settings_of(loaded).refresh_interval == timedelta(minutes=17))
    dialog = loaded.program._settings.dialog
    assert dialog is not None
    shown = dialog.editor.configuration.accounts[0].settings
    assert shown.refresh_interval == timedelta(minutes=17)


def test_a_wrong_value_is_told_in_the_menu_and_the_rest_holds(
    loaded: Running, path: Path, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: loaded.program._keeper._watch is not None)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("refresh_minutes = 17\nlanguage = 'xx'\n", "utf-8")
    qtbot.waitUntil(lambda: settings_of(loaded).refresh_interval == timedelta(minutes=17))
    texts = [action.text() for action in loaded.program._tray._menu.actions()]
    assert any("language" in text for text in texts)


def test_a_file_that_is_no_toml_changes_nothing(loaded: Running, path: Path, qtbot: QtBot) -> None:
    choose(loaded, refresh_interval=timedelta(minutes=30))
    qtbot.waitUntil(lambda: loaded.program._keeper._watch is not None)
    path.write_text("refresh_minutes = = 17\n", "utf-8")
    qtbot.waitUntil(lambda: bool(loaded.program._keeper.trouble))
    assert settings_of(loaded).refresh_interval == timedelta(minutes=30)
    assert loaded.program._settings.dialog is not None
    assert "TOML" in loaded.program._settings.dialog.trouble.sentence


def test_the_entry_at_login_is_made_and_removed_by_the_dialog(
    loaded: Running, entry: MemoryAutostart
) -> None:
    loaded.program._settings.open()
    dialog = loaded.program._settings.dialog
    assert dialog is not None
    dialog.autostart_wanted.emit(True)  # noqa: FBT003 — a signal has positions only
    assert entry.is_on
    dialog.autostart_wanted.emit(False)  # noqa: FBT003 — a signal has positions only
    assert not entry.is_on


def test_accounts_come_and_go_while_the_program_runs(loaded: Running, qtbot: QtBot) -> None:
    keeper = loaded.program._keeper
    keeper.change(Configuration((Account(), Account("work"))))
    assert [session.name for session in loaded.program.sessions] == ["default", "work"]
    qtbot.waitUntil(lambda: "$100.00 available" in loaded.first_row)
    assert loaded.first_row.startswith(("default: ", "work: "))
    texts = [action.text() for action in loaded.program._tray._menu.actions()]
    assert any(text.startswith("work: ") for text in texts)
    keeper.change(Configuration((Account(),)))
    assert [session.name for session in loaded.program.sessions] == ["default"]
    assert loaded.first_row.startswith("$100.00 available · as of ")


@pytest.fixture
def keyless(start: Callable[..., Running], store: MemoryKeyStore, qtbot: QtBot) -> Running:
    store.key = None
    running = start(store)
    qtbot.waitUntil(lambda: running.program._settings.first_start is not None)
    return running


def test_without_key_and_settings_one_window_asks_for_everything(
    keyless: Running, store: MemoryKeyStore, path: Path, entry: MemoryAutostart, qtbot: QtBot
) -> None:
    window = keyless.program._settings.first_start
    assert window is not None
    assert window.isVisible()
    window.save_requested.emit(KEY)
    qtbot.waitUntil(lambda: store.key == KEY)
    window.finished_with.emit(replace(default_choices(), autostart=True))
    assert path.exists()
    assert entry.is_on
    qtbot.waitUntil(lambda: "$100.00 available" in keyless.tooltip)


def test_an_entry_that_could_not_be_made_at_the_first_start_is_told_in_the_menu(
    keyless: Running, entry: MemoryAutostart
) -> None:
    entry.is_closed = True
    window = keyless.program._settings.first_start
    assert window is not None
    window.finished_with.emit(replace(default_choices(), autostart=True))
    texts = [action.text() for action in keyless.program._tray._menu.actions()]
    assert any("start at login" in text for text in texts)


def test_whoever_has_settings_is_asked_for_the_key_alone(
    start: Callable[..., Running], store: MemoryKeyStore, path: Path, qtbot: QtBot
) -> None:
    path.parent.mkdir(parents=True)
    path.write_text("", "utf-8")
    store.key = None
    running = start(store)
    qtbot.waitUntil(lambda: running.program.shown.key_entry.dialog is not None)
    assert running.program._settings.first_start is None
