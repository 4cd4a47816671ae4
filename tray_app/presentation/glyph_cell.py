"""The cell of a glyph: the lines on which its centrelines run, and its rounds."""

from __future__ import annotations

from typing import Final

from tray_app.core.light_dataclass import dataclass
from tray_app.presentation.outlines import Contour, Corner, ring

_FULL_ROUNDS_FROM: Final = 9
_SMALL_ROUNDNESS: Final = 0.75


@dataclass(frozen=True, slots=True)
class Cell:
    """Width, height and pen of one glyph in whole pixels, so that stems lie on whole pixels."""

    width: int
    height: int
    pen: int

    @property
    def left(self) -> float:
        """The centreline of the left stem."""
        return self.pen / 2

    @property
    def right(self) -> float:
        """The centreline of the right stem."""
        return self.width - self.pen / 2

    @property
    def top(self) -> float:
        """The centreline of the top bar."""
        return self.pen / 2

    @property
    def bottom(self) -> float:
        """The centreline of the bottom bar."""
        return self.height - self.pen / 2

    @property
    def waist(self) -> float:
        """The centreline of the middle bar, a little high where it cannot be in the middle."""
        return (self.height - self.pen) // 2 + self.pen / 2

    @property
    def terminal(self) -> int:
        """Where an open end of a round stops, measured from the top or from the bottom."""
        return max(self.pen // 2 + 1, round(0.2 * self.height) + self.pen % 2)

    def radius(self, one_bar: float, other_bar: float) -> float:
        """Return the radius of a round between two bars; small cells keep some corner."""
        roundness = 1.0 if self.width >= _FULL_ROUNDS_FROM else _SMALL_ROUNDNESS
        return min((self.right - self.left) / 2 * roundness, abs(other_bar - one_bar) / 2)

    def bowl(self, top: float, bottom: float, *, flat_left: bool = False) -> tuple[Contour, ...]:
        """Return the closed round between two bars."""
        radius = self.radius(top, bottom)
        near = 0.0 if flat_left else radius
        return ring(
            self.pen,
            Corner(self.left, top, near),
            Corner(self.right, top, radius),
            Corner(self.right, bottom, radius),
            Corner(self.left, bottom, near),
        )

    def turned(self, contours: tuple[Contour, ...]) -> tuple[Contour, ...]:
        """Return contours turned by half a turn within the cell."""
        return tuple(tuple((self.width - x, self.height - y) for x, y in one) for one in contours)
