"""``novita-tray balance --watch``: a line for each change, for as long as somebody reads; no Qt."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from tray_app.asking_tray import NoTrayError, SilentTrayError, tray_status
from tray_app.cli import outlook_of, reading_object
from tray_app.core.account_state import (
    AccountState,
    FetchFailed,
    FetchStarted,
    FetchSucceeded,
    OutlookChanged,
    reduce,
)
from tray_app.core.clock_jump import clock_jump
from tray_app.core.problem import (
    KeyringLocked,
    KeyringRefused,
    ProblemError,
    WrongKey,
)
from tray_app.core.refresh_policy import (
    LONGEST_LOOK_AWAY,
    LONGEST_WAIT,
    is_due,
    jitter_of,
    next_due,
    next_look,
)
from tray_app.presentation.account_report import report_of
from tray_app.presentation.report_format import ReportFormat
from tray_app.presentation.report_wording import watched_line
from tray_app.presentation.waybar import waybar_line
from tray_app.terminal import OUTPUT_LOST, complain, tell, wait_for_reader_to_leave

if TYPE_CHECKING:
    from collections.abc import Callable

    from tray_app.adapters.novita_client import NovitaClient
    from tray_app.bar_commands import Form
    from tray_app.core.api_key import ApiKey
    from tray_app.core.outlook import Outlook
    from tray_app.core.reading import BalanceReading
    from tray_app.demo import DemoSource
    from tray_app.presentation.account_report import AccountReport
    from tray_app.wiring import Connection

_DONE: Final = 0
_SOON: Final = timedelta(seconds=1)
"""The least time between two looks, whatever a clock or a tray says."""
_AFTER_TRAY: Final = timedelta(seconds=3)
"""A tray whose refresh is due has its answer after so long, as a rule."""


def _now() -> datetime:
    return datetime.now(UTC)


def watch_balance(
    connection: Connection,
    form: Form,
    *,
    clock: Callable[[], datetime] = _now,
    wait: Callable[[timedelta], bool] = wait_for_reader_to_leave,
) -> int:
    """Print a line for each change until nobody reads any more; return the exit code.

    The tray's readings are taken where one runs and asks about the same account; else Novita is
    asked, at the tray's interval and with its waits after a failure. ``wait`` waits for at most so
    long, and says whether nobody reads any more. Ctrl-C raises KeyboardInterrupt.
    """
    watch = _Watch(connection, clock)
    shown = None
    try:
        while True:
            now = clock()
            report, pause = watch.look(now)
            line = _line(report, form, now, connection)
            if line is not None and line != shown:
                tell(line)
                shown = line
            if wait(max(pause, _SOON)):
                return _DONE
    except BrokenPipeError:
        return _DONE
    except OSError as error:
        complain(f"The answer could not be written: {error.strerror}.")
        return OUTPUT_LOST
    finally:
        watch.close()


class _Watch:
    """Knows the account: by the tray, or by its own requests."""

    def __init__(self, connection: Connection, clock: Callable[[], datetime]) -> None:
        self._connection = connection
        self._clock = clock
        self._settings = connection.settings
        self._state = AccountState(self._settings.thresholds)
        self._own = _OwnRequests(connection)
        self._own_share: float | None = None
        self._planned: datetime | None = None

    def look(self, now: datetime) -> tuple[AccountReport, timedelta]:
        """Return what is known at ``now`` (UTC), and how long that needs no second look."""
        by_tray = self._tray_report()
        if by_tray is not None:
            self._planned = None
            due = by_tray.next_refresh
            soon = LONGEST_LOOK_AWAY if due is None else due - now + _AFTER_TRAY
            return by_tray, min(max(soon, _AFTER_TRAY), LONGEST_LOOK_AWAY)
        jump = clock_jump(self._state, now, self._planned)
        if jump is not None:
            self._state = reduce(self._state, jump)
        if is_due(self._state, now, self._settings.refresh_interval) or self._is_worth_a_try(now):
            self._ask(now)
            now = self._clock()
        wait = next_look(self._state, now, self._settings.refresh_interval)
        wait = LONGEST_LOOK_AWAY if wait is None else wait
        self._planned = now + wait
        report = report_of(
            self._connection.account,
            self._state,
            now,
            self._settings,
            key_from_environment=self._connection.source.key_from_environment,
        )
        return report, wait

    def close(self) -> None:
        """End what was opened."""
        self._own.close()

    def _tray_report(self) -> AccountReport | None:
        source = self._connection.source
        if source.key_from_environment:
            # The tray may have been started without that key.
            return None
        try:
            status = tray_status(demo=self._connection.demo)
        except (NoTrayError, SilentTrayError):
            return None
        is_same = status.api_url == source.api_url
        return status.account(self._connection.account) if is_same else None

    def _is_worth_a_try(self, now: datetime) -> bool:
        """Return whether to try what only the user can mend: nobody tells when that was done.

        A keyring that would open its prompt again is left in peace.
        """
        state = self._state
        if state.last_attempt_at is None or state.in_flight:
            return False
        if isinstance(state.problem, KeyringLocked | KeyringRefused):
            return False
        due = next_due(state, self._settings.refresh_interval)
        return due is None and now - state.last_attempt_at >= LONGEST_WAIT

    def _ask(self, now: datetime) -> None:
        if self._own_share is None:
            self._own_share = self._connection.own_share()
        jitter = jitter_of(self._own_share, random.random())  # noqa: S311 — spreads load, guards nothing
        self._state = reduce(self._state, FetchStarted(now, jitter))
        generation = self._state.generation
        try:
            reading, outlook = self._own.ask()
        except ProblemError as error:
            failed = FetchFailed(generation, error.problem, self._clock())
            self._state = reduce(self._state, failed)
            return
        self._state = reduce(self._state, FetchSucceeded(generation, reading))
        if outlook is not None:
            self._state = reduce(self._state, OutlookChanged(outlook))


class _OwnRequests:
    """Keyring and client, asked for once and then kept."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._key: ApiKey | None = None
        self._client: NovitaClient | DemoSource | None = None

    def ask(self) -> tuple[BalanceReading, Outlook | None]:
        """Return a reading and what the history says about it; raises ProblemError."""
        if self._key is None:
            self._key = self._connection.make_key_store().read()
        if self._client is None:
            self._client = self._connection.make_client()
        try:
            reading = self._client.fetch_balance(self._key)
        except ProblemError as error:
            if isinstance(error.problem, WrongKey):
                # Another one may have been stored by the next try.
                self._key = None
            raise
        return reading, outlook_of(self._connection, reading, self._key.mark)

    def close(self) -> None:
        """End the client, if there is one."""
        if self._client is not None:
            self._client.close()


def _line(report: AccountReport, form: Form, now: datetime, connection: Connection) -> str | None:
    """Return the line, None while the tray has not even begun to know."""
    if report.reading is None and report.problem is None and form != "waybar":
        return None
    if isinstance(form, ReportFormat):
        return form.line(report, now, connection.zone)
    match form:
        case "waybar":
            return waybar_line(report, now, connection.zone)
        case "json":
            return json.dumps(_object(report))
        case "text":
            return watched_line(report)


def _object(report: AccountReport) -> dict[str, str | None]:
    """Return what ``balance --json`` prints."""
    if report.reading is not None and report.problem is None:
        return reading_object(report.reading, report.level)
    word = None if report.problem is None else report.problem.word
    return {"problem": word, "message": report.message}
