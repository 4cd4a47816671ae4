"""How figures become a table, a ratio and a page; on made-up figures."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from functools import partial

import pytest

if sys.platform != "linux":
    pytest.skip("the benchmarks read /proc", allow_module_level=True)

from tests.benchmarks.chapter import Chapter, Goal, Plan, at_most, in_turn, ratio, spread
from tests.benchmarks.costs import _grouped, _imports
from tests.benchmarks.page import facts, page, text_of

_TABLE = Chapter(
    "Start",
    ("", "ms"),
    (("bare", "100"), ("program", "120")),
    (at_most("icon", 1.1, 1.2, "× bare"), Goal("one", "1", "1", is_reached=True)),
    ("A note.",),
)


def test_all_take_turns() -> None:
    order: list[str] = []
    in_turn({name: partial(order.append, name) for name in "ABC"}, 2)
    assert "".join(order) == "ABCABC"


def test_a_machine_that_slows_down_leaves_the_ratio_alone() -> None:
    assert ratio([120, 240, 360, 1200], [100, 200, 300, 1000]) == pytest.approx(1.2)


@pytest.mark.parametrize(
    ("values", "text"),
    [([122.4, 118, 131], "122 (118–131)"), ([7.26], "7.3"), ([0.051, 0.049], "0.05 (0.05–0.05)")],
)
def test_figures_have_a_median_and_their_spread(values: list[float], text: str) -> None:
    assert spread(values) == text


def test_a_chapter_is_a_table_with_its_notes() -> None:
    assert text_of(_TABLE) == (
        "## Start\n\n|  | ms |\n| --- | --: |\n| bare | 100 |\n| program | 120 |\n\n- A note.\n"
    )


def test_the_page_says_when_where_and_which_goals_were_reached() -> None:
    known = facts(Plan(5, is_short=False), datetime(2026, 5, 1, tzinfo=UTC))
    written = page([_TABLE], known, "## End\n")
    assert "| date | 2026-05-01 |" in written
    assert "| icon | ≤ 1.1 × bare | 1.20 × bare | **not reached** |" in written
    assert "| one | 1 | 1 | reached |" in written
    assert written.endswith("\n\n## End\n")
    assert "\n\n\n" not in written


def test_imports_are_added_up_by_package() -> None:
    told = (
        "import time: self [us] | cumulative | imported package\n"
        "import time:       100 |        100 |   httpx._models\n"
        "import time:       300 |        400 | httpx\n"
        "import time:      2000 |       2000 |   tray_app.core.money\n"
        "some warning\n"
    )
    assert _grouped(_imports(told)) == {"httpx": (2, 0.4), "tray_app.core": (1, 2.0)}
