"""An amount as people type it, read in the way of their locale, without a guess."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from tray_app.core.money import Usd
from tray_app.presentation.locale_format import format_in_force

_MARKS: Final = ".,"
"""Where a locale groups by one of them, people still type the other, or both ways."""


def amount_of_entry(text: str) -> Usd | None:
    """Return the exact amount in dollars; None where the text is none, or could be two.

    What :func:`~tray_app.presentation.wording.amount_text` writes is read back, also with no
    dollar sign, no grouping, or full-width characters as input methods make them. A point or comma
    that is not the locale's decimal point is taken for one where it cannot group thousands:
    ``5,50`` everywhere, but never ``1,234``. Below zero there is nothing to type.
    """
    bare = unicodedata.normalize("NFKC", text).strip().removeprefix("$").strip()
    decimal = _by_locale(bare) or _by_foreign_point(bare)
    if decimal is None:
        return None
    try:
        return Usd.of_decimal_text(decimal)
    except ValueError:
        return None


def _by_locale(bare: str) -> str | None:
    locale_format = format_in_force()
    point = re.escape(locale_format.decimal_point)
    whole = r"[0-9]+"
    if locale_format.group_mark:
        # As the text was: a narrow space is a space now.
        mark = re.escape(unicodedata.normalize("NFKC", locale_format.group_mark))
        whole = rf"[0-9]{{1,3}}(?:{mark}[0-9]{{2,3}})*{mark}[0-9]{{3}}|{whole}"
    match = re.fullmatch(rf"({whole})?(?:{point}([0-9]*))?", bare)
    if match is None or not any(match.groups()):
        return None
    digits = re.sub(r"[^0-9]", "", match[1] or "0")
    return f"{digits}.{match[2]}" if match[2] else digits


def _by_foreign_point(bare: str) -> str | None:
    match = re.fullmatch(rf"([0-9]+)[{_MARKS}]([0-9]+)", bare)
    if match is None or len(match[2]) == len("000"):
        return None
    return f"{match[1]}.{match[2]}"
