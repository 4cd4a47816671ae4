"""How the file is written: nothing of anybody's is lost, whatever the folder is like."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from itertools import permutations, product
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.adapters.settings_samples import FULL, PROXY, SHAPES
from tests.adapters.test_history_trouble import fill, mounting, small_disk
from tests.core.samples import usd
from tray_app.adapters.settings_file import SettingsFile
from tray_app.core.alert_rules import AlertRules
from tray_app.core.configuration import (
    Account,
    Configuration,
    Language,
    ProxyChoice,
    ProxyKind,
)
from tray_app.core.level import Thresholds
from tray_app.core.settings import Settings
from tray_app.core.settings_problem import (
    SettingsDiskFull,
    SettingsError,
    SettingsNotWritten,
    SettingsProblem,
    SettingsReadOnly,
)

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
CHINESE = replace(Configuration(), language=Language.CHINESE)

posix_only = pytest.mark.skipif(os.name != "posix", reason="links and modes are POSIX's")


def problem_of(call: Callable[[], object]) -> SettingsProblem:
    with pytest.raises(SettingsError) as caught:
        call()
    return caught.value.problem


def with_low(dollars: str, name: str = "default") -> Account:
    return Account(name, Settings(thresholds=Thresholds(low=usd(dollars))))


def saved(folder: Path, text: str, configuration: Configuration) -> str:
    path = folder / "settings.toml"
    path.write_bytes(text.encode())
    SettingsFile(path).save(configuration)
    return path.read_bytes().decode()


def test_a_new_file_says_only_what_is_no_default(tmp_path: Path) -> None:
    file = SettingsFile(tmp_path / "new" / "settings.toml")
    file.save(Configuration())
    head = file.path.read_text()
    assert [line for line in head.splitlines() if not line.startswith("#")] == ["schema = 1"]
    file.save(replace(CHINESE, accounts=(with_low("7.5"),)))
    assert file.path.read_text() == head + 'language = "zh_CN"\n\n[levels]\nlow_dollars = 7.50\n'


def test_only_what_differs_is_changed(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(FULL)
    before = SettingsFile(path).load().configuration
    after = saved(tmp_path, FULL, replace(before, proxy=ProxyChoice(ProxyKind.NONE)))
    added = [line for line in after.splitlines() if line not in FULL.splitlines()]
    assert added == ['proxy = "none"']
    assert after.replace('proxy = "none"\n', "") == FULL


def test_a_value_keeps_its_place_and_its_comment(tmp_path: Path) -> None:
    text = "language = 'en'   # mine\r\n\r\n[x]\r\n"
    assert saved(tmp_path, text, CHINESE) == 'language = "zh_CN"   # mine\r\n\r\n[x]\r\n'


def test_a_new_key_leaves_comments_above_what_they_speak_of(tmp_path: Path) -> None:
    text = "# all\nx = 1\n\n# the icon\n[icon]\ny = 1\n\n# theirs\n[theirs]\n"
    account = Account(settings=Settings(hides_amounts=True))
    after = saved(tmp_path, text, replace(CHINESE, accounts=(account,)))
    assert after == (
        '# all\nx = 1\nlanguage = "zh_CN"\n\n# the icon\n[icon]\ny = 1\nhide_amounts = true\n\n'
        "# theirs\n[theirs]\n"
    )


def test_a_wrong_value_that_is_not_meant_to_change_stays_for_who_wrote_it(tmp_path: Path) -> None:
    text = 'refresh_minutes = "often"\nlanguage = "zh_CN"\n'
    assert saved(tmp_path, text, CHINESE) == text


def test_a_table_where_a_value_was_takes_its_place(tmp_path: Path) -> None:
    configuration = Configuration((with_low("9"),))
    after = saved(tmp_path, "levels = 5\n", configuration)
    assert SettingsFile(tmp_path / "settings.toml").load().configuration == configuration
    assert after.strip() == "[levels]\nlow_dollars = 9"


def test_what_all_accounts_share_is_written_once_and_the_rest_by_account(tmp_path: Path) -> None:
    text = "[accounts.a]\n\n[accounts.b]\n"
    both = Configuration((with_low("7", "a"), with_low("7", "b")))
    after = saved(tmp_path, text, both)
    assert after.count("low_dollars") == 1
    after = saved(tmp_path, after, Configuration((with_low("7", "a"), with_low("8", "b"))))
    assert after == (
        "[accounts.a]\n\n[accounts.b]\n\n[accounts.b.levels]\nlow_dollars = 8\n"
        "[levels]\nlow_dollars = 7\n"
    )


def test_an_edit_between_load_and_save_is_not_lost(tmp_path: Path) -> None:
    file = SettingsFile(tmp_path / "settings.toml")
    file.save(CHINESE)
    configuration = file.load().configuration
    with file.path.open("a") as stream:
        stream.write("mine = 5 # by hand\n")
    file.save(replace(configuration, proxy=ProxyChoice(ProxyKind.NONE)))
    assert "mine = 5 # by hand\n" in file.path.read_text()


def test_accounts_that_are_gone_are_gone_from_the_file_and_the_others_stay(tmp_path: Path) -> None:
    text = "[accounts.a]\nx = 1\n\n[accounts.b]\ny = 2\n"
    after = saved(tmp_path, text, Configuration((Account("b"),)))
    assert after.strip() == "[accounts.b]\ny = 2"


@pytest.mark.parametrize("shape", SHAPES)
def test_accounts_come_and_go_and_change_in_a_file_of_any_shape(tmp_path: Path, shape: str) -> None:
    bare = AlertRules(enabled=False, below=(), lasts_less=None, spike=False)
    other = Settings(thresholds=Thresholds(low=usd("9")), alerts=bare)
    path = tmp_path / "settings.toml"
    for names in permutations(("work", "home", "new")):
        for count, odd in product((1, 2, 3), range(3)):
            path.write_bytes(shape.encode())
            configuration = Configuration(
                tuple(
                    Account(name, Settings() if place == odd else other)
                    for place, name in enumerate(names[:count])
                )
            )
            SettingsFile(path).save(configuration)
            assert SettingsFile(path).load().configuration == configuration


def test_what_cannot_be_kept_is_not_changed(tmp_path: Path) -> None:
    text = "[[accounts]]\nname = 'work'\n"
    path = tmp_path / "settings.toml"
    path.write_text(text)
    configuration = Configuration((Account("work"),))
    problem = problem_of(lambda: SettingsFile(path).save(configuration))
    assert isinstance(problem, SettingsNotWritten)
    assert path.read_text() == text


@pytest.mark.parametrize(
    "configuration",
    [
        Configuration((Account(settings=Settings(simulated=True)),)),
        Configuration(
            (Account("a"), Account("b", Settings(refresh_interval=timedelta(minutes=9))))
        ),
    ],
    ids=["simulated", "two intervals"],
)
def test_what_the_file_cannot_say_is_refused(tmp_path: Path, configuration: Configuration) -> None:
    file = SettingsFile(tmp_path / "settings.toml")
    with pytest.raises(ValueError, match="cannot say"):
        file.save(configuration)
    assert not file.path.exists()


@posix_only
def test_the_file_is_closed_to_others_since_a_proxys_log_in_may_be_in_it(tmp_path: Path) -> None:
    path = tmp_path / "config" / "settings.toml"
    before = os.umask(0)
    try:
        SettingsFile(path).save(replace(CHINESE, proxy=ProxyChoice(ProxyKind.ADDRESS, PROXY)))
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_save_that_changes_nothing_writes_nothing(tmp_path: Path) -> None:
    file = SettingsFile(tmp_path / "settings.toml")
    file.save(CHINESE)
    os.utime(file.path, (0, 0))
    file.save(CHINESE)
    assert file.path.stat().st_mtime == 0


@posix_only
@pytest.mark.parametrize("there", [True, False])
def test_a_link_is_followed_and_stays(tmp_path: Path, there: bool) -> None:  # noqa: FBT001 — a case
    kept, own = tmp_path / "dotfiles", tmp_path / "config"
    kept.mkdir()
    own.mkdir()
    if there:
        (kept / "tray.toml").write_text("mine = 1\n")
    (own / "settings.toml").symlink_to("../dotfiles/tray.toml")
    SettingsFile(own / "settings.toml").save(CHINESE)
    assert (own / "settings.toml").is_symlink()
    assert 'language = "zh_CN"' in (kept / "tray.toml").read_text()
    assert [path.name for path in kept.iterdir()] == ["tray.toml"]


@mounting
def test_on_a_full_disk_the_old_file_stands(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        file = SettingsFile(disk / "settings.toml")
        file.save(CHINESE)
        before = file.path.read_bytes()
        filler = fill(disk)
        assert problem_of(lambda: file.save(Configuration())) == SettingsDiskFull()
        assert file.path.read_bytes() == before
        filler.unlink()
        file.save(Configuration())
        assert file.load().configuration == Configuration()
        assert [path.name for path in disk.iterdir()] == ["settings.toml"]


@mounting
def test_where_nothing_can_be_written_the_old_file_stands(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        file = SettingsFile(disk / "settings.toml")
        file.save(CHINESE)
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        assert problem_of(lambda: file.save(Configuration())) == SettingsReadOnly()
        assert file.load().configuration == CHINESE


def test_tables_too_deep_to_be_compared_are_not_changed(tmp_path: Path) -> None:
    text = f"a{'.a' * 2000} = 1\n"
    file = SettingsFile(tmp_path / "settings.toml")
    file.path.write_text(text)
    assert isinstance(problem_of(lambda: file.save(CHINESE)), SettingsNotWritten)
    assert file.path.read_text() == text


def test_reading_leaves_the_writers_library_unloaded() -> None:
    script = (
        "import sys\nfrom pathlib import Path\n"
        "from tray_app.adapters.settings_file import SettingsFile\n"
        "SettingsFile(Path('pyproject.toml')).load()\n"
        "sys.exit(str({'tomlkit', 'httpx'} & set(sys.modules)) if "
        "{'tomlkit', 'httpx'} & set(sys.modules) else 0)\n"
    )
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True)
