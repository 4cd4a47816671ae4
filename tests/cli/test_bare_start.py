"""A start without a word reads no arguments, and must know as much as one that does."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tray_app.arguments import parsed
from tray_app.main import _options

if TYPE_CHECKING:
    import pytest


def test_what_is_taken_for_granted_is_what_the_parser_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "argv", ["novita-tray"])
    assert vars(_options(None)) == vars(parsed([]))
