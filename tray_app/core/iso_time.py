"""Moments as other programs read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


def iso_time(moment: datetime) -> str:
    """Return a moment of UTC such as ``2026-11-25T14:05:01.250Z``."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
