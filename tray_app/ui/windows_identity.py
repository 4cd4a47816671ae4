"""The name under which Windows groups this program's windows and messages."""

from __future__ import annotations

import sys
from typing import Final

APP_ID: Final = "NovitaTray.NovitaTray"
"""The AppUserModelID, which the Start menu's entry bears too; it never changes after a release.

Facts: docs (Microsoft, "Application User Model IDs"): CompanyName.ProductName, at most 128
characters, no spaces. Messages carry name and icon of the Start-menu entry with the same one.
"""


def tell_windows_who_we_are() -> None:
    """Name this process to Windows, before its first window; elsewhere nothing."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 — Windows alone needs it

        # Its result says no more than that messages keep the program's own name.
        ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID(APP_ID)
