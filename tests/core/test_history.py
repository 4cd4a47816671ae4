from __future__ import annotations

from datetime import timedelta

from tests.core.samples import NOW, reading_of, usd
from tray_app.core.history import Change, Entry
from tray_app.core.spend import Spend


def test_everything_that_happened_adds_up_to_what_is_available() -> None:
    change = Change(
        spent=usd("3"),
        topped_up=usd("20"),
        refunded=usd("0.5"),
        credit_limit=usd("-10"),
        invoices_settled=usd("2"),
    )
    assert change.net == usd("9.5")


def test_spending_alone_is_not_eventful() -> None:
    assert not Change(spent=usd("3")).is_eventful
    assert Change(spent=usd("3"), refunded=usd("1")).is_eventful


def test_an_entry_that_follows_another_tells_what_was_spent_since() -> None:
    before = NOW - timedelta(minutes=5)
    entry = Entry(reading_of("12"), before, Change(spent=usd("0.02")))
    assert entry.spend == Spend(before, NOW, usd("0.02"))


def test_an_entry_that_follows_none_tells_of_no_spending() -> None:
    assert Entry(reading_of("12")).spend is None
