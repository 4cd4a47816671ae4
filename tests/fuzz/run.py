"""Mutated replies through the program's reader, each judged by an independent one.

Run as ``python -m tests.fuzz.run [COUNT] [--seed N] [--only NUMBER]``. All processors take part.
The exit code is 1 when the two disagree, or when the reader crashes; the line that says so names
the seed and the number, and ``--only`` shows that one reply again.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tests.fuzz.replies import KINDS, reply_of
from tests.fuzz.wire import judged

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_COUNT: Final = 1_000_000
_AT_ONCE: Final = 2_000
_MOST_SHOWN: Final = 20
_LARGEST_SEED: Final = 2**32


@dataclass(slots=True)
class Outcomes:
    """How often each kind of reply was read as what, and what was wrong."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    disagreements: list[str] = field(default_factory=list)

    def add(self, other: Outcomes) -> None:
        """Take in another part's."""
        self.counts += other.counts
        self.disagreements += other.disagreements


def judge_range(seed: int, numbers: range) -> Outcomes:
    """Return the outcomes of the replies of these numbers."""
    outcomes = Outcomes()
    for number in numbers:
        kind, reply = reply_of(seed, number)
        name, complaint = judged(reply)
        outcomes.counts[kind, name] += 1
        if complaint is not None:
            outcomes.disagreements.append(f"--seed {seed} --only {number} ({kind}): {complaint}")
    return outcomes


def judge_all(seed: int, count: int) -> Outcomes:
    """Return the outcomes of the first ``count`` replies, judged on all processors."""
    parts = [
        (seed, range(start, min(start + _AT_ONCE, count))) for start in range(0, count, _AT_ONCE)
    ]
    outcomes = Outcomes()
    with multiprocessing.Pool(os.cpu_count()) as pool:
        for part in pool.imap_unordered(_judge_part, parts):
            outcomes.add(part)
    return outcomes


def _judge_part(part: tuple[int, range]) -> Outcomes:
    return judge_range(*part)


def table_of(counts: Counter[tuple[str, str]]) -> Iterator[str]:
    """Yield the lines of a table: a row for each kind, a column for each answer."""
    answers = sorted({answer for _, answer in counts})
    widths = [max(len(answer), 9) for answer in answers]
    yield " ".join(["kind".ljust(12), *(a.rjust(w) for a, w in zip(answers, widths, strict=True))])
    for kind in KINDS:
        cells = [str(counts[kind, answer]) for answer in answers]
        yield " ".join([kind.ljust(12), *(c.rjust(w) for c, w in zip(cells, widths, strict=True))])
    sums = [str(sum(counts[kind, answer] for kind in KINDS)) for answer in answers]
    yield " ".join(["all".ljust(12), *(s.rjust(w) for s, w in zip(sums, widths, strict=True))])


def main(arguments: Sequence[str] | None = None) -> int:
    """Judge replies and print what came of it; 1 when anything was wrong."""
    parser = argparse.ArgumentParser(prog="tests.fuzz.run")
    parser.add_argument("count", nargs="?", type=int, default=_COUNT)
    parser.add_argument("--seed", type=int, default=random.randrange(_LARGEST_SEED))  # noqa: S311 — no secret
    parser.add_argument("--only", type=int, metavar="NUMBER", help="show one reply of the seed")
    options = parser.parse_args(arguments)
    if options.only is not None:
        return _show(options.seed, options.only)
    print(f"seed {options.seed}", flush=True)
    began = time.monotonic()
    outcomes = judge_all(options.seed, options.count)
    seconds = time.monotonic() - began
    for line in table_of(outcomes.counts):
        print(line)
    wrong = outcomes.disagreements
    print(f"{options.count} replies in {seconds:.0f} s, {options.count / seconds:.0f} a second")
    print(f"{len(wrong)} disagreements", *wrong[:_MOST_SHOWN], sep="\n")
    return int(bool(wrong))


def _show(seed: int, number: int) -> int:
    kind, reply = reply_of(seed, number)
    name, complaint = judged(reply)
    print(kind, reply, name, complaint, sep="\n")
    return int(complaint is not None)


if __name__ == "__main__":
    sys.exit(main())
