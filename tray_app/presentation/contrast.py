"""How well two colours can be told apart, after WCAG 2 (docs: w3.org/TR/WCAG22)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tray_app.presentation.icon_spec import Rgb

BLACK: Final = (0, 0, 0)
WHITE: Final = (255, 255, 255)
_STEPS: Final = 40


def luminance(colour: Rgb) -> float:
    """Return the relative luminance, from 0 for black to 1 for white."""
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Rgb, other: Rgb) -> float:
    """Return the ratio of two colours' luminances, from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def mixed(one: Rgb, other: Rgb, share: float) -> Rgb:
    """Return ``one`` with that share of ``other`` in it, from 0 to 1."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def legible(colour: Rgb, ground: Rgb, ratio: float) -> Rgb:
    """Return the colour, made lighter or darker until it has that contrast on the ground.

    Towards whichever of black and white stands out more; that one itself where nothing else does.
    """
    end = max((BLACK, WHITE), key=lambda each: contrast(each, ground))
    for step in range(_STEPS):
        nearer = mixed(colour, end, step / _STEPS)
        if contrast(nearer, ground) >= ratio:
            return nearer
    return end


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 — WCAG's own constants
