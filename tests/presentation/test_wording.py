from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.samples import (
    LONGEST_REASON,
    NOW,
    PROBLEMS,
    WORST_WORDED,
    amounts,
    reading_of,
    usd,
)
from tray_app.core.level import Level
from tray_app.core.problem import (
    BlockedBeforeApi,
    KeyringLocked,
    KeyringMissing,
    NoKey,
    Problem,
    ServerTrouble,
    UnexpectedReply,
    WrongKey,
)
from tray_app.core.reading import BalanceReading
from tray_app.presentation.places import BILLING_URL, KEYS_URL
from tray_app.presentation.problem_wording import Surface, problem_sentence, problem_text
from tray_app.presentation.wording import (
    Mishap,
    about_key_text,
    about_text,
    age_text,
    amount_text,
    column_texts,
    detail_rows,
    level_text,
    mishap_text,
    next_try_text,
    no_tray_account_text,
    no_tray_text,
    too_many_accounts_text,
)

if TYPE_CHECKING:
    from tray_app.core.money import Usd

SECOND, MINUTE, HOUR, DAY = (timedelta(seconds=count) for count in (1, 60, 3600, 86400))
TICK = timedelta(microseconds=1)
everywhere = pytest.mark.parametrize("surface", Surface, ids=lambda surface: surface.name)
key_sources = pytest.mark.parametrize("key_from_environment", [False, True])


@pytest.mark.parametrize(
    ("dollars", "expected"),
    [
        ("0", "$0.00"),
        ("12.3", "$12.30"),
        ("12.34", "$12.34"),
        ("0.0021", "$0.0021"),
        ("12.345", "$12.3450"),
        ("-0.0021", "-$0.0021"),
        ("-5", "-$5.00"),
        ("1234567.89", "$1234567.89"),
    ],
)
def test_an_amount_has_cents_or_four_decimals_where_cents_would_lie(
    dollars: str, expected: str
) -> None:
    assert amount_text(usd(dollars)) == expected


@settings(deadline=None)
@given(amounts)
def test_an_amount_in_words_is_exact(amount: Usd) -> None:
    sign = "-" if amount < usd("0") else ""
    assert amount_text(amount) == f"{sign}${abs(amount).decimal_text(min_places=2)}"


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        (timedelta(0), "just now"),
        (MINUTE - TICK, "just now"),
        (MINUTE, "1 min ago"),
        (4 * MINUTE + 59 * SECOND, "4 min ago"),
        (HOUR - TICK, "59 min ago"),
        (HOUR, "1 h ago"),
        (DAY - TICK, "23 h ago"),
        (DAY, "1 d ago"),
        (400 * DAY, "400 d ago"),
    ],
)
def test_an_age_is_rounded_down(age: timedelta, expected: str) -> None:
    assert age_text(age) == expected


@pytest.mark.parametrize(
    ("wait", "expected"),
    [
        (-DAY, "now"),
        (timedelta(0), "now"),
        (TICK, "in 1 min"),
        (MINUTE, "in 1 min"),
        (MINUTE + TICK, "in 2 min"),
        (30 * MINUTE, "in 30 min"),
        (HOUR, "in 60 min"),
        (66 * MINUTE, "in 66 min"),
    ],
)
def test_a_wait_is_rounded_up_to_the_minute(wait: timedelta, expected: str) -> None:
    assert next_try_text(wait) == f"Next try {expected}"


@settings(deadline=None)
@given(st.timedeltas(timedelta(0), HOUR - MINUTE))
def test_a_wait_never_promises_too_early(wait: timedelta) -> None:
    shown = next_try_text(wait).removeprefix("Next try ")
    minutes = 0 if shown == "now" else int(shown.split()[1])
    assert timedelta(0) <= minutes * MINUTE - wait < MINUTE


def test_every_level_but_the_comfortable_one_has_a_word() -> None:
    assert [level_text(level) for level in Level] == ["", "low", "critical", "empty"]


def test_details_name_what_the_reply_had_in_order() -> None:
    reading = BalanceReading(
        usd("10"),
        NOW,
        cash=usd("8"),
        credit_limit=usd("2"),
        pending_charges=usd("0"),
        outstanding_invoices=usd("-0.0001"),
    )
    assert detail_rows(reading) == (
        ("Cash", "$8.00"),
        ("Credit limit", "$2.00"),
        ("Pending charges", "$0.00"),
        ("Owed", "-$0.0001"),
    )


def test_details_leave_out_what_the_reply_lacked() -> None:
    assert detail_rows(reading_of("10")) == ()
    assert detail_rows(BalanceReading(usd("1"), NOW, pending_charges=usd("3"))) == (
        ("Pending charges", "$3.00"),
    )


