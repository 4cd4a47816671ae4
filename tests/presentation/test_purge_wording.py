from __future__ import annotations

from tray_app.core.autostart import AutostartFailed
from tray_app.core.problem import KeyringMissing
from tray_app.core.purge import PurgeOutcome, PurgePlan
from tray_app.presentation.purge_wording import (
    outcome_text,
    plan_text,
    purge_declined_text,
    purge_question,
)


def test_what_goes_and_what_stays_are_told_apart() -> None:
    plan = PurgePlan(("default",), ("work",), "/a/entry", ("/b/file",), ("/c/foreign",))
    assert plan_text(plan).splitlines() == [
        "This is removed for good:",
        "  in the keyring: the API key, if there",
        "  the start at login: /a/entry",
        "  /b/file",
        "This stays, since it is not this program's, or not its alone:",
        "  /c/foreign",
        "  in the keyring: the API key of work, which is used outside NOVITA_TRAY_HOME, too",
    ]


def test_where_there_is_nothing_it_says_so() -> None:
    assert plan_text(PurgePlan((), (), None, (), ())) == "Nothing of this program was found."


def test_everything_that_stays_has_its_reason() -> None:
    outcome = PurgeOutcome(
        ("a", "b"), (("c", KeyringMissing()),), AutostartFailed("EIO"), 1, (("/f", "Busy"),)
    )
    assert not outcome.is_complete
    first, key, again, entry, file = outcome_text(outcome).splitlines()
    assert first == "Removed: 1 file, the API keys of a, b."
    assert key.startswith("May still be there: the API key of c in the keyring. ")
    assert again.startswith("Then run this again")
    assert entry.startswith("Stays: the start at login. ")
    assert file == "Stays: /f (Busy)"


def test_where_nothing_stays_it_is_complete() -> None:
    outcome = PurgeOutcome((), (), None, 0, ())
    assert outcome.is_complete
    assert outcome_text(outcome) == "Removed: 0 files."


def test_the_question_names_the_answer_that_removes_nothing() -> None:
    assert purge_question().endswith("[y/N] ")
    assert purge_declined_text() == "Nothing was removed."
