from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.adapters.autostart_programs import make_program
from tests.adapters.memory_registry import MemoryRegistry
from tray_app.adapters.autostart_windows import (
    APPROVED_KEY,
    RUN_KEY,
    VALUE_NAME,
    RunKeyAutostart,
    command_line,
)
from tray_app.core.autostart import (
    AutostartError,
    AutostartPathUnusable,
    AutostartReadOnly,
    AutostartStatus,
    OtherProgram,
)

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = r"C:\Program Files\Novita Tray\novita-tray.exe"
OFF = AutostartStatus(is_on=False)
ON = AutostartStatus(is_on=True)


@pytest.fixture
def registry() -> MemoryRegistry:
    return MemoryRegistry()


@pytest.fixture
def autostart(registry: MemoryRegistry) -> RunKeyAutostart:
    return RunKeyAutostart(registry, (PROGRAM,))


def test_without_a_key_or_a_value_it_is_off(
    registry: MemoryRegistry, autostart: RunKeyAutostart
) -> None:
    assert autostart.status() == OFF
    registry.put(RUN_KEY, "another program", "x.exe", registry.REG_SZ)
    assert autostart.status() == OFF


def test_on_is_the_quoted_program_as_text(
    registry: MemoryRegistry, autostart: RunKeyAutostart
) -> None:
    autostart.turn_on()
    assert registry.keys[RUN_KEY.lower()] == {VALUE_NAME: (f'"{PROGRAM}"', registry.REG_SZ)}
    assert autostart.status() == ON


def test_off_leaves_nothing_and_may_be_said_twice(
    registry: MemoryRegistry, autostart: RunKeyAutostart
) -> None:
    autostart.turn_on()
    registry.put(RUN_KEY, "another program", "x.exe", registry.REG_SZ)
    registry.put(APPROVED_KEY, VALUE_NAME, bytes(12), registry.REG_BINARY)
    autostart.turn_off()
    autostart.turn_off()
    assert autostart.status() == OFF
    assert registry.value(RUN_KEY, VALUE_NAME) is None
    assert registry.value(APPROVED_KEY, VALUE_NAME) is None
    assert registry.value(RUN_KEY, "another program") == "x.exe"


def test_its_entry_is_named_and_removed_with_what_the_system_noted_of_it(
    registry: MemoryRegistry, autostart: RunKeyAutostart
) -> None:
    assert autostart.entry() is None
    autostart.turn_on()
    registry.put(APPROVED_KEY, VALUE_NAME, b"\x03" + bytes(11), registry.REG_BINARY)
    # Also one that is switched off.
    assert autostart.entry() == rf"HKEY_CURRENT_USER\{RUN_KEY}"
    autostart.remove_entry()
    assert autostart.entry() is None
    assert registry.value(APPROVED_KEY, VALUE_NAME) is None


@pytest.mark.parametrize(
    ("first", "is_on"), [(0x00, True), (0x02, True), (0x06, True), (0x03, False), (0x07, False)]
)
def test_what_task_manager_switched_off_is_off(
    registry: MemoryRegistry, autostart: RunKeyAutostart, first: int, *, is_on: bool
) -> None:
    autostart.turn_on()
    word = bytes([first, *bytes(11)])
    registry.put(APPROVED_KEY, VALUE_NAME, word, registry.REG_BINARY)
    assert autostart.is_on() is is_on


def test_turned_on_again_it_is_no_longer_switched_off(
    registry: MemoryRegistry, autostart: RunKeyAutostart
) -> None:
    autostart.turn_on()
    registry.put(APPROVED_KEY, VALUE_NAME, b"\x03" + bytes(11), registry.REG_BINARY)
    autostart.turn_on()
    assert autostart.is_on()


@pytest.mark.parametrize("line", ['"{}"', '"{}" -v', "{}", "{} -v"])
def test_another_program_is_told_however_its_line_is_written(
    registry: MemoryRegistry, autostart: RunKeyAutostart, tmp_path: Path, line: str
) -> None:
    program = make_program(tmp_path / "with blanks" / "novita-tray")
    registry.put(RUN_KEY, VALUE_NAME, line.format(program), registry.REG_SZ)
    assert autostart.status() == AutostartStatus(
        is_on=True, other_program=OtherProgram(program, is_there=True)
    )


def test_a_moved_program_stays_on_and_is_missed(
    registry: MemoryRegistry, autostart: RunKeyAutostart
) -> None:
    registry.put(RUN_KEY, VALUE_NAME, r'"D:\old\novita-tray.exe"', registry.REG_SZ)
    assert autostart.status() == AutostartStatus(
        is_on=True, other_program=OtherProgram(r"D:\old\novita-tray.exe", is_there=False)
    )
    autostart.turn_on()
    assert autostart.status() == ON


def test_options_follow_the_program() -> None:
    assert command_line((r"C:\py\pythonw.exe", "-m", "tray_app")) == (
        r'"C:\py\pythonw.exe" -m tray_app'
    )


def test_a_line_too_long_for_the_run_key_is_refused(registry: MemoryRegistry) -> None:
    with pytest.raises(AutostartError) as caught:
        RunKeyAutostart(registry, ("C:\\" + "x" * 256,)).turn_on()
    assert caught.value.problem == AutostartPathUnusable()
    RunKeyAutostart(registry, ("C:\\" + "x" * 255,)).turn_on()
    assert len(registry.value(RUN_KEY, VALUE_NAME)) == 260


def test_a_closed_key_is_named(registry: MemoryRegistry, autostart: RunKeyAutostart) -> None:
    registry.closed.add(RUN_KEY)
    for call in (autostart.status, autostart.is_on, autostart.turn_on, autostart.turn_off):
        with pytest.raises(AutostartError) as caught:
            call()
        assert caught.value.problem == AutostartReadOnly(rf"HKEY_CURRENT_USER\{RUN_KEY}")


def test_a_value_that_is_no_text_starts_nothing(
    registry: MemoryRegistry, autostart: RunKeyAutostart
) -> None:
    registry.put(RUN_KEY, VALUE_NAME, b"\x00", registry.REG_BINARY)
    assert autostart.status() == OFF
