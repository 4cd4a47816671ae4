from __future__ import annotations

from tray_app.core.autostart import (
    AutostartDiskFull,
    AutostartPrivateFolder,
    AutostartStatus,
    OtherProgram,
)
from tray_app.presentation.autostart_state import AutostartState, autostart_state


def test_an_entry_without_anything_odd_needs_no_words() -> None:
    assert autostart_state(AutostartStatus(is_on=True)) == AutostartState(is_on=True)
    assert autostart_state(AutostartStatus(is_on=False)) == AutostartState(is_on=False)


def test_an_entry_of_another_program_is_on_and_says_so() -> None:
    other = OtherProgram("/opt/old/novita-tray", is_there=False)
    state = autostart_state(AutostartStatus(is_on=True, other_program=other))
    assert (state.is_on, state.can_change) == (True, True)
    assert "/opt/old/novita-tray" in state.note


def test_what_the_last_try_met_is_said_and_may_be_tried_again() -> None:
    state = autostart_state(AutostartStatus(is_on=False), problem=AutostartDiskFull())
    assert state.can_change
    assert "the disk is full" in state.note


def test_what_can_never_be_turned_on_cannot_be_chosen() -> None:
    state = autostart_state(None, hindrance=AutostartPrivateFolder())
    assert not state.can_change
    assert "NOVITA_TRAY_HOME" in state.note
