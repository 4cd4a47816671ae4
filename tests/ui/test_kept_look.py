"""The picture with which a start begins."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize

from tests.ui.golden_icons import LOADING
from tests.ui.pictures import look_alike
from tray_app.core.level import Level
from tray_app.presentation.icon_spec import Emblem, IconSpec
from tray_app.start import LOADING_LOOK
from tray_app.ui.icon_painter import SIZES, icon_of, paint_icon
from tray_app.ui.kept_look import icon_from, kept

pytestmark = pytest.mark.usefixtures("qapp")
OLD = IconSpec("23", Level.LOW, dimmed=True, emblem=Emblem.STALE)


@pytest.mark.parametrize("size", SIZES)
def test_every_size_comes_back_as_it_was_painted(size: int) -> None:
    picture = icon_from(kept(OLD)).pixmap(QSize(size, size)).toImage()
    assert look_alike(
        picture.convertToFormat(paint_icon(OLD, size).format()), paint_icon(OLD, size)
    )


@pytest.mark.parametrize(
    "content", [b"", b"1", b"\0\0\0\5hello", kept(OLD)[:-3] + b"\0\0\0\1x", b"\xff" * 99]
)
def test_bytes_that_are_no_picture_are_none(content: bytes) -> None:
    icon = icon_from(content)
    assert icon.isNull() or icon.availableSizes()


@pytest.mark.parametrize("size", SIZES)
def test_the_picture_in_the_package_is_the_icon_of_loading(size: int) -> None:
    shipped = icon_from(LOADING_LOOK.read_bytes()).pixmap(QSize(size, size)).toImage()
    painted = icon_of(LOADING).pixmap(QSize(size, size)).toImage()
    assert look_alike(shipped.convertToFormat(painted.format()), painted)
