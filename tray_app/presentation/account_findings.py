"""What the doctor says about keyring and key, and about an answer that it never got."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, assert_never

from tray_app.core.checkup import Broken, KeyringState, KeySource, Unfinished
from tray_app.presentation.finding import Finding, Verdict
from tray_app.presentation.places import KEYS_URL
from tray_app.presentation.problem_wording import Surface, problem_text

if TYPE_CHECKING:
    from tray_app.core.checkup import KeyFound, KeyringFound
    from tray_app.core.problem import Problem

_SECOND: Final = timedelta(seconds=1)


def unanswered_finding(
    what: str, outcome: Unfinished | Broken, next_step: str, verdict: Verdict = Verdict.FAILED
) -> Finding:
    """Return a finding about a question that hung or broke."""
    match outcome:
        case Unfinished(limit):
            return Finding(what, verdict, f"No answer within {limit // _SECOND} s", next_step)
        case Broken(kind):
            return Finding(what, verdict, f"The question itself failed ({kind})", next_step)
        case _:
            assert_never(outcome)


def problem_finding(
    what: str,
    problem: Problem,
    verdict: Verdict = Verdict.FAILED,
    *,
    from_environment: bool = False,
) -> Finding:
    """Return a problem in the words that it has everywhere."""
    text = problem_text(problem, Surface.TERMINAL, key_from_environment=from_environment)
    return Finding(what, verdict, text.title, text.next_step)


def keyring_finding(keyring: KeyringFound, *, needed: bool) -> Finding:
    """Return whether the keyring can be asked; it is not needed where the environment has a key."""
    trouble = Verdict.FAILED if needed else Verdict.WARNING
    if keyring.problem is not None:
        return problem_finding("keyring", keyring.problem, trouble)
    match keyring.state:
        case KeyringState.OPEN | None:
            return Finding("keyring", Verdict.OK, f"{keyring.backend}, open")
        case KeyringState.NOT_SET_UP:
            return Finding("keyring", Verdict.OK, f"{keyring.backend}; it is made with the key")
        case KeyringState.LOCKED:
            return Finding(
                "keyring",
                trouble,
                f"{keyring.backend}, locked" + ("; it holds a key" if keyring.stored else ""),
                "Unlock it, then run this again (the tray asks for that when it starts)",
            )
        case _:
            assert_never(keyring.state)


def key_finding(key: KeyFound) -> Finding:
    """Return where the key comes from, and whether it can be one. Nothing of the key itself."""
    match key.source:
        case None if key.problem is None:
            return Finding("key", Verdict.SKIPPED, "Not read: the keyring cannot be asked now")
        case None:
            text = ""
        case KeySource.ENVIRONMENT:
            text = "From NOVITA_API_KEY, which overrides the keyring"
        case KeySource.KEYRING:
            text = "Stored in the keyring"
        case _:
            assert_never(key.source)
    if key.problem is not None:
        from_environment = key.source is KeySource.ENVIRONMENT
        return problem_finding("key", key.problem, from_environment=from_environment)
    if not key.looks_like_one:
        return Finding(
            "key",
            Verdict.WARNING,
            f"{text}; it does not begin with sk_, as Novita's keys do",
            f"Copy it whole from {KEYS_URL}",
        )
    return Finding("key", Verdict.OK, text)
