"""Whether two pictures look alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

_MOST: Final = 1
"""Measured: Qt's painter rounds by the processor's instructions, one step up or down."""


def look_alike(one: QImage, other: QImage) -> bool:
    """Whether no channel of any pixel differs by more than what rounding explains.

    Both are in the same format, with eight bits a channel.
    """
    if (one.size(), one.format()) != (other.size(), other.format()):
        return False
    if one == other:
        return True
    # What lies beside the pixels of a line is not part of the picture, and 32 bits leave nothing.
    pairs = zip(bytes(one.constBits()), bytes(other.constBits()), strict=True)
    return all(abs(first - second) <= _MOST for first, second in pairs)
