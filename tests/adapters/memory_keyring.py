"""A keyring in memory, that can also be locked, dismissed or broken."""

from __future__ import annotations

from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError


class MemoryKeyring(KeyringBackend):
    """Keeps secrets by (service, user); raises ``failure`` at every question while it is set."""

    priority = 1.0

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # untyped in keyring
        self.secrets: dict[tuple[str, str], str] = {}
        self.questions: list[str] = []
        self.failure: BaseException | None = None

    def get_password(self, service: str, username: str) -> str | None:
        self._note("get")
        return self.secrets.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._note("set")
        self.secrets[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._note("delete")
        if (service, username) not in self.secrets:
            raise PasswordDeleteError("no such secret")
        del self.secrets[service, username]

    def _note(self, question: str) -> None:
        self.questions.append(question)
        if self.failure is not None:
            raise self.failure
