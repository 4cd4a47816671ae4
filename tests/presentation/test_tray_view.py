from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.samples import (
    KEY_PROBLEMS,
    NOW,
    PASSING_PROBLEMS,
    PROBLEMS,
    WORST_WORDED,
    amounts,
    problems,
    reading_of,
    state_after,
    usd,
)
from tray_app.core.account_state import AccountState
from tray_app.core.level import Level, Thresholds, level_of
from tray_app.core.problem import (
    CertificateRejected,
    ConnectionFault,
    KeyringLocked,
    KeyringMissing,
    NoKey,
    Offline,
    PermissionLacking,
    Problem,
    RateLimited,
    ServerTrouble,
    TimedOut,
    UnexpectedReply,
    WrongKey,
)
from tray_app.core.reading import BalanceReading
from tray_app.core.settings import Settings
from tray_app.core.status import Status, status_of
from tray_app.presentation.icon_spec import Emblem, IconSpec
from tray_app.presentation.tray_view import (
    LONGEST_TOOLTIP_UTF16,
    Command,
    MenuRow,
    MenuSeparator,
    Source,
    TrayView,
    present,
)

if TYPE_CHECKING:
    from tray_app.core.money import Usd

SETTINGS = Settings()
PLAIN = Source()
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
FULL = BalanceReading(
    usd("12.34"),
    NOW,
    cash=usd("10.34"),
    credit_limit=usd("2"),
    pending_charges=usd("0"),
    outstanding_invoices=usd("0"),
)

optional_amounts = st.none() | amounts
ages = st.one_of(
    st.timedeltas(timedelta(0), HOUR), st.timedeltas(-2 * HOUR, timedelta(days=40_000))
)
sources = st.builds(
    Source,
    demo=st.booleans(),
    key_from_environment=st.booleans(),
    api_url=st.sampled_from([None, "http://127.0.0.1:40123", f"https://{'h' * 60}.example"]),
)


@st.composite
def states(draw: st.DrawFn) -> AccountState:
    reading = None
    if draw(st.booleans()):
        reading = BalanceReading(draw(amounts), NOW, *(draw(optional_amounts) for _ in range(4)))
    state = state_after(
        draw(st.none() | problems), reading=reading, failures=draw(st.integers(0, 9))
    )
    return replace(state, in_flight=draw(st.booleans()))


def view(
    state: AccountState, *, after: timedelta = timedelta(0), source: Source = PLAIN
) -> TrayView:
    return present(state, NOW + after, SETTINGS, source)


def utf16_units(text: str) -> int:
    return sum(2 if ord(character) > 0xFFFF else 1 for character in text)


def head_texts(shown: TrayView) -> list[str]:
    """Return the texts of the menu's first group."""
    first = next(at for at, row in enumerate(shown.menu) if isinstance(row, MenuSeparator))
    return [row.text for row in shown.menu[:first] if isinstance(row, MenuRow)]


def test_a_fresh_reading_shows_amount_and_age() -> None:
    shown = view(state_after(None, reading=FULL), after=4 * MINUTE)
    assert shown.headline == "$12.34 available · 4 min ago"
    assert shown.trouble == ()
    assert shown.notes == ()
    assert shown.tooltip == (
        "$12.34 available · 4 min ago\n"
        "Cash $10.34 · Credit limit $2.00\n"
        "Pending charges $0.00 · Owed $0.00"
    )


@pytest.mark.parametrize(
    ("dollars", "headline"),
    [
        ("4.99", "$4.99 available · low · just now"),
        ("0.5", "$0.50 available · critical · just now"),
        ("0", "$0.00 available · empty · just now"),
        ("-1.2345", "-$1.2345 available · empty · just now"),
    ],
)
def test_the_level_is_also_told_in_words(dollars: str, headline: str) -> None:
    assert view(state_after(None, reading=reading_of(dollars))).headline == headline


def test_a_reading_without_a_level_has_no_word_for_one() -> None:
    state = replace(state_after(None, reading=reading_of("1")), level=None)
    assert view(state).headline == "$1.00 available · just now"


def test_a_clock_that_lags_a_little_behind_shows_no_negative_age() -> None:
    shown = view(state_after(None, reading=FULL), after=timedelta(seconds=-2))
    assert shown.headline == "$12.34 available · just now"


def test_before_the_first_answer_it_says_so() -> None:
    shown = view(AccountState())
    assert shown.headline == shown.tooltip == "Loading the balance…"
    assert shown.details == ()
    assert shown.trouble == ()


