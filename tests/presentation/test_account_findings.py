from __future__ import annotations

from datetime import timedelta

import pytest

from tray_app.core.checkup import (
    Broken,
    KeyFound,
    KeyringFound,
    KeyringState,
    KeySource,
    Unfinished,
)
from tray_app.core.problem import KeyringFailed, KeyringMissing, NoKey, WrongKey
from tray_app.presentation.account_findings import (
    key_finding,
    keyring_finding,
    unanswered_finding,
)
from tray_app.presentation.finding import Verdict


def test_a_question_that_hung_says_for_how_long_and_one_that_broke_says_how() -> None:
    hung = unanswered_finding("keyring", Unfinished(timedelta(seconds=6)), "Start it anew")
    assert (hung.text, hung.next_step) == ("No answer within 6 s", "Start it anew")
    assert hung.verdict is Verdict.FAILED
    broken = unanswered_finding("keyring", Broken("KeyError"), "", Verdict.WARNING)
    assert "KeyError" in broken.text
    assert broken.verdict is Verdict.WARNING


@pytest.mark.parametrize("state", [KeyringState.OPEN, KeyringState.NOT_SET_UP])
def test_a_keyring_that_can_be_used_is_fine(state: KeyringState) -> None:
    finding = keyring_finding(KeyringFound("Secret Service (kwalletd6)", state), needed=True)
    assert finding.verdict is Verdict.OK
    assert finding.text.startswith("Secret Service (kwalletd6)")


@pytest.mark.parametrize(
    "keyring",
    [
        KeyringFound("Secret Service", problem=KeyringMissing()),
        KeyringFound("Secret Service", problem=KeyringFailed()),
        KeyringFound("Secret Service", KeyringState.LOCKED),
    ],
    ids=["missing", "failed", "locked"],
)
def test_a_keyring_in_trouble_fails_only_where_it_is_needed(keyring: KeyringFound) -> None:
    assert keyring_finding(keyring, needed=True).verdict is Verdict.FAILED
    assert keyring_finding(keyring, needed=False).verdict is Verdict.WARNING
    assert keyring_finding(keyring, needed=True).next_step


@pytest.mark.parametrize("stored", [True, None])
def test_a_locked_keyring_says_that_it_holds_a_key_where_it_tells(
    stored: bool | None,  # noqa: FBT001 — a parameter of the table
) -> None:
    keyring = KeyringFound("Secret Service", KeyringState.LOCKED, stored=stored)
    assert ("holds a key" in keyring_finding(keyring, needed=True).text) == bool(stored)


@pytest.mark.parametrize(
    ("key", "verdict", "words"),
    [
        (KeyFound(KeySource.KEYRING), Verdict.OK, "keyring"),
        (KeyFound(KeySource.ENVIRONMENT), Verdict.OK, "NOVITA_API_KEY"),
        (KeyFound(KeySource.KEYRING, looks_like_one=False), Verdict.WARNING, "sk_"),
        (KeyFound(KeySource.ENVIRONMENT, WrongKey("")), Verdict.FAILED, "NOVITA_API_KEY"),
        (KeyFound(KeySource.KEYRING, WrongKey("")), Verdict.FAILED, "not accepted"),
        (KeyFound(None, NoKey()), Verdict.FAILED, "No API key"),
        (KeyFound(None), Verdict.SKIPPED, "Not read"),
    ],
)
def test_the_key_is_judged_by_where_it_is_and_how_it_looks(
    key: KeyFound, verdict: Verdict, words: str
) -> None:
    finding = key_finding(key)
    assert finding.verdict is verdict
    assert words in finding.text
    assert bool(finding.next_step) == (verdict in {Verdict.WARNING, Verdict.FAILED})
