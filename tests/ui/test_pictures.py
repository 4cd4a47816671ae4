from __future__ import annotations

import pytest
from PySide6.QtGui import QImage, qRgba

from tests.ui.pictures import look_alike


def picture(red: int = 100, alpha: int = 255, width: int = 3) -> QImage:
    image = QImage(width, 2, QImage.Format.Format_ARGB32)
    image.fill(qRgba(10, 20, 30, 255))
    image.setPixel(1, 1, qRgba(red, 20, 30, alpha))
    return image


@pytest.mark.parametrize("red", [99, 100, 101])
def test_a_step_of_rounding_is_seen_by_nobody(red: int) -> None:
    assert look_alike(picture(), picture(red))


@pytest.mark.parametrize(
    "other", [picture(98), picture(102), picture(alpha=250), picture(width=4)], ids=repr
)
def test_anything_more_is_another_picture(other: QImage) -> None:
    assert not look_alike(picture(), other)
