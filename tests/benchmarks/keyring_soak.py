"""Keyrings that open, lock, vanish and empty, over and over: what is missed, and what leaks.

Run as ``python -m tests.benchmarks.keyring_soak [ROUNDS]`` on Linux. The program of the soak reads
its key from a real Secret Service, anew at every second reading, since Novita rejects the key
before. In each round the service is locked, ended, started again and emptied; each must show.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from tests.benchmarks.soak import Soak
from tests.benchmarks.soak_figures import Sample, line_of, verdicts
from tests.benchmarks.soak_weather import Weather
from tests.desktop.tray_program import delete_key, store_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.desktop.session import DesktopSession

# Memory settles over the first thousand cycles; the slope is that of the second half.
_ROUNDS: Final = 100
_OPEN_CYCLES: Final = 40
"""An even number: the last one leaves the program without a key."""
_CLOSED_CYCLES: Final = 10


def _lock(desktop: DesktopSession) -> None:
    desktop.lock_keyring()


def _stop(desktop: DesktopSession) -> None:
    desktop.stop_keyring()


def _empty(desktop: DesktopSession) -> None:
    desktop.start_keyring()
    delete_key(desktop)


_TROUBLES: Final[tuple[tuple[str, Callable[[DesktopSession], None]], ...]] = (
    ("KeyringLocked", _lock),
    ("KeyringMissing", _stop),
    ("NoKey", _empty),
)


def rounds(soak: Soak, count: int) -> Iterator[Sample]:
    """Yield a sample of the open keyring in each round, before its troubles."""
    done = 0
    for _ in range(count):
        done += _OPEN_CYCLES
        yield soak.run_to(done)
        for problem, bring_about in _TROUBLES:
            bring_about(soak.desktop)
            done += _CLOSED_CYCLES
            soak.run_to(done, problem=problem)
        store_key(soak.desktop)
    yield soak.run_to(done + _OPEN_CYCLES)


def main() -> int:
    """Run the soak and print its figures; 1 when something was missed or leaked."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else _ROUNDS
    samples: list[Sample] = []
    with Soak(Weather.REJECTING, (count + 1) * _OPEN_CYCLES) as soak:
        for sample in rounds(soak, count):
            samples.append(sample)
            print(line_of(sample), flush=True)
        print(*soak.complaints, f"ended with {soak.end()}", sep="\n")
    # The first round makes what is made late, such as the dialog that asks for a key.
    faults = 0
    for text, is_fault in verdicts(samples[1:]):
        faults += is_fault
        print(text + (": FAULT" if is_fault else ""))
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main())
