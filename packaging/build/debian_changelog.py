"""Debian's changelog, made from CHANGELOG.md: text in, text out."""

from __future__ import annotations

import re
import textwrap
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Final

_WIDTH: Final = 80


def debian_changelog(changelog: str, version: str, epoch: int, maintainer: str) -> str:
    """Return every version's section in Debian's form, newest first.

    Where ``version`` has no section yet, it has what is under "Unreleased"; then, and where its
    section names the day alone, the time is ``epoch``, in seconds since 1970. Older ones are dated
    at midnight UTC of their day.
    """
    sections = re.findall(
        r"^## (\S+)(?: \((\d{4}-\d\d-\d\d)\))?\n(.*?)(?=^## |\Z)",
        changelog,
        re.MULTILINE | re.DOTALL,
    )
    released = {name: (day, text) for name, day, text in sections if day}
    if version not in released:
        unreleased = next((text for name, day, text in sections if not day), "")
        released = {version: ("", unreleased), **released}
    parts = []
    for name, (day, text) in released.items():
        moment = datetime.fromtimestamp(epoch, UTC)
        if name != version:
            moment = datetime.strptime(f"{day} +0000", "%Y-%m-%d %z")
        parts.append(
            f"novita-tray ({name}) unstable; urgency=medium\n\n"
            + "".join(_item(each) for each in _items(text))
            + f"\n -- {maintainer}  {format_datetime(moment)}\n"
        )
    return "\n".join(parts)


def _items(section: str) -> list[str]:
    """Return the entries of a list in Markdown, each on one line, links as their texts."""
    entries = re.split(r"^- ", section.strip(), flags=re.MULTILINE)[1:]
    plain = [re.sub(r"\[([^]]+)\]\([^)]*\)", r"\1", " ".join(each.split())) for each in entries]
    return plain or ["New version."]


def _item(entry: str) -> str:
    return (
        textwrap.fill(
            entry,
            _WIDTH,
            initial_indent="  * ",
            subsequent_indent="    ",
            break_long_words=False,
            break_on_hyphens=False,
        )
        + "\n"
    )
