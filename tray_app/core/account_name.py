"""By what an account is called: in the settings, in the keyring and in the names of files."""

from __future__ import annotations

import re
from typing import Final

DEFAULT_ACCOUNT: Final = "default"
"""The one that there is without a choice; whoever has one account never reads its name."""
LEAST_TIME: Final = "least-time"
"""Chooses, in place of a name, the account with the least time left; so it is nobody's name."""
# Compiled with the first name that is looked at: the start knows of none before the icon.
_NAME: Final = r"[A-Za-z0-9][A-Za-z0-9._-]{0,31}"
# A name of this form could be a key, which must not reach a file.
_LIKE_A_KEY: Final = ("sk_", "sk-")


class InvalidAccountNameError(ValueError):
    """No name for an account; the message says what one is and never repeats the text."""

    def __init__(self) -> None:
        super().__init__(
            "an account's name has 1 to 32 letters, digits, dots, hyphens or underscores, begins "
            f"with a letter or digit, and is neither {LEAST_TIME} nor a key"
        )


def account_name(text: str) -> str:
    """Return the name, which is also used in keyring, history and file.

    Raises InvalidAccountNameError.
    """
    if not re.fullmatch(_NAME, text, re.ASCII):
        raise InvalidAccountNameError
    if text.lower().startswith(_LIKE_A_KEY) or text == LEAST_TIME:
        raise InvalidAccountNameError
    return text
