from __future__ import annotations

from datetime import UTC, datetime

from tray_app.core.iso_time import iso_time


def test_a_moment_has_milliseconds_and_a_z() -> None:
    assert iso_time(datetime(2026, 11, 25, 14, 5, 1, 250_999, UTC)) == "2026-11-25T14:05:01.250Z"
    assert datetime.fromisoformat(iso_time(datetime(2026, 1, 2, tzinfo=UTC))) == datetime(
        2026, 1, 2, tzinfo=UTC
    )
