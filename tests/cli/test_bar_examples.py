"""The README's examples for bars, as they stand there."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import stat
import subprocess
import sys
from typing import TYPE_CHECKING, Final

import pytest

from tests.cli.terminal import Terminal
from tests.cli.test_subprocess import PROJECT
from tests.desktop.waiting import wait_for
from tray_app.arguments import parsed

if TYPE_CHECKING:
    from pathlib import Path

README: Final = (PROJECT / "README.md").read_text("utf-8")
SECTION: Final = README[README.index("### For bars and scripts") :].split("\n### ")[0]
BLOCKS: Final = re.findall(r"```(\w+)\n(.*?)```", SECTION, re.DOTALL)
COMMANDS: Final = [
    match.rstrip()
    for _, block in BLOCKS
    for match in re.findall(r"novita-tray (?:'[^'\n]*'|[^'\n\"()>|])*", block)
]
unix = pytest.mark.skipif(sys.platform == "win32", reason="bars of Unix")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_example_is_understood(command: str) -> None:
    assert parsed(shlex.split(command)[1:]).command in {"status", "balance", "completion"}


def test_no_example_is_missing() -> None:
    assert len(COMMANDS) == 9


def test_waybars_example_is_json() -> None:
    (block,) = (block for kind, block in BLOCKS if kind == "json")
    module = json.loads(f"{{{block}}}")["custom/novita"]
    assert module["return-type"] == "json"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """One in which ``novita-tray status`` is ``balance`` of the demo, which needs no tray."""
    program = tmp_path / "bin" / "novita-tray"
    program.parent.mkdir()
    program.write_text(
        "#!/bin/sh\nshift\n"
        f'cd {shlex.quote(str(PROJECT))} && exec {sys.executable} -m tray_app balance --demo "$@"\n'
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return {
        "PATH": f"{program.parent}:{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "NOVITA_TRAY_HOME": str(tmp_path / "home"),
        "LC_ALL": "C.UTF-8",
        "TERM": "xterm",
    }


def example(mark: str) -> str:
    return next(str(block) for _, block in BLOCKS if mark in block)


@unix
@pytest.mark.skipif(shutil.which("i3blocks") is None, reason="i3blocks is missing")
def test_i3blocks_shows_the_figure(tmp_path: Path, environment: dict[str, str]) -> None:
    config = tmp_path / "config"
    config.write_text(example("[novita]"))
    with subprocess.Popen(
        ["i3blocks", "-c", config], env=environment, stdout=subprocess.PIPE, text=True
    ) as bar:
        assert bar.stdout is not None
        for line in bar.stdout:
            # The first is empty: the command has not ended yet.
            if "novita" in line:
                break
        bar.kill()
    assert re.search(r'"full_text":"\$\d+\.\d\d"', line)


@unix
@pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is missing")
def test_tmux_shows_the_figure(tmp_path: Path, environment: dict[str, str]) -> None:
    config = tmp_path / "tmux.conf"
    config.write_text(example("status-right"))
    command = ("tmux", "-S", str(tmp_path / "tmux"), "-f", str(config))
    terminal = Terminal(tmp_path, *command, term="xterm", path=environment["PATH"])
    try:
        wait_for(lambda: terminal.hears(r"\d+\.\d\d healthy"), 30, "the figure")
    finally:
        subprocess.run([*command, "kill-server"], timeout=30, check=False)
        terminal.close()
