"""The program that asks for the keyring's password: gcr-prompter, started by the bus."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from jeepney import MatchRule, MessageType  # type: ignore[import-untyped]  # no py.typed
from jeepney.bus_messages import Monitoring  # type: ignore[import-untyped]  # no py.typed
from jeepney.io.blocking import (  # type: ignore[import-untyped]  # no py.typed
    open_dbus_connection,
)

from tests.desktop import keyring_service
from tests.desktop.bus import CALL_TIMEOUT, BusObject
from tests.desktop.waiting import wait_for
from tests.desktop.windows import press_keys, type_text, wait_for_window, window_titles

if TYPE_CHECKING:
    from types import TracebackType

    from tests.desktop.session import DesktopSession

TITLE: Final = "Unlock Login Keyring"
PROMPT_TIMEOUT: Final = 30.0
# Debian and Fedora, Arch.
_FOLDERS: Final = ("/usr/libexec", "/usr/lib/gcr", "/usr/lib")
_NAME: Final = "org.gnome.keyring.SystemPrompter"
_BUS: Final = BusObject("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")


def prompter_path() -> Path | None:
    """Return the prompter's path, None where it is not installed."""
    paths = (Path(folder) / "gcr-prompter" for folder in _FOLDERS)
    return next((path for path in paths if path.exists()), None)


def allow_prompts(session: DesktopSession) -> None:
    """Let the bus start the prompter when the keyring wants to ask."""
    path = prompter_path()
    assert path is not None, "gcr is not installed"
    service = session.services / f"{_NAME}.service"
    service.write_text(f"[D-BUS Service]\nName={_NAME}\nExec={path}\n", encoding="utf-8")
    session.bus.call(_BUS, "ReloadConfig")


def wait_for_prompt(session: DesktopSession) -> str:
    """Return the prompt's window once it is on the screen."""
    return wait_for_window(session, TITLE, PROMPT_TIMEOUT)


def unlock(session: DesktopSession) -> None:
    """Answer the prompt with the keyring's password."""
    window = wait_for_prompt(session)
    type_text(session, window, keyring_service.PASSWORD.decode())
    press_keys(session, window, "Return")
    wait_until_closed(session)


def dismiss(session: DesktopSession) -> None:
    """Dismiss the prompt."""
    press_keys(session, wait_for_prompt(session), "Escape")
    wait_until_closed(session)


def wait_until_closed(session: DesktopSession) -> None:
    """Wait until no prompt is on the screen."""
    wait_for(lambda: TITLE not in window_titles(session), PROMPT_TIMEOUT, "the prompt has closed")


class PromptCount:
    """Counts how often anybody on the bus has the keyring prompt; a context manager."""

    def __init__(self, session: DesktopSession) -> None:
        self._connection = open_dbus_connection(session.environ["DBUS_SESSION_BUS_ADDRESS"])
        rule = MatchRule(
            type="method_call", interface="org.freedesktop.Secret.Prompt", member="Prompt"
        )
        call = Monitoring().BecomeMonitor([rule.serialise()])
        self._connection.send_and_get_reply(call, timeout=CALL_TIMEOUT)
        self._count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._connection.close()

    @property
    def value(self) -> int:
        """How many prompts were asked for until now."""
        try:
            while True:
                message = self._connection.receive(timeout=0)
                # The bus also tells the monitor itself that its own name is gone.
                self._count += message.header.message_type is MessageType.method_call
        except TimeoutError:
            return self._count
