from __future__ import annotations

import re
import tempfile
import tomllib
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.adapters.settings_samples import FULL, PROXY, SHAPES, configurations
from tray_app.adapters.settings_file import SettingsFile
from tray_app.core.configuration import Configuration
from tray_app.core.settings_problem import SettingsError, SettingsNotWritten

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tray_app.core.settings_problem import SettingsProblem

COMMENT = re.compile(r"#[^\r\n]*")
thorough = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@contextmanager
def file_of(content: bytes | None = None) -> Iterator[SettingsFile]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "settings.toml"
        if content is not None:
            path.write_bytes(content)
        yield SettingsFile(path)


@thorough
@given(configurations(), configurations())
def test_what_is_saved_is_loaded_also_over_another(
    one: Configuration, other: Configuration
) -> None:
    with file_of() as file:
        for configuration in (one, other, one):
            file.save(configuration)
            loaded = file.load()
            assert loaded.configuration == configuration
            assert loaded.faults == ()
            written = file.path.read_bytes()
            file.save(configuration)
            assert file.path.read_bytes() == written


@thorough
@given(st.sampled_from(SHAPES), configurations())
def test_comments_keys_of_their_own_and_line_ends_survive_any_save(
    text: str, configuration: Configuration
) -> None:
    names = [account.name for account in configuration.accounts]
    before = text.encode()
    with file_of(before) as file:
        file.save(configuration)
        after = file.path.read_bytes().decode()
        assert file.load().configuration == configuration
    assert after.startswith("\ufeff") == text.startswith("\ufeff")
    if "\r\n" in text:
        assert after.count("\n") == after.count("\r\n")
    left = {"work", "home"} - set(names)
    # What is said of an account goes with it, and of a list with what was in it.
    gone = {"# first"} | ({"# the one at work", "# a", "# b"} if "work" in left else set())
    assert set(COMMENT.findall(text)) - gone <= set(COMMENT.findall(after))
    mine = tomllib.loads(text.removeprefix("\ufeff"))
    now = tomllib.loads(after.removeprefix("\ufeff"))
    for key in ("favourite", "theirs"):
        assert now.get(key) == mine.get(key)
    for name in names:
        for key in ("note", "mine"):
            told = mine.get("accounts")
            if isinstance(told, dict) and key in told.get(name, {}):
                assert now["accounts"][name][key] == told[name][key]


_PIECES = re.findall(r"[\w.\"']+|\s|[^\w\s]", FULL)
_JUNK = [
    *("nan", "-inf", "1e999999999999999999999", "9" * 30, "-1", "true", '""', "'x'", "{}", "[]"),
    *("1979-05-27", "07:32:00", "[[accounts]]\n", "[alerts]\n", "quiet_from", "critical_dollars"),
    *("9" * 5000, "[" * 3000, '"""', "\x00", "\ufeff", "sk_live_secret", "= 5\n", "0x10", "é"),
]


@thorough
@given(st.data())
def test_any_mutated_file_is_read_or_is_one_problem(data: st.DataObject) -> None:
    pieces = list(_PIECES)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(pieces) - 1))
        match data.draw(st.sampled_from(["drop", "double", "junk", "swap"])):
            case "drop":
                del pieces[at]
            case "double":
                pieces.insert(at, pieces[at])
            case "junk":
                pieces[at] = data.draw(st.sampled_from(_JUNK))
            case _:
                pieces[at], pieces[-at] = pieces[-at], pieces[at]
    check_any("".join(pieces).encode(), data.draw(configurations()))


@thorough
@given(st.binary(), configurations())
@example(b"\xff", Configuration())
@example(b"schema = 2", Configuration())
def test_any_bytes_are_read_or_are_one_problem(
    content: bytes, configuration: Configuration
) -> None:
    check_any(content, configuration)


def check_any(content: bytes, configuration: Configuration) -> None:
    with file_of(content) as file:
        problem = problem_of(file.load)
        if problem is not None:
            assert problem_of(lambda: file.save(configuration)) == problem
            assert file.path.read_bytes() == content
            return
        loaded = file.load()
        assert "sk_live" not in repr(loaded.faults)
        assert PROXY not in repr(loaded)
        problem = problem_of(lambda: file.save(configuration))
        if problem is None:
            assert file.load().configuration == configuration
        else:
            assert isinstance(problem, SettingsNotWritten)
            assert file.path.read_bytes() == content


def problem_of(call: Callable[[], object]) -> SettingsProblem | None:
    try:
        call()
    except SettingsError as error:
        return error.problem
    return None
