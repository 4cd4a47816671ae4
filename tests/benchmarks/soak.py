"""Many readings through the real program at speed: what is missed, and what leaks.

Run as ``python -m tests.benchmarks.soak [READINGS] [--foul]`` on Linux. The program is the one that
users start, in a process of its own, on an X server, a session bus and a panel; its client asks a
simulator over HTTP, whose balance is another at each request. All that differs is the wall clock:
after each answer it leaps from one look of the program at it to the next, until a refresh is due.
With ``--foul`` two of three cycles end in a problem.

After each step the program rests while its memory, descriptors, threads and objects are read. The
growth is a least-squares slope over the second half, with its standard error.
"""

from __future__ import annotations

import argparse
import json
import signal
import socket
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

from tests.adapters.certificates import write_certificate
from tests.benchmarks.contestants import ROOT, python_path
from tests.benchmarks.process_figures import ProcessFigures, figures_of
from tests.benchmarks.soak_figures import Sample, line_of, verdicts
from tests.benchmarks.soak_weather import Route, Weather, cycle
from tests.desktop.session import DesktopSession
from tests.desktop.status_notifier import StatusNotifierItem, wait_for_item
from tests.desktop.tray_program import FROM_ENVIRONMENT, KEY, store_key
from tests.desktop.waiting import wait_for
from tray_app.simulator import Simulator
from tray_app.simulator.accounts import InTurn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.desktop.program import Program

_READINGS: Final = 100_000
_STEPS: Final = 100
_STEPS_A_LINE: Final = 5
_SECONDS_PER_CYCLE: Final = 2.0
_SHOWN_WITHIN: Final = 30.0
_AT_REST_SECONDS: Final = 0.03
_OBJECTS: Final = ("qt_objects", "python_objects", "python_blocks")
_ANSWERED: Final = (Route.SIMULATOR, Route.IMPATIENT)
# The name cannot even be written in a query: nothing leaves the computer.
_NAMELESS_URL: Final = f"https://{'x' * 64}.invalid"


class Soak:
    """One program under soak; a context manager. ``run_to`` may be called again and again.

    In the rejecting weather its key is the keyring's, which runs in the ``desktop``.
    """

    def __init__(self, weather: Weather, cycles: int) -> None:
        self._weather = weather
        self._cycles = cycles
        self._done = 0
        self._seconds = 0.0
        self._stack = ExitStack()
        self.complaints: list[str] = []

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            desktop = stack.enter_context(DesktopSession())
            desktop.start_panel()
            self.desktop = desktop
            environ = FROM_ENVIRONMENT
            if self._weather is Weather.REJECTING:
                desktop.start_keyring()
                store_key(desktop)
                environ = {}
            self._simulator = stack.enter_context(_simulator(self._weather, self._cycles))
            urls = {Route.SIMULATOR: self._simulator.url}
            if self._weather is Weather.FOUL:
                urls |= {Route.IMPATIENT: self._simulator.url}
                urls |= stack.enter_context(_foul_urls())
            self._urls = urls
            ours, theirs = socket.socketpair()
            self._channel = stack.enter_context(ours)
            self._lines = stack.enter_context(ours.makefile("r", encoding="utf-8"))
            with theirs:
                command = [sys.executable, "-m", "tests.benchmarks.soak_program"]
                self.program: Program = desktop.start(
                    [*command, str(theirs.fileno())],
                    {**environ, **python_path(ROOT)},
                    pass_fds=[theirs.fileno()],
                )
            self._item: StatusNotifierItem | None = None
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def run_to(self, until: int, *, problem: str | None = None) -> Sample:
        """Let the program go on until so many cycles are done; return what it is like then.

        ``problem`` names what every one of them must end in, where none reaches the simulator.
        """
        order = {
            "until": until,
            "problem": problem,
            "weather": self._weather,
            "urls": self._urls,
        }
        self._channel.settimeout(_SHOWN_WITHIN + (until - self._done) * _SECONDS_PER_CYCLE)
        self._done = until
        began = time.monotonic()
        self._channel.sendall(json.dumps(order).encode() + b"\n")
        line = self._lines.readline()
        assert line, f"the program ended: {self.program.stderr}"
        self._seconds += time.monotonic() - began
        report: dict[str, Any] = json.loads(line)
        self.complaints = report["complaints"]
        assert report["shown"], self.complaints
        self._wait_until_the_panel_can_read(report["amount"])
        return Sample(
            finished=report["finished"],
            shown=report["shown"],
            asked=self._simulator.request_count,
            seconds=self._seconds,
            changes={name: report[name] for name in ("icons", "tooltips", "first_rows")},
            objects={name: report[name] for name in _OBJECTS},
            process=_at_rest(self.program.pid),
        )

    def end(self) -> int:
        """Ask the program to end, and return its exit code."""
        self.program.send_signal(signal.SIGTERM)
        return self.program.wait_exit(_SHOWN_WITHIN)

    def _wait_until_the_panel_can_read(self, amount: str) -> None:
        if self._item is None:
            self._item = wait_for_item(self.desktop.bus, self.program.pid, _SHOWN_WITHIN)
        begins = f"{amount} "
        self._item.wait_for_tooltip(
            lambda shown: shown.title.startswith(begins), _SHOWN_WITHIN, amount
        )
        self._item.menu.wait_for_label(
            lambda label: label.startswith(begins), _SHOWN_WITHIN, amount
        )


