"""The manual page, from the help that the program prints."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from build.manual import HELP_WIDTH, command_names, manual_page

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

EPOCH = 1_780_000_000
"""28 May 2026."""


@pytest.fixture(scope="module")
def helps() -> Mapping[str, str]:
    def printed(*arguments: str) -> str:
        return subprocess.run(
            [sys.executable, "-m", "tray_app", *arguments, "--help"],
            env={"COLUMNS": str(HELP_WIDTH)},
            check=True,
            capture_output=True,
            encoding="utf-8",
        ).stdout

    main = printed()
    return {"": main, **{name: printed(name) for name in command_names(main)}}


def rendered(page: str, folder: Path) -> str:
    """The page as `man` shows it, without overstrikes; fails where groff warns."""
    if shutil.which("man") is None:
        pytest.skip("man is missing (Debian: man-db)")
    file = folder / "novita-tray.1"
    file.write_text(page, encoding="utf-8")
    shown = subprocess.run(
        ["man", "--warnings", "--encoding=UTF-8", "--local-file", file],
        env={"MANWIDTH": "80", "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin", "PAGER": "cat"},
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    assert shown.stderr == ""
    return shown.stdout


def test_every_command_and_each_of_its_options_is_on_the_page(
    helps: Mapping[str, str], tmp_path: Path
) -> None:
    page = rendered(manual_page("novita-tray", "9.8.7", helps, EPOCH), tmp_path)
    assert page.startswith("NOVITA-TRAY(1)")
    assert "novita-tray 9.8.7" in page
    assert "2026-05-28" in page
    commands = page.split("\nCOMMANDS")[1].split("\nEXIT STATUS\n")[0]
    sections = dict(re.findall(r"\n {3}(\S+)\n(.*?)(?=\n {3}\S|\Z)", commands, re.DOTALL))
    assert list(sections) == command_names(helps[""])
    for name, section in sections.items():
        assert f"novita-tray {name} [-h]" in section
        entries = re.findall(r"^ {2}(-\S.*?)(?:  |$)", helps[name], re.MULTILINE)
        assert entries
        for entry in entries:
            assert re.search(rf"^ {{7}}{re.escape(entry)}( |$)", section, re.MULTILINE), entry


def test_what_stands_behind_the_options_is_kept_line_by_line(
    helps: Mapping[str, str], tmp_path: Path
) -> None:
    page = rendered(manual_page("novita-tray", "1.0", helps, EPOCH), tmp_path)
    assert page.index("EXIT STATUS") < page.index("keyring locked, missing") < page.index("ENVIRON")
    assert page.count("keyring locked, missing") == 1
    assert r"\n and \t" in " ".join(page.split())
    assert "'{available:.2f} {level}'" in page
    assert "NOVITA_API_KEY in the environment" in page.split("\nENVIRONMENT\n")[1]


def test_a_line_that_begins_like_a_request_is_text(tmp_path: Path) -> None:
    helps = {"": "usage: x\n\nDoes it.\n\noptions:\n  -a  first\n\n.ends here\n  'quoted' \\x\n"}
    page = rendered(manual_page("x", "1", helps, EPOCH), tmp_path)
    assert ".ends here" in page
    assert "'quoted' \\x" in page


def test_what_is_no_help_is_refused() -> None:
    with pytest.raises(ValueError, match="no usage"):
        manual_page("x", "1", {"": "Traceback\n\nof something"}, EPOCH)
