"""The platform's own keyring, named in code.

keyring would load every back-end that is installed to choose one, and one of those starts gcc
and ld on Linux (measured: 16 child processes and 139 ms against 1 and 89 ms). It would also
obey a configuration that names a plain-text file, which must never hold a key here.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend


def platform_backend() -> KeyringBackend:
    """Return the back-end of this platform; importing it may raise whatever it lacks."""
    if sys.platform == "darwin":
        from tray_app.adapters.macos_keychain import InPlaceKeychain

        return InPlaceKeychain()
    if sys.platform == "win32":
        from tray_app.adapters.windows_vault import TidyVault

        return TidyVault()
    from tray_app.adapters.secret_service import WatchedSecretService

    return WatchedSecretService()
