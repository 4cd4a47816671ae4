"""The Windows credential vault, without copies left behind."""

from __future__ import annotations

from keyring.backends import Windows


class TidyVault(Windows.WinVaultKeyring):
    """Replaces a secret without keeping the old one.

    WORKAROUND(keyring 25.7: WinVaultKeyring.set_password saves the previous secret once more
    under a compound name): the replaced key would stay readable; remove when keyring no longer
    copies a credential of the same user.
    """

    def set_password(self, service: str, username: str, password: str) -> None:
        """Store the secret; what stood there before is gone."""
        super().set_password(service, username, password)  # type: ignore[no-untyped-call] # untyped in keyring
        compound = self._compound_name(username, service)  # type: ignore[no-untyped-call] # the same
        self._delete_password(compound)  # type: ignore[no-untyped-call] # the same
