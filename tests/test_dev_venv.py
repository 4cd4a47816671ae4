from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import dev_system
import dev_venv

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Commands:
    """Stands for `ran`: keeps what would have been run; a venv is only a python that exists."""

    def __init__(self) -> None:
        self.run: list[tuple[str, ...]] = []
        self.succeed = True
        self.interrupted = False

    def __call__(
        self, label: str, command: Sequence[str], env: Mapping[str, str] | None = None
    ) -> bool:
        assert label
        assert env is not None
        assert env["PIP_USER"] == "0"
        assert "PIP_TARGET" not in env
        self.run.append(tuple(command))
        if self.interrupted and "--require-hashes" in command:
            raise KeyboardInterrupt
        if "venv" in command:
            dev_venv.PYTHON.parent.mkdir()
            dev_venv.PYTHON.touch()
        return self.succeed


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> Commands:
    commands = Commands()
    monkeypatch.setattr(dev_venv, "ran", commands)
    return commands


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, commands: Commands) -> Path:
    """Make a project whose set-up runs no command for real, for a user with settings of pip."""
    monkeypatch.setenv("PIP_USER", "1")
    monkeypatch.setenv("PIP_TARGET", str(tmp_path / "elsewhere"))
    monkeypatch.setattr(dev_venv, "ROOT", tmp_path)
    monkeypatch.setattr(dev_venv, "LOCK", tmp_path / "requirements.lock")
    monkeypatch.setattr(dev_venv, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(dev_venv, "PYTHON", tmp_path / ".venv/bin/python")
    monkeypatch.setattr(dev_venv, "STAMP", tmp_path / ".venv/set-up.stamp")
    monkeypatch.setattr(dev_venv, "UNFINISHED", tmp_path / ".venv/set-up.unfinished")
    monkeypatch.setattr(
        dev_venv, "ENSUREPIP", dev_system.Need("module", "json", "python3", "python")
    )
    monkeypatch.setattr(
        dev_venv, "venv_tag", lambda: "cpython-311" if dev_venv.PYTHON.exists() else ""
    )
    monkeypatch.setattr(dev_venv, "PYTHON_TAG", "cpython-311")
    dev_venv.LOCK.write_text("one==1\n")
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    dev_venv.set_up()
    commands.run.clear()
    return tmp_path


def set_up_steps(commands: Commands) -> list[str]:
    words = {"venv": "make venv", "--require-hashes": "install lock", "-e": "install project"}
    return [step for command in commands.run for word, step in words.items() if word in command]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has system packages to name")
@pytest.mark.usefixtures("project")
def test_missing_wish_is_an_error_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(dev_system, "read_os_release", lambda: "ID=debian\n")
    wish = dev_system.Need("program", "no-such-program", "no-such-tools", "no-such-tools")
    monkeypatch.delenv("CI", raising=False)
    dev_venv.set_up(wishes=[wish])
    monkeypatch.setenv("CI", "true")
    with pytest.raises(SystemExit):
        dev_venv.set_up(wishes=[wish])


def test_a_folder_that_cannot_be_written_is_said(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(project / ".venv")

    def refuse(_path: Path, **_options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(SystemExit, match=re.escape(f"in {project}: Permission denied.")):
        dev_venv.set_up()


@pytest.mark.usefixtures("project")
def test_second_set_up_runs_nothing(commands: Commands) -> None:
    dev_venv.set_up()
    assert commands.run == []


@pytest.mark.parametrize("changed", ["requirements.lock", "pyproject.toml"])
def test_changed_requirements_are_installed_into_the_same_venv(
    project: Path, commands: Commands, changed: str
) -> None:
    with (project / changed).open("a") as stream:
        stream.write("# changed\n")
    dev_venv.set_up()
    assert set_up_steps(commands) == ["install lock", "install project"]
    assert dev_venv.is_set_up()


def test_first_set_up_makes_the_venv_and_installs_by_hash(
    project: Path, commands: Commands
) -> None:
    shutil.rmtree(project / ".venv")
    dev_venv.set_up()
    assert set_up_steps(commands) == ["make venv", "install lock", "install project"]


def test_other_pythons_venv_is_made_anew(
    commands: Commands, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left_over = project / ".venv/left-over"
    left_over.touch()
    monkeypatch.setattr(dev_venv, "PYTHON_TAG", "cpython-399")
    dev_venv.set_up()
    assert not left_over.exists()
    assert set_up_steps(commands) == ["make venv", "install lock", "install project"]


@pytest.mark.usefixtures("project")
def test_venv_whose_python_is_gone_is_made_anew(commands: Commands) -> None:
    dev_venv.PYTHON.unlink()
    dev_venv.set_up()
    assert "make venv" in set_up_steps(commands)
    assert dev_venv.is_set_up()


def test_venv_is_judged_by_its_python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev_venv, "PYTHON", Path(sys.executable))
    assert dev_venv.venv_tag() == dev_venv.PYTHON_TAG
    monkeypatch.setattr(dev_venv, "PYTHON", tmp_path / "python")
    assert dev_venv.venv_tag() == ""


@pytest.mark.usefixtures("project")
def test_interrupted_set_up_leaves_no_stamp_and_starts_over(commands: Commands) -> None:
    dev_venv.STAMP.unlink()
    commands.interrupted = True
    with pytest.raises(KeyboardInterrupt):
        dev_venv.set_up()
    assert not dev_venv.STAMP.exists()
    commands.interrupted = False
    commands.run.clear()
    dev_venv.set_up()
    assert set_up_steps(commands) == ["make venv", "install lock", "install project"]


@pytest.mark.usefixtures("project")
def test_failed_installation_ends_with_an_error_and_without_a_stamp(commands: Commands) -> None:
    dev_venv.STAMP.unlink()
    commands.succeed = False
    with pytest.raises(SystemExit):
        dev_venv.set_up()
    assert not dev_venv.STAMP.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such lock")
@pytest.mark.usefixtures("project")
def test_second_set_up_at_the_same_time_waits() -> None:
    if sys.platform != "win32":
        import fcntl  # noqa: PLC0415 — not there on Windows

        with dev_venv.alone(), dev_venv.LOCK.open("rb") as other, pytest.raises(BlockingIOError):
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
