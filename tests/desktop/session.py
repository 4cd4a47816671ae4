"""A private desktop for one test: X server, session bus, and on demand panel, keyring, messages."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from tests.desktop import keyring_service, notifications, status_notifier
from tests.desktop.bus import SessionBus
from tests.desktop.environment import bus_config, private_environ
from tests.desktop.panel import XFCONF, PanelSpec, write_panel_config, xfconfd_path
from tests.desktop.program import Program, Surroundings, end_pids, pids_with_environment
from tests.desktop.waiting import wait_for

if TYPE_CHECKING:
    import signal
    from collections.abc import Mapping, Sequence
    from types import TracebackType

SCREEN_SIZE: Final = (1280, 800)
START_TIMEOUT: Final = 15.0


class DesktopSession:
    """A desktop in a temporary home; a context manager that ends all it started, by id.

    ``root`` is removed at the end. ``bus`` reads the session bus, ``environ`` is the whole
    environment of the programs: nothing of the outer user's but ``PATH`` and coverage's switches.
    """

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._program_count = 0
        self._panel: Program | None = None
        self._keyring: Program | None = None
        self._dunst: Program | None = None

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self.root = Path(tempfile.mkdtemp(prefix="novita-tray-"))
            stack.callback(shutil.rmtree, self.root)
            self.environ = private_environ(self.root)
            stack.callback(self._end_escaped)
            self._stack = stack
            self.environ["DISPLAY"] = self._start_display()
            self.environ["DBUS_SESSION_BUS_ADDRESS"] = self._start_bus()
            self.bus = SessionBus(self.environ["DBUS_SESSION_BUS_ADDRESS"])
            stack.callback(self.bus.close)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stack.__exit__(kind, error, traceback)

    @property
    def home(self) -> Path:
        """The home folder of the programs."""
        return self.root / "home"

    @property
    def services(self) -> Path:
        """The folder of the service files by which the bus starts programs; empty at first."""
        return self.root / "services"

    def start(
        self,
        args: Sequence[str | Path],
        env: Mapping[str, str] | None = None,
        *,
        pass_fds: Sequence[int] = (),
        piped_stdin: bool = False,
    ) -> Program:
        """Start a program in this desktop, ``env`` added to its environment.

        It is ended on leaving the session, in reverse order of start.
        """
        self._program_count += 1
        texts = [str(arg) for arg in args]
        program = Program(
            texts,
            Surroundings(
                environ={**self.environ, **(env or {})},
                cwd=self.home,
                log=self.root / "log" / f"{self._program_count:02}-{Path(texts[0]).stem}",
            ),
            stdin=subprocess.PIPE if piped_stdin else subprocess.DEVNULL,
            pass_fds=pass_fds,
        )
        self._stack.callback(program.end)
        return program

    def start_panel(self, spec: PanelSpec | None = None) -> None:
        """Start the panel with the tray and wait until programs can register with it."""
        assert self._panel is None, "the panel already runs"
        if not self.bus.has_owner(XFCONF):
            self.start_settings(spec)
        else:
            assert spec is None, "the panel's configuration is read once in a session"
        self._panel = self.start(["xfce4-panel", "--disable-wm-check"])
        wait_for(
            lambda: status_notifier.has_host(self.bus), START_TIMEOUT, "the panel shows tray icons"
        )

    def start_settings(self, spec: PanelSpec | None = None) -> None:
        """Start the server of Xfce's settings, the panel's among them; no panel yet."""
        write_panel_config(Path(self.environ["XDG_CONFIG_HOME"]), spec or PanelSpec())
        xfconfd = xfconfd_path()
        assert xfconfd is not None, "xfconf is not installed"
        self._start_service([xfconfd], XFCONF)

    def stop_panel(self, number: signal.Signals | None = None) -> None:
        """End the panel and wait until its watcher has left the bus.

        With ``number`` the panel gets that signal first; ``SIGKILL`` stands for a crash.
        """
        assert self._panel is not None, "no panel runs"
        if number is not None:
            self._panel.send_signal(number)
        self._panel.end()
        self._panel = None
        wait_for(
            lambda: not self.bus.has_owner(status_notifier.WATCHER),
            START_TIMEOUT,
            "the panel has left the bus",
        )

    def restart_panel(self) -> None:
        """End the panel and start it again with the same configuration."""
        self.stop_panel()
        self.start_panel()

    def start_keyring(self) -> None:
        """Start the Secret Service with its default collection unlocked."""
        assert self._keyring is None, "the keyring already runs"
        self._keyring = self.start(keyring_service.COMMAND, piped_stdin=True)
        self._keyring.send_stdin(keyring_service.PASSWORD)
        wait_for(
            lambda: keyring_service.is_unlocked(self.bus), START_TIMEOUT, "an unlocked keyring"
        )

    def signal_keyring(self, number: signal.Signals) -> None:
        """Send a signal to the Secret Service: SIGSTOP makes it hang, SIGCONT go on."""
        assert self._keyring is not None, "no keyring runs"
        self._keyring.send_signal(number)

    def ensure_unlocked_keyring(self) -> None:
        """Restart the Secret Service unless it runs unlocked."""
        if not keyring_service.is_unlocked(self.bus):
            if self._keyring is not None:
                self.stop_keyring()
            self.start_keyring()

    def lock_keyring(self) -> None:
        """Lock the default collection."""
        keyring_service.lock(self.bus)

    def stop_keyring(self, number: signal.Signals | None = None) -> None:
        """End the Secret Service and wait until it has left the bus; its file stays.

        With ``number`` it gets that signal first; ``SIGKILL`` stands for a crash.
        """
        assert self._keyring is not None, "no keyring runs"
        if number is not None:
            self._keyring.send_signal(number)
        self._keyring.end()
        self._keyring = None
        wait_for(
            lambda: not self.bus.has_owner(keyring_service.NAME),
            START_TIMEOUT,
            "the keyring has left the bus",
        )

    def start_dunst(self, settings: str = "") -> None:
        """Start the program that shows desktop notifications, with lines of its ``[global]``."""
        assert self._dunst is None, "dunst already runs"
        config = self.root / "dunstrc"
        # A file of its own keeps the machine's configuration out.
        config.write_text(f"[global]\n{settings}\n", encoding="utf-8")
        self._dunst = self._start_service(["dunst", "-conf", config], notifications.NAME)

    def signal_dunst(self, number: signal.Signals) -> None:
        """Send a signal to the program that shows notifications: SIGSTOP makes it hang."""
        assert self._dunst is not None, "dunst does not run"
        self._dunst.send_signal(number)

    def stop_dunst(self, number: signal.Signals) -> None:
        """End the program that shows notifications and wait until it has left the bus."""
        self.signal_dunst(number)
        assert self._dunst is not None
        self._dunst.end()
        self._dunst = None
        wait_for(
            lambda: not self.bus.has_owner(notifications.NAME),
            START_TIMEOUT,
            "dunst has left the bus",
        )

    def screenshot(self, path: Path, region: tuple[int, int, int, int] | None = None) -> None:
        """Write the screen as PNG to ``path``; ``region`` is x, y, width, height."""
        crop = []
        if region is not None:
            x, y, width, height = region
            crop = ["-crop", f"{width}x{height}+{x}+{y}", "+repage"]
        self.run(["import", "-silent", "-window", "root", *crop, f"png:{path}"])

    def run(self, args: Sequence[str | Path], *, accept: Sequence[int] = (0,)) -> str:
        """Run a short program to its end and return its standard output.

        Fails when its exit code is not one of ``accept``.
        """
        program = self.start(args)
        code = program.wait_exit(START_TIMEOUT)
        assert code in accept, f"{program.args} ended with {code}: {program.stderr}"
        return program.stdout

    def _start_service(self, args: Sequence[str | Path], name: str) -> Program:
        program = self.start(args)
        wait_for(lambda: self.bus.has_owner(name), START_TIMEOUT, f"{name} from {program.args[0]}")
        return program

    def _start_display(self) -> str:
        width, height = SCREEN_SIZE
        read, write = os.pipe()
        screen = ("-screen", "0", f"{width}x{height}x24", "-dpi", "96")
        args = ["Xvfb", "-displayfd", str(write), *screen, "-nolisten", "tcp", "-noreset"]
        return ":" + self._first_line(args, read, write)

    def _start_bus(self) -> str:
        config = self.root / "bus.conf"
        socket = Path(self.environ["XDG_RUNTIME_DIR"]) / "bus"
        self.services.mkdir()
        config.write_text(bus_config(socket, self.services), encoding="utf-8")
        read, write = os.pipe()
        return self._first_line(
            ["dbus-daemon", f"--config-file={config}", "--nofork", f"--print-address={write}"],
            read,
            write,
        )

    def _first_line(self, args: Sequence[str], read: int, write: int) -> str:
        """Start ``args``, which write one line to ``write`` when ready, and return that line."""
        with os.fdopen(read, encoding="ascii") as answer:
            try:
                program = self.start(args, pass_fds=[write])
            finally:
                os.close(write)
            line = answer.readline().strip()
        assert line, f"{args[0]} did not start: {program.stderr}"
        return line

    def _end_escaped(self) -> None:
        """End what left its program's group and still lives in this session's home."""
        end_pids(self.running())

    def running(self) -> list[int]:
        """Return the ids of all programs that live in this session's home."""
        return pids_with_environment(f"HOME={self.home}".encode())
