"""What the file says, value by value."""

from __future__ import annotations

import time as time_module
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.core.samples import usd
from tray_app.adapters.settings_file import LoadedSettings, SettingsFile
from tray_app.core.alert_rules import MOST_AMOUNTS, QuietHours
from tray_app.core.configuration import (
    MOST_ACCOUNTS,
    Configuration,
    Language,
    ProxyChoice,
    ProxyKind,
)
from tray_app.core.money import Usd
from tray_app.core.settings import IconStyle, Settings
from tray_app.core.settings_fault import (
    Mismatch,
    MoreThan,
    NeedsAmounts,
    NeedsNumber,
    NeedsPartner,
    NeedsPositive,
    NeedsWord,
    SameAs,
    SettingsFault,
    SettingsFaultKind,
    TooManyAccounts,
)
from tray_app.core.settings_problem import (
    SettingsError,
    SettingsNotToml,
    SettingsProblem,
    SettingsTooLarge,
    SettingsTooNew,
    SettingsUnreadable,
)

if TYPE_CHECKING:
    from collections.abc import Callable

PROGRAM = f"{Path.cwd().anchor}bin/tell"
PROXY = "socks5://me:s3cret@proxy.example:1080"


def loaded(folder: Path, text: str | bytes) -> LoadedSettings:
    path = folder / "settings.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return SettingsFile(path).load()


def settings_in(folder: Path, text: str) -> Settings:
    result = loaded(folder, text)
    assert result.faults == ()
    return result.configuration.accounts[0].settings


def test_without_a_file_every_default_holds(tmp_path: Path) -> None:
    expected = LoadedSettings(Configuration(), exists=False)
    assert SettingsFile(tmp_path / "settings.toml").load() == expected
    assert SettingsFile(tmp_path / "nowhere" / "settings.toml").load() == expected


@pytest.mark.parametrize(
    ("text", "read", "expected"),
    [
        ("refresh_minutes = 10", lambda s: s.refresh_interval, timedelta(minutes=10)),
        ("refresh_minutes = 1.5", lambda s: s.refresh_interval, timedelta(seconds=90)),
        ("icon.style = 'days'", lambda s: s.icon_style, IconStyle.DAYS),
        ("icon.hide_amounts = true", lambda s: s.hides_amounts, True),
        ("levels.low_dollars = 9.99", lambda s: s.thresholds.low, usd("9.99")),
        ("levels.low_dollars = '9.90'", lambda s: s.thresholds.low, usd("9.9")),
        ("levels.low_dollars = 1e2", lambda s: s.thresholds.low, usd("100")),
        (
            "levels.low_dollars = 5.0000000000000001",
            lambda s: s.thresholds.low,
            Usd.of_decimal_text("5.0000000000000001"),
        ),
        ("levels.low_dollars = 0.5", lambda s: s.thresholds.critical, usd("0.5")),
        ("levels.critical_dollars = 7", lambda s: s.thresholds.low, usd("7")),
        ("levels.low_days = 0.5", lambda s: s.thresholds.critical_time, timedelta(hours=12)),
        ("levels.critical_days = 2", lambda s: s.thresholds.critical_time, timedelta(days=2)),
        ("alerts.enabled = false", lambda s: s.alerts.enabled, False),
        (
            "alerts.below_dollars = [1, '20.00', 1.0, 3.5]",
            lambda s: s.alerts.below,
            (usd("20"), usd("3.5"), usd("1")),
        ),
        ("alerts.below_dollars = []", lambda s: s.alerts.below, ()),
        ("alerts.lasts_less_days = 0", lambda s: s.alerts.lasts_less, None),
        ("alerts.lasts_less_days = 7", lambda s: s.alerts.lasts_less, timedelta(days=7)),
        ("alerts.spike = false", lambda s: s.alerts.spike, False),
        ("alerts.key_rejected = false", lambda s: s.alerts.key_rejected, False),
        ("alerts.no_fresh_figure = false", lambda s: s.alerts.no_fresh_figure, False),
        ("alerts.top_up = false", lambda s: s.alerts.top_up, False),
        (
            "[alerts]\nquiet_from = '22:00'\nquiet_until = 7:00".replace("7:00", "07:00:00"),
            lambda s: s.alerts.quiet_hours,
            QuietHours(time(22), time(7)),
        ),
        ("[alerts]\nquiet_from = ''", lambda s: s.alerts.quiet_hours, None),
        ("budgets.daily_dollars = 3", lambda s: s.alerts.daily_budget, usd("3")),
        ("budgets.daily_dollars = 0", lambda s: s.alerts.daily_budget, None),
        ("budgets.monthly_dollars = 50.0", lambda s: s.alerts.monthly_budget, usd("50")),
    ],
)
def test_a_value_is_what_it_says(
    tmp_path: Path, text: str, read: Callable[[Settings], Any], expected: object
) -> None:
    assert read(settings_in(tmp_path, text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("language = 'zh_CN'", replace(Configuration(), language=Language.CHINESE)),
        ("proxy = 'none'", replace(Configuration(), proxy=ProxyChoice(ProxyKind.NONE))),
        (
            f"proxy = '{PROXY}'",
            replace(Configuration(), proxy=ProxyChoice(ProxyKind.ADDRESS, PROXY)),
        ),
        ("shows = 'default'", replace(Configuration(), shown_account="default")),
        ("shows = 'least-time'", Configuration()),
        (f"alert_command = '{PROGRAM}'", replace(Configuration(), alert_command=PROGRAM)),
        ("\ufeffschema = 1\r\n", Configuration()),
        ("", Configuration()),
    ],
)
def test_what_accounts_share_is_what_the_file_says(
    tmp_path: Path, text: str, expected: Configuration
) -> None:
    assert loaded(tmp_path, text) == LoadedSettings(expected)


