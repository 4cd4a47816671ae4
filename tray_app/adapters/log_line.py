"""A record of the log as text: UTC, one line or an indented block, and no secret."""

from __future__ import annotations

import logging
import re
from typing import Final

from tray_app.core.error_trace import error_trace

LONGEST_RECORD: Final = 8_000
"""Characters of one record; a longer one is cut in its middle."""

# The log's own rule is that nothing secret is logged. This stands behind it, for the libraries.
# Compiled with the first record, as a start without one has no use for them.
_SECRETS: Final = (
    (r"\bsk_[\w-]+", "sk_…"),
    (r"(?i)\bbearer\s+[^\s\"',]+", "Bearer …"),
    (r"(?i)\bbasic\s+[a-z0-9+/]{6,}=*", "Basic …"),
    (r"(?<=://)[^\s/]{1,512}@", "…@"),
)
# Terminals obey them, and a line feed would let a message pass for a record of its own.
_CONTROLS: Final = r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]"


class LogLine(logging.Formatter):
    """Writes ``2026-05-01T12:00:00.123Z INFO tray_app.app: …``; errors without their messages."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record's text, without an end of line."""
        # The icon does not wait for it.
        from datetime import UTC, datetime  # noqa: PLC0415 — the first record may come later

        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        head = f"{at.removesuffix('+00:00')}Z {record.levelname} {record.name}: "
        return head + record_text(record)


def record_text(record: logging.LogRecord) -> str:
    """Return what the record says, without its time and place."""
    text = _message(record)
    if record.exc_info and record.exc_info[1] is not None:
        text = f"{text}\n{error_trace(record.exc_info[1])}"
    for pattern, instead in _SECRETS:
        text = re.sub(pattern, instead, text)
    text = re.sub(_CONTROLS, _escaped, _shortened(text))
    return text.replace("\n", "\n    ")


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except Exception as error:  # noqa: BLE001 — whatever an argument's own code raises
        return f"{record.msg!s} (which could not be completed: {type(error).__name__})"


def _shortened(text: str) -> str:
    if len(text) <= LONGEST_RECORD:
        return text
    half = LONGEST_RECORD // 2
    return f"{text[:half]}\n… {len(text) - 2 * half} characters left out …\n{text[-half:]}"


def _escaped(match: re.Match[str]) -> str:
    return f"\\x{ord(match.group()):02x}"
