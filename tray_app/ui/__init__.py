"""Everything that Qt draws or schedules; gives Python's import back, which the binding takes over.

WORKAROUND(PySide6 6.11, shibokensupport/feature.py: the binding puts itself before Python's import
for the sake of ``from __feature__ import snake_case``, and reads the source of each module imported
from then on to see whether it names PySide6; measured: 246 files after the icon, whose lines stay
in linecache, 9 MB in all): nobody here uses those features. Remove when it reads no sources.
"""

from __future__ import annotations

import builtins

import PySide6.QtCore  # noqa: F401 — what it puts before the import is put aside here

# Without it there is nothing to give back.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