@pytest.mark.parametrize("problem", PROBLEMS, ids=repr)
def test_without_any_reading_no_figure_is_shown(problem: Problem) -> None:
    shown = view(state_after(problem))
    assert shown.headline == "No balance yet"
    assert "$" not in "".join((*shown.lines, shown.tooltip))
    assert shown.trouble


def test_details_hold_only_what_the_reply_had() -> None:
    assert view(state_after(None, reading=reading_of("9"))).details == ()
    only_cash = view(state_after(None, reading=replace(reading_of("9"), cash=usd("0"))))
    assert only_cash.details == (("Cash", "$0.00"),)
    assert only_cash.lines == ("$9.00 available · just now", "Cash: $0.00")


@pytest.mark.parametrize(
    ("problem", "trouble"),
    [
        (NoKey(), ("No API key yet", "Add your Novita API key")),
        (KeyringLocked(), ("The keyring is locked", "Unlock it, then choose Refresh now")),
        (
            KeyringMissing(),
            ("No keyring service answers", "Start your keyring, then choose Refresh now"),
        ),
        (WrongKey("X"), ("The API key is not accepted", "Enter a valid one under API key…")),
        (TimedOut(), ("Novita did not answer in time", "Next try in 1 min")),
        (RateLimited(10 * MINUTE), ("Novita asks to slow down", "Next try in 10 min")),
        (
            ServerTrouble(503, "", 2 * MINUTE),
            ("Novita has trouble (HTTP 503)", "Next try in 2 min"),
        ),
        (
            Offline(ConnectionFault.REFUSED),
            ("Offline: the connection was refused", "Check the network"),
        ),
    ],
    ids=repr,
)
def test_trouble_is_told_in_words_with_the_next_step(
    problem: Problem, trouble: tuple[str, ...]
) -> None:
    assert view(state_after(problem, reading=FULL)).trouble == trouble


def test_a_next_try_that_is_due_reads_now_and_one_under_way_reads_so() -> None:
    state = state_after(TimedOut(), reading=FULL)
    assert view(state, after=HOUR).trouble[1] == "Next try now"
    assert view(replace(state, in_flight=True)).trouble[1] == "Trying again…"
    assert view(replace(state, last_attempt_at=None)).trouble[1] == "Next try now"


@pytest.mark.parametrize("problem", [None, *PROBLEMS], ids=repr)
def test_the_menus_first_rows_are_the_lines_and_the_rest_keeps_its_order(
    problem: Problem | None,
) -> None:
    shown = view(
        state_after(problem, reading=FULL),
        after=HOUR,
        source=Source(demo=True, key_from_environment=True, api_url="http://localhost:1"),
    )
    texts = [None if isinstance(row, MenuSeparator) else row.text for row in shown.menu]
    offered = ["Add API key…"] if isinstance(problem, NoKey) else []
    assert texts == [
        *offered,
        *shown.lines,
        None,
        "Refresh now",
        "Open billing page",
        "API key…",
        None,
        "About",
        "Quit",
    ]


def test_each_command_has_its_row_and_the_rows_that_tell_open_the_window() -> None:
    shown = view(state_after(TimedOut(), reading=FULL))
    commands = {row.text: row.command for row in shown.menu if isinstance(row, MenuRow)}
    assert {commands.pop(line) for line in shown.lines} == {Command.OPEN_WINDOW}
    assert commands == {
        "Refresh now": Command.REFRESH,
        "Open billing page": Command.OPEN_BILLING,
        "API key…": Command.EDIT_KEY,
        "About": Command.ABOUT,
        "Quit": Command.QUIT,
    }


def test_without_a_key_adding_one_comes_first() -> None:
    first = view(state_after(NoKey())).menu[0]
    assert first == MenuRow("Add API key…", Command.EDIT_KEY)


@pytest.mark.parametrize("problem", [None, *KEY_PROBLEMS[1:], *PASSING_PROBLEMS], ids=repr)
def test_with_a_key_adding_one_is_not_offered(problem: Problem | None) -> None:
    assert "Add API key…" not in head_texts(view(state_after(problem)))


