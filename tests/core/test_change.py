"""What happened between two readings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import Final

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.core.samples import NOW, amounts, usd
from tests.core.spending_habits import DAY, HOUR, spends_of
from tray_app.core.change import change_between, depends_on_usual, usual_spending
from tray_app.core.history import Change
from tray_app.core.money import ZERO, Usd
from tray_app.core.reading import BalanceReading
from tray_app.core.spend import Spend
from tray_app.core.spend_series import SpendSeries

_START: Final = usd("100")


@dataclass(frozen=True, slots=True)
class Episode:
    """By how much the amounts grew, and what that means; None is an amount that is missing."""

    name: str
    available: str
    expected: Change
    cash: str | None = None
    limit: str | None = None
    pending: str | None = None
    owed: str | None = None
    usual: str = "0"

    def __str__(self) -> str:
        return self.name

    @property
    def before(self) -> BalanceReading:
        # Every amount starts at the same, which no rule looks at.
        start = {name: None if grown is None else _START for name, grown in self._optional}
        return BalanceReading(_START, NOW, **start)

    @property
    def after(self) -> BalanceReading:
        end = {
            name: None if grown is None else _START + usd(grown) for name, grown in self._optional
        }
        return BalanceReading(_START + usd(self.available), NOW + timedelta(minutes=5), **end)

    @property
    def _optional(self) -> tuple[tuple[str, str | None], ...]:
        return (
            ("cash", self.cash),
            ("credit_limit", self.limit),
            ("pending_charges", self.pending),
            ("outstanding_invoices", self.owed),
        )


def _spent(dollars: str) -> Change:
    return Change(spent=usd(dollars))


_PLAIN: Final = (
    Episode("nothing", "0", Change(), cash="0", limit="0", pending="0", owed="0"),
    Episode("spending", "-0.02", _spent("0.02"), cash="-0.02"),
    Episode("spending on credit", "-0.02", _spent("0.02"), cash="0", owed="0.02"),
    Episode("spending, nothing else known", "-0.02", _spent("0.02")),
    Episode("charges become pending", "-0.02", _spent("0.02"), cash="0", pending="0.02"),
    Episode("pending charges are booked", "0", Change(), cash="-0.02", pending="-0.02"),
    Episode("a top-up", "20", Change(topped_up=usd("20")), cash="20"),
    Episode("a top-up, nothing else known", "20", Change(topped_up=usd("20"))),
    Episode("an odd top-up, nothing else known", "17.43", Change(topped_up=usd("17.43"))),
    Episode(
        "a top-up of the smallest kind", "1", Change(topped_up=usd("1")), cash="1", usual="0.02"
    ),
    Episode("a refund", "0.35", Change(refunded=usd("0.35")), cash="0.35"),
    Episode("a refund, nothing else known", "0.35", Change(refunded=usd("0.35"))),
    Episode(
        "pending charges are released",
        "2",
        Change(refunded=usd("2")),
        cash="0",
        pending="-2",
        usual="0.02",
    ),
    Episode("pending charges are released, no cash", "2", Change(refunded=usd("2")), pending="-2"),
    Episode("charges of any kind are taken back", "4.17", Change(refunded=usd("4.17")), cash="0"),
)
_AMID_SPENDING: Final = (
    Episode(
        "a top-up of which cash alone knows all",
        "19.5",
        Change(topped_up=usd("20"), spent=usd("0.5")),
        cash="20",
        pending="0.5",
    ),
    Episode(
        "a top-up amid the usual spending",
        "19.98",
        Change(topped_up=usd("20"), spent=usd("0.02")),
        cash="19.98",
        usual="0.02",
    ),
    Episode(
        "the same without cash",
        "19.98",
        Change(topped_up=usd("20"), spent=usd("0.02")),
        usual="0.02",
    ),
    Episode(
        "a top-up of $25.50",
        "25.4812",
        Change(topped_up=usd("25.5"), spent=usd("0.0188")),
        cash="25.4812",
        usual="0.02",
    ),
    Episode(
        "a top-up seen after a night",
        "17.12",
        Change(topped_up=usd("20"), spent=usd("2.88")),
        cash="17.12",
        usual="3",
    ),
    Episode(
        "a top-up amid spending of which nothing is known",
        "19.98",
        Change(topped_up=usd("19.98")),
        cash="19.98",
    ),
    Episode(
        "a top-up amid more than the usual spending",
        "19.41",
        Change(topped_up=usd("19.41")),
        cash="19.41",
        usual="0.02",
    ),
    Episode(
        "any spending could have been",
        "13.37",
        Change(topped_up=usd("13.37")),
        cash="13.37",
        usual="9",
    ),
    Episode(
        "whole dollars are taken as they are",
        "22",
        Change(topped_up=usd("22")),
        cash="22",
        usual="3",
    ),
    Episode("the spending is more than the top-up", "-5", _spent("5"), cash="-5", usual="20"),
)
_CREDIT_LIMIT: Final = (
    Episode("raised", "10", Change(credit_limit=usd("10")), cash="0", limit="10"),
    Episode("lowered", "-10", Change(credit_limit=usd("-10")), cash="0", limit="-10"),
    Episode(
        "raised while spending",
        "9.98",
        Change(credit_limit=usd("10"), spent=usd("0.02")),
        cash="-0.02",
        limit="10",
    ),
    Episode(
        "raised while spending, no cash",
        "9.98",
        Change(credit_limit=usd("10"), spent=usd("0.02")),
        limit="10",
    ),
    Episode(
        "lowered while topping up",
        "10",
        Change(credit_limit=usd("-10"), topped_up=usd("20")),
        cash="20",
        limit="-10",
    ),
    Episode(
        "raised, and not yet in what is available", "-0.02", _spent("0.02"), cash="0", limit="10"
    ),
    Episode(
        "lowered by as much as an invoice paid by card",
        "0",
        Change(credit_limit=usd("-5"), invoices_settled=usd("5")),
        cash="0",
        limit="-5",
        owed="-5",
    ),
)
_INVOICES: Final = (
    Episode("paid from cash", "0", Change(), cash="-5", owed="-5"),
    Episode("paid from cash while spending", "-0.02", _spent("0.02"), cash="-5.02", owed="-5"),
    Episode("paid by card", "5", Change(invoices_settled=usd("5")), cash="0", owed="-5"),
    Episode("paid by card, no cash", "5", Change(invoices_settled=usd("5")), owed="-5"),
    Episode(
        "paid by card while spending",
        "4.98",
        Change(invoices_settled=usd("4.98")),
        cash="-0.02",
        owed="-5",
    ),
    Episode(
        "paid partly from cash",
        "4.31",
        Change(invoices_settled=usd("4.31")),
        cash="-3",
        owed="-7.31",
    ),
    Episode(
        "paid from a top-up and the cash that was there",
        "20",
        Change(topped_up=usd("20")),
        cash="-10.55",
        owed="-30.55",
    ),
    Episode(
        "paid from a top-up and the cash that was there, while spending",
        "19.98",
        Change(topped_up=usd("20"), spent=usd("0.02")),
        cash="-10.57",
        owed="-30.55",
        usual="0.02",
    ),
    Episode(
        "paid from a top-up of which no cash is known",
        "20",
        Change(topped_up=usd("20")),
        owed="-30.55",
    ),
    Episode(
        "paid by card beside a top-up, with spending that could make any amount round",
        "76.494",
        Change(topped_up=usd("25"), invoices_settled=usd("55.15"), spent=usd("3.656")),
        cash="21.344",
        owed="-55.15",
        usual="2",
    ),
    Episode(
        "paid from a top-up, which is the rounder amount",
        "20",
        Change(topped_up=usd("20")),
        cash="12.69",
        owed="-7.31",
    ),
    Episode(
        "paid from a top-up while spending",
        "19.98",
        Change(topped_up=usd("20"), spent=usd("0.02")),
        cash="12.67",
        owed="-7.31",
        usual="0.02",
    ),
    Episode(
        "paid by card beside a top-up, which is the rounder amount",
        "27.31",
        Change(topped_up=usd("20"), invoices_settled=usd("7.31")),
        cash="20",
        owed="-7.31",
    ),
)
_AT_ONCE: Final = (
    Episode(
        "top-up, limit, invoice and spending",
        "34.98",
        Change(
            topped_up=usd("20"),
            credit_limit=usd("10"),
            invoices_settled=usd("5"),
            spent=usd("0.02"),
        ),
        cash="19.98",
        limit="10",
        owed="-5",
        usual="0.02",
    ),
    Episode(
        "top-up and released charges",
        "22.5",
        Change(topped_up=usd("20"), refunded=usd("2.5")),
        cash="20",
        pending="-2.5",
    ),
    Episode(
        "top-up and released charges while spending",
        "22.48",
        Change(topped_up=usd("20"), refunded=usd("2.5"), spent=usd("0.02")),
        cash="19.98",
        pending="-2.5",
        usual="0.02",
    ),
    Episode(
        "limit lowered, invoice paid by card and a refund",
        "-4.65",
        Change(credit_limit=usd("-10"), invoices_settled=usd("5"), refunded=usd("0.35")),
        cash="0.35",
        limit="-10",
        owed="-5",
    ),
)


@pytest.mark.parametrize(
    "episode", [*_PLAIN, *_AMID_SPENDING, *_CREDIT_LIMIT, *_INVOICES, *_AT_ONCE], ids=str
)
def test_an_episode_is_told_as_what_it_was(episode: Episode) -> None:
    change = change_between(episode.before, episode.after, usd(episode.usual))
    assert change == episode.expected
    assert change.net == usd(episode.available)


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (Episode("", "-0.02", Change(), cash="19.98"), Episode("", "20", Change(), cash="0")),
        (Episode("", "-0.02", Change(), cash="20"), Episode("", "19.98", Change(), cash="-0.04")),
        (Episode("", "19.98", Change(), cash="-0.02"), Episode("", "0", Change(), cash="20")),
    ],
    ids=["cash first", "cash first while spending", "available first"],
)
def test_a_top_up_that_cash_shows_at_another_reading_is_told_once(
    first: Episode, then: Episode
) -> None:
    usual = usd("0.02")
    changes = [change_between(episode.before, episode.after, usual) for episode in (first, then)]
    assert sum((change.topped_up for change in changes), ZERO) == usd("20")
    assert sum((change.refunded for change in changes), ZERO) == ZERO


def test_what_only_one_of_two_readings_knows_tells_nothing() -> None:
    before = BalanceReading(usd("10"), NOW, cash=usd("10"), credit_limit=usd("0"))
    after = BalanceReading(usd("30"), NOW + HOUR, outstanding_invoices=usd("3"))
    assert change_between(before, after) == Change(topped_up=usd("20"))


_maybe: Final = st.none() | amounts | st.integers(-400, 400).map(Usd.of_cents)
_readings: Final = st.builds(
    BalanceReading,
    amounts | st.integers(-4000, 4000).map(Usd.of_cents),
    st.just(NOW),
    cash=_maybe,
    credit_limit=_maybe,
    pending_charges=_maybe,
    outstanding_invoices=_maybe,
)
_usual: Final = st.just(ZERO) | st.integers(0, 10**6).map(Usd.of_units)


@given(_readings, _readings, _usual)
@settings(deadline=None)
def test_whatever_happened_adds_up_exactly_and_only_the_limit_may_fall(
    before: BalanceReading, after: BalanceReading, usual: Usd
) -> None:
    change = change_between(before, after, usual)
    assert change.net == after.available - before.available
    parts = (change.spent, change.topped_up, change.refunded, change.invoices_settled)
    assert min(parts) >= ZERO


@given(_readings, _readings, _usual)
@example(
    BalanceReading(ZERO, NOW, cash=ZERO, credit_limit=usd("0.01")),
    BalanceReading(ZERO, NOW, cash=usd("0.01")),
    ZERO,
).via("a limit that the next reply lacks, and that the amounts show to be gone")
@settings(deadline=None)
def test_a_part_needs_the_amount_that_shows_it(
    before: BalanceReading, after: BalanceReading, usual: Usd
) -> None:
    change = change_between(before, after, usual)
    if change.credit_limit != ZERO:
        # A reply without one may be that of an account without one.
        limits = (before.credit_limit or ZERO, after.credit_limit or ZERO)
        assert change.credit_limit == limits[1] - limits[0]
    if change.invoices_settled != ZERO:
        assert before.outstanding_invoices is not None
        assert after.outstanding_invoices is not None
        fall = before.outstanding_invoices - after.outstanding_invoices
        assert change.invoices_settled <= fall
    assert change.topped_up == ZERO or change.topped_up >= usd("1")


@given(_readings, _readings, _usual)
@settings(deadline=None)
def test_where_only_spending_is_possible_the_usual_does_not_matter(
    before: BalanceReading, after: BalanceReading, usual: Usd
) -> None:
    known = change_between(before, after, usual)
    assert depends_on_usual(before, after) or known == change_between(before, after)


def test_of_two_readings_with_less_and_less_nobody_asks_for_the_usual() -> None:
    before = BalanceReading(usd("5"), NOW, cash=usd("5"))
    after = BalanceReading(usd("4"), NOW, cash=usd("4"))
    assert not depends_on_usual(before, before)
    assert not depends_on_usual(before, after)
    assert depends_on_usual(after, before)


@given(st.lists(_readings, min_size=2, max_size=8), _usual)
@settings(deadline=None)
def test_a_history_adds_up_from_its_first_reading_to_its_last(
    readings: list[BalanceReading], usual: Usd
) -> None:
    changes = [change_between(before, after, usual) for before, after in pairwise(readings)]
    total = sum((change.net for change in changes), ZERO)
    assert total == readings[-1].available - readings[0].available


@given(
    st.integers(1, 20).map(lambda times: Usd.of_cents(500 * times)),
    st.integers(100, 5000),
    st.integers(50, 200),
)
@settings(deadline=None)
def test_a_round_top_up_is_seen_through_the_usual_spending(
    top_up: Usd, usual_units: int, percent: int
) -> None:
    usual = Usd.of_units(usual_units)
    spent = usual.scaled(percent, 100)
    before = BalanceReading(usd("3"), NOW, cash=usd("3"))
    after = BalanceReading(
        before.available + top_up - spent, NOW, cash=before.available + top_up - spent
    )
    assert change_between(before, after, usual) == Change(spent=spent, topped_up=top_up)


def test_no_spends_mean_no_usual_spending() -> None:
    assert usual_spending(SpendSeries.of([]), HOUR) == ZERO


def test_the_usual_is_the_pace_of_the_last_day_times_the_span() -> None:
    spends = spends_of([9000] * 48 + [24] * 24)
    assert usual_spending(SpendSeries.of(spends), timedelta(minutes=5)) == Usd.of_units(2)
    assert usual_spending(SpendSeries.of(spends), 2 * DAY) == Usd.of_units(24 * 48)


def test_less_than_a_day_has_a_pace_of_its_own() -> None:
    assert usual_spending(SpendSeries.of(spends_of([60, 120])), HOUR) == Usd.of_units(90)


def test_a_spend_that_began_before_the_last_day_counts_by_its_share() -> None:
    spends = [Spend(NOW - 4 * DAY, NOW, Usd.of_units(4000))]
    assert usual_spending(SpendSeries.of(spends), DAY) == Usd.of_units(1000)


def test_time_that_no_spend_covers_is_idle_in_the_pace() -> None:
    spends = [
        Spend(NOW - 10 * HOUR, NOW - 9 * HOUR, Usd.of_units(100)),
        Spend(NOW - HOUR, NOW, Usd.of_units(100)),
    ]
    assert usual_spending(SpendSeries.of(spends), 10 * HOUR) == Usd.of_units(200)


def _with_limit(dollars: str, limit: str | None, cash: str | None = None) -> BalanceReading:
    return BalanceReading(
        usd(dollars),
        NOW,
        cash=None if cash is None else usd(cash),
        credit_limit=None if limit is None else usd(limit),
    )


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        # It was granted, and the reply had left it out as long as there was none.
        (
            _with_limit("5", None),
            _with_limit("104.9", "100"),
            Change(usd("0.1"), credit_limit=usd("100")),
        ),
        (
            _with_limit("5", None, "5"),
            _with_limit("105", "100", "5"),
            Change(credit_limit=usd("100")),
        ),
        (_with_limit("105", "100"), _with_limit("5", None), Change(credit_limit=usd("-100"))),
        # It was there all the time, and one reply had left it out.
        (_with_limit("105", None), _with_limit("104.9", "100"), Change(usd("0.1"))),
        (
            _with_limit("105", "100", "5"),
            _with_limit("125", None, "25"),
            Change(topped_up=usd("20")),
        ),
        (_with_limit("105", None), _with_limit("165", "100"), Change(topped_up=usd("60"))),
    ],
)
def test_a_limit_that_one_reply_lacks_is_one_only_where_the_available_amount_says_so(
    before: BalanceReading, after: BalanceReading, expected: Change
) -> None:
    assert change_between(before, after) == expected
