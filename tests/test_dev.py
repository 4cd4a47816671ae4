from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from packaging.requirements import Requirement

import dev
import dev_system

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Commands:
    """Stands for `dev.ran`: keeps what would have been run; a venv is only a python that exists."""

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
            dev.PYTHON.parent.mkdir()
            dev.PYTHON.touch()
        return self.succeed


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> Commands:
    commands = Commands()
    monkeypatch.setattr(dev, "ran", commands)
    return commands


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, commands: Commands) -> Path:
    """Make a project whose set-up runs no command for real, for a user with settings of pip."""
    monkeypatch.setenv("PIP_USER", "1")
    monkeypatch.setenv("PIP_TARGET", str(tmp_path / "elsewhere"))
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "LOCK", tmp_path / "requirements.lock")
    monkeypatch.setattr(dev, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(dev, "PYTHON", tmp_path / ".venv/bin/python")
    monkeypatch.setattr(dev, "STAMP", tmp_path / ".venv/set-up.stamp")
    monkeypatch.setattr(dev, "UNFINISHED", tmp_path / ".venv/set-up.unfinished")
    monkeypatch.setattr(dev, "ENSUREPIP", dev_system.Need("module", "json", "python3", "python"))
    monkeypatch.setattr(dev, "venv_tag", lambda: "cpython-311" if dev.PYTHON.exists() else "")
    monkeypatch.setattr(dev, "PYTHON_TAG", "cpython-311")
    dev.LOCK.write_text("one==1\n")
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    dev.set_up()
    commands.run.clear()
    return tmp_path


def set_up_steps(commands: Commands) -> list[str]:
    words = {"venv": "make venv", "--require-hashes": "install lock", "-e": "install project"}
    return [step for command in commands.run for word, step in words.items() if word in command]


@pytest.mark.parametrize("command", ["run", "test", "lock"])
def test_help_documents_each_command(command: str) -> None:
    shown = subprocess.run(
        [sys.executable, dev.__file__, "--help"], capture_output=True, text=True, check=True
    )
    assert f"python3 dev.py {command} [" in shown.stdout


@pytest.mark.parametrize("arguments", [[], ["tset"]])
def test_unknown_command_is_a_usage_error(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert dev.main(arguments) == 2
    assert "python3 dev.py run" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has system packages to name")
@pytest.mark.usefixtures("project")
def test_missing_wish_is_an_error_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(dev_system, "read_os_release", lambda: "ID=debian\n")
    wish = dev_system.Need("program", "no-such-program", "no-such-tools", "no-such-tools")
    monkeypatch.delenv("CI", raising=False)
    dev.set_up(wishes=[wish])
    monkeypatch.setenv("CI", "true")
    with pytest.raises(SystemExit):
        dev.set_up(wishes=[wish])


def test_a_folder_that_cannot_be_written_is_said(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(project / ".venv")

    def refuse(_path: Path, **_options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(SystemExit, match=re.escape(f"in {project}: Permission denied.")):
        dev.set_up()


@pytest.mark.usefixtures("project")
def test_second_set_up_runs_nothing(commands: Commands) -> None:
    dev.set_up()
    assert commands.run == []


@pytest.mark.parametrize("changed", ["requirements.lock", "pyproject.toml"])
def test_changed_requirements_are_installed_into_the_same_venv(
    project: Path, commands: Commands, changed: str
) -> None:
    with (project / changed).open("a") as stream:
        stream.write("# changed\n")
    dev.set_up()
    assert set_up_steps(commands) == ["install lock", "install project"]
    assert dev.is_set_up()


def test_first_set_up_makes_the_venv_and_installs_by_hash(
    project: Path, commands: Commands
) -> None:
    shutil.rmtree(project / ".venv")
    dev.set_up()
    assert set_up_steps(commands) == ["make venv", "install lock", "install project"]


def test_other_pythons_venv_is_made_anew(
    commands: Commands, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left_over = project / ".venv/left-over"
    left_over.touch()
    monkeypatch.setattr(dev, "PYTHON_TAG", "cpython-399")
    dev.set_up()
    assert not left_over.exists()
    assert set_up_steps(commands) == ["make venv", "install lock", "install project"]


@pytest.mark.usefixtures("project")
def test_venv_whose_python_is_gone_is_made_anew(commands: Commands) -> None:
    dev.PYTHON.unlink()
    dev.set_up()
    assert "make venv" in set_up_steps(commands)
    assert dev.is_set_up()


def test_venv_is_judged_by_its_python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "PYTHON", Path(sys.executable))
    assert dev.venv_tag() == dev.PYTHON_TAG
    monkeypatch.setattr(dev, "PYTHON", tmp_path / "python")
    assert dev.venv_tag() == ""


@pytest.mark.usefixtures("project")
def test_interrupted_set_up_leaves_no_stamp_and_starts_over(commands: Commands) -> None:
    dev.STAMP.unlink()
    commands.interrupted = True
    with pytest.raises(KeyboardInterrupt):
        dev.set_up()
    assert not dev.STAMP.exists()
    commands.interrupted = False
    commands.run.clear()
    dev.set_up()
    assert set_up_steps(commands) == ["make venv", "install lock", "install project"]


@pytest.mark.usefixtures("project")
def test_failed_installation_ends_with_an_error_and_without_a_stamp(commands: Commands) -> None:
    dev.STAMP.unlink()
    commands.succeed = False
    with pytest.raises(SystemExit):
        dev.set_up()
    assert not dev.STAMP.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such lock")
@pytest.mark.usefixtures("project")
def test_second_set_up_at_the_same_time_waits() -> None:
    if sys.platform != "win32":
        import fcntl  # noqa: PLC0415 — not there on Windows

        with dev.alone(), dev.LOCK.open("rb") as other, pytest.raises(BlockingIOError):
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)


@pytest.mark.parametrize(
    ("arguments", "passed_on"),
    [([], ["--demo"]), (["balance", "--json"], ["balance", "--json"]), (["--help"], ["--help"])],
)
def test_run_starts_the_demo_unless_told_otherwise(
    arguments: list[str], passed_on: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[tuple[str, ...]] = []
    monkeypatch.setattr(dev, "set_up", lambda *_: None)
    monkeypatch.setattr(dev, "become", started.append)
    dev.main(["run", *arguments])
    assert started == [(str(dev.PYTHON), "-m", "tray_app", *passed_on)]


def test_exit_code_is_the_programs_own() -> None:
    program = "import sys, dev; dev.become((sys.executable, '-c', 'import sys; sys.exit(7)'))"
    done = subprocess.run([sys.executable, "-c", program], cwd=dev.ROOT, check=False)
    assert done.returncode == 7


def test_every_check_runs_and_the_summary_names_the_failed_one(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    python = sys.executable
    steps = (
        ("types", (python, "-c", "import sys; print('bad types'); sys.exit(4)")),
        ("tests", (python, "-c", "print('3 passed')")),
    )
    monkeypatch.setattr(dev, "STEPS", steps)
    monkeypatch.setattr(dev, "BESIDE", ("windows", (python, "-c", "print('4 passed')")))
    monkeypatch.setattr(dev, "LAST_STEPS", (("gate", (python, "-c", "")),))
    monkeypatch.setattr(dev, "set_up", lambda *_: None)
    monkeypatch.chdir(dev.ROOT)
    assert dev.main(["test"]) == 1
    told = capfd.readouterr().out
    assert "bad types" in told
    assert "3 passed" in told
    _, _, summary = told.partition("== summary\n")
    assert re.fullmatch(
        r"types: FAILED \(exit code 4\), \d+\.\d s\ntests: ok, \d+\.\d s\n"
        r"windows: ok, \d+\.\d s\ngate: ok, \d+\.\d s\n",
        summary,
    )


def test_what_runs_beside_the_others_counts_and_is_shown_after_them(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    python = sys.executable
    monkeypatch.setattr(dev, "STEPS", (("tests", (python, "-c", "print('3 passed')")),))
    beside = (python, "-c", "import sys; print('bad windows'); sys.exit(5)")
    monkeypatch.setattr(dev, "BESIDE", ("windows", beside))
    monkeypatch.setattr(dev, "LAST_STEPS", ())
    monkeypatch.setattr(dev, "set_up", lambda *_: None)
    monkeypatch.chdir(dev.ROOT)
    assert dev.main(["test"]) == 1
    told = capfd.readouterr().out
    assert told.index("3 passed") < told.index("bad windows")
    assert re.search(r"windows: FAILED \(exit code 5\), \d+\.\d s\n$", told)


def test_what_runs_beside_is_ended_where_the_others_break_off() -> None:
    command = (sys.executable, "-c", "import time; time.sleep(60)")
    begun = time.monotonic()

    def break_off() -> None:
        with dev.started_beside(command):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        break_off()
    assert time.monotonic() - begun < 30


def test_every_test_runs_in_one_of_the_two() -> None:
    ignored = {word.removeprefix("--ignore=") for word in dev.STEPS[-1][1] if "--ignore" in word}
    assert ignored == set(dev.WAITING_TESTS) == set(dev.BESIDE[1][-2:])
    assert all((dev.ROOT / folder).is_dir() for folder in dev.WAITING_TESTS)


def locked() -> dict[str, str]:
    text = dev.LOCK.read_text(encoding="utf-8").replace("\\\n", " ")
    lines = (line for line in text.splitlines() if line and not line.lstrip().startswith("#"))
    return {line.partition("==")[0]: line for line in lines}


def test_every_locked_requirement_has_a_hash_and_one_version() -> None:
    assert locked()
    for line in locked().values():
        assert re.match(r"[a-z0-9-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", line), line


def test_lock_names_no_host() -> None:
    text = dev.LOCK.read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"--(extra-)?index|--find-links|--trusted-host", text)


def test_lock_satisfies_pyproject() -> None:
    pyproject = tomllib.loads((dev.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = pyproject["dependency-groups"].values()
    asked = [*pyproject["project"]["dependencies"], *(text for group in groups for text in group)]
    for requirement in map(Requirement, asked):
        line = locked()[requirement.name.lower()]
        assert requirement.specifier.contains(line.split()[0].partition("==")[2]), line
