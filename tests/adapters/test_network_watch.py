"""The watch on the kernel's own word, in a network namespace that the test makes."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tray_app.adapters.network_watch import NetworkWatch, watch_network

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="netlink is Linux's")

WATCH = """
import select, sys, time
from tray_app.adapters.network_watch import watch_network
watch = watch_network()
print("ready", flush=True)
for line in sys.stdin:
    # The kernel tells of a link's change at once, and of its carrier up to a second later.
    ends, gained = time.monotonic() + float(line), False
    while not gained and select.select([watch], [], [], max(ends - time.monotonic(), 0))[0]:
        gained = watch.gained()
    print(gained, flush=True)
"""


@pytest.fixture
def namespace() -> Iterator[str]:
    if sys.platform != "linux" or os.geteuid() != 0 or shutil.which("ip") is None:
        pytest.skip("a network namespace needs Linux, root and the program ip")
    name = f"novita-watch-{os.getpid()}"
    subprocess.run(["ip", "netns", "add", name], check=True)
    yield name
    subprocess.run(["ip", "netns", "del", name], check=True)


@pytest.fixture
def gained(namespace: str) -> Iterator[Callable[..., bool]]:
    """Change the namespace by ``ip``, and return whether the watch there takes it for a gain.

    For one that is none it is waited for a moment, for one that is up to five seconds.
    """
    watching = subprocess.Popen(
        ["ip", "netns", "exec", namespace, sys.executable, "-c", WATCH],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert watching.stdin is not None
    assert watching.stdout is not None
    assert watching.stdout.readline() == "ready\n"
    question, answer = watching.stdin, watching.stdout

    def change(arguments: str, within: float = 5) -> bool:
        subprocess.run(["ip", "-n", namespace, *arguments.split()], check=True)
        question.write(f"{within}\n")
        question.flush()
        return answer.readline() == "True\n"

    yield change
    question.close()
    assert watching.wait(10) == 0
    answer.close()


def test_a_link_that_comes_up_and_a_way_out_are_gains_and_nothing_else_is(
    gained: Callable[..., bool],
) -> None:
    assert not gained("link add near type veth peer name far", within=0.4)
    assert not gained("address add 10.77.3.2/24 dev near", within=0.4)
    assert not gained("link set near up", within=0.4)
    assert gained("link set far up")
    assert gained("route add default via 10.77.3.1")
    assert not gained("route add 10.99.0.0/16 via 10.77.3.1", within=0.4)
    assert not gained(
        "address change 10.77.3.2/24 dev near valid_lft 900 preferred_lft 900", within=0.4
    )
    assert not gained("link set far down", within=0.4)
    assert gained("link set far up")
    assert not gained("link set near down", within=0.4)


@linux_only
def test_a_watch_on_the_own_network_waits_in_silence_and_can_be_closed() -> None:
    watch = watch_network()
    assert isinstance(watch, NetworkWatch)
    assert not watch.gained()
    watch.close()
    assert watch.fileno() == -1


@linux_only
def test_without_netlink_there_is_no_watch(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(socket.socket, "bind", refuse)
    assert watch_network() is None


def test_on_other_systems_there_is_no_watch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "plan9")
    assert watch_network() is None


@linux_only
def test_an_interface_may_have_a_name_that_is_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "if_nameindex", lambda: [(1, os.fsdecode(b"x\xff"))])
    watch = watch_network()
    assert watch is not None
    watch.close()


@linux_only
def test_a_look_that_fails_is_no_gain_and_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    watch = watch_network()
    assert watch is not None

    def too_many_open_files() -> list[tuple[int, str]]:
        raise OSError(24, "too many open files")

    monkeypatch.setattr(socket, "if_nameindex", too_many_open_files)
    assert not watch.gained()
    watch.close()
