"""Several accounts on the command line: each with its own key, settings and history."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.histories import csv_of, hourly, just_now
from tests.cli.in_process import run
from tray_app.adapters.key_store import SERVICE
from tray_app.adapters.paths import SETTINGS_NAME
from tray_app.adapters.settings_file import SettingsFile
from tray_app.core.alert_memory import AlertMemory
from tray_app.simulator.request_log import fingerprint
from tray_app.wiring import Connection

if TYPE_CHECKING:
    from pathlib import Path

    from tests.adapters.memory_keyring import MemoryKeyring
    from tray_app.simulator import Simulator

TOLD = AlertMemory(frozenset({"empty"}))
STEADY, LOW = "sk_demo_steady", "sk_demo_low"
TWO = "[accounts.home]\n[accounts.work.levels]\nlow_dollars = 2\ncritical_dollars = 1\n"


@pytest.fixture
def settings(data_folder: Path) -> Path:
    folder = data_folder.parent / "config"
    folder.mkdir(parents=True)
    return folder / SETTINGS_NAME


@pytest.fixture
def two(settings: Path, keyring: MemoryKeyring) -> Path:
    settings.write_text(TWO, "utf-8")
    keyring.secrets[SERVICE, "home"] = STEADY
    keyring.secrets[SERVICE, "work"] = LOW
    return settings


@pytest.mark.usefixtures("two")
def test_each_account_is_asked_with_its_own_key_and_judged_by_its_own_levels(
    simulator: Simulator,
) -> None:
    asked = ("--api-url", simulator.url, "--json")
    home = run("balance", "--account", "home", *asked).document
    work = run("balance", "--account", "work", *asked).document
    assert float(home["available"]) > float(work["available"])
    # Below five dollars, but this account is low only below two.
    assert (work["level"], float(work["available"]) < 5) == ("healthy", True)
    assert run("balance", *asked).document["available"][:3] == home["available"][:3]
    assert _keys(simulator) == [STEADY, LOW, STEADY]


def test_the_account_that_the_tray_shows_is_meant_where_none_is_named(
    two: Path, simulator: Simulator
) -> None:
    two.write_text(f'shows = "work"\n{TWO}', "utf-8")
    run("balance", "--api-url", simulator.url)
    assert _keys(simulator) == [LOW]


@pytest.mark.usefixtures("two")
def test_the_environments_key_is_never_sent_for_a_second_account(
    simulator: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NOVITA_API_KEY", "sk_demo_empty")
    asked = ("--api-url", simulator.url)
    run("balance", "--account", "work", *asked)
    run("balance", "--account", "home", *asked)
    assert _keys(simulator) == [LOW, "sk_demo_empty"]


def test_an_account_that_is_gone_leaves_no_alerts_to_one_of_its_name(
    data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone: list[str] = []
    monkeypatch.setattr("tray_app.adapters.key_removal.remove_key", gone.append)
    home, work = (Connection(account=name).open_alert_store() for name in ("home", "work"))
    for store in (home, work):
        store.save(TOLD)
    Connection(account="home").forget_account("work")
    assert (home.load(), work.load(), gone) == (TOLD, AlertMemory(), ["work"])
    assert [path.suffix for path in data_folder.iterdir()] == [".json"]


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize("command", ["balance", "history", "runway", "key status", "doctor"])
def test_an_account_that_is_not_there_is_a_wrong_use(command: str) -> None:
    ended = run(*command.split(), "--account", "lab")
    assert (ended.code, ended.stdout) == (2, "")
    assert ended.stderr == "There is no account of that name; there is home, work.\n"


@pytest.mark.parametrize("name", ["sk_live_123", "a b", ""])
def test_what_can_be_no_name_is_not_repeated_since_it_may_be_a_key(name: str) -> None:
    ended = run("balance", "--account", name)
    assert ended.code == 2
    assert not name or name not in ended.stderr


def test_the_demo_has_one_account() -> None:
    assert run("balance", "--demo", "--account", "work").code == 2


def test_a_key_for_a_new_name_adds_the_account_with_the_general_settings(
    settings: Path, keyring: MemoryKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.write_text("refresh_minutes = 7 # as I like it\n", "utf-8")
    typed(monkeypatch, LOW)
    assert run("key", "set", "--account", "work").code == 0
    assert keyring.secrets == {(SERVICE, "work"): LOW}
    loaded = SettingsFile(settings).load().configuration
    assert [account.name for account in loaded.accounts] == ["default", "work"]
    assert {account.settings for account in loaded.accounts} == {loaded.accounts[0].settings}
    assert "# as I like it" in settings.read_text("utf-8")


def test_the_key_of_the_one_account_adds_no_name(
    settings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, LOW)
    assert run("key", "set").code == 0
    assert not settings.exists()


def test_settings_that_cannot_be_written_leave_the_key_and_say_so(
    settings: Path, keyring: MemoryKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.write_text("schema = 99\n", "utf-8")
    typed(monkeypatch, LOW)
    ended = run("key", "set", "--account", "work")
    assert ended.code == 16
    assert "later version" in ended.stderr
    assert keyring.secrets == {(SERVICE, "work"): LOW}
    assert settings.read_text("utf-8") == "schema = 99\n"


@pytest.mark.usefixtures("two")
def test_each_account_has_a_history_of_its_own(data_folder: Path) -> None:
    data_folder.mkdir()
    imported = data_folder / "in.csv"
    imported.write_text(csv_of(hourly([90_000, 80_000], just_now())), "utf-8")
    assert run("history", "--account", "work", "--import", str(imported)).code == 0
    assert "$8.00" in run("history", "--account", "work").stdout
    assert run("history", "--account", "home").code == 12
    assert [path.name for path in data_folder.glob("history*.db")] == ["history-work.db"]


def test_settings_that_are_no_toml_are_named_and_the_command_goes_on(
    settings: Path, keyring: MemoryKeyring, simulator: Simulator
) -> None:
    settings.write_text("= 5\n", "utf-8")
    keyring.secrets[SERVICE, "default"] = STEADY
    ended = run("balance", "--api-url", simulator.url)
    assert ended.code == 0
    assert ended.stderr.startswith("The settings file is not valid TOML: line 1.")


def _keys(simulator: Simulator) -> list[str]:
    known = {fingerprint(key): key for key in (STEADY, LOW, "sk_demo_empty")}
    return [known[request.key_fingerprint or ""] for request in simulator.requests]


def typed(monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    monkeypatch.setattr("tray_app.cli._typed_key", lambda: key)
