"""What ``novita-tray purge`` is about to remove, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tray_app.core.light_dataclass import dataclass

if TYPE_CHECKING:
    from tray_app.core.autostart import AutostartProblem
    from tray_app.core.problem import Problem


@dataclass(frozen=True, slots=True)
class PurgePlan:
    """Everything of this program that was found; paths are texts for people."""

    accounts: tuple[str, ...]
    """Whose keys are removed from the keyring."""
    shared_accounts: tuple[str, ...]
    """Whose keys stay, because what lies outside ``NOVITA_TRAY_HOME`` uses them too."""
    autostart_entry: str | None
    files: tuple[str, ...]
    foreign: tuple[str, ...]
    """What lies in the program's folders, or behind a link of theirs, and is not the program's."""


@dataclass(frozen=True, slots=True)
class PurgeOutcome:
    """What was removed and what could not be."""

    keys_removed: tuple[str, ...]
    """By account."""
    keys_left: tuple[tuple[str, Problem], ...]
    """Accounts whose key may still be in the keyring, and why."""
    autostart_trouble: AutostartProblem | None
    files_removed: int
    files_left: tuple[tuple[str, str], ...]
    """Each path with the system's reason."""

    @property
    def is_complete(self) -> bool:
        """Whether nothing of this program's stays."""
        return not (self.keys_left or self.autostart_trouble or self.files_left)
