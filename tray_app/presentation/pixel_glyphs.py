"""The smallest digits, drawn pixel by pixel: in counters of a pixel or two, curves only blur."""

from __future__ import annotations

from typing import Final

from tray_app.presentation.outlines import Contour, rectangle

# A pattern is ten rows of "#" (full), "+" (half) and "." (empty). Its fourth and seventh row are
# made to be left out for eight rows and to be doubled for twelve.
_ELASTIC_ROWS: Final = frozenset({3, 6})
_REPEATS: Final = {8: 0, 10: 1, 12: 2}
_HALF: Final = 0.5

_FOUR_WIDE: Final = {
    "0": "+##+ #..# #..# #..# #..# #..# #..# #..# #..# +##+",
    "1": "..#. .##. #+#. ..#. ..#. ..#. ..#. ..#. ..#. ..#.",
    "2": "+##+ #..# ...# ...# ..+# ..#+ .+#. .#+. #+.. ####",
    "3": "+##+ #..# ...# ...# .##+ ...# ...# ...# #..# +##+",
    "4": "..#. ..#. .##. .+#. #.#. #.#. #.#. #### ..#. ..#.",
    "5": "#### #... #... #... ###+ ...# ...# ...# #..# +##+",
    "6": "+##+ #..# #... #... ###+ #..# #..# #..# #..# +##+",
    "7": "#### ...# ...# ..+# ..#+ ..#. .+#. .#+. .#.. .#..",
    "8": "+##+ #..# #..# #..# +##+ #..# #..# #..# #..# +##+",
    "9": "+##+ #..# #..# #..# #..# +### ...# ...# #..# +##+",
    "k": "#... #... #..# #..# #.#+ ##+. ##.. #.#. #.+# #..#",
    "M": "#..# #### #### #### #..# #..# #..# #..# #..# #..#",
    "B": "###+ #..# #..# #..# ###+ #..# #..# #..# #..# ###+",
    "T": "#### .##. .##. .##. .##. .##. .##. .##. .##. .##.",
    "<": ".... ...# ..#+ .+#. .#+. .#+. .+#. ..#+ ...# ....",
}
_FIVE_WIDE: Final = {
    "0": "+###+ ##.## ##.## ##.## ##.## ##.## ##.## ##.## ##.## +###+",
    "1": "..##. +###. #+##. ..##. ..##. ..##. ..##. ..##. ..##. ..##.",
    "2": "+###+ ##.## ...## ...## ..+## ..##+ .+##. .##+. ##+.. #####",
    "3": "+###+ ##.## ...## ...## .###+ ...## ...## ...## ##.## +###+",
    "4": "...## ..### ..### .+### .#.## +#.## ##.## ##### ...## ...##",
    "5": "##### ##... ##... ##... ####+ ...## ...## ...## ##.## +###+",
    "6": "+###+ ##.## ##... ##... ####+ ##.## ##.## ##.## ##.## +###+",
    "7": "##### ...## ...## ..+## ..##+ ..##. .+##. .##+. .##.. .##..",
    "8": "+###+ ##.## ##.## ##.## +###+ ##.## ##.## ##.## ##.## +###+",
    "9": "+###+ ##.## ##.## ##.## ##.## +#### ...## ...## ##.## +###+",
    "k": "##... ##... ##.## ##.## ##+#+ ####. ###.. ##+#. ##.## ##.##",
    "M": "#...# ##.## ##.## ##### #.#.# #.#.# #...# #...# #...# #...#",
    "B": "####+ ##.## ##.## ##.## ####+ ##.## ##.## ##.## ##.## ####+",
    "T": "##### .+#+. .+#+. .+#+. .+#+. .+#+. .+#+. .+#+. .+#+. .+#+.",
    "<": "..... ...## ..##+ .+##. +##.. +##.. .+##. ..##+ ...## .....",
}
_PATTERNS: Final = {4: _FOUR_WIDE, 5: _FIVE_WIDE}


def pixel_outline(glyph: str, width: int, height: int) -> tuple[Contour, ...] | None:
    """Return a glyph's pixels as rectangles, or None where no pattern fits the cell.

    A half pixel is a rectangle of half the height, which exact coverage paints as half.
    """
    pattern = _PATTERNS.get(width, {}).get(glyph)
    repeats = _REPEATS.get(height)
    if pattern is None or repeats is None:
        return None
    rows = [
        row
        for index, row in enumerate(pattern.split())
        for _ in range(repeats if index in _ELASTIC_ROWS else 1)
    ]
    return tuple(
        rectangle(x, y, 1, 1 if pixel == "#" else _HALF)
        for y, row in enumerate(rows)
        for x, pixel in enumerate(row)
        if pixel != "."
    )
