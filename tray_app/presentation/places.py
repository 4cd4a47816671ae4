"""Pages of the vendor that the program opens, and its name as the user reads it."""

from __future__ import annotations

from typing import Final

from tray_app.presentation.translation import tr

# docs: the vendor's own addresses for keys and top-ups.
KEYS_URL: Final = "https://novita.ai/settings/key-management"
BILLING_URL: Final = "https://novita.ai/billing"


def program_name() -> str:
    """Return the name that the user reads."""
    return tr("Novita balance")


def keys_link_text() -> str:
    """Return where keys are made, with a link, as rich text."""
    # Fields keep the link's own characters out of the catalogues.
    link = f'<a href="{KEYS_URL}">{KEYS_URL.removeprefix("https://")}</a>'
    return tr("Keys are made at {link}.", link=link)
