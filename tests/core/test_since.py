from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.zones import CENTRAL_EUROPE, INDIA, MIDNIGHT_CHANGES, Zone
from tray_app.core.since import InvalidSinceError, since_of

NOW = datetime(2026, 11, 25, 13, 10, 30, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("24h", timedelta(hours=24)),
        ("7d", timedelta(days=7)),
        ("4w", timedelta(days=28)),
        ("0h", timedelta(0)),
        ("365d", timedelta(days=365)),
    ],
)
def test_a_span_counts_back_from_now(text: str, span: timedelta) -> None:
    assert since_of(text, NOW, CENTRAL_EUROPE) == NOW - span


@pytest.mark.parametrize(
    ("text", "zone", "moment"),
    [
        ("2026-11-01", CENTRAL_EUROPE, datetime(2026, 10, 31, 23, tzinfo=UTC)),
        ("2026-07-01", CENTRAL_EUROPE, datetime(2026, 6, 30, 22, tzinfo=UTC)),
        # A day whose midnight the clock leaves out, and one that has two.
        ("2026-09-06", MIDNIGHT_CHANGES, datetime(2026, 9, 6, 4, tzinfo=UTC)),
        ("2026-11-01", MIDNIGHT_CHANGES, datetime(2026, 11, 1, 3, tzinfo=UTC)),
        ("2026-11-01T12:00", CENTRAL_EUROPE, datetime(2026, 11, 1, 11, tzinfo=UTC)),
        ("2026-11-01 12:00:01.5", INDIA, datetime(2026, 11, 1, 6, 30, 1, 500_000, UTC)),
        ("2026-11-01T12:00Z", INDIA, datetime(2026, 11, 1, 12, tzinfo=UTC)),
        ("2026-11-01T12:00-03:00", INDIA, datetime(2026, 11, 1, 15, tzinfo=UTC)),
    ],
)
def test_a_day_or_a_time_is_one_of_the_zone_unless_it_names_its_own(
    text: str, zone: Zone, moment: datetime
) -> None:
    assert since_of(text, NOW, zone) == moment


def test_a_moment_is_given_back_in_utc() -> None:
    assert since_of("2026-11-01T12:00", NOW, INDIA).utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    "text",
    [
        *("", "d", "7", "7m", "7 d", "-7d", "+7d", "7.5d", "7D", "\u0667d", "123456h", "99999w"),
        *("yesterday", "2026", "2026-11", "2026-11-31", "2026-13-01", "11/01/2026", "2026-11-01T"),
        *("2026-11-01T25:00", "1999-12-31", "0001-01-01", "9999-12-31", "9000-01-02"),
        *("0001-01-01T00:00+23:00", "9999-12-31T23:59-23:00", "2026-11-01\x00", "12:00"),
        "sk_secret",
    ],
)
def test_anything_else_is_refused_without_being_repeated(text: str) -> None:
    with pytest.raises(InvalidSinceError) as caught:
        since_of(text, NOW, CENTRAL_EUROPE)
    assert str(caught.value).startswith("takes a day such as 2026-11-01")
    assert "secret" not in str(caught.value)


@given(st.text(alphabet="0123456789-T:.Zhdw+ "))
def test_every_text_is_a_moment_or_is_refused(text: str) -> None:
    try:
        moment = since_of(text, NOW, INDIA)
    except InvalidSinceError:
        return
    assert moment.tzinfo is not None
