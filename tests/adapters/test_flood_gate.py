from __future__ import annotations

from tray_app.adapters.flood_gate import (
    ALL_IN_A_WINDOW,
    SAME_IN_A_WINDOW,
    WINDOW_SECONDS,
    FloodGate,
)


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def _offer(gate: FloodGate, *texts: str) -> int:
    """Return how many of these passed."""
    passed = 0
    for text in texts:
        gate.renewed()
        passed += gate.passes(text)
    return passed


def test_the_same_text_passes_a_few_times_and_others_still_do() -> None:
    gate = FloodGate(Clock())
    assert _offer(gate, *["a"] * 10_000) == SAME_IN_A_WINDOW
    assert _offer(gate, "b") == 1
    assert gate.left_out == 10_000 - SAME_IN_A_WINDOW


def test_ever_different_texts_do_not_pass_without_end() -> None:
    gate = FloodGate(Clock())
    assert _offer(gate, *map(str, range(10_000))) == ALL_IN_A_WINDOW


def test_the_last_one_of_a_text_is_known_as_such() -> None:
    gate = FloodGate(Clock())
    lasts = []
    for _ in range(SAME_IN_A_WINDOW):
        gate.passes("a")
        lasts.append(gate.was_last("a"))
    assert lasts == [False] * (SAME_IN_A_WINDOW - 1) + [True]


def test_after_an_hour_it_passes_again_and_the_number_left_out_is_told_once() -> None:
    clock = Clock()
    gate = FloodGate(clock)
    _offer(gate, *["a"] * 100)
    clock.now += WINDOW_SECONDS - 1
    assert gate.renewed() == 0
    clock.now += 1
    assert gate.renewed() == 100 - SAME_IN_A_WINDOW
    assert gate.renewed() == 0
    assert _offer(gate, "a") == 1


def test_a_clock_that_went_back_begins_a_new_hour() -> None:
    clock = Clock()
    gate = FloodGate(clock)
    _offer(gate, *["a"] * 100)
    clock.now = 0
    assert gate.renewed() == 100 - SAME_IN_A_WINDOW
