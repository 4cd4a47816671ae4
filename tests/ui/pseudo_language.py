"""A language that shows what was forgotten: letters with accents, longer sentences, brackets.

Fields stay as they are, so whatever plain letters are left on the screen were never translated.
"""

from __future__ import annotations

import re
from typing import Final

from tray_app.presentation.translation import english

_PLAIN: Final = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ACCENTED: Final = "áƀçđéƒğĥíĵķłḿñóþʠŕšţúṽŵẋýžÁɃÇĐÉƑĞĤÍĴĶŁḾÑÓÞɊŔŠŢÚṼŴẊÝŽ"
_TABLE: Final = str.maketrans(_PLAIN, _ACCENTED)
_FIELD: Final = re.compile(r"(\{[^}]*\})")
_LONGER_BY: Final = 0.4
"""Qt's and Microsoft's rule of thumb for a language that needs more room than English."""


def pseudo(text: str, n: int | None) -> str:
    """Return the sentence as no language has it; its fields and its count stay."""
    parts = _FIELD.split(english(text, n))
    accented = "".join(part if part.startswith("{") else part.translate(_TABLE) for part in parts)
    return f"[{accented}{'·' * round(len(text) * _LONGER_BY)}]"
