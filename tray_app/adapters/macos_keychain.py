"""The macOS keychain, with secrets updated in place."""

from __future__ import annotations

import ctypes

from keyring.backends import macOS
from keyring.errors import KeyringLocked, PasswordSetError


class InPlaceKeychain(macOS.Keyring):
    """Replaces a secret without deleting its item.

    WORKAROUND(keyring 25.7: macOS.api.set_generic_password deletes and adds): a new item loses
    the user's "Always Allow", so every update would ask again; remove when keyring calls
    SecItemUpdate itself.
    """

    def set_password(self, service: str, username: str, password: str) -> None:
        """Store the secret, in place where an item exists."""
        api = macOS.api
        update = api._sec.SecItemUpdate  # noqa: SLF001 — keyring loads the framework there
        update.restype = api.OS_status
        update.argtypes = (ctypes.c_void_p, ctypes.c_void_p)
        item = api.create_query(
            kSecClass=api.k_("kSecClassGenericPassword"),
            kSecAttrService=service,
            kSecAttrAccount=username,
        )
        status = update(item, api.create_query(kSecValueData=password))
        if status == api.error.item_not_found:
            super().set_password(service, username, password)
            return
        try:
            api.Error.raise_for_status(status)
        except api.KeychainDenied as error:
            raise KeyringLocked("the keychain refused to store the secret") from error
        except api.Error as error:
            raise PasswordSetError("the keychain could not store the secret") from error
