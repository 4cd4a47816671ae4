"""httpx without its own command line.

WORKAROUND(httpx 0.28: where click, rich and pygments are installed, importing httpx imports them
for a command that nobody calls here; measured: 5 MB and half of the import's time): that module is
declared missing, which httpx copes with. Remove when httpx imports it late.
"""

from __future__ import annotations

import sys

sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]  # None says "not there"

import httpx as httpx  # noqa: E402, PLC0414 — after the line above, and for others to import
