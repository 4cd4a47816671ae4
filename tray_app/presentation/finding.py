"""One line of the doctor's answer, and how the lines are written out."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

from tray_app.core.light_dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence


class Verdict(Enum):
    """How a finding is judged."""

    OK = "ok"
    WARNING = "warning"
    """The balance is shown, but less well than it could be, or not for long."""
    FAILED = "failed"
    """The icon with a current balance cannot be shown."""
    SKIPPED = "skipped"
    """Not to be judged, because of another finding."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, how it is judged, what was found, and what to do about it.

    ``what`` is part of the command line's contract, as the verdict's word is. ``next_step`` is
    empty where there is nothing to do.
    """

    what: str
    verdict: Verdict
    text: str
    next_step: str = ""


_MARKS: Final = {Verdict.OK: "ok", Verdict.WARNING: "!", Verdict.FAILED: "!!", Verdict.SKIPPED: "-"}
# ECMA-48: green, yellow, red, grey; and back to normal.
_COLOURS: Final = {Verdict.OK: 32, Verdict.WARNING: 33, Verdict.FAILED: 31, Verdict.SKIPPED: 90}
_WIDEST_MARK: Final = max(map(len, _MARKS.values()))
_WIDEST_WHAT: Final = len("certificate")


def finding_lines(finding: Finding, *, coloured: bool = False) -> tuple[str, ...]:
    """Return the finding as aligned lines: the finding itself, and the next step if there is one.

    Signs that a terminal would obey, as a server's certificate may bring them, are shown as "?".
    """
    mark = f"{_MARKS[finding.verdict]:<{_WIDEST_MARK}}"
    if coloured:
        mark = f"\x1b[{_COLOURS[finding.verdict]}m{mark}\x1b[0m"
    lines = [f"{mark}  {finding.what:<{_WIDEST_WHAT}}  {_printable(finding.text)}"]
    if finding.next_step:
        indent = " " * (_WIDEST_MARK + 2 + _WIDEST_WHAT + 2)
        lines.append(f"{indent}-> {_printable(finding.next_step)}")
    return tuple(lines)


def finding_object(finding: Finding) -> dict[str, str | None]:
    """Return the finding for ``--json``."""
    return {
        "what": finding.what,
        "verdict": finding.verdict.value,
        "text": finding.text,
        "next_step": finding.next_step or None,
    }


def all_works(findings: Sequence[Finding]) -> bool:
    """Return whether nothing that is needed failed."""
    return all(finding.verdict is not Verdict.FAILED for finding in findings)


def conclusion(findings: Sequence[Finding]) -> str:
    """Return the last line."""
    failed = sum(finding.verdict is Verdict.FAILED for finding in findings)
    warnings = sum(finding.verdict is Verdict.WARNING for finding in findings)
    if failed:
        return f"{_count(failed, 'thing')} to mend, marked {_MARKS[Verdict.FAILED]}."
    if warnings:
        return f"All that is needed works; {_count(warnings, 'warning')}."
    return "All that is needed works."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _printable(text: str) -> str:
    return "".join(sign if sign.isprintable() else "?" for sign in text)
