"""What dunst was asked to show, and the choice that its user makes: by scripts in its settings."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tests.desktop import notifications
from tests.desktop.waiting import wait_for

if TYPE_CHECKING:
    from tests.desktop.session import DesktopSession

_TIMEOUT: Final = 20.0
# What no text of a message holds.
_BETWEEN_FIELDS: Final = "\x1f"
_BETWEEN_MESSAGES: Final = "\x1e"


@dataclass(frozen=True, slots=True)
class Asked:
    """A message that dunst was asked to show; one that replaces another has its number."""

    number: int
    urgency: str
    title: str
    body: str

    @property
    def text(self) -> str:
        """All of it."""
        return f"{self.title}\n{self.body}"


class DunstLog:
    """Starts dunst with two scripts: one keeps each message, one chooses what it is told to."""

    def __init__(self, desktop: DesktopSession) -> None:
        self._desktop = desktop
        self._messages = desktop.root / "messages"
        self._offered = desktop.root / "offered"
        self._choice = desktop.root / "choice"
        self._messages.touch()
        fields = "$DUNST_ID", "$DUNST_URGENCY", "$DUNST_SUMMARY", "$DUNST_BODY"
        pattern = r"\037".join(["%s"] * len(fields)) + r"\036"
        quoted = " ".join(f'"{field}"' for field in fields)
        keep = self._script("keep", f"printf '{pattern}' {quoted} >>{_word(self._messages)}")
        choose = self._script(
            "choose",
            f'tee {_word(self._offered)} | grep -m 1 -F -- "$(cat {_word(self._choice)})"',
        )
        desktop.start_dunst(
            f"always_run_script = true\nmarkup = no\ndmenu = {choose}\n"
            f"[keep]\nsummary = *\nscript = {keep}"
        )

    @property
    def asked(self) -> list[Asked]:
        """Every message so far, in order."""
        texts = self._messages.read_text(encoding="utf-8").split(_BETWEEN_MESSAGES)[:-1]
        rows = [text.split(_BETWEEN_FIELDS) for text in texts]
        return [Asked(int(row[0]), *row[1:]) for row in rows]

    @property
    def titles(self) -> list[str]:
        """The titles of all messages so far."""
        return [each.title for each in self.asked]

    @property
    def displayed(self) -> int:
        """How many messages are on the screen."""
        return notifications.count_displayed(self._desktop.bus)

    def wait_for_titles(self, *titles: str) -> list[Asked]:
        """Wait until exactly these were asked for, the last one on the screen; return all."""
        wait_for(lambda: self.titles == list(titles), _TIMEOUT, f"{titles}, not {self.titles}")
        wait_for(lambda: self.displayed, _TIMEOUT, "a message on the screen")
        return self.asked

    def choose(self, label: str) -> list[str]:
        """Choose the action with this label in dunst's menu; return the labels it offered."""
        self._choice.write_text(label, encoding="utf-8")
        self._offered.unlink(missing_ok=True)
        notifications.open_menu(self._desktop.bus)
        wait_for(lambda: label in self._read_offered(), _TIMEOUT, f"{label!r} in dunst's menu")
        return self._read_offered().splitlines()

    def _read_offered(self) -> str:
        return self._offered.read_text(encoding="utf-8") if self._offered.exists() else ""

    def _script(self, name: str, line: str) -> str:
        path = self._desktop.root / name
        path.write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
        path.chmod(0o700)
        return str(path)


def _word(path: object) -> str:
    return shlex.quote(str(path))
