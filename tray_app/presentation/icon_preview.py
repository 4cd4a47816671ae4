"""How the icon looks in a style, by examples."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from tray_app.core.level import Level
from tray_app.core.settings import IconStyle
from tray_app.presentation.icon_spec import IconSpec

if TYPE_CHECKING:
    from tray_app.core.settings import Settings

_LEVELS: Final = (Level.HEALTHY, Level.LOW, Level.CRITICAL)
_DOLLARS: Final = ("12", "4.2", ".80")
_TIMES: Final = ("9d", "2d", "14h")


def example_icons(settings: Settings) -> tuple[IconSpec, ...]:
    """Return the icon of a healthy, a low and a critical balance by these settings."""
    texts = _texts(settings)
    return tuple(IconSpec(text, level) for text, level in zip(texts, _LEVELS, strict=True))


def _texts(settings: Settings) -> tuple[str, ...]:
    match settings.icon_style:
        case IconStyle.DOLLARS if not settings.hides_amounts:
            return _DOLLARS
        case IconStyle.DAYS:
            return _TIMES
        case IconStyle.DOLLARS | IconStyle.LEVEL:
            return ("",) * len(_LEVELS)
        case _:
            assert_never(settings.icon_style)
