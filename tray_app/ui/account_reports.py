"""What other programs are told of the accounts that run: bars, scripts, the user's own program.

Loaded when the first of them is told something.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tray_app.core.alert import alert_word
from tray_app.presentation.account_report import report_of
from tray_app.presentation.alert_payload import alert_payload
from tray_app.presentation.alert_wording import message_of_several
from tray_app.presentation.status_document import TrayStatus, status_line
from tray_app.ui.refresher import now_utc

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tray_app.presentation.account_report import AccountReport
    from tray_app.presentation.alert_wording import AlertNews
    from tray_app.ui.account_session import AccountSession


def status_of_sessions(
    shown: AccountSession, sessions: Iterable[AccountSession], api_url: str | None
) -> bytes:
    """Return the line that other starts of the program are told; ``api_url`` if not Novita's."""
    reports = tuple(map(_report_of, sessions))
    return status_line(TrayStatus(shown.name, reports, api_url), now_utc())


def payload_of_alerts(news: AlertNews, session: AccountSession) -> dict[str, Any]:
    """Return what the user's own program is told of an account's alerts."""
    _, message = message_of_several([news])
    kinds = tuple(map(alert_word, news.alerts))
    return alert_payload(kinds, message.title, message.body, _report_of(session), now_utc())


def _report_of(session: AccountSession) -> AccountReport:
    return report_of(
        session.name,
        session.state,
        now_utc(),
        session.settings,
        key_from_environment=session.source.key_from_environment,
    )
