"""What the icon showed at the last end, so that it need not begin with nothing.

It is read before anything else is loaded, so it is the picture itself. It shows what a glance at
the tray tells, amounts included, so it is closed to other users.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from tray_app.adapters.paths import make_private_folder, write_whole

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FILE_NAME: Final = "last-look"
_MOST_BYTES: Final = 256 * 1024
_KEEP_EVERY_SECONDS: Final = 600
"""A look that is so old when the program is killed is as good as a newer one."""


class LastLook:
    """Keeps a picture in a file; whatever is wrong with it costs the first moment alone."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._kept: object = None
        self._kept_at = 0.0

    def load(self) -> bytes:
        """Return the picture; nothing where there is none."""
        try:
            with self._path.open("rb") as stream:
                return stream.read(_MOST_BYTES)
        except OSError:
            return b""

    def save(self, look: object, paint: Callable[[], bytes], *, at_end: bool = False) -> None:
        """Keep the picture of a look, unless it is kept, or another one was a moment ago."""
        is_recent = self._kept_at and time.monotonic() - self._kept_at < _KEEP_EVERY_SECONDS
        if look == self._kept or (is_recent and not at_end):
            return
        self._kept, self._kept_at = look, time.monotonic()
        try:
            make_private_folder(self._path.parent)
            write_whole(self._path, paint())
        except OSError:
            # The next start begins with an older look, or with dots.
            return
