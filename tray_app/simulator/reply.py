"""HTTP replies as values, and the bodies that the contract documents."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

JSON_TYPE = "application/json"
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
HTML_TYPE = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Reply:
    """A status, headers and a body, sent as they are; a missing Content-Length is added."""

    status: int
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = (("Content-Type", JSON_TYPE),)

    def head(self, *, keep_alive: bool = False) -> bytes:
        """Return status line and headers with the empty line that ends them."""
        headers = list(self.headers)
        names = {name.lower() for name, _ in headers}
        if not names & {"content-length", "transfer-encoding"}:
            headers.append(("Content-Length", str(len(self.body))))
        if "connection" not in names:
            headers.append(("Connection", "keep-alive" if keep_alive else "close"))
        lines = [f"HTTP/1.1 {self.status} {_phrase(self.status)}"]
        lines += [f"{name}: {value}" for name, value in headers]
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def json_reply(
    content: Mapping[str, object] | Sequence[object],
    status: int = 200,
    headers: tuple[tuple[str, str], ...] = (),
) -> Reply:
    """Return `content` as a JSON reply with `headers` besides the Content-Type."""
    body = json.dumps(content, separators=(",", ":")).encode()
    return Reply(status, body, (("Content-Type", JSON_TYPE), *headers))


def html_reply(status: int, title: str) -> Reply:
    """Return a small page such as edges and gateways send instead of the API's JSON."""
    page = (
        f"<!DOCTYPE html>\n<html><head><title>{title}</title></head><body>{title}</body></html>\n"
    )
    return Reply(status, page.encode(), (("Content-Type", HTML_TYPE),))


def http_date(instant: int) -> str:
    """Write Unix seconds as an HTTP date, in English whatever the locale."""
    moment = time.gmtime(instant)
    return (
        f"{WEEKDAYS[moment.tm_wday]}, {moment.tm_mday:02d} {MONTHS[moment.tm_mon - 1]} "
        f"{moment.tm_year:04d} "
        f"{moment.tm_hour:02d}:{moment.tm_min:02d}:{moment.tm_sec:02d} GMT"
    )


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unassigned"
