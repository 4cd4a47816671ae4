"""The tooltip: the whole first line, the problem, and as much of the rest as Windows shows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from tests.core.samples import NOW, PROBLEMS, WORST_WORDED, amounts, state_after, usd
from tests.presentation.views import FULL, HOUR, PLAIN, ages, sources, states, utf16_units, view
from tray_app.core.problem import PermissionLacking, Problem
from tray_app.core.reading import BalanceReading
from tray_app.presentation.runway_wording import short_runway
from tray_app.presentation.source import Source
from tray_app.presentation.tooltip import LONGEST_TOOLTIP_UTF16

if TYPE_CHECKING:
    from datetime import timedelta

    from tray_app.core.account_state import AccountState
    from tray_app.core.money import Usd


@settings(deadline=None, max_examples=300)
@given(states(), ages, sources)
def test_the_tooltip_fits_windows_and_its_first_line_is_whole(
    state: AccountState, age: timedelta, source: Source
) -> None:
    shown = view(state, after=age, source=source)
    assert utf16_units(shown.tooltip) <= LONGEST_TOOLTIP_UTF16 == 127
    runway = "" if state.outlook is None else short_runway(state.outlook.runway)
    first, *_ = shown.tooltip.split("\n")
    assert shown.headline == (first.replace(f" · {runway}", "") if runway else first)
    shown.tooltip.encode("utf-16")


@pytest.mark.parametrize("problem", PROBLEMS, ids=repr)
@pytest.mark.parametrize("source", [PLAIN, Source(demo=True), Source(key_from_environment=True)])
def test_what_is_wrong_stands_whole_in_the_tooltip_beside_everyday_amounts(
    problem: Problem, source: Source
) -> None:
    reading = replace(FULL, available=usd("1234.5678"))
    shown = view(state_after(problem, reading=reading), after=23 * HOUR, source=source)
    assert shown.tooltip.split("\n")[-len(shown.trouble) :] == list(shown.trouble)


def test_amounts_give_way_to_what_is_wrong_and_the_rest_is_cut_with_an_ellipsis() -> None:
    crowded = view(state_after(WORST_WORDED[1], reading=FULL), after=HOUR)
    assert "Cash" not in crowded.tooltip
    assert crowded.tooltip.startswith(f"{crowded.headline}\nUnexpected reply: an error")
    assert crowded.tooltip.endswith("…")
    assert utf16_units(crowded.tooltip) == LONGEST_TOOLTIP_UTF16


@settings(deadline=None)
@given(amounts, amounts)
def test_an_amount_is_shown_whole_or_not_at_all(available: Usd, cash: Usd) -> None:
    reading = BalanceReading(available, NOW, cash=cash)
    shown = view(state_after(PermissionLacking("X"), reading=reading))
    ((_, amount),) = shown.details
    assert ("Cash" not in shown.tooltip) or (f"Cash {amount}\n" in shown.tooltip)
