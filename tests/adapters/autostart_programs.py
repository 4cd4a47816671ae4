"""Programs that an entry may start, as real files."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def make_program(path: Path, script: str = "#!/bin/sh\n") -> str:
    """Make an executable file with its folders and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(script, encoding="utf-8")
    path.chmod(0o755)
    return str(path)
