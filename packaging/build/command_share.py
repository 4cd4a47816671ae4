"""What shells and `man` want to know of the program, asked of the program itself."""

from __future__ import annotations

import gzip
import subprocess
import tempfile
from typing import TYPE_CHECKING, Final

from build.contents import NAME
from build.manual import HELP_WIDTH, command_names, manual_page
from build.tools import BuildError, epoch, version

if TYPE_CHECKING:
    from pathlib import Path

COMPLETIONS: Final = {
    "bash": f"bash-completion/completions/{NAME}",
    # Debian's folder; zsh's own, site-functions, is for what the administrator adds.
    "zsh": f"zsh/vendor-completions/_{NAME}",
    "fish": f"fish/vendor_completions.d/{NAME}.fish",
}
"""Where each shell looks below /usr/share."""


def write_command_share(program: Path, share: Path) -> None:
    """Write manual page and completions into a folder with the layout of /usr/share."""
    helps = {"": _said(program, "--help")}
    for command in command_names(helps[""]):
        helps[command] = _said(program, command, "--help")
    page = share / "man" / "man1" / f"{NAME}.1.gz"
    page.parent.mkdir(parents=True)
    text = manual_page(NAME, version(), helps, epoch())
    page.write_bytes(gzip.compress(text.encode(), mtime=0))
    for shell, place in COMPLETIONS.items():
        script = share / place
        script.parent.mkdir(parents=True)
        script.write_text(_said(program, "completion", shell), encoding="utf-8", newline="\n")


def _said(program: Path, *arguments: str) -> str:
    """Return what the program prints, run in a home of its own and as on any other machine."""
    with tempfile.TemporaryDirectory() as home:
        done = subprocess.run(
            [program, *arguments],
            env={
                "HOME": home,
                "COLUMNS": str(HELP_WIDTH),
                "LC_ALL": "C.UTF-8",
                "PATH": "/usr/bin:/bin",
            },
            cwd=home,
            check=False,
            capture_output=True,
            encoding="utf-8",
        )
    if done.returncode != 0 or not done.stdout:
        raise BuildError(f"{program.name} {' '.join(arguments)}: {done.stderr}")
    return done.stdout