@everywhere
@key_sources
@pytest.mark.parametrize("problem", PROBLEMS + WORST_WORDED, ids=repr)
def test_every_problem_has_words_everywhere(
    problem: Problem,
    surface: Surface,
    key_from_environment: bool,  # noqa: FBT001 — a table
) -> None:
    text = problem_text(problem, surface, key_from_environment=key_from_environment)
    sentence = problem_sentence(problem, surface, key_from_environment=key_from_environment)
    assert text.title.strip() == text.title
    assert text.title[0].isupper()
    assert not text.title.endswith(".")
    assert not text.next_step.endswith(".")
    assert sentence.startswith(f"{text.title}.")
    assert sentence.endswith(".")
    assert text.next_step in sentence
    assert "\n" not in sentence


@everywhere
@pytest.mark.parametrize("problem", PROBLEMS, ids=repr)
def test_every_title_and_next_step_is_short(problem: Problem, surface: Surface) -> None:
    text = problem_text(problem, surface)
    assert len(text.title) <= 48
    assert len(text.next_step) <= 56


@everywhere
def test_each_kind_of_problem_has_its_own_title(surface: Surface) -> None:
    titles: dict[str, type[object]] = {}
    for problem in PROBLEMS:
        kind = titles.setdefault(problem_text(problem, surface).title, type(problem))
        assert kind is type(problem)


@pytest.mark.parametrize(
    ("surface", "foreign"),
    [
        (Surface.TRAY, ["novita-tray key", "try again"]),
        (Surface.KEY_DIALOG, ["novita-tray key", "Refresh now", "API key…"]),
        (Surface.TERMINAL, ["Refresh now", "API key…"]),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
@pytest.mark.parametrize("problem", PROBLEMS, ids=repr)
def test_the_next_step_can_be_taken_where_it_is_read(
    problem: Problem, surface: Surface, foreign: list[str]
) -> None:
    step = problem_text(problem, surface).next_step
    assert not [words for words in foreign if words in step]


@everywhere
@pytest.mark.parametrize(
    "problem",
    [NoKey(), KeyringLocked(), KeyringMissing(), WrongKey("X"), BlockedBeforeApi(403)],
    ids=repr,
)
def test_what_waiting_does_not_mend_has_a_next_step(problem: Problem, surface: Surface) -> None:
    assert problem_text(problem, surface).next_step


@everywhere
def test_a_rejected_key_of_the_environment_is_named_as_such(surface: Surface) -> None:
    sentence = problem_sentence(WrongKey("X"), surface, key_from_environment=True)
    assert "NOVITA_API_KEY" in sentence
    assert "unset" in sentence


@everywhere
def test_without_an_override_the_variable_is_not_mentioned(surface: Surface) -> None:
    assert "NOVITA_API_KEY" not in problem_sentence(WrongKey("X"), surface)


def test_trouble_names_the_status_and_the_reason_where_there_is_one() -> None:
    with_reason = problem_text(ServerTrouble(500, "BILLING_FAILED"), Surface.TRAY).title
    without = problem_text(ServerTrouble(503, ""), Surface.TRAY).title
    assert with_reason == "Novita has trouble (HTTP 500, BILLING_FAILED)"
    assert without == "Novita has trouble (HTTP 503)"


def test_an_unexpected_reply_says_what_was_unexpected() -> None:
    problem = UnexpectedReply(f"HTTP 418, {LONGEST_REASON}")
    assert LONGEST_REASON in problem_text(problem, Surface.TERMINAL).title


@pytest.mark.parametrize(
    ("demo", "key_from_environment", "where"),
    [
        (False, False, "keyring"),
        (False, True, "NOVITA_API_KEY"),
        (True, False, "memory"),
    ],
)
def test_the_about_text_says_whom_it_asks_and_where_the_key_really_is(
    demo: bool,  # noqa: FBT001 — a table
    key_from_environment: bool,  # noqa: FBT001 — a table
    where: str,
) -> None:
    place = about_key_text(demo=demo, key_from_environment=key_from_environment)
    assert where in place
    assert about_text("example.org", place).endswith(place)
    assert "asks example.org for the balance" in about_text("example.org", place)
    assert "asks a simulator of its own" in about_text(None, place)


def test_the_window_in_place_of_the_icon_says_what_to_install() -> None:
    assert "AppIndicator" in no_tray_text()


def test_the_pages_that_are_opened_are_the_vendors_own() -> None:
    assert KEYS_URL == "https://novita.ai/settings/key-management"
    assert BILLING_URL == "https://novita.ai/billing"


def test_amounts_below_each_other_have_the_same_decimals() -> None:
    assert column_texts([usd("1.5"), usd("-20")]) == ("$1.50", "-$20.00")
    assert column_texts([usd("1.5"), usd("0.0021")]) == ("$1.5000", "$0.0021")
    assert column_texts([]) == ()


@pytest.mark.parametrize("mishap", Mishap)
def test_the_log_is_named_where_there_is_one_alone(mishap: Mishap) -> None:
    assert "in the log" in mishap_text(mishap, logged=True)
    assert "log" not in mishap_text(mishap, logged=False)


def test_what_keeps_an_account_from_being_used_is_said() -> None:
    assert no_tray_account_text().startswith("The tray that runs")
    assert "16 accounts at most" in too_many_accounts_text(16)
