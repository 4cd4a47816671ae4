"""What a soak calls a fault; on made-up figures, for the real ones come from a long run."""

from __future__ import annotations

import sys
from dataclasses import replace
from itertools import pairwise

import pytest

if sys.platform != "linux":
    pytest.skip("reads /proc", allow_module_level=True)

from tests.benchmarks.process_figures import ProcessFigures
from tests.benchmarks.soak_figures import Sample, verdicts
from tests.benchmarks.soak_weather import Weather, cycle

PROCESS = ProcessFigures(
    pss=90_000_000,
    anonymous=50_000_000,
    rss=110_000_000,
    descriptors=16,
    sockets=7,
    threads=6,
    cpu_ms=1_000.0,
)


def samples(
    *, shown: float = 1.0, bytes_each: int = 0, objects_each: float = 0, threads: int = 6
) -> list[Sample]:
    """Return twenty samples of a thousand readings each that grow by so much a reading."""
    return [
        Sample(
            finished=finished,
            shown=int(finished * shown),
            asked=finished,
            seconds=finished / 100,
            changes={},
            objects={"qt_objects": 20, "python_objects": 48_000 + int(finished * objects_each)},
            process=replace(
                PROCESS,
                anonymous=PROCESS.anonymous + finished * bytes_each + finished % 3 * 4_096,
                threads=threads if finished > 1_000 else PROCESS.threads,
            ),
        )
        for finished in range(1_000, 21_000, 1_000)
    ]


def faults(measured: list[Sample]) -> list[str]:
    return [text for text, is_fault in verdicts(measured) if is_fault]


def test_nothing_missed_and_nothing_kept_is_no_fault() -> None:
    assert faults(samples()) == []


@pytest.mark.parametrize(
    ("measured", "fault"),
    [
        (samples(shown=0.9999), "missed 2 of 20000"),
        (samples(bytes_each=100), "least anonymous memory: "),
        (samples(objects_each=1), "python_objects: +1000"),
        (samples(threads=7), "threads: 6 at first, 7 at last"),
    ],
    ids=["missed", "bytes", "objects", "threads"],
)
def test_each_kind_of_loss_is_a_fault(measured: list[Sample], fault: str) -> None:
    found = faults(measured)
    assert len(found) == 1
    assert found[0].startswith(fault)


def test_no_amount_follows_itself_so_that_a_missed_one_would_be_seen() -> None:
    amounts = [cycle(Weather.FAIR, number).amount for number in range(100_000)]
    assert all(one != other for one, other in pairwise(amounts))
