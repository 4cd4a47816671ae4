"""What a view tells of a problem."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.core.samples import NOW, PASSING_PROBLEMS, state_after
from tests.presentation.views import FULL, HOUR, MINUTE, view
from tray_app.core.problem import (
    ConnectionFault,
    KeyringFailed,
    KeyringLocked,
    KeyringMissing,
    KeyringRefused,
    NoKey,
    Offline,
    Problem,
    RateLimited,
    ServerTrouble,
    TimedOut,
    WrongKey,
)
from tray_app.presentation.icon_spec import Emblem
from tray_app.presentation.source import Source


@pytest.mark.parametrize(
    ("problem", "trouble"),
    [
        (NoKey(), ("No API key yet", "Add your Novita API key")),
        (
            KeyringLocked(),
            ("The keyring is locked", "Choose Refresh now and unlock it at its prompt"),
        ),
        (
            KeyringMissing(),
            (
                "No keyring service is running",
                "Start GNOME Keyring or KWallet, then choose Refresh now",
            ),
        ),
        (
            KeyringRefused(),
            (
                "The keyring refused access to the key",
                "Allow this program there, then choose Refresh now",
            ),
        ),
        (
            KeyringFailed(),
            (
                "The keyring gave no usable answer",
                "Choose Refresh now; if that fails, log out and in",
            ),
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
            ("Offline: the connection was refused", "Check firewall, VPN or ad blocker"),
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


def test_a_rejected_key_of_the_environment_is_named_in_the_trouble() -> None:
    shown = view(state_after(WrongKey("X")), source=Source(key_from_environment=True))
    assert shown.trouble == (
        "The key in NOVITA_API_KEY is not accepted",
        "Correct or unset the variable",
    )


@pytest.mark.parametrize("problem", PASSING_PROBLEMS, ids=repr)
def test_in_the_first_minute_after_a_sleep_an_old_figure_is_told_as_old_and_nothing_else(
    problem: Problem,
) -> None:
    resumed = replace(state_after(problem, reading=FULL), resumed_at=NOW + 8 * HOUR)
    shown = view(resumed, after=8 * HOUR)
    assert shown.headline == "$12.34 was available 8 h ago"
    assert (shown.icon.emblem, shown.icon.dimmed) == (Emblem.STALE, True)
    assert shown.trouble == ()
    assert view(resumed, after=8 * HOUR + MINUTE).trouble


def test_in_that_minute_a_missing_figure_is_being_loaded() -> None:
    resumed = replace(state_after(TimedOut()), resumed_at=NOW)
    shown = view(resumed)
    assert (shown.headline, shown.trouble) == ("Loading the balance…", ())
    assert shown.icon.emblem is Emblem.LOADING


def test_in_that_minute_a_key_that_is_missing_is_told_all_the_same() -> None:
    assert view(replace(state_after(NoKey()), resumed_at=NOW)).trouble