REFRESH = NeedsNumber("1", "60")
LEVEL = Mismatch.AMOUNT
BUDGET = Mismatch.AMOUNT_OR_ZERO


@pytest.mark.parametrize(
    ("text", "key", "what", "used"),
    [
        ("schema = 'one'", "schema", NeedsNumber("1", "1"), "1"),
        ("schema = true", "schema", NeedsNumber("1", "1"), "1"),
        ("schema = 0", "schema", NeedsNumber("1", "1"), "1"),
        *(
            (f"refresh_minutes = {value}", "refresh_minutes", REFRESH, "5")
            for value in ("0", "0.99", "61", "-5", "nan", "inf", "true", "'5'", "[5]", "{}")
        ),
        (f"refresh_minutes = {'9' * 400}", "refresh_minutes", REFRESH, "5"),
        ("refresh_minutes = 1e99999999999999999999", "refresh_minutes", REFRESH, "5"),
        (
            "language = 'de'",
            "language",
            NeedsWord(("system", "en", "zh_CN")),
            '"system"',
        ),
        *(
            (f"proxy = {value}", "proxy", Mismatch.PROXY, '"system"')
            for value in (
                "5",
                "''",
                "'ftp://me:s3cret@x'",
                "'http://'",
                "'http://x:99999'",
                "'http://x/path'",
                "'http://a b'",
                "'http://[x'",
                '"http://x\\n"',
            )
        ),
        ("shows = 'work'", "shows", Mismatch.ACCOUNT, '"least-time"'),
        ("shows = 5", "shows", Mismatch.ACCOUNT, '"least-time"'),
        *(
            (f"alert_command = {value}", "alert_command", Mismatch.ABSOLUTE_PATH, '""')
            for value in ("'tell'", "'./tell'", "'~/tell'", "5", f'"{PROGRAM}\\n"')
        ),
        (
            "icon.style = 'euros'",
            "icon.style",
            NeedsWord(("dollars", "days", "level")),
            '"dollars"',
        ),
        ("icon.hide_amounts = 1", "icon.hide_amounts", Mismatch.YES_OR_NO, "false"),
        ("icon = 5", "icon", Mismatch.TABLE, ""),
        *(
            (f"levels.low_dollars = {value}", "levels.low_dollars", LEVEL, "5")
            for value in ("0", "-1", "nan", "inf", "true", "'$5'", "'5,00'", "1e16", "1e-17", "[]")
        ),
        (
            "[levels]\nlow_dollars = 3\ncritical_dollars = 4",
            "levels.critical_dollars",
            MoreThan("levels.low_dollars"),
            "1",
        ),
        (
            "[levels]\nlow_dollars = 0.2\ncritical_dollars = 4",
            "levels.critical_dollars",
            MoreThan("levels.low_dollars"),
            "0.20",
        ),
        (
            "[levels]\nlow_days = 2\ncritical_days = 2.5",
            "levels.critical_days",
            MoreThan("levels.low_days"),
            "1",
        ),
        *(
            (f"alerts.below_dollars = {value}", "alerts.below_dollars", amounts, "[5, 1]")
            for amounts in (NeedsAmounts(MOST_AMOUNTS),)
            for value in ("5", "[0]", "[5, -1]", "[5, true]", "[[5]]", "[nan]", "[{}]")
        ),
        (
            f"alerts.below_dollars = {list(range(1, MOST_AMOUNTS + 2))}",
            "alerts.below_dollars",
            NeedsAmounts(MOST_AMOUNTS),
            "[5, 1]",
        ),
        ("levels.low_days = 0", "levels.low_days", NeedsPositive("3650"), "3"),
        ("alerts.lasts_less_days = -1", "alerts.lasts_less_days", NeedsNumber("0", "3650"), "3"),
        ("alerts.spike = 'yes'", "alerts.spike", Mismatch.YES_OR_NO, "true"),
        *(
            (f"alerts.quiet_from = {value}", "alerts.quiet_from", Mismatch.TIME, '""')
            for value in ("'24:00'", "22", "'10 pm'", "'22:60'", "1979-05-27", "'22'")
        ),
        (
            "alerts.quiet_from = '22:00'",
            "alerts.quiet_from",
            NeedsPartner("alerts.quiet_until"),
            '""',
        ),
        (
            "[alerts]\nquiet_from = '07:00'\nquiet_until = '7:00'",
            "alerts.quiet_until",
            SameAs("alerts.quiet_from"),
            '""',
        ),
        ("budgets.daily_dollars = -1", "budgets.daily_dollars", BUDGET, "0"),
        ("accounts = 5", "accounts", Mismatch.TABLE, ""),
        ("accounts.work = 5", "accounts.work", Mismatch.TABLE, ""),
        ("accounts.'sk_secret' = {}", "accounts.…", Mismatch.ACCOUNT_NAME, ""),
        ("[accounts.'a b']", "accounts.…", Mismatch.ACCOUNT_NAME, ""),
        ("refresh_minute = 5", "refresh_minute", Mismatch.KNOWN, ""),
        ("icon.size = 5", "icon.size", Mismatch.KNOWN, ""),
        ("accounts.default.icon.size = 5", "accounts.default.icon", Mismatch.KNOWN, ""),
        ("[levels.low_dollars]", "levels.low_dollars", LEVEL, "5"),
        ("sk_secret = 'sk_secret'", "…", Mismatch.KNOWN, ""),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 60 else None,
)
def test_a_wrong_value_is_named_and_takes_its_default_alone(
    tmp_path: Path, text: str, key: str, what: SettingsFaultKind, used: str
) -> None:
    result = loaded(tmp_path, f"{text}\n[theirs]\n")
    theirs, own = sorted(result.faults, key=lambda fault: fault.key != "theirs")
    assert (own.key, own.what, own.used) == (key, what, used)
    assert theirs == SettingsFault("theirs", Mismatch.KNOWN, line=text.count("\n") + 2)
    assert own.is_note == (what is Mismatch.KNOWN)
    shown = repr(result)
    assert "s3cret" not in shown
    assert "sk_secret" not in shown


def test_beside_a_wrong_value_every_other_one_holds(tmp_path: Path) -> None:
    text = (
        "refresh_minutes = 99\nlanguage = 'en'\n\n[levels]\nlow_dollars = -1\nlow_days = 9\n"
        "[alerts]\nquiet_from = '25:00'\nquiet_until = '07:00'\ntop_up = false\n"
    )
    result = loaded(tmp_path, text)
    assert [(fault.key, fault.line) for fault in result.faults] == [
        ("refresh_minutes", 1),
        ("levels.low_dollars", 5),
        ("alerts.quiet_from", 8),
    ]
    settings = result.configuration.accounts[0].settings
    assert settings.refresh_interval == timedelta(minutes=5)
    assert settings.thresholds.low == usd("5")
    assert settings.thresholds.low_time == timedelta(days=9)
    assert settings.alerts.quiet_hours is None
    assert not settings.alerts.top_up
    assert result.configuration.language is Language.ENGLISH


def test_accounts_are_those_of_the_file_in_its_order_and_inherit(tmp_path: Path) -> None:
    text = (
        "[accounts.work]\n[levels]\nlow_dollars = 20\n[accounts.home.levels]\nlow_dollars = 2\n"
        "[accounts.'acme.corp'.alerts]\nquiet_from = ''\nlasts_less_days = 0\n"
        "[alerts]\nquiet_from = '22:00'\nquiet_until = '07:00'\n"
    )
    result = loaded(tmp_path, text)
    assert result.faults == ()
    work, home, acme = result.configuration.accounts
    assert [work.name, home.name, acme.name] == ["work", "home", "acme.corp"]
    lows = [each.settings.thresholds.low for each in (work, home, acme)]
    assert lows == [usd("20"), usd("2"), usd("20")]
    quiet = QuietHours(time(22), time(7))
    assert [each.settings.alerts.quiet_hours for each in (work, home, acme)] == [quiet, quiet, None]
    assert acme.settings.alerts.lasts_less is None


def test_an_accounts_wrong_value_takes_that_of_all(tmp_path: Path) -> None:
    text = "levels.low_dollars = 20\n[accounts.work.levels]\nlow_dollars = 'x'\n"
    result = loaded(tmp_path, text)
    expected = SettingsFault("accounts.work.levels.low_dollars", LEVEL, "20", 3)
    assert result.faults == (expected,)
    assert result.configuration.accounts[0].settings.thresholds.low == usd("20")


def test_more_accounts_than_there_may_be_are_left_out(tmp_path: Path) -> None:
    text = "".join(f"[accounts.a{number}]\n" for number in range(MOST_ACCOUNTS + 1))
    result = loaded(tmp_path, text)
    assert len(result.configuration.accounts) == MOST_ACCOUNTS
    (fault,) = result.faults
    assert fault.what == TooManyAccounts(MOST_ACCOUNTS)
    assert (fault.key, fault.line) == (f"accounts.a{MOST_ACCOUNTS}", MOST_ACCOUNTS + 1)


def test_a_line_is_told_only_where_it_is_certain(tmp_path: Path) -> None:
    text = "note = '''\nlanguage = 'x'\n'''\nlanguage = 'x'\nicon = {style = 1}\n"
    faults = loaded(tmp_path, text).faults
    lines = {fault.key: fault.line for fault in faults}
    assert lines == {"language": None, "icon.style": None, "note": 1}


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"schema = 1\nrefresh = = 5\n", SettingsNotToml(2)),
        (b"a = 1\n\na = 2\n", SettingsNotToml(3)),
        (b"a = 1\n[x", SettingsNotToml(2)),
        (b"a = 1\nb = '\xff'\n", SettingsNotToml(2)),
        (b"a = " + b"9" * 5000, SettingsNotToml(None)),
        (b"a = " + b"[" * 90_000, SettingsNotToml(None)),
        (b"a = 1\nb = '\x00'\n", SettingsNotToml(2)),
        (b"#" * 100_001, SettingsTooLarge()),
        (b"schema = 2\nwhatever = 5\n", SettingsTooNew(2)),
    ],
    ids=lambda value: None if isinstance(value, bytes) else repr(value),
)
def test_a_file_that_cannot_be_used_is_one_problem_and_is_never_written_over(
    tmp_path: Path, content: bytes, problem: SettingsProblem
) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(content)
    file = SettingsFile(path)
    for call in (file.load, lambda: file.save(Configuration())):
        with pytest.raises(SettingsError) as caught:
            call()
        assert caught.value.problem == problem
    assert path.read_bytes() == content


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.mkdir()
    with pytest.raises(SettingsError) as caught:
        SettingsFile(path).load()
    assert caught.value.problem == SettingsUnreadable("not a file")


def test_a_file_of_thousands_of_other_keys_is_read_at_once(tmp_path: Path) -> None:
    text = "".join(f"k{number} = 1\n" for number in range(6000))
    began = time_module.perf_counter()
    faults = loaded(tmp_path, text).faults
    assert [fault.line for fault in faults] == list(range(1, 6001))
    # Looking for each key's line anew took a minute.
    assert time_module.perf_counter() - began < 5
