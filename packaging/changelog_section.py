"""Print what the changelog says of a version: the text of its release.

usage: python3 packaging/changelog_section.py TAG     TAG is v and a version, such as v1.2.3

exit codes: 0 printed, 1 the tag, the program's version and the changelog do not agree, 2 usage.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CHANGELOG = ROOT / "CHANGELOG.md"
_VERSION = ROOT / "tray_app" / "__init__.py"


class NoReleaseError(Exception):
    """There is nothing that could be released so; the text says why."""


def section_of(changelog: str, version: str) -> str:
    """Return the lines below ``## VERSION (YYYY-MM-DD)``, without blank ones around them.

    Raises NoReleaseError where there is no such section, more than one, or nothing in it.
    """
    heading = rf"^## {re.escape(version)} \(\d{{4}}-\d\d-\d\d\)$"
    starts = list(re.finditer(heading, changelog, re.MULTILINE))
    if len(starts) != 1:
        raise NoReleaseError(
            f"the changelog has {len(starts)} sections '## {version} (YYYY-MM-DD)', not one"
        )
    section = re.split(r"^## ", changelog[starts[0].end() :], maxsplit=1, flags=re.MULTILINE)[0]
    if not section.strip():
        raise NoReleaseError(f"the changelog says nothing of {version}")
    return section.strip()


def version_of(module: str) -> str:
    """Return the version from the text of the program's ``__init__``."""
    found = re.findall(r'^__version__ = "([^"]+)"$', module, re.MULTILINE)
    if len(found) != 1:
        raise NoReleaseError("the program has no version")
    return str(found[0])


def release_text(tag: str, changelog: str, module: str) -> str:
    """Return the text of the release; raise NoReleaseError where tag and sources do not agree."""
    version = version_of(module)
    if tag != f"v{version}":
        raise NoReleaseError(f"the program's version is {version}: its tag is v{version}")
    return section_of(changelog, version)


def main(arguments: list[str]) -> int:
    """Print the text; return the exit code."""
    if len(arguments) != 1 or arguments[0].startswith("-"):
        sys.stderr.write(f"{__doc__}")
        return 2
    try:
        text = release_text(
            arguments[0],
            CHANGELOG.read_text(encoding="utf-8"),
            _VERSION.read_text(encoding="utf-8"),
        )
    except NoReleaseError as error:
        sys.stderr.write(f"No release: {error}.\n")
        return 1
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # a TextIOWrapper here
    print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
