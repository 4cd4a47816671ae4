"""Where an account's figures come from."""

from __future__ import annotations

from tray_app.core.light_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """Where the figures come from, as far as the user must know."""

    demo: bool = False
    key_from_environment: bool = False
    api_url: str | None = None
    """The address, where it is not the vendor's own."""
    keyring_can_be_left: bool = True
    """Whether a question that the keyring does not answer can be put anew."""
