"""Documents and replies before they are mutated: balances, errors, and how they are sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.adapters.replies import PAGE
from tests.fuzz.json_text import Fields, Style, Token, Value
from tests.fuzz.tokens import NAMES, STATUSES, plain_amount, reason
from tests.fuzz.wire import WireReply

if TYPE_CHECKING:
    import random


def sent(
    rng: random.Random,
    body: bytes,
    status: int | None = None,
    headers: tuple[tuple[bytes, bytes], ...] = (),
    *,
    breaks_off: bool = False,
) -> WireReply:
    """Return a reply with this body in one piece or several."""
    pieces: tuple[bytes, ...] = (body,)
    if len(body) > 1 and rng.random() < 0.2:
        cuts = sorted(rng.randrange(len(body)) for _ in range(rng.randint(1, 4)))
        pieces = tuple(
            body[start:end] for start, end in zip([0, *cuts], [*cuts, len(body)], strict=True)
        )
    if status is None:
        status = 200 if rng.random() < 0.85 else rng.choice(STATUSES)
    return WireReply(status, ((b"Content-Type", b"application/json"), *headers), pieces, breaks_off)


def balance(rng: random.Random) -> list[tuple[str, Value]]:
    """Return a balance that can be read: the required field and some of the others."""
    others = [(name, plain_amount(rng)) for name in NAMES[1:] if rng.random() < 0.7]
    return [(NAMES[0], plain_amount(rng)), *others]


def error(rng: random.Random) -> list[tuple[str, Value]]:
    code = rng.choice((Token("3"), Token("401"), Token("-1"), "3", None, Token("1e3")))
    return [
        ("code", code),
        ("reason", reason(rng)),
        ("message", "some words"),
        ("metadata", Fields(())),
    ]


def document(rng: random.Random) -> list[tuple[str, Value]]:
    return balance(rng) if rng.random() < 0.7 else error(rng)


def written(rng: random.Random, value: Value, escapes: float = 0.0) -> bytes:
    text = Style(rng, escapes, blanks=rng.random() < 0.3).written(value)
    return text.encode("utf-8", "surrogatepass")


def plain_body(rng: random.Random) -> bytes:
    if rng.random() < 0.05:
        return rng.choice((PAGE, b"", b"null", b"[]", b"{}", b'"1"', b"1", b"true"))
    return written(rng, Fields(tuple(document(rng))))
