"""The settings file of the programs of a test, written as a user's editor does."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.desktop.session import DesktopSession


def settings_path(desktop: DesktopSession) -> Path:
    """Return where the file belongs."""
    return desktop.home / ".config/novita-tray/settings.toml"


def write_settings(desktop: DesktopSession, *lines: str) -> None:
    """Put a new file in the old one's place, as editors do."""
    path = settings_path(desktop)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    new = path.with_name("settings.toml~")
    new.write_text("\n".join(lines) + "\n", encoding="utf-8")
    new.replace(path)


def read_settings(desktop: DesktopSession) -> str:
    """Return what the file says; empty where there is none."""
    path = settings_path(desktop)
    return path.read_text(encoding="utf-8") if path.exists() else ""
