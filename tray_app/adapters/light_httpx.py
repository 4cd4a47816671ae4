"""httpx without what nobody needs here: its own command line, and other event loops.

WORKAROUND(httpx 0.28: where click, rich and pygments are installed, importing httpx imports them
for a command that nobody calls here; measured: 5 MB and half of the import's time): that module is
declared missing, which httpx copes with. Remove when httpx imports it late.

WORKAROUND(httpcore 1.0: imports anyio, and trio where it is installed, for clients that are
asynchronous; anyio 4.16 reads and parses its own source then): they are declared missing while
httpcore is imported, which it copes with. Remove when httpcore imports them late.
"""

from __future__ import annotations

import sys

_LOOPS = ("anyio", "trio")

sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]  # None says "not there"
_hidden = [name for name in _LOOPS if name not in sys.modules]
sys.modules.update(dict.fromkeys(_hidden))  # type: ignore[arg-type]  # likewise

# After the lines above, and for others to import.
import httpcore as httpcore  # noqa: E402, PLC0414
import httpx as httpx  # noqa: E402, PLC0414

for _name in _hidden:
    del sys.modules[_name]
