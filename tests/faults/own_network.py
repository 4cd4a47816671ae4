"""A program for a network of its own: what the client makes of real name service there.

``unshare --map-root-user --net --mount python -m tests.faults.own_network FOLDER`` prints one line
of JSON for each situation. Nothing leaves that network: it has a loopback interface alone.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import socket
import struct
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.adapters.asking import AGENT, KEY
from tray_app.adapters.novita_client import NovitaClient
from tray_app.core.problem import ProblemError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BUDGET: Final = 2.0
"""Seconds; the system's own look-up gives up after five at the earliest."""
SLOWNESS: Final = 0.2
"""Seconds after which the slow name server answers."""
_SIOCSIFFLAGS: Final = 0x8914
_IFF_UP: Final = 1
_NAME: Final = "https://novita.test"
_FILES: Final = {
    "/etc/resolv.conf": "nameserver 127.0.0.1\n",
    "/etc/nsswitch.conf": "hosts: files dns\n",
}


def main(folder: Path) -> int:
    """Print what each situation came to."""
    _set_up(folder)
    with _name_server(_no_such_name):
        _tell("unknown name", _NAME)
    with _name_server(_no_answer):
        _tell("silent name server", _NAME)
    with _name_server(_slow_answer):
        _tell("slow name server", _NAME)
    _tell("no name server", "https://novita.example")
    _tell("no route", "https://192.0.2.1")
    sys.stdout.flush()
    # The look-up that nobody answers still waits in its thread.
    os._exit(0)


def _set_up(folder: Path) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        fcntl.ioctl(control, _SIOCSIFFLAGS, struct.pack("16sH14x", b"lo", _IFF_UP))
    for place, text in _FILES.items():
        own = folder / Path(place).name
        own.write_text(text, encoding="ascii")
        subprocess.run(["mount", "--bind", str(own), place], check=True)


def _tell(situation: str, url: str) -> None:
    client = NovitaClient(url, AGENT, budget=timedelta(seconds=BUDGET))
    begin = time.monotonic()
    try:
        outcome = repr(client.fetch_balance(KEY))
    except ProblemError as error:
        outcome = repr(error.problem)
    seconds = time.monotonic() - begin
    line = {"situation": situation, "outcome": outcome, "seconds": seconds}
    sys.stdout.write(f"{json.dumps(line)}\n")


@contextlib.contextmanager
def _name_server(answer: Callable[[bytes], bytes | None]) -> Iterator[None]:
    """Answer questions of DNS on its port (RFC 1035, section 4.1) until the end."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 53))

        def serve() -> None:
            while True:
                question, asker = server.recvfrom(512)
                if not question:
                    return
                if (reply := answer(question)) is not None:
                    server.sendto(reply, asker)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield
        finally:
            server.sendto(b"", server.getsockname())
            thread.join()


def _no_such_name(question: bytes) -> bytes:
    return question[:2] + b"\x81\x83" + question[4:]


def _no_answer(_question: bytes) -> None:
    return None


def _slow_answer(question: bytes) -> bytes:
    time.sleep(SLOWNESS)
    head = question[:2] + b"\x81\x80\x00\x01"
    # The system asks for an IPv4 and for an IPv6 address; there is none of the latter.
    is_for_ipv4 = b"\x00\x00\x01\x00\x01" in question[12:]
    if not is_for_ipv4:
        return head + bytes(6) + question[12:]
    record = b"\xc0\x0c\x00\x01\x00\x01" + struct.pack(">IH", 60, 4) + bytes((127, 0, 0, 1))
    end_of_question = question.index(b"\x00\x00\x01\x00\x01", 12) + 5
    return head + b"\x00\x01" + bytes(4) + question[12:end_of_question] + record


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
