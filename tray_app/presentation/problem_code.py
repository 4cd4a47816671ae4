"""Problems as scripts see them: a word that stays, and an exit code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from tray_app.core.history_problem import (
    HistoryBusy,
    HistoryClockBehind,
    HistoryDamaged,
    HistoryDiskFull,
    HistoryFailed,
    HistoryForeign,
    HistoryReadOnly,
    HistoryTooNew,
)
from tray_app.core.light_dataclass import dataclass
from tray_app.core.problem import (
    BlockedBeforeApi,
    CertificateRejected,
    KeyringFailed,
    KeyringLocked,
    KeyringMissing,
    KeyringRefused,
    NoKey,
    Offline,
    PermissionLacking,
    ProxyFailed,
    RateLimited,
    ServerTrouble,
    TimedOut,
    UnexpectedReply,
    WrongKey,
)

if TYPE_CHECKING:
    from tray_app.core.history_problem import HistoryProblem
    from tray_app.core.problem import Problem


@dataclass(frozen=True, slots=True)
class ProblemCode:
    """Part of the command line's contract: neither changes once it was released."""

    word: str
    exit_code: int


HISTORY_MISSING: Final = ProblemCode("history_missing", 12)
"""Nothing was recorded yet."""
AUTOSTART_OFF: Final = 13
"""The exit code of ``autostart status`` where the tray does not start at login."""
AUTOSTART_TROUBLE: Final = 14
"""The exit code where the entry for the start at login cannot be read or changed."""
NO_FIGURE: Final = 15
"""The exit code of ``status`` where no tray runs, or none that has a figure yet."""
NO_TRAY: Final = NO_FIGURE
"""The exit code of ``quit`` where no tray runs."""
NO_ANSWER: Final = 11
"""The exit code where the tray that runs does not answer, or does not end."""

PURGE_REFUSED: Final = 17
"""The exit code of ``purge`` where a tray runs, or whoever was asked said no."""
PURGE_INCOMPLETE: Final = 18
"""The exit code of ``purge`` where something of this program's stays."""


def problem_code(problem: Problem) -> ProblemCode:
    """Return the problem's word for ``--json`` and its exit code."""
    match problem:
        case NoKey():
            return ProblemCode("no_key", 3)
        case WrongKey():
            return ProblemCode("wrong_key", 4)
        case PermissionLacking():
            return ProblemCode("permission_lacking", 5)
        case BlockedBeforeApi():
            return ProblemCode("blocked", 5)
        case RateLimited():
            return ProblemCode("rate_limited", 6)
        case Offline():
            return ProblemCode("offline", 7)
        case ProxyFailed():
            return ProblemCode("proxy_failed", 7)
        case CertificateRejected():
            return ProblemCode("certificate_rejected", 7)
        case TimedOut():
            return ProblemCode("timed_out", 7)
        case ServerTrouble():
            return ProblemCode("server_trouble", 8)
        case UnexpectedReply():
            return ProblemCode("unexpected_reply", 9)
        case KeyringLocked():
            return ProblemCode("keyring_locked", 10)
        case KeyringMissing():
            return ProblemCode("keyring_missing", 10)
        case KeyringRefused():
            return ProblemCode("keyring_refused", 10)
        case KeyringFailed():
            return ProblemCode("keyring_failed", 10)
        case _:
            assert_never(problem)


def history_problem_code(problem: HistoryProblem) -> ProblemCode:
    """Return the word and the exit code of what is wrong with the history's file."""
    match problem:
        case HistoryDiskFull():
            word = "disk_full"
        case HistoryBusy():
            word = "busy"
        case HistoryReadOnly():
            word = "read_only"
        case HistoryDamaged():
            word = "damaged"
        case HistoryForeign():
            word = "foreign"
        case HistoryTooNew():
            word = "too_new"
        case HistoryClockBehind():
            word = "clock_behind"
        case HistoryFailed():
            word = "failed"
        case _:
            assert_never(problem)
    return ProblemCode(f"history_{word}", HISTORY_MISSING.exit_code)
