"""The start at login as the settings window shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tray_app.core.light_dataclass import dataclass
from tray_app.presentation.autostart_wording import autostart_note, autostart_trouble
from tray_app.presentation.translation import joined

if TYPE_CHECKING:
    from tray_app.core.autostart import AutostartProblem, AutostartStatus


@dataclass(frozen=True, slots=True)
class AutostartState:
    """What the box says, and below it what is odd or went wrong."""

    is_on: bool = False
    can_change: bool = True
    note: str = ""


def autostart_state(
    status: AutostartStatus | None,
    *,
    hindrance: AutostartProblem | None = None,
    problem: AutostartProblem | None = None,
) -> AutostartState:
    """Return what is shown of the entry; ``status`` is None where it could not be read.

    ``hindrance`` is why it can never be turned on here, ``problem`` what the last try met.
    """
    trouble = hindrance or problem
    return AutostartState(
        is_on=status is not None and status.is_on,
        can_change=hindrance is None,
        note=joined(
            "" if status is None else autostart_note(status),
            "" if trouble is None else autostart_trouble(trouble),
        ),
    )
