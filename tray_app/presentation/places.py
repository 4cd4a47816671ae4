"""Pages of the vendor that the program opens, and the name that it goes by."""

from __future__ import annotations

from typing import Final

PROGRAM_NAME: Final = "Novita balance"
# docs: the vendor's own addresses for keys and top-ups.
KEYS_URL: Final = "https://novita.ai/settings/key-management"
BILLING_URL: Final = "https://novita.ai/billing"
