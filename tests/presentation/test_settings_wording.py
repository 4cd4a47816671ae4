from __future__ import annotations

import pytest

from tray_app.core.settings_fault import (
    Mismatch,
    MoreThan,
    NeedsAmounts,
    NeedsNumber,
    NeedsPartner,
    NeedsPositive,
    NeedsWord,
    SameAs,
    SettingsFault,
    SettingsFaultKind,
    TooManyAccounts,
)
from tray_app.core.settings_problem import (
    SettingsDiskFull,
    SettingsNotToml,
    SettingsNotWritten,
    SettingsProblem,
    SettingsReadOnly,
    SettingsTooLarge,
    SettingsTooNew,
    SettingsUnreadable,
)
from tray_app.presentation.settings_wording import (
    settings_fault_text,
    settings_problem_text,
    several_troubles,
)


@pytest.mark.parametrize(
    ("fault", "text"),
    [
        (
            SettingsFault("refresh_minutes", NeedsNumber("1", "60"), "5", 3),
            "Line 3, refresh_minutes: must be a number from 1 to 60. 5 is used.",
        ),
        (
            SettingsFault("alerts.spike", Mismatch.YES_OR_NO, "true"),
            "alerts.spike: must be true or false. true is used.",
        ),
        (
            SettingsFault("icon.size", Mismatch.KNOWN, line=9),
            "Line 9, icon.size: not known, and left alone.",
        ),
        (
            SettingsFault("language", NeedsWord(("system", "en"))),
            'language: must be one of "system", "en".',
        ),
        (SettingsFault("schema", NeedsNumber("1", "1"), "1"), "schema: must be 1. 1 is used."),
    ],
)
def test_a_fault_says_where_it_is_what_belongs_there_and_what_is_used(
    fault: SettingsFault, text: str
) -> None:
    assert settings_fault_text(fault) == text


def test_each_fault_has_a_sentence_of_its_own() -> None:
    kinds: list[SettingsFaultKind] = [
        *Mismatch,
        NeedsNumber("0", "1"),
        NeedsPositive("1"),
        NeedsAmounts(8),
        NeedsWord(("a",)),
        NeedsPartner("b"),
        MoreThan("b"),
        SameAs("b"),
        TooManyAccounts(16),
    ]
    texts = {settings_fault_text(SettingsFault("a", kind)) for kind in kinds}
    assert len(texts) == len(kinds)


@pytest.mark.parametrize(
    "problem",
    [
        SettingsUnreadable("OSError"),
        SettingsTooLarge(),
        SettingsNotToml(None),
        SettingsNotToml(7),
        SettingsTooNew(2),
        SettingsDiskFull(),
        SettingsReadOnly(),
        SettingsNotWritten("OSError"),
    ],
    ids=repr,
)
def test_each_problem_has_a_title_and_a_next_step(problem: SettingsProblem) -> None:
    text = settings_problem_text(problem)
    assert text.title
    assert text.next_step
    assert ("7" in text.title) == (problem == SettingsNotToml(7))


def test_of_many_sentences_the_first_are_told_and_the_others_counted() -> None:
    sentences = tuple("abcdefgh")
    assert several_troubles(()) == ""
    assert several_troubles(sentences[:6]) == "a\nb\nc\nd\ne\nf"
    assert several_troubles(sentences) == "a\nb\nc\nd\ne\nf\nAnd 2 more."
