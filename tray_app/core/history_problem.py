"""What can be wrong with the history's file: a closed union, and the exception that carries it."""

from __future__ import annotations

from typing import TypeAlias

from tray_app.core.light_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class HistoryDiskFull:
    """There is no room to write."""


@dataclass(frozen=True, slots=True)
class HistoryBusy:
    """Another program holds the file."""


@dataclass(frozen=True, slots=True)
class HistoryReadOnly:
    """File or folder cannot be written to."""


@dataclass(frozen=True, slots=True)
class HistoryDamaged:
    """The file was no usable history; it was kept aside, and a new one was begun."""

    kept_as: str
    """The name under which the broken file lies beside the new one."""


@dataclass(frozen=True, slots=True)
class HistoryForeign:
    """The file belongs to another program, and is left as it is."""


@dataclass(frozen=True, slots=True)
class HistoryTooNew:
    """A later version of this program wrote the file; it is left as it is."""

    version: int
    """The schema's."""


@dataclass(frozen=True, slots=True)
class HistoryClockBehind:
    """The clock shows a time before the last entry, so nothing can follow it yet."""


@dataclass(frozen=True, slots=True)
class HistoryFailed:
    """Something else went wrong."""

    detail: str
    """The error's name, without content."""


HistoryProblem: TypeAlias = (
    HistoryDiskFull
    | HistoryBusy
    | HistoryReadOnly
    | HistoryDamaged
    | HistoryForeign
    | HistoryTooNew
    | HistoryClockBehind
    | HistoryFailed
)


class HistoryError(Exception):
    """Carries the problem; its text is the problem's repr, which holds nothing secret."""

    def __init__(self, problem: HistoryProblem) -> None:
        super().__init__(repr(problem))
        self.problem = problem
