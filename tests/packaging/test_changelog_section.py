from __future__ import annotations

import subprocess
import sys

import pytest
from build.contents import ROOT
from changelog_section import NoReleaseError, release_text, section_of, version_of

import tray_app

CHANGELOG = """\
# Changelog

## Unreleased

- Not yet.

## 1.2.0 (2026-12-01)

- One.
  Still one.

### Mended

- Two.

## 1.1.0 (2026-11-01)

- Three.
"""
MODULE_PATH = ROOT / "tray_app" / "__init__.py"
MODULE = '"""Doc."""\n\n__version__ = "1.2.0"\n'


def test_the_text_is_what_stands_between_two_versions() -> None:
    expected = "- One.\n  Still one.\n\n### Mended\n\n- Two."
    assert release_text("v1.2.0", CHANGELOG, MODULE) == expected
    assert section_of(CHANGELOG, "1.1.0") == "- Three."


@pytest.mark.parametrize(
    ("tag", "changelog", "why"),
    [
        ("v1.3.0", CHANGELOG, "its tag is v1.2.0"),
        ("1.2.0", CHANGELOG, "its tag is v1.2.0"),
        ("v1.2.0", CHANGELOG.replace("## 1.2.0", "## 1.2.1"), "0 sections"),
        ("v1.2.0", CHANGELOG.replace(" (2026-12-01)", ""), "0 sections"),
        ("v1.2.0", CHANGELOG.replace("1.2.0", "1x2x0"), "0 sections"),
        ("v1.2.0", CHANGELOG * 2, "2 sections"),
        ("v1.2.0", "## 1.2.0 (2026-12-01)\n\n## 1.1.0 (2026-11-01)\n\n- x\n", "says nothing"),
    ],
)
def test_what_does_not_agree_is_no_release(tag: str, changelog: str, why: str) -> None:
    with pytest.raises(NoReleaseError, match=why):
        release_text(tag, changelog, MODULE)


def test_the_version_stands_in_one_place() -> None:
    assert version_of(MODULE_PATH.read_text(encoding="utf-8")) == tray_app.__version__
    with pytest.raises(NoReleaseError):
        version_of("")
    # What is built from it, or says nothing of it; README shows it in an example of the doctor's.
    for name in ("pyproject.toml", "packaging/linux/novita-tray.metainfo.xml"):
        assert tray_app.__version__ not in (ROOT / name).read_text(encoding="utf-8")


def test_the_changelog_has_each_version_once_the_newest_first_and_none_to_come() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    headings = [line for line in changelog.splitlines() if line.startswith("## ")]
    versions = [line.split()[1] for line in headings if line != "## Unreleased"]
    assert "## Unreleased" not in headings[1:]
    numbers = [tuple(map(int, version.split("."))) for version in versions]
    assert numbers == sorted(set(numbers), reverse=True)
    newest = tuple(map(int, version_of(MODULE_PATH.read_text(encoding="utf-8")).split(".")))
    assert all(number <= newest for number in numbers)
    for version in versions:
        assert section_of(changelog, version)


@pytest.mark.parametrize(("arguments", "code"), [([], 2), (["--help"], 2), (["v0.0.0"], 1)])
def test_as_a_command_it_ends_with_its_codes(arguments: list[str], code: int) -> None:
    script = ROOT / "packaging" / "changelog_section.py"
    done = subprocess.run(
        [sys.executable, script, *arguments], check=False, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (code, "")
    assert done.stderr
