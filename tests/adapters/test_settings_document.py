"""The document of the settings file says what the program does."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from tray_app.adapters.settings_file import SettingsFile
from tray_app.adapters.settings_keys import KEYS, SCHEMA, SCHEMA_KEY
from tray_app.core.configuration import MOST_ACCOUNTS

DOCUMENT = (Path(__file__).parents[2] / "docs" / "settings.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| `([a-z_.]+)` \| `(.+?)` \|", DOCUMENT, re.MULTILINE))
EXAMPLE = re.findall(r"```toml\n(.*?)```", DOCUMENT, re.DOTALL)[0]


def test_every_key_stands_there_with_its_default() -> None:
    expected = {".".join(key.path): key.form.text(key.default) for key in KEYS}
    assert expected | {SCHEMA_KEY: str(SCHEMA)} == ROWS


def test_the_defaults_that_stand_there_are_read_as_the_defaults(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("".join(f"{name} = {default}\n" for name, default in ROWS.items()))
    loaded = SettingsFile(path).load()
    assert loaded.faults == ()
    assert loaded.configuration == SettingsFile(tmp_path / "none").load().configuration


def test_its_example_is_read_without_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(EXAMPLE)
    loaded = SettingsFile(path).load()
    assert loaded.faults == ()
    names = [account.name for account in loaded.configuration.accounts]
    assert names == list(tomllib.loads(EXAMPLE)["accounts"])
    assert f"at most {MOST_ACCOUNTS}" in DOCUMENT
