"""Debian's changelog, from CHANGELOG.md."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from build.debian_changelog import debian_changelog

if TYPE_CHECKING:
    from pathlib import Path

EPOCH = 1_780_000_000
WHO = "Some One <some@one.example>"
CHANGELOG = """\
# Changelog

Words before.

## Unreleased

- Coming: [a page](docs/x.md) that is
  described in two lines.

## 1.1.0 (2026-12-31)

- Second.

## 1.0.0 (2026-11-30)

- First, with a line that is so long that it has to be broken into two lines of eighty columns.
"""


def test_each_release_has_its_entries_and_its_day() -> None:
    assert debian_changelog(CHANGELOG, "1.1.0", EPOCH, WHO) == (
        "novita-tray (1.1.0) unstable; urgency=medium\n\n"
        "  * Second.\n\n"
        f" -- {WHO}  Thu, 28 May 2026 20:26:40 +0000\n\n"
        "novita-tray (1.0.0) unstable; urgency=medium\n\n"
        "  * First, with a line that is so long that it has to be broken into two lines\n"
        "    of eighty columns.\n\n"
        f" -- {WHO}  Mon, 30 Nov 2026 00:00:00 +0000\n"
    )


def test_a_version_without_a_section_has_what_is_unreleased() -> None:
    text = debian_changelog(CHANGELOG, "1.2.0", EPOCH, WHO)
    assert text.startswith(
        "novita-tray (1.2.0) unstable; urgency=medium\n\n"
        "  * Coming: a page that is described in two lines.\n\n"
        f" -- {WHO}  Thu, 28 May 2026"
    )
    assert [line for line in text.splitlines() if line.startswith("novita-tray")][1:] == [
        "novita-tray (1.1.0) unstable; urgency=medium",
        "novita-tray (1.0.0) unstable; urgency=medium",
    ]


def test_a_version_of_which_nothing_is_said_has_an_entry_all_the_same() -> None:
    assert "\n  * New version.\n" in debian_changelog("# Changelog\n", "1.0", EPOCH, WHO)


def test_debian_reads_it_without_a_warning(tmp_path: Path) -> None:
    if shutil.which("dpkg-parsechangelog") is None:
        pytest.skip("dpkg-parsechangelog is missing (Debian: dpkg-dev)")
    file = tmp_path / "changelog"
    file.write_text(debian_changelog(CHANGELOG, "1.2.0", EPOCH, WHO), encoding="utf-8")
    parsed = subprocess.run(
        ["dpkg-parsechangelog", "--all", "--file", file, "--show-field", "Version"],
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    assert parsed.stderr == ""
    assert parsed.stdout.split() == ["1.2.0"]