def _counts(figures: ProcessFigures) -> tuple[int, int]:
    return figures.threads, figures.descriptors


def _at_rest(pid: int) -> ProcessFigures:
    """Return the figures once the threads and sockets of the last request have gone."""

    def probe() -> ProcessFigures | None:
        before = figures_of(pid)
        # A measurement: what ends by itself is given time to.
        time.sleep(_AT_REST_SECONDS)
        after = figures_of(pid)
        return after if _counts(before) == _counts(after) else None

    return wait_for(probe, _SHOWN_WITHIN, "threads and descriptors stay the same")


@contextmanager
def _simulator(weather: Weather, cycles: int) -> Iterator[Simulator]:
    answers = (cycle(weather, number) for number in range(cycles))
    turns = tuple(one.behaviour for one in answers if one.route in _ANSWERED)
    with Simulator({KEY: InTurn(turns)}) as simulator:
        yield simulator


@contextmanager
def _foul_urls() -> Iterator[dict[Route, str]]:
    """Give the addresses at which no reply can be had."""
    with tempfile.TemporaryDirectory() as folder:
        _, tls = write_certificate(Path(folder))
        with Simulator(tls=tls) as untrusted, socket.create_server(("127.0.0.1", 0)) as server:
            closed_port = server.getsockname()[1]
            server.close()
            yield {
                Route.UNTRUSTED: untrusted.url,
                Route.CLOSED: f"http://127.0.0.1:{closed_port}",
                Route.NAMELESS: _NAMELESS_URL,
            }


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the soak and print its figures; 1 when something was missed or leaked."""
    parser = argparse.ArgumentParser(prog="tests.benchmarks.soak")
    parser.add_argument("readings", nargs="?", type=int, default=_READINGS)
    parser.add_argument("--foul", action="store_true", help="two of three cycles fail")
    options = parser.parse_args(arguments)
    weather = Weather.FOUL if options.foul else Weather.FAIR
    step = max(options.readings // _STEPS, 1)
    samples: list[Sample] = []
    with Soak(weather, options.readings + 2) as soak:
        for until in range(step, options.readings + 1, step):
            # In foul weather too, each step ends well: while it fails, the network is watched.
            samples.append(soak.run_to(until + (1 - until) % 3))
            if len(samples) % _STEPS_A_LINE == 1:
                print(line_of(samples[-1]), flush=True)
        print(line_of(samples[-1]), *soak.complaints, f"ended with {soak.end()}", sep="\n")
    faults = 0
    for text, is_fault in verdicts(samples):
        faults += is_fault
        print(text + (": FAULT" if is_fault else ""))
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main())
