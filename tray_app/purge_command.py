"""``novita-tray purge``: removes all that the program has written, after asking; no Qt."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from tray_app.adapters.autostart import make_autostart
from tray_app.adapters.paths import HOME_VARIABLE, SETTINGS_NAME, folders_of
from tray_app.adapters.settings_file import SettingsFile
from tray_app.adapters.traces import (
    Traces,
    remove_empty_folders,
    remove_files,
    traces_of,
)
from tray_app.cli import keyring_wait_told
from tray_app.core.account_name import DEFAULT_ACCOUNT
from tray_app.core.autostart import AutostartError
from tray_app.core.light_dataclass import dataclass
from tray_app.core.problem import ProblemError
from tray_app.core.purge import PurgeOutcome, PurgePlan
from tray_app.core.settings_problem import SettingsError
from tray_app.presentation.problem_code import PURGE_INCOMPLETE, PURGE_REFUSED
from tray_app.presentation.purge_wording import (
    outcome_text,
    plan_text,
    purge_declined_text,
    purge_question,
    purge_unasked_text,
    tray_runs_text,
)
from tray_app.terminal import answer, complain, tell
from tray_app.tray_process import TrayProcess

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tray_app.adapters.autostart import Autostart
    from tray_app.adapters.paths import Folders
    from tray_app.core.autostart import AutostartProblem
    from tray_app.core.problem import Problem
    from tray_app.wiring import Connection

_DONE: Final = 0
_USAGE: Final = 2


def run_purge(connection: Connection, *, agreed: bool) -> int:
    """List all that there is, ask unless it is ``agreed``, remove it; return the exit code.

    A tray would write anew what was just removed, so none may run, and none can start meanwhile.
    """
    if _runs(demo=False) or _runs(demo=True):
        complain(tray_runs_text())
        return PURGE_REFUSED
    purge = _Purge.of_environment(connection)
    try:
        tell(plan_text(purge.plan))
        if not agreed and not _agrees():
            complain(purge_declined_text())
            return PURGE_REFUSED
    except NobodyToAskError:
        complain(purge_unasked_text())
        return _USAGE
    except OSError:
        # Who cannot read what is removed has not agreed to it.
        return PURGE_REFUSED
    outcome = purge.carry_out()
    if outcome is None:
        complain(tray_runs_text())
        return PURGE_REFUSED
    code = _DONE if outcome.is_complete else PURGE_INCOMPLETE
    return answer(outcome_text(outcome), code)


class NobodyToAskError(Exception):
    """Standard input is no terminal."""


def _runs(*, demo: bool) -> bool:
    return TrayProcess.of(os.environ, demo=demo).lock.is_held_by_another()


def _agrees() -> bool:
    if sys.stdin is None or not sys.stdin.isatty():
        raise NobodyToAskError
    try:
        return input(purge_question()).strip().casefold() in {"y", "yes"}
    except EOFError:
        return False


@dataclass(frozen=True, slots=True)
class _Purge:
    """What was found, and the ways to remove it."""

    connection: Connection
    folders: Folders
    traces: Traces
    autostart: Autostart
    plan: PurgePlan

    @classmethod
    def of_environment(cls, connection: Connection) -> _Purge:
        folders = folders_of(os.environ)
        traces = traces_of(folders)
        autostart = make_autostart(os.environ, sys.platform)
        shared = _accounts_outside_home()
        accounts = {DEFAULT_ACCOUNT, *_accounts_in(folders, traces)}
        try:
            entry = autostart.entry()
        except AutostartError:
            # Its removal says what is wrong with it.
            entry = None
        plan = PurgePlan(
            accounts=_in_order(accounts - shared),
            shared_accounts=_in_order(accounts & shared),
            autostart_entry=entry,
            files=tuple(map(str, traces.files)),
            foreign=tuple(map(str, traces.foreign)),
        )
        return cls(connection, folders, traces, autostart, plan)

    def carry_out(self) -> PurgeOutcome | None:
        """Remove everything; None, with everything left, where a tray has started meanwhile."""
        lock = TrayProcess.of(os.environ, demo=False).lock
        # Taking it would make the folder.
        if self.folders.data.is_dir() and not lock.take():
            return None
        keys_removed, keys_left = self._remove_keys()
        autostart_trouble = self._remove_autostart()
        # Also what was written since the plan was made.
        files = traces_of(self.folders).files
        lock_file = self.folders.data / "tray.lock"
        files_left = list(remove_files([path for path in files if path != lock_file]))
        lock.remove()
        # Windows removes no open file.
        files_left += remove_files([lock_file])
        remove_empty_folders(self.traces.folders)
        return PurgeOutcome(
            keys_removed=tuple(keys_removed),
            keys_left=tuple(keys_left),
            autostart_trouble=autostart_trouble,
            files_removed=sum(not os.path.lexists(path) for path in {*self.traces.files, *files}),
            files_left=tuple((str(path), reason) for path, reason in files_left),
        )

    def _remove_keys(self) -> tuple[list[str], list[tuple[str, Problem]]]:
        removed: list[str] = []
        left: list[tuple[str, Problem]] = []
        with keyring_wait_told():
            for account in self._accounts_with_keys():
                store = replace(self.connection, account=account).make_keyring_store()
                try:
                    if store.delete():
                        removed.append(account)
                except ProblemError as error:
                    left.append((account, error.problem))
        return removed, left

    def _accounts_with_keys(self) -> tuple[str, ...]:
        """Return the plan's accounts, and those whose settings are gone but whose key is not."""
        known = self.plan.accounts
        if self.folders.home is not None:
            # The others may be those of other folders.
            return known
        try:
            stored = self.connection.make_keyring_store().stored_accounts()
        except ProblemError:
            return known
        return _in_order({*known, *stored})

    def _remove_autostart(self) -> AutostartProblem | None:
        try:
            self.autostart.remove_entry()
        except AutostartError as error:
            return error.problem
        return None


def _accounts_in(folders: Folders, traces: Traces) -> set[str]:
    """Return whose settings and files are there."""
    try:
        loaded = SettingsFile(folders.config / SETTINGS_NAME).load()
    except SettingsError:
        # The files tell of most.
        return set(traces.accounts)
    configured = {account.name for account in loaded.configuration.accounts}
    return {*traces.accounts, *(configured if loaded.exists else ())}


def _accounts_outside_home() -> set[str]:
    """Return whose keys the system's own folders use, where ``NOVITA_TRAY_HOME`` names others.

    There is one keyring for both.
    """
    if not os.environ.get(HOME_VARIABLE):
        return set()
    folders = folders_of({})
    traces = traces_of(folders)
    if not traces.files:
        return set()
    return {DEFAULT_ACCOUNT, *_accounts_in(folders, traces)}


def _in_order(accounts: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(accounts, key=lambda account: (account != DEFAULT_ACCOUNT, account)))
