"""Where an unforeseen error happened, in words that can be logged."""

from __future__ import annotations

import traceback
from typing import Final

_LONGEST_CHAIN: Final = 5
_MOST_FRAMES: Final = 30


def error_trace(error: BaseException) -> str:
    """Return types and places of an error and of those behind it, as lines.

    Messages and values are left out: a library may put a key, a proxy's log-in or a body into
    them. The number of a system's error stays, since it tells much and is nobody's secret.
    """
    parts: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen and len(parts) < _LONGEST_CHAIN:
        seen.add(id(current))
        frames = "".join(traceback.format_tb(current.__traceback__, -_MOST_FRAMES))
        parts.append(f"{frames}{error_name(current)}")
        current = current.__cause__ or (
            None if current.__suppress_context__ else current.__context__
        )
    return "\ncaused by, or met while handling:\n".join(parts)


def error_name(error: BaseException) -> str:
    """Return an error's type and, for a system's error, its number."""
    name = type(error).__name__
    if isinstance(error, OSError) and error.errno is not None:
        return f"{name} (errno {error.errno})"
    return name
