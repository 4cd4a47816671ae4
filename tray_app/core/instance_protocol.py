"""What a tray that runs is told by other starts of the program, and what it answers."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Final

SHOW: Final = b"show"
"""Come forward; may be followed by a blank and an activation token."""
SHOWN: Final = b"shown\n"
STATUS: Final = b"status"
"""Say what is known; answered by one line, a JSON object (presentation/status_document.py)."""
QUIT: Final = b"quit"
"""End, as by the menu; answered before the end begins."""
QUITTING: Final = b"quitting\n"
LONGEST_LINE: Final = 512
"""Bytes of a word, a blank and an activation token, with the end of the line."""
LONGEST_STATUS: Final = 64 * 1024
"""Bytes of the answer to STATUS with the end of its line: some 700 for each account."""
PATIENCE: Final = timedelta(seconds=2)
"""How long each side waits for the other's word."""
_PRINTABLE: Final = re.compile(rb"[!-~]+")


def is_token(token: bytes) -> bool:
    """Return whether this can be an activation token that fits into the line."""
    longest = LONGEST_LINE - len(SHOW) - len(b" \n")
    return 0 < len(token) <= longest and _PRINTABLE.fullmatch(token) is not None
