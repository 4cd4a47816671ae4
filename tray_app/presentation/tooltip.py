"""The tooltip: as much as the narrowest system shows, the most important first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tray_app.presentation.headline import SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Iterator

# Windows cuts it there (NOTIFYICONDATA.szTip holds 128 UTF-16 units with its end).
LONGEST_TOOLTIP_UTF16: Final = 127


def tooltip_of(
    headline: str,
    longer_headline: str,
    details: tuple[tuple[str, str], ...],
    trouble: tuple[str, ...],
) -> str:
    """Return what fits: the headline and what is wrong, then the runway, then the amounts."""
    *_, shortest = candidates = [*_candidates(headline, longer_headline, details, trouble)]
    fitting = (text for text in candidates if _utf16_units(text) <= LONGEST_TOOLTIP_UTF16)
    return next(fitting, None) or _cut(shortest)


def _candidates(
    headline: str,
    longer_headline: str,
    details: tuple[tuple[str, str], ...],
    trouble: tuple[str, ...],
) -> Iterator[str]:
    """Yield what could be shown, the fullest first."""
    amounts = [f"{word} {amount}" for word, amount in details]
    for count in range(len(amounts), -1, -1):
        shown = amounts[:count]
        pairs = (SEPARATOR.join(shown[start : start + 2]) for start in range(0, count, 2))
        yield "\n".join((longer_headline, *pairs, *trouble))
    yield "\n".join((headline, *trouble))


def _cut(text: str) -> str:
    while _utf16_units(text) >= LONGEST_TOOLTIP_UTF16:
        text = text[:-1]
    return f"{text}…"


def _utf16_units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
