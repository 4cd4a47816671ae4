"""The secret that the program exists to keep."""

from __future__ import annotations

import hashlib
import re
from dataclasses import field
from enum import Enum
from typing import Final

from tray_app.core.light_dataclass import dataclass

_MAX_LENGTH: Final = 512
_HEADER: Final = re.compile(r"(?:authorization\s*:\s*)?(?:bearer:?(?:\s+|$))*", re.IGNORECASE)
_QUOTES: Final = "\"'"
_INVISIBLE: Final = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))


class KeyFault(Enum):
    """Why a text cannot be a key, as the message says it."""

    EMPTY = "The key is empty."
    TOO_LONG = "This is too long for an API key."
    SEVERAL_LINES = "There are several lines; a key is one."
    FOREIGN_CHARACTERS = "An API key has only plain letters, digits and signs."


class InvalidApiKeyError(ValueError):
    """The text cannot be a key; the message says why and never repeats the text."""

    def __init__(self, fault: KeyFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A Novita API key, which no repr, message or log shows.

    Only :meth:`reveal` gives the text, to the request's header and to the keyring.
    """

    _text: str = field(repr=False)

    def __post_init__(self) -> None:
        if not self._text:
            raise InvalidApiKeyError(KeyFault.EMPTY)
        if len(self._text) > _MAX_LENGTH:
            raise InvalidApiKeyError(KeyFault.TOO_LONG)
        if not all("!" <= character <= "~" for character in self._text):
            raise InvalidApiKeyError(KeyFault.FOREIGN_CHARACTERS)

    @classmethod
    def of_pasted(cls, text: str) -> ApiKey:
        """Return the key in a text as people paste it.

        White space and invisible marks anywhere, a leading ``Authorization:`` or ``Bearer`` and
        quotes around it are dropped, as terminals and web pages add them. Raises
        InvalidApiKeyError.
        """
        bare = text.translate(_INVISIBLE).strip().strip(_QUOTES)
        return cls("".join(_HEADER.sub("", bare, count=1).split()).strip(_QUOTES))

    def reveal(self) -> str:
        """Return the secret text."""
        return self._text

    @property
    def mark(self) -> str:
        """Sixteen hex digits that tell keys apart, and from which none can be had back."""
        digest = hashlib.blake2b(self._text.encode("ascii"), digest_size=8, person=b"key mark")
        return digest.hexdigest()

    def __reduce__(self) -> str:
        """Refuse to be written out: a pickle would hold the secret."""
        raise TypeError("an API key is not written out")

    def __str__(self) -> str:
        return "ApiKey(…)"
