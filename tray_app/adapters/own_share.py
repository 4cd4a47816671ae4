"""An installation's own share of jitter, kept from one start to the next."""

from __future__ import annotations

import contextlib
import logging
import random
from typing import TYPE_CHECKING, Final

from tray_app.adapters.paths import make_private_folder, write_whole

if TYPE_CHECKING:
    from pathlib import Path

FILE_NAME: Final = "polling-share"
_STEPS: Final = 1_000_000
_DIGITS: Final = 6

_log = logging.getLogger(__name__)


def own_share(folder: Path) -> float:
    """Return the share that is kept in the folder, from 0 up to 1; a new one where there is none.

    It spreads the requests of many installations over time. It is one of a million, says nothing
    about the computer, and is sent to nobody. A file that cannot be read or written only means
    that the next start draws again.
    """
    path = folder / FILE_NAME
    with contextlib.suppress(OSError, ValueError):
        return _read_steps(path) / _STEPS
    steps = random.randrange(_STEPS)  # noqa: S311 — spreads load, guards nothing
    try:
        make_private_folder(folder)
        write_whole(path, f"{steps:0{_DIGITS}}\n".encode("ascii"))
    except OSError as error:
        _log.info("the share of jitter cannot be kept: %s", type(error).__name__)
    return steps / _STEPS


def _read_steps(path: Path) -> int:
    with path.open("rb") as stream:
        text = stream.read(_DIGITS + 2).strip()
    if len(text) != _DIGITS or not text.isdigit():
        raise ValueError("not a share")
    return int(text)
