"""What a soak has measured, and what to think of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tests.benchmarks.slope import slope_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.benchmarks.process_figures import ProcessFigures

_MB: Final = 2**20
# Over a quarter of 100,000 readings, a year's, this is ten bytes a reading.
_BORNE_RISE: Final = 256 * 1024
# Exact after a collection; one object held at each hundredth reading is found.
_BORNE_OBJECTS: Final = 10
_FEWEST_FOR_SLOPE: Final = 3


@dataclass(frozen=True, slots=True)
class Sample:
    """The state of things while the program rests."""

    finished: int
    shown: int
    asked: int
    seconds: float
    """Since the first cycle began, without the rests."""
    changes: dict[str, int]
    """How often each part of what shows has become another."""
    objects: dict[str, int]
    """What is held after a collection: Qt's objects, Python's containers, Python's blocks."""
    process: ProcessFigures


def line_of(sample: Sample) -> str:
    """Return a sample as a line of a table."""
    process = sample.process
    return (
        f"{sample.finished:7} shown {sample.shown:7} asked {sample.asked:7} {sample.seconds:7.1f} s"
        f" PSS {process.pss / _MB:6.2f} MB RSS {process.rss / _MB:6.2f} MB"
        f" anonymous {process.anonymous / _MB:6.2f} MB"
        f" descriptors {process.descriptors} sockets {process.sockets} threads {process.threads}"
        f" objects: Qt {sample.objects['qt_objects']} Python {sample.objects['python_objects']}"
        f" blocks {sample.objects['python_blocks']}"
    )


def verdicts(samples: Sequence[Sample]) -> Iterator[tuple[str, bool]]:
    """Yield a sentence for each figure, and whether it tells of a fault."""
    first, last = samples[0], samples[-1]
    missed = last.finished - last.shown
    yield f"missed {missed} of {last.finished}; requests {last.asked}", missed > 0
    yield f"changed: {last.changes}", False
    cpu = (last.process.cpu_ms - first.process.cpu_ms) / max(last.finished - first.finished, 1)
    yield (
        f"{last.finished / last.seconds:.0f} readings a second, {cpu:.2f} ms of CPU a reading",
        False,
    )
    for name in ("descriptors", "sockets", "threads"):
        before, after = (getattr(sample.process, name) for sample in (first, last))
        yield f"{name}: {before} at first, {after} at last", after > before
    half = samples[len(samples) // 2 :]
    if len(half) < _FEWEST_FOR_SLOPE:
        return
    for name in ("pss", "rss", "anonymous"):
        yield _growth(half, f"{name} in bytes", [getattr(s.process, name) for s in half], None)
    yield _rise_of_floor(half)
    for name in last.objects:
        yield _growth(half, name, [sample.objects[name] for sample in half], _BORNE_OBJECTS)


def _rise_of_floor(samples: Sequence[Sample]) -> tuple[str, bool]:
    """Compare the least memory of the earlier samples with that of the later ones.

    Allocators keep some megabytes for a while and give them back, which a line takes for growth
    or hides growth behind; what is never given back raises the floor.
    """
    middle = len(samples) // 2
    before, after = (
        min(sample.process.anonymous for sample in part)
        for part in (samples[:middle], samples[middle:])
    )
    text = f"least anonymous memory: {before / _MB:.2f} MB, then {after / _MB:.2f} MB"
    return text, after - before > _BORNE_RISE


def _growth(
    samples: Sequence[Sample], name: str, column: Sequence[int], bound: float | None
) -> tuple[str, bool]:
    slope = slope_of([sample.finished / 1000 for sample in samples], column)
    is_fault = bound is not None and slope.value > bound and not slope.is_noise
    text = f"{name}: {slope.value:+.2f} ± {slope.error:.2f} a thousand readings"
    return f"{text}, {'noise' if slope.is_noise else 'beyond twice its error'}", is_fault
