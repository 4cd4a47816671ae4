"""What macOS is told of the app bundle; packaging/macos has the steps that sign and ship it."""

from __future__ import annotations

import plistlib
from typing import Any, Final

from build.tools import PACKAGING, version

INFO: Final = PACKAGING / "macos" / "Info.plist"
ENTITLEMENTS: Final = PACKAGING / "macos" / "entitlements.plist"
_VERSION: Final = "@VERSION@"


def info_plist() -> dict[str, Any]:
    """Return the bundle's Info.plist with the program's version, as PyInstaller's BUNDLE takes it.

    BUNDLE adds the icon's name.
    """
    text = INFO.read_text(encoding="utf-8").replace(_VERSION, version())
    return dict(plistlib.loads(text.encode()))
