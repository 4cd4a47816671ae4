"""What the client makes of what the system says on connecting."""

from __future__ import annotations

import errno
import socket

import pytest

from tests.adapters.asking import problem_at
from tray_app.core.problem import ConnectionFault, Offline


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (socket.gaierror(socket.EAI_NONAME, "unknown name"), ConnectionFault.NAME_NOT_FOUND),
        (OSError(errno.ENETUNREACH, "unreachable"), ConnectionFault.UNREACHABLE),
        (OSError(errno.EHOSTUNREACH, "no route"), ConnectionFault.UNREACHABLE),
        (OSError(errno.ENETDOWN, "down"), ConnectionFault.UNREACHABLE),
        (ConnectionRefusedError(errno.ECONNREFUSED, "refused"), ConnectionFault.REFUSED),
        (ConnectionResetError(errno.ECONNRESET, "reset"), ConnectionFault.LOST),
        (BrokenPipeError(errno.EPIPE, "broken"), ConnectionFault.LOST),
        (OSError(errno.EMFILE, "too many files"), ConnectionFault.OTHER),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_what_the_system_says_on_connecting_names_the_fault(
    monkeypatch: pytest.MonkeyPatch, error: OSError, fault: ConnectionFault
) -> None:
    def fail(*_: object, **__: object) -> socket.socket:
        raise error

    monkeypatch.setattr(socket, "create_connection", fail)
    assert problem_at("http://localhost:1") == Offline(fault)


def test_a_name_with_an_empty_label_is_a_problem_and_no_crash() -> None:
    assert isinstance(problem_at("https://a..b"), Offline)


def test_a_name_that_is_no_word_beyond_ascii_is_a_problem_and_no_crash() -> None:
    assert isinstance(problem_at("https://xn--a.invalid"), Offline)
