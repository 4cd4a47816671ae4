"""Replies of the balance route, mutated: each is a function of a seed and a number alone."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Final

from tests.fuzz import byte_mutations, json_mutations

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.fuzz.wire import WireReply


KINDS: Final[Mapping[str, Callable[[random.Random], WireReply]]] = {
    "untouched": json_mutations.untouched,
    "amounts": json_mutations.amounts,
    "values": json_mutations.values,
    "fields": json_mutations.fields,
    "escapes": json_mutations.escapes,
    "nesting": json_mutations.nesting,
    "bytes": byte_mutations.flipped,
    "truncation": byte_mutations.truncated,
    "splice": byte_mutations.spliced,
    "encodings": byte_mutations.encoded,
    "compression": byte_mutations.compressed,
    "size": byte_mutations.sized,
    "retry-after": byte_mutations.waiting,
    "statuses": byte_mutations.statuses,
    "errors": json_mutations.errors,
}
# What takes long is drawn less often.
_WEIGHTS: Final = {
    "values": 3,
    "amounts": 2,
    "fields": 3,
    "bytes": 3,
    "compression": 2,
    "retry-after": 2,
}
_SLOW: Final = {"nesting", "size"}
_KINDS: Final = tuple(
    kind for kind in KINDS for _ in range(1 if kind in _SLOW else 4 * _WEIGHTS.get(kind, 1))
)


def reply_of(seed: int, number: int) -> tuple[str, WireReply]:
    """Return the kind of mutation, and the reply."""
    rng = random.Random(f"{seed}:{number}")  # noqa: S311 — to be repeated, not to be secret
    kind = rng.choice(_KINDS)
    return kind, KINDS[kind](rng)
