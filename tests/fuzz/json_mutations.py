"""Replies whose JSON is mutated by its structure: values, fields, escapes, depth, errors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.fuzz.documents import balance, document, error, plain_body, sent, written
from tests.fuzz.json_text import Fields
from tests.fuzz.tokens import NAMES, STATUSES, amount_text, any_value
from tests.fuzz.wire import CAP

if TYPE_CHECKING:
    import random

    from tests.fuzz.wire import WireReply

_EXTRA_NAMES: Final = (
    *("code", "reason", "message", "metadata", "error", "errors", "data", "success", "currency"),
    *("AvailableBalance", "available_balance", "availablebalance", "availableBalance ", "", "\0"),
    *("credit_balance", "balance", "__proto__", "availableBal\u0430nce", "\ud83d\udcb0", "\ud800"),
)


def untouched(rng: random.Random) -> WireReply:
    """Return a balance as the vendor writes it."""
    return sent(rng, written(rng, Fields(tuple(balance(rng)))), 200)


def amounts(rng: random.Random) -> WireReply:
    """Give every field an amount, or something that only looks like one."""
    pairs = tuple((name, amount_text(rng)) for name in NAMES if rng.random() < 0.8)
    return sent(rng, written(rng, Fields(pairs)), 200)


def values(rng: random.Random) -> WireReply:
    """Give some fields a value of any kind."""
    pairs = balance(rng)
    for _ in range(rng.randint(1, 3)):
        place = rng.randrange(len(pairs))
        pairs[place] = (pairs[place][0], any_value(rng))
    if rng.random() < 0.2:
        pairs = [*balance(rng), (rng.choice(_EXTRA_NAMES), any_value(rng))]
    return sent(rng, written(rng, Fields(tuple(pairs))))


def fields(rng: random.Random) -> WireReply:
    """Remove, repeat, reorder, rename, add and wrap fields."""
    pairs = document(rng)
    for _ in range(rng.randint(1, 4)):
        place = rng.randrange(len(pairs)) if pairs else 0
        match rng.randrange(6):
            case 0 if pairs:
                del pairs[place]
            case 1 if pairs:
                name, value = pairs[place]
                pairs.append((name, value if rng.random() < 0.5 else any_value(rng)))
            case 2:
                rng.shuffle(pairs)
            case 3 if pairs:
                pairs[place] = (rng.choice(_EXTRA_NAMES), pairs[place][1])
            case 4:
                pairs.insert(place, (rng.choice(_EXTRA_NAMES), any_value(rng)))
            case _:
                inner = Fields(tuple(pairs))
                pairs = [(rng.choice((*_EXTRA_NAMES, *NAMES)), rng.choice((inner, (inner,))))]
    return sent(rng, written(rng, Fields(tuple(pairs)), rng.choice((0.0, 0.0, 0.1))))


def escapes(rng: random.Random) -> WireReply:
    """Write characters as escapes, good and bad."""
    body = written(rng, Fields(tuple(document(rng))), rng.choice((0.05, 0.5, 1.0)))
    if rng.random() < 0.3:
        place = rng.randrange(len(body))
        bad = rng.choice(
            (rb"\u12", rb"\x41", rb"\u{31}", rb"\U00000031", b"\\", rb"\ud800", b"\x7f")
        )
        body = body[:place] + bad + body[place:]
    return sent(rng, body)


def nesting(rng: random.Random) -> WireReply:
    """Nest lists or objects, up to and beyond what a reader can follow."""
    deep = rng.choice((1, 2, 10, 100, 300, 399, 400, 900, 990, 1_000, 5_000, 30_000))
    opening, closing = rng.choice(((b"[", b"]"), (b'{"a":', b"}")))
    deep = min(deep, CAP // (len(opening) + 1) - 100)
    core = rng.choice((b"1", b"null", b'"1"', b"", plain_body(rng)[:900]))
    body = opening * deep + core + closing * (deep - rng.choice((0, 0, 0, 1, -1)))
    if rng.random() < 0.5:
        body = b'{"availableBalance":"1","more":' + body + b"}"
    return sent(rng, body)


def errors(rng: random.Random) -> WireReply:
    """Say what is wrong, in whole or in part, with or without a balance beside it."""
    pairs = error(rng)
    if rng.random() < 0.5:
        pairs = rng.sample(pairs, rng.randint(0, len(pairs)))
    if rng.random() < 0.3:
        pairs += balance(rng)
        rng.shuffle(pairs)
    return sent(
        rng,
        written(rng, Fields(tuple(pairs))),
        200 if rng.random() < 0.3 else rng.choice(STATUSES),
    )
