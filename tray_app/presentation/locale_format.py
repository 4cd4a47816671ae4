"""How numbers and days are written: in C's way, or in the way of the locale that was installed.

The user interface installs the system's; the command line, whose answers other programs read, has
none. The language of the words is another choice (:mod:`tray_app.presentation.translation`), so a
German desktop may well have English words around ``$1.234,56``. The clock has 24 hours everywhere:
an AM or a PM would have no room in a narrow chart.
"""

from __future__ import annotations

from typing import Final

from tray_app.core.light_dataclass import dataclass

_FIRST_GROUP: Final = 3


@dataclass(frozen=True, slots=True)
class LocaleFormat:
    """What a locale says about numbers and days; the defaults are C's."""

    decimal_point: str = "."
    group_mark: str = ""
    """Between groups of digits; empty where digits are not grouped."""
    grouped_from: int = 4
    """The digits of the shortest number that is grouped."""
    higher_group: int = 3
    """The digits of each group but the last, which has three (India: 2)."""
    month_first: bool = False
    """Whether English words say December 4 rather than 4 December."""


_C: Final = LocaleFormat()
_in_force: LocaleFormat = _C


def format_in_force() -> LocaleFormat:
    """Return what was installed last, C's where nothing was."""
    return _in_force


def install_format(locale_format: LocaleFormat | None) -> None:
    """Write numbers and days so from now on; None for C's way."""
    global _in_force  # noqa: PLW0603 — one process has one user
    _in_force = locale_format or _C


def number_text(decimal_text: str) -> str:
    """Return a decimal number of ASCII digits, as ``-1234.50``, in the locale's way."""
    whole, point, fraction = decimal_text.partition(".")
    sign = "-" if whole.startswith("-") else ""
    digits = _grouped(whole.removeprefix("-"), _in_force)
    return f"{sign}{digits}{_in_force.decimal_point if point else ''}{fraction}"


def _grouped(digits: str, locale_format: LocaleFormat) -> str:
    if not locale_format.group_mark or len(digits) < locale_format.grouped_from:
        return digits
    groups, end = [digits[-_FIRST_GROUP:]], len(digits) - _FIRST_GROUP
    while end > 0:
        groups.insert(0, digits[max(end - locale_format.higher_group, 0) : end])
        end -= locale_format.higher_group
    return locale_format.group_mark.join(groups)
