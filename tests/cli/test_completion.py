"""The scripts for the shells, in the shells themselves."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.cli.in_process import run
from tests.cli.terminal import Terminal
from tests.desktop.waiting import wait_for
from tray_app.arguments import make_parser
from tray_app.completion import command_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tray_app.presentation.typed_words import Command

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="shells of Unix")

PROGRAM = command_of(make_parser(), "novita-tray")


def needs(shell: str) -> pytest.MarkDecorator:
    missing = shutil.which(shell) is None
    return pytest.mark.skipif(missing, reason=f"{shell} is missing (apt-get install {shell})")


def spellings(command: Command) -> set[str]:
    return {each for option in command.options for each in option.spellings}


def long_spellings(command: Command) -> set[str]:
    return {each for each in spellings(command) if each.startswith("--")}


LINES: list[tuple[str, set[str]]] = [
    ("novita-tray ", {each.name for each in PROGRAM.commands}),
    ("novita-tray --", long_spellings(PROGRAM)),
    ("novita-tray --demo bal", {"balance"}),
    ("novita-tray --api-url https://balance ke", {"key"}),
    *((f"novita-tray {each.name} --", long_spellings(each)) for each in PROGRAM.commands),
    *(
        (f"novita-tray {each.name} ", {word.text for word in each.words})
        for each in PROGRAM.commands
        if each.words
    ),
    ("novita-tray key st", {"status"}),
    ("novita-tray balance --api-url key --wa", {"--watch", "--waybar"}),
    ("novita-tray balance --format sta", set()),
    ("novita-tray history --import rea", {"readings of may.csv", "readings.csv"}),
    ("novita-tray history --since rea", set()),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with files whose names may be completed."""
    for name in ("readings.csv", "readings of may.csv", "other.csv"):
        (tmp_path / name).touch()
    return tmp_path


@pytest.fixture(params=["bash", "zsh", "fish"])
def shell(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def script(shell: str, folder: Path) -> Path:
    ended = run("completion", shell)
    assert (ended.code, ended.stderr) == (0, "")
    path = folder / f".completion.{shell}"
    path.write_text(ended.stdout)
    return path


def test_every_command_and_option_stands_in_every_script(shell: str) -> None:
    text = run("completion", shell).stdout
    for command in (PROGRAM, *PROGRAM.commands):
        for word in (command.name, *(each.text for each in command.words)):
            assert word in text
        for each in spellings(command):
            assert (each if shell != "fish" else each.lstrip("-")) in text


@needs("bash")
@pytest.mark.parametrize(("line", "expected"), LINES, ids=[line for line, _ in LINES])
def test_bash_completes(folder: Path, line: str, expected: set[str]) -> None:
    typed = line.split(" ")
    driver = (
        'set -u; source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); '
        '_novita_tray; ((${#COMPREPLY[@]})) && printf "%s\\n" "${COMPREPLY[@]}"; true'
    )
    out = subprocess.run(
        ["bash", "--norc", "-c", driver, "driver", script("bash", folder), *typed],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    assert out.stderr == ""
    # bash lists options too where nothing of them was typed yet.
    wants_options = typed[-1].startswith("-")
    found = {each for each in out.stdout.splitlines() if wants_options or each[0] != "-"}
    assert found == expected


@needs("fish")
@pytest.mark.parametrize(("line", "expected"), LINES, ids=[line for line, _ in LINES])
def test_fish_completes(folder: Path, line: str, expected: set[str]) -> None:
    out = subprocess.run(
        [
            "fish",
            "--no-config",
            "-c",
            "source $argv[1]; complete -C $argv[2]",
            script("fish", folder),
            line,
        ],
        cwd=folder,
        env={**os.environ, "HOME": str(folder)},
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    assert out.stderr == ""
    found = {each.partition("\t")[0] for each in out.stdout.splitlines()}
    assert found == {each.replace(" ", "\\ ") for each in expected} or found == expected


@pytest.fixture
def zsh(folder: Path) -> Iterator[Terminal]:
    """A zsh that prints how a line would have started the program, once it was completed."""
    (folder / ".zshrc").write_text(
        "autoload -Uz compinit; compinit -u -D\n"
        f"source {script('zsh', folder)}\n"
        "unsetopt BEEP ZLE_BRACKETED_PASTE 2>/dev/null; unset zle_bracketed_paste\n"
        'novita-tray() { print -r -- "GOT<${(j:|:)@}>" }\n'
        'zstyle ":completion:*" menu no\nsetopt NO_AUTO_MENU NO_LIST_AMBIGUOUS\nPS1="READY> "\n'
    )
    terminal = Terminal(folder, "zsh", "-i")
    wait_for(lambda: terminal.hears("READY> "), 30, "zsh")
    yield terminal
    terminal.close()


def completed(zsh: Terminal, typed: str) -> str:
    """Return the words of the line after the key that completes it."""
    zsh.heard = ""
    zsh.type(f"{typed}\t")
    # It has an answer, or a bell, before it takes the end of the line.
    zsh.type("\n")
    wait_for(lambda: zsh.hears(r"GOT<([^>]*)>"), 30, f"an answer to {typed!r}")
    match = re.search(r"GOT<([^>]*)>", zsh.heard)
    assert match is not None
    return match[1].rstrip("|")


@needs("zsh")
def test_zsh_completes_every_word(zsh: Terminal) -> None:
    """Each is typed but for its last letter, or whole where others begin so, too."""
    for command in (PROGRAM, *PROGRAM.commands):
        before = [] if command is PROGRAM else [command.name]
        words = [*(each.text for each in command.words), *sorted(long_spellings(command))]
        for word in words:
            is_unique = sum(each.startswith(word[:-1]) for each in words) == 1
            expected = "|".join([*before, word])
            typed = " ".join(["novita-tray", *before, word[:-1] if is_unique else word])
            assert completed(zsh, typed) in {expected, f"{expected}="}, typed


@needs("zsh")
def test_zsh_completes_files_and_leaves_other_values_alone(zsh: Terminal) -> None:
    assert completed(zsh, "novita-tray history --import oth") == "history|--import|other.csv"
    assert completed(zsh, "novita-tray history --since oth") == "history|--since|oth"
    assert completed(zsh, "novita-tray balance --format='{lev'") == "balance|--format={lev"


@needs("zsh")
def test_zsh_offers_no_option_twice_and_none_that_does_not_go_with_another(zsh: Terminal) -> None:
    assert completed(zsh, "novita-tray balance --json --jso") == "balance|--json|--jso"
    assert completed(zsh, "novita-tray balance --json --wayba") == "balance|--json|--wayba"
