from __future__ import annotations

import json
import os
import stat
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.core.samples import usd
from tray_app.adapters.alert_file import AlertFile
from tray_app.core.alert import (
    BUDGET_STEPS,
    Alert,
    BalanceBelow,
    BalanceEmpty,
    BudgetPeriod,
    BudgetReached,
    KeyRejected,
    LastsLess,
    NoFreshFigure,
    SpendingSpike,
    TopUpArrived,
)
from tray_app.core.alert_memory import AlertMemory, Snooze, SnoozeSpan, Told
from tray_app.core.money import Usd

if TYPE_CHECKING:
    from pathlib import Path

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
amounts = st.integers(0, 10**9).map(Usd.of_units)
moments = st.integers(0, 10**8).map(lambda count: NOON + timedelta(seconds=count))
seconds = st.integers(0, 10**7).map(lambda count: timedelta(seconds=count))
alerts: st.SearchStrategy[Alert] = st.one_of(
    st.sampled_from([BalanceEmpty(), KeyRejected(), NoFreshFigure()]),
    st.builds(BalanceBelow, amounts),
    st.builds(LastsLess, seconds),
    st.builds(SpendingSpike, amounts, amounts),
    st.builds(BudgetReached, st.sampled_from(BudgetPeriod), st.sampled_from(BUDGET_STEPS), amounts),
    st.builds(TopUpArrived, amounts, moments),
)
memories = st.builds(
    AlertMemory,
    under_way=st.frozensets(st.sampled_from(["empty", "below 5.0000", "spike"])),
    unsaid=st.frozensets(st.sampled_from(["lasts-less", "below 5.0000"])),
    key_mark=st.sampled_from([None, "0011223344556677"]),
    last_top_up_at=st.none() | moments,
    without_figure=seconds,
    snooze=st.none() | st.builds(Snooze, st.sampled_from(SnoozeSpan), moments, st.none() | moments),
    told=st.none() | st.builds(Told, st.lists(alerts, min_size=1).map(tuple), moments),
)
TOLD = AlertMemory(
    frozenset({"empty"}),
    NOON,
    timedelta(hours=2),
    Snooze(SnoozeSpan.TODAY, NOON, NOON + timedelta(hours=12)),
    Told((BalanceEmpty(), TopUpArrived(usd("5"), NOON)), NOON),
)


@pytest.fixture
def file(tmp_path: Path) -> AlertFile:
    return AlertFile(tmp_path / "data" / "alerts.json")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(memories)
def test_what_was_told_is_known_at_the_next_start(file: AlertFile, memory: AlertMemory) -> None:
    file.save(memory)
    assert file.load() == memory
    assert not file.load().settled


def test_each_kind_of_alert_is_kept(file: AlertFile) -> None:
    kinds: tuple[Alert, ...] = (
        BalanceEmpty(),
        KeyRejected(),
        NoFreshFigure(),
        BalanceBelow(usd("5")),
        LastsLess(timedelta(days=3)),
        SpendingSpike(usd("12"), usd("0.5")),
        BudgetReached(BudgetPeriod.MONTH, 80, usd("100")),
        TopUpArrived(usd("20"), NOON),
    )
    assert {type(kind) for kind in kinds} == set(get_args(Alert))
    memory = AlertMemory(told=Told(kinds, NOON))
    file.save(memory)
    assert file.load() == memory


def test_without_a_file_nothing_was_told(file: AlertFile) -> None:
    assert file.load() == AlertMemory()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[1]",
        b"null",
        b"\xff\xfe",
        b"{" * 70_000,
        b"[" * 60_000,
        b'{"schema": 2}',
    ],
)
def test_a_file_that_cannot_be_read_is_as_good_as_none(
    file: AlertFile, tmp_path: Path, content: bytes
) -> None:
    file.save(TOLD)
    (tmp_path / "data" / "alerts.json").write_bytes(content)
    assert file.load() == AlertMemory()
    file.save(TOLD)
    assert file.load() == TOLD


def test_a_file_with_any_part_spoilt_is_as_good_as_none_or_tells_what_is_right(
    file: AlertFile, tmp_path: Path
) -> None:
    path = tmp_path / "data" / "alerts.json"
    file.save(TOLD)
    whole: dict[str, Any] = json.loads(path.read_bytes())
    for name in whole:
        for spoilt in (None, 7, "x", [], {}, [None], {"at": "2026-11-25T12:00:00"}):
            path.write_text(json.dumps(whole | {name: spoilt}), "ascii")
            assert isinstance(file.load(), AlertMemory)


@pytest.mark.skipif(os.name != "posix", reason="permissions of files are POSIX's")
def test_it_is_closed_to_others(file: AlertFile, tmp_path: Path) -> None:
    file.save(TOLD)
    assert stat.S_IMODE((tmp_path / "data" / "alerts.json").stat().st_mode) == 0o600


def test_a_folder_that_takes_no_file_is_in_nobodys_way(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file", "ascii")
    file = AlertFile(tmp_path / "data" / "alerts.json")
    file.save(TOLD)
    assert file.load() == AlertMemory()
    file.remove()


def test_what_is_removed_is_gone(file: AlertFile) -> None:
    file.save(TOLD)
    file.remove()
    file.remove()
    assert file.load() == AlertMemory()
