"""What a row of the fault table is, and the scene that a row over the network plays in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from tray_app.core.money import Usd
from tray_app.core.problem import Problem

if TYPE_CHECKING:
    from datetime import timedelta
    from pathlib import Path

    import pytest

    from tray_app.simulator import Simulator

Outcome = Usd | Problem
"""The available amount where a case ends well."""


class Case(Protocol):
    """A row of the table, whatever it is driven by."""

    @property
    def name(self) -> str:
        """What happens, in a few words; no two rows have the same."""

    @property
    def expected(self) -> Outcome:
        """What the program must make of it."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What a case may use: a folder of its own, and ways to change this process."""

    folder: Path
    patch: pytest.MonkeyPatch


@dataclass(frozen=True, slots=True)
class Scene:
    """What the client finds."""

    url: str
    bystanders: tuple[Simulator, ...] = ()
    """Servers that no request may reach, since each request carries the key."""


Setting = Callable[[Stage], AbstractContextManager[Scene]]


@dataclass(frozen=True, slots=True)
class NetworkCase:
    """A row that a real client meets over real sockets."""

    name: str
    setting: Setting
    expected: Outcome
    budget: timedelta | None = None
    """What a request may last, where the case is to use all of it up."""
    is_slow: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Rows of one kind, as one chapter of the document."""

    title: str
    cases: Sequence[Case]
    note: str = ""
