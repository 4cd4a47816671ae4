"""The sessions of all accounts: made, ended and shown as the configuration says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tray_app.core.shown_account import account_to_show
from tray_app.ui.account_session import AccountSession

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import tzinfo

    from tray_app.core.configuration import Configuration
    from tray_app.ui.ports import AccountHome


class Accounts(QObject):
    """Holds a session for each account, in the user's order; one of them is shown.

    What a session says is said on, so that nobody else need know when one comes or goes.
    """

    view_changed = Signal()
    state_changed = Signal()
    time_passed = Signal()
    alerts_due = Signal(str, object)
    command_chosen = Signal(object, str)
    failed_inside = Signal()

    def __init__(
        self,
        home_of: Callable[[str, Configuration], AccountHome],
        zone: tzinfo,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._home_of = home_of
        self._zone = zone
        self._sessions: dict[str, AccountSession] = {}
        self._leaving: list[AccountSession] = []
        """Those of accounts that are gone, as long as something still runs in them."""
        self._shown = ""
        self._is_running = False

    @property
    def sessions(self) -> tuple[AccountSession, ...]:
        """Every account's, in the user's order."""
        return tuple(self._sessions.values())

    @property
    def shown(self) -> AccountSession:
        """The account whose figure the tray shows."""
        return self._sessions[self._shown]

    def named(self, name: str) -> AccountSession | None:
        """Return the session of an account, None where there is no such account any more."""
        return self._sessions.get(name)

    def label_of(self, session: AccountSession) -> str:
        """Return the account's name where there are several."""
        return session.name if len(self._sessions) > 1 else ""

    def choose_shown(self, chosen: str | None) -> None:
        """Show the account that the user chose, else the one with the least time left."""
        states = {session.name: session.state for session in self.sessions}
        self._shown = account_to_show(states, chosen, self._shown)

    def follow(self, configuration: Configuration) -> None:
        """Run a session for each account of the configuration, in its order, and no other."""
        before = self._sessions
        # Whatever a session tells meanwhile is shown of accounts that are there.
        self._sessions = {
            account.name: before.get(account.name) or self._made(account.name, configuration)
            for account in configuration.accounts
        }
        if self._shown not in self._sessions:
            self._shown = configuration.accounts[0].name
        for session in self.sessions:
            session.apply(configuration)
        for name, session in self._sessions.items():
            if self._is_running and name not in before:
                session.start()
        for name, session in before.items():
            if name not in self._sessions:
                self._end(session)

    def start(self) -> None:
        """Ask for every account's balance, and keep it fresh from now on."""
        self._is_running = True
        for session in self.sessions:
            session.start()

    def stop(self) -> bool:
        """End every session; return False where something still waits in one."""
        for session in self.sessions:
            session.refresher.stop()
            session.abort_fetch()
        # Each, also behind one that does not end.
        ends = [session.stop() for session in (*self.sessions, *self._leaving)]
        return all(ends)

    def _made(self, name: str, configuration: Configuration) -> AccountSession:
        session = AccountSession(self._home_of(name, configuration), self._zone, parent=self)
        session.view_changed.connect(self.view_changed)
        session.state_changed.connect(self.state_changed)
        session.time_passed.connect(self.time_passed)
        session.alerts_due.connect(self.alerts_due)
        session.command_chosen.connect(self.command_chosen)
        session.failed_inside.connect(self.failed_inside)
        return session

    def _end(self, session: AccountSession) -> None:
        """Let an account that is gone go on with nothing."""
        # What its threads have sent already is taken in, and nobody may hear of it.
        session.blockSignals(True)  # noqa: FBT003 — Qt's
        session.key_entry.close()
        session.details.close()
        if session.stop():
            session.deleteLater()
        else:
            self._leaving.append(session)