@pytest.mark.parametrize(
    ("state", "after", "expected"),
    [
        (state_after(NoKey()), 0, IconSpec("", None, emblem=Emblem.KEY)),
        (state_after(KeyringLocked(), reading=FULL), 0, IconSpec("", None, emblem=Emblem.KEY)),
        (state_after(KeyringMissing()), 0, IconSpec("", None, emblem=Emblem.KEY)),
        (state_after(WrongKey("X"), reading=FULL), 0, IconSpec("", None, emblem=Emblem.ALERT)),
        (state_after(ServerTrouble(500, "")), 0, IconSpec("", None, emblem=Emblem.ALERT)),
        (AccountState(), 0, IconSpec("", None, emblem=Emblem.LOADING)),
        (state_after(Offline(ConnectionFault.LOST)), 0, IconSpec("–", None, emblem=Emblem.OFFLINE)),
        (state_after(None, reading=FULL), 15, IconSpec("12", Level.HEALTHY)),
        (
            state_after(None, reading=FULL),
            16,
            IconSpec("12", Level.HEALTHY, dimmed=True, emblem=Emblem.STALE),
        ),
        (
            state_after(CertificateRejected(), reading=reading_of("0.5")),
            16,
            IconSpec(".50", Level.CRITICAL, dimmed=True, emblem=Emblem.OFFLINE),
        ),
        (state_after(None, reading=reading_of("-3")), 0, IconSpec("-3", Level.EMPTY)),
    ],
)
def test_each_status_has_its_icon(state: AccountState, after: int, expected: IconSpec) -> None:
    assert view(state, after=after * MINUTE).icon == expected


@pytest.mark.parametrize("problem", PASSING_PROBLEMS, ids=repr)
@pytest.mark.parametrize("in_flight", [False, True])
def test_a_short_failure_never_changes_the_icon_nor_the_headline(
    problem: Problem,
    in_flight: bool,  # noqa: FBT001 — a table
) -> None:
    well = view(state_after(None, reading=FULL), after=10 * MINUTE)
    failed = replace(state_after(problem, reading=FULL), in_flight=in_flight)
    shown = view(failed, after=10 * MINUTE)
    assert (shown.icon, shown.headline, shown.details) == (well.icon, well.headline, well.details)
    assert shown.trouble


@settings(deadline=None)
@given(states(), ages, sources)
def test_an_old_figure_never_reads_as_current(
    state: AccountState, age: timedelta, source: Source
) -> None:
    shown = view(state, after=age, source=source)
    status = status_of(state, NOW + age, SETTINGS.stale_after)
    if state.reading is None:
        assert "available" not in shown.headline
        assert shown.icon.level is None
    elif status is Status.FRESH:
        assert age <= SETTINGS.stale_after
        assert " was " not in shown.headline
    else:
        assert " was available " in shown.headline
        assert shown.icon.dimmed or shown.icon.emblem.is_symbol


@settings(deadline=None, max_examples=300)
@given(states(), ages, sources)
def test_the_tooltip_fits_windows_and_its_first_line_is_whole(
    state: AccountState, age: timedelta, source: Source
) -> None:
    shown = view(state, after=age, source=source)
    assert utf16_units(shown.tooltip) <= LONGEST_TOOLTIP_UTF16 == 127
    assert shown.tooltip.split("\n")[0] == shown.headline
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


def test_a_demo_says_so_in_the_first_line_and_in_a_note() -> None:
    shown = view(state_after(None, reading=FULL), source=Source(demo=True))
    assert shown.headline == "Demo: $12.34 available · just now"
    assert shown.tooltip.startswith("Demo: ")
    assert shown.lines[-1] == "Simulated account, no real money"


def test_an_override_and_another_address_are_noted() -> None:
    source = Source(key_from_environment=True, api_url="https://other.example")
    shown = view(state_after(None, reading=FULL), source=source)
    assert shown.notes == ("Key from NOVITA_API_KEY", "Asking https://other.example")
    assert shown.lines[-2:] == shown.notes


def test_a_rejected_key_of_the_environment_is_named_in_the_trouble() -> None:
    shown = view(state_after(WrongKey("X")), source=Source(key_from_environment=True))
    assert shown.trouble == (
        "The key in NOVITA_API_KEY is not accepted",
        "Correct or unset the variable",
    )


def test_equal_states_make_equal_views_and_an_age_that_reads_alike_too() -> None:
    state = state_after(None, reading=FULL)
    assert view(state) == view(replace(state), after=timedelta(seconds=59))
    assert view(state) != view(state, after=MINUTE)


@settings(deadline=None)
@given(amounts)
def test_the_icons_level_is_that_of_the_state(available: Usd) -> None:
    state = state_after(None, reading=BalanceReading(available, NOW))
    assert view(state).icon.level is level_of(available, Thresholds())


def test_the_reason_of_an_unexpected_reply_is_in_the_menu_whole() -> None:
    problem = UnexpectedReply("outstandingInvoices is not an amount")
    assert "Unexpected reply: outstandingInvoices is not an amount" in head_texts(
        view(state_after(problem))
    )
