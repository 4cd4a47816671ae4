from __future__ import annotations

import pytest

from tray_app.presentation.finding import (
    Finding,
    Verdict,
    all_works,
    conclusion,
    finding_lines,
    finding_object,
)

FINE = Finding("clock", Verdict.OK, "Right")
WARNING = Finding("certificate", Verdict.WARNING, "Old", "Renew it")
FAILED = Finding("key", Verdict.FAILED, "None", "Store one")
SKIPPED = Finding("tray", Verdict.SKIPPED, "Not looked for")


def test_texts_and_next_steps_stand_below_each_other() -> None:
    lines = [line for f in (FINE, WARNING, FAILED, SKIPPED) for line in finding_lines(f)]
    assert lines == [
        "ok  clock        Right",
        "!   certificate  Old",
        "                 -> Renew it",
        "!!  key          None",
        "                 -> Store one",
        "-   tray         Not looked for",
    ]


def test_colours_change_nothing_but_the_mark() -> None:
    plain, coloured = finding_lines(FAILED)[0], finding_lines(FAILED, coloured=True)[0]
    assert coloured == "\x1b[31m!!\x1b[0m" + plain.removeprefix("!!")


def test_what_a_terminal_would_obey_is_not_passed_on_to_it() -> None:
    hostile = Finding("certificate", Verdict.OK, "by \x1b]0;title\x07 Ltd\r\n", "do \x9b2J")
    (first, second) = finding_lines(hostile)
    assert first.endswith("by ?]0;title? Ltd??")
    assert second.endswith("do ?2J")


def test_for_scripts_a_missing_next_step_is_null() -> None:
    assert finding_object(WARNING) == {
        "what": "certificate",
        "verdict": "warning",
        "text": "Old",
        "next_step": "Renew it",
    }
    assert finding_object(FINE)["next_step"] is None


@pytest.mark.parametrize(
    ("findings", "works", "last_line"),
    [
        ([FINE, SKIPPED], True, "All that is needed works."),
        ([FINE, WARNING], True, "All that is needed works; 1 warning."),
        ([WARNING, WARNING], True, "All that is needed works; 2 warnings."),
        ([FINE, WARNING, FAILED], False, "1 thing to mend, marked !!."),
        ([FAILED, FAILED], False, "2 things to mend, marked !!."),
    ],
)
def test_only_failures_mean_that_it_does_not_work(
    findings: list[Finding],
    works: bool,  # noqa: FBT001 — a parameter of the table
    last_line: str,
) -> None:
    assert all_works(findings) is works
    assert conclusion(findings) == last_line
