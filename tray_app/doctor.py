"""``novita-tray doctor``: says of everything that the program needs whether it works; no Qt."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, Final

import tray_app
from tray_app.checkup import look_at_everything
from tray_app.presentation.finding import (
    Finding,
    all_works,
    conclusion,
    finding_lines,
    finding_object,
)
from tray_app.terminal import OUTPUT_LOST, answer

if TYPE_CHECKING:
    from tray_app.wiring import Connection

_WORKS: Final = 0
_FAILED: Final = 1


def print_findings(connection: Connection, *, as_json: bool) -> int:
    """Print the findings as lines, each as it comes, or as one JSON object.

    Return the exit code: 0 if all that is needed works, else 1. Warnings leave it 0.
    """
    if as_json:
        return _print_object(list(look_at_everything(connection)))
    findings = []
    coloured = _takes_colours()
    for finding in look_at_everything(connection):
        findings.append(finding)
        # Whoever waits for a hanging keyring sees what was found until then.
        if answer("\n".join(finding_lines(finding, coloured=coloured)), _WORKS) == OUTPUT_LOST:
            return OUTPUT_LOST
    return answer(f"\n{conclusion(findings)}", _exit_code(findings))


def _print_object(findings: list[Finding]) -> int:
    document = {
        "version": tray_app.__version__,
        "works": all_works(findings),
        "findings": [finding_object(finding) for finding in findings],
    }
    return answer(json.dumps(document, indent=2), _exit_code(findings))


def _exit_code(findings: list[Finding]) -> int:
    return _WORKS if all_works(findings) else _FAILED


def _takes_colours() -> bool:
    """Return whether standard output is a terminal that shows colours (no-color.org)."""
    return (
        sys.stdout is not None
        and sys.stdout.isatty()
        and not os.environ.get("NO_COLOR")
        and os.environ.get("TERM", "") not in {"", "dumb"}
    )
