from __future__ import annotations

import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tray_app.adapters import display
from tray_app.adapters.display import missing_display

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(
    not hasattr(socket, "AF_UNIX"), reason="X servers are asked over Unix sockets"
)
ALIVE = 5
DEAD = 6


@pytest.fixture
def _x_sockets(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Display 5 has a server that listens, display 6 the socket of one that has ended."""
    folder = tmp_path_factory.mktemp("x")
    monkeypatch.setattr(display, "_X_SOCKETS", folder)
    with socket.socket(socket.AF_UNIX) as alive, socket.socket(socket.AF_UNIX) as dead:
        alive.bind(str(folder / f"X{ALIVE}"))
        alive.listen()
        dead.bind(str(folder / f"X{DEAD}"))
        yield


@pytest.mark.parametrize("environ", [{}, {"DISPLAY": ""}, {"WAYLAND_DISPLAY": ""}])
def test_without_any_display_the_reason_names_both_variables(environ: dict[str, str]) -> None:
    reason = missing_display(environ, "linux")
    assert reason is not None
    assert "DISPLAY" in reason
    assert "WAYLAND_DISPLAY" in reason
    assert reason.endswith(".")


@pytest.mark.usefixtures("_x_sockets")
@pytest.mark.parametrize("shown", [":5", ":5.0", "unix:5", "unix:5.1"])
def test_an_x_server_that_answers_is_a_display(shown: str) -> None:
    assert missing_display({"DISPLAY": shown}, "linux") is None


@pytest.mark.usefixtures("_x_sockets")
@pytest.mark.parametrize("shown", [":6", ":7", ":7.0", "unix:7", ":99999999999999999999"])
def test_an_x_server_that_does_not_answer_is_named(shown: str) -> None:
    assert missing_display({"DISPLAY": shown}, "linux") == f"The display {shown} does not answer."


@pytest.mark.skipif(sys.platform != "linux", reason="Linux alone has abstract sockets")
@pytest.mark.usefixtures("_x_sockets")
def test_an_x_server_in_the_abstract_namespace_is_a_display() -> None:
    with socket.socket(socket.AF_UNIX) as abstract:
        abstract.bind(f"\0{display._X_SOCKETS / 'X8'}")
        abstract.listen()
        assert missing_display({"DISPLAY": ":8"}, "linux") is None


@pytest.mark.usefixtures("_x_sockets")
@pytest.mark.parametrize("shown", ["localhost:10.0", "192.0.2.1:0", "[::1]:0", "what"])
def test_a_display_elsewhere_is_left_to_qt(shown: str) -> None:
    assert missing_display({"DISPLAY": shown}, "linux") is None


@pytest.mark.usefixtures("_x_sockets")
@pytest.mark.parametrize(
    "environ",
    [
        {"WAYLAND_DISPLAY": "wayland-0"},
        {"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":7"},
        {"QT_QPA_PLATFORM": "offscreen"},
        {"QT_QPA_PLATFORM": "offscreen", "DISPLAY": ":7"},
    ],
)
def test_wayland_and_a_chosen_platform_count_as_a_display(environ: dict[str, str]) -> None:
    assert missing_display(environ, "linux") is None


@pytest.mark.usefixtures("_x_sockets")
@pytest.mark.parametrize(
    "environ", [{}, {"DISPLAY": ":7"}, {"WAYLAND_DISPLAY": "wayland-0"}], ids=str
)
def test_the_x_platform_still_needs_an_x_server(environ: dict[str, str]) -> None:
    """Qt aborts the process when QT_QPA_PLATFORM names xcb and no X server answers."""
    assert missing_display({**environ, "QT_QPA_PLATFORM": "xcb"}, "linux") is not None
    assert missing_display({"DISPLAY": ":5", "QT_QPA_PLATFORM": "xcb"}, "linux") is None


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_windows_and_macos_always_have_one(platform: str) -> None:
    assert missing_display({}, platform) is None


def test_x_servers_listen_where_they_do_by_convention() -> None:
    assert Path("/tmp/.X11-unix") == display._X_SOCKETS  # noqa: S108 — the convention itself
