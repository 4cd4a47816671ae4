"""What the tray icon shows, as a value: text or symbol, level, and how current it is."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final, TypeAlias, assert_never

from tray_app.core.light_dataclass import dataclass
from tray_app.presentation.glyphs import DRAWABLE

if TYPE_CHECKING:
    from tray_app.core.level import Level

Rgb: TypeAlias = tuple[int, int, int]
"""Red, green and blue, each 0 to 255, in sRGB."""

MAX_GLYPHS: Final = 3
"""Two glyphs are good at 16 px, three are readable, four are not."""

# White digits need 4.5:1 on a fill, which caps its relative luminance at 0.183. A panel of #2b2b2b
# needs 3:1 against it, which asks for at least 0.173. All four fills lie in that narrow band.
HEALTHY_FILL: Final[Rgb] = (0x1B, 0x86, 0x3B)
LOW_FILL: Final[Rgb] = (0x9F, 0x6A, 0x00)
CRITICAL_FILL: Final[Rgb] = (0xE0, 0x26, 0x33)
UNKNOWN_FILL: Final[Rgb] = (0x6E, 0x77, 0x81)
INK: Final[Rgb] = (0xFF, 0xFF, 0xFF)
"""Digits, symbols and marks."""


class Silhouette(Enum):
    """The outline of the badge: it tells the level without colour."""

    ROUNDED_SQUARE = "rounded square"
    SHIELD = "square with a point at its foot"
    OCTAGON = "octagon"
    CIRCLE = "circle"


class Tone(Enum):
    """The look of the badge, one for each level and one for "no figure"."""

    HEALTHY = "healthy"
    LOW = "low"
    CRITICAL = "critical"
    EMPTY = "empty"
    UNKNOWN = "unknown"

    @property
    def fill(self) -> Rgb:
        """The badge's colour while its figure is current."""
        match self:
            case Tone.HEALTHY:
                return HEALTHY_FILL
            case Tone.LOW:
                return LOW_FILL
            case Tone.CRITICAL | Tone.EMPTY:
                return CRITICAL_FILL
            case Tone.UNKNOWN:
                return UNKNOWN_FILL
            case _:
                assert_never(self)

    @property
    def silhouette(self) -> Silhouette:
        """The badge's outline; EMPTY is told from CRITICAL by a bar below its digits."""
        match self:
            case Tone.HEALTHY:
                return Silhouette.ROUNDED_SQUARE
            case Tone.LOW:
                return Silhouette.SHIELD
            case Tone.CRITICAL | Tone.EMPTY:
                return Silhouette.OCTAGON
            case Tone.UNKNOWN:
                return Silhouette.CIRCLE
            case _:
                assert_never(self)


class Emblem(Enum):
    """What the badge shows besides or in place of its digits."""

    NONE = "none"
    STALE = "three dots below the digits: waiting for a newer figure"
    OFFLINE = "a broken line below the digits: no way to the server"
    KEY = "a key: none there, or none to be had from the keyring"
    LOADING = "three dots: the first figure is on its way"
    ALERT = "an exclamation mark: the user must act"

    @property
    def is_symbol(self) -> bool:
        """Whether it stands in place of the digits, not below them."""
        return self in {Emblem.KEY, Emblem.LOADING, Emblem.ALERT}


@dataclass(frozen=True, slots=True)
class IconSpec:
    """One look of the icon; equal specs are the same picture.

    ``text`` is the amount or the time left, in at most three of ``DRAWABLE``; empty under a symbol,
    and where a gauge of the level is all that is to be seen.
    ``level`` gives the silhouette, None where no figure was ever read. ``dimmed`` replaces the
    level's colour by grey, so that an old figure never looks current. Raises ValueError on a look
    that has no meaning.
    """

    text: str
    level: Level | None
    dimmed: bool = False
    emblem: Emblem = Emblem.NONE

    def __post_init__(self) -> None:
        if len(self.text) > MAX_GLYPHS:
            raise ValueError(f"more than {MAX_GLYPHS} glyphs: {self.text!r}")
        if not DRAWABLE.issuperset(self.text):
            raise ValueError(f"a glyph that has no shape: {self.text!r}")
        if self.emblem.is_symbol and self.text:
            raise ValueError(f"a symbol and a text: {self.emblem}, {self.text!r}")
        if not self.emblem.is_symbol and not self.text and self.level is None:
            raise ValueError("neither a symbol nor a text nor a level")
        if self.emblem.is_symbol and self.level is not None and not self.dimmed:
            raise ValueError(f"a symbol in a level's colour: {self.emblem}")
        if self.emblem in {Emblem.STALE, Emblem.OFFLINE} and self.level and not self.dimmed:
            raise ValueError("an old figure must not look current")

    @property
    def tone(self) -> Tone:
        """Whose silhouette the badge has."""
        return Tone.UNKNOWN if self.level is None else Tone(self.level.value)

    @property
    def fill(self) -> Rgb:
        """The badge's colour: the level's, or grey."""
        return UNKNOWN_FILL if self.dimmed else self.tone.fill
