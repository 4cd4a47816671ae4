from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from tests.core.samples import usd
from tray_app.core.reading import BalanceReading


@pytest.mark.parametrize(
    "taken_at",
    [
        datetime(2026, 1, 1),  # noqa: DTZ001 — a naive time is what must be refused
        datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=2))),
        datetime(2026, 1, 1, tzinfo=timezone(timedelta(seconds=-1))),
    ],
)
def test_a_time_that_is_not_utc_is_refused(taken_at: datetime) -> None:
    with pytest.raises(ValueError, match="UTC"):
        BalanceReading(usd("1"), taken_at)


@pytest.mark.parametrize("zone", [UTC, timezone(timedelta(0), "GMT")])
def test_utc_under_any_name_is_taken(zone: timezone) -> None:
    assert BalanceReading(usd("1"), datetime(2026, 1, 1, tzinfo=zone)).taken_at.tzinfo is zone


def test_what_the_reply_lacked_is_none_and_not_zero() -> None:
    reading = BalanceReading(usd("1"), datetime(2026, 1, 1, tzinfo=UTC))
    assert reading.cash is None
    assert reading.credit_limit is None
    assert reading.pending_charges is None
    assert reading.outstanding_invoices is None
