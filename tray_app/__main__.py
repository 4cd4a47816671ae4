"""``python -m tray_app``."""

from __future__ import annotations

import sys

from tray_app.main import main

sys.exit(main())
