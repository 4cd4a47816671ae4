from __future__ import annotations

import re
import subprocess
import sys
import time
import tomllib

import pytest
from packaging.requirements import Requirement

import dev
import dev_venv


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
    assert started == [(str(dev_venv.PYTHON), "-m", "tray_app", *passed_on)]


def test_exit_code_is_the_programs_own() -> None:
    program = "import sys, dev; dev.become((sys.executable, '-c', 'import sys; sys.exit(7)'))"
    done = subprocess.run([sys.executable, "-c", program], cwd=dev_venv.ROOT, check=False)
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
    monkeypatch.setattr(dev, "BESIDE", (("windows", (python, "-c", "print('4 passed')")),))
    monkeypatch.setattr(dev, "LAST_STEPS", (("gate", (python, "-c", "")),))
    monkeypatch.setattr(dev, "set_up", lambda *_: None)
    monkeypatch.chdir(dev_venv.ROOT)
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
    monkeypatch.setattr(dev, "BESIDE", (("windows", beside),))
    monkeypatch.setattr(dev, "LAST_STEPS", ())
    monkeypatch.setattr(dev, "set_up", lambda *_: None)
    monkeypatch.chdir(dev_venv.ROOT)
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


def test_every_test_runs_in_one_of_the_processes() -> None:
    ignored = {word.removeprefix("--ignore=") for word in dev.STEPS[-1][1] if "--ignore" in word}
    apart = [command[-1] for _, command in dev.BESIDE]
    assert ignored == set(apart)
    assert all((dev_venv.ROOT / folder).is_dir() for folder in apart)
    kept = [
        word for _, command in (*dev.BESIDE, dev.STEPS[-1]) for word in command if "=.cov" in word
    ]
    combined = [word for word in dev.LAST_STEPS[0][1] if word.startswith(".coverage")]
    assert sorted(word.partition("=")[2] for word in kept) == sorted(combined)


def locked() -> dict[str, str]:
    text = dev_venv.LOCK.read_text(encoding="utf-8").replace("\\\n", " ")
    lines = (line for line in text.splitlines() if line and not line.lstrip().startswith("#"))
    return {line.partition("==")[0]: line for line in lines}


def test_every_locked_requirement_has_a_hash_and_one_version() -> None:
    assert locked()
    for line in locked().values():
        assert re.match(r"[a-z0-9-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", line), line


def test_lock_names_no_host() -> None:
    text = dev_venv.LOCK.read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"--(extra-)?index|--find-links|--trusted-host", text)


def test_lock_satisfies_pyproject() -> None:
    pyproject = tomllib.loads((dev_venv.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = pyproject["dependency-groups"].values()
    asked = [*pyproject["project"]["dependencies"], *(text for group in groups for text in group)]
    for requirement in map(Requirement, asked):
        line = locked()[requirement.name.lower()]
        assert requirement.specifier.contains(line.split()[0].partition("==")[2]), line
