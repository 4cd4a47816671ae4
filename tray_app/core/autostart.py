"""Start at login: what the system's entry says, and a closed union of what can be wrong with it."""

from __future__ import annotations

from typing import TypeAlias

from tray_app.core.light_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class OtherProgram:
    """What the entry starts in place of the program that looked at it."""

    path: str
    """As the entry names it; a name without a folder is looked up at login."""
    is_there: bool
    """False for one that was moved or removed, so that nothing starts."""


@dataclass(frozen=True, slots=True)
class AutostartStatus:
    """What happens at the next login, by the entry alone."""

    is_on: bool
    other_program: OtherProgram | None = None
    """None where the entry is off, or starts the program that looked at it."""


@dataclass(frozen=True, slots=True)
class AutostartPrivateFolder:
    """NOVITA_TRAY_HOME is set: what is carried along makes no entry.

    The start at login would not have the variable, and would find another key and history.
    """


@dataclass(frozen=True, slots=True)
class AutostartReadOnly:
    """The entry cannot be read, written or removed."""

    place: str
    """The file, or the key of the registry."""


@dataclass(frozen=True, slots=True)
class AutostartDiskFull:
    """There is no room for the entry."""


@dataclass(frozen=True, slots=True)
class AutostartPathUnusable:
    """The program's path is too long for an entry, or is no text."""


@dataclass(frozen=True, slots=True)
class AutostartFailed:
    """Something else went wrong."""

    detail: str
    """The error's name, without content."""


AutostartProblem: TypeAlias = (
    AutostartPrivateFolder
    | AutostartReadOnly
    | AutostartDiskFull
    | AutostartPathUnusable
    | AutostartFailed
)


class AutostartError(Exception):
    """Carries the problem."""

    def __init__(self, problem: AutostartProblem) -> None:
        super().__init__(repr(problem))
        self.problem = problem
