"""Mutated HTTP over real sockets: the client ends in time, with the right amount or a problem.

Run as ``python -m tests.fuzz.sockets [COUNT] [--seed N]``; the exit code is 1 when it does not.
"""

from __future__ import annotations

import argparse
import random
import re
import socket
import struct
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from tests.adapters.asking import AGENT
from tests.adapters.raw_server import RawServer, read_request, wait_for_end
from tests.core.samples import NOW
from tests.fuzz.raw_replies import End, raw_reply_of
from tray_app.adapters.novita_client import NovitaClient
from tray_app.core.api_key import ApiKey
from tray_app.core.money import Usd
from tray_app.core.problem import Problem, ProblemError
from tray_app.core.reading import BalanceReading

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_COUNT: Final = 2_000
_LARGEST_SEED: Final = 2**32
BUDGET: Final = timedelta(seconds=0.25)
LATEST: Final = timedelta(seconds=5)
"""A request must end within its budget; more only for a busy machine."""
_NUMBER: Final = re.compile(rb"sk_fuzz_(\d+)")
_RESET_ON_CLOSE: Final = struct.pack("ii", 1, 0)


@dataclass(slots=True)
class Met:
    """What the client made of the replies: answers by type, and what was wrong."""

    answers: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    longest: timedelta = timedelta(0)


def meet(seed: int, numbers: range) -> Met:
    """Ask a server of plain sockets once for each number."""
    met = Met()
    with RawServer(_conversation(seed)) as server:
        client = NovitaClient(server.url, AGENT, budget=BUDGET, clock=lambda: NOW)
        for number in numbers:
            began = time.monotonic()
            answer, fault = _asked(client, seed, number)
            took = timedelta(seconds=time.monotonic() - began)
            met.answers[answer] += 1
            met.longest = max(met.longest, took)
            if took > LATEST:
                fault = f"took {took}"
            if fault is not None:
                met.faults.append(f"seed {seed}, number {number}: {fault}")
        client.close()
    return met


def _conversation(seed: int) -> Callable[[socket.socket], None]:
    """Return a conversation that sends the reply which the request's key names."""

    def converse(connection: socket.socket) -> None:
        asked = _NUMBER.search(read_request(connection))
        assert asked is not None
        reply = raw_reply_of(seed, int(asked[1]))
        for piece in reply.pieces:
            connection.sendall(piece)
        match reply.end:
            case End.CLOSE:
                pass
            case End.RESET:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
            case End.SILENCE:
                wait_for_end(connection)

    return converse


def _asked(client: NovitaClient, seed: int, number: int) -> tuple[str, str | None]:
    reply = raw_reply_of(seed, number)
    answer: BalanceReading | Problem
    try:
        answer = client.fetch_balance(ApiKey(f"sk_fuzz_{number}"))
    except ProblemError as error:
        answer = error.problem
    except Exception as error:  # noqa: BLE001 — any other exception is what is looked for
        return "crash", f"crash: {error!r}"
    right = BalanceReading(Usd.of_units_text(reply.units), NOW)
    is_wrong = isinstance(answer, BalanceReading) and (answer != right or not reply.may_be_read)
    return type(answer).__name__, f"read {answer}, sent {reply!r:.500}" if is_wrong else None


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask and print what came of it; 1 when anything was wrong."""
    parser = argparse.ArgumentParser(prog="tests.fuzz.sockets")
    parser.add_argument("count", nargs="?", type=int, default=_COUNT)
    parser.add_argument("--seed", type=int, default=random.randrange(_LARGEST_SEED))  # noqa: S311 — no secret
    options = parser.parse_args(arguments)
    began = time.monotonic()
    met = meet(options.seed, range(options.count))
    print(f"seed {options.seed}: {options.count} replies in {time.monotonic() - began:.0f} s")
    print(*(f"{answer}: {count}" for answer, count in met.answers.most_common()), sep="\n")
    print(f"the longest took {met.longest.total_seconds():.2f} s of {BUDGET.total_seconds()} s")
    print(f"{len(met.faults)} faults", *met.faults, sep="\n")
    return int(bool(met.faults))


if __name__ == "__main__":
    sys.exit(main())
