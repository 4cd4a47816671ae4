"""``python -m tray_app``, and the start of the packaged program."""

from __future__ import annotations

import os
import sys

from tray_app.main import program

if getattr(sys, "frozen", False):
    from tray_app.adapters.child_environment import give_back_image, give_back_library_paths

    give_back_library_paths(os.environ)
    give_back_image(os.environ)
sys.exit(program())
