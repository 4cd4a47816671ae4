"""What the user's own program is told of an alert: one JSON object, schema 1."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tray_app.core.iso_time import iso_time
from tray_app.presentation.status_document import account_object

if TYPE_CHECKING:
    from datetime import datetime

    from tray_app.presentation.account_report import AccountReport

SCHEMA: Final = 1


def alert_payload(
    kinds: tuple[str, ...], title: str, text: str, report: AccountReport, now: datetime
) -> dict[str, Any]:
    """Return the object for a message at ``now`` (UTC); nothing in it is secret.

    ``schema``; ``kind``, a word that stays, of what matters most, and ``kinds``, all that the
    message tells, most important first; ``title`` and ``text`` of the message as the user reads
    it; ``at``, and then every key of an account as in ``novita-tray status --json``.
    ``kinds`` has one at least.
    """
    return {
        "schema": SCHEMA,
        "kind": kinds[0],
        "kinds": list(kinds),
        "title": title,
        "text": text,
        "at": iso_time(now),
        **account_object(report, now),
    }
