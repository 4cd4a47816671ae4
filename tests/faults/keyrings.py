"""Cases before any request: the keyring does not give the key."""

from __future__ import annotations

import socket
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tests.faults.case import Section
from tray_app.core.problem import (
    KeyringFailed,
    KeyringLocked,
    KeyringMissing,
    KeyringRefused,
    NoKey,
    WrongKey,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from tests.adapters.hostile_secret_service import HostileSecretService
    from tests.faults.case import Outcome, Stage

    KeyringSetting = Callable[[Stage], AbstractContextManager["KeyringScene"]]
    Arrange = Callable[[HostileSecretService], None]

_MINE: Final = {"service": "novita-tray", "username": "default"}
_BUS_ERROR: Final = "org.freedesktop.DBus.Error."


@dataclass(frozen=True, slots=True)
class KeyringScene:
    """What the key store finds."""

    bus_address: str
    service: HostileSecretService | None = None


@dataclass(frozen=True, slots=True)
class KeyringCase:
    """A row that the key store meets on a real session bus."""

    name: str
    setting: KeyringSetting
    expected: Outcome
    prompts: int = 0
    """How often the user is asked for the keyring's password."""


def _service(arrange: Arrange) -> KeyringSetting:
    """Return a scene in which a Secret Service that holds a key is arranged so."""

    @contextmanager
    def setting(_stage: Stage) -> Iterator[KeyringScene]:
        # Imported here: the document is written on systems without D-Bus, too.
        from tests.adapters.hostile_secret_service import HostileSecretService  # noqa: PLC0415
        from tests.adapters.session_bus import session_bus  # noqa: PLC0415

        with session_bus() as address, HostileSecretService(address) as service:
            service.add(b"sk_stored", _MINE)
            arrange(service)
            yield KeyringScene(address, service)

    return setting


def _locked(*, unlocks_at_prompt: bool | None) -> KeyringSetting:
    def arrange(service: HostileSecretService) -> None:
        service.locked, service.unlocks_at_prompt = True, unlocks_at_prompt

    return _service(arrange)


def _holding(*secrets: bytes) -> KeyringSetting:
    def arrange(service: HostileSecretService) -> None:
        service.entries.clear()
        for secret in secrets:
            service.add(secret, _MINE)

    return _service(arrange)


def _refusing(error: str) -> KeyringSetting:
    def arrange(service: HostileSecretService) -> None:
        from tests.adapters.hostile_secret_service import Refuse  # noqa: PLC0415 — see above

        service.troubles["Get Locked"] = Refuse(error)

    return _service(arrange)


def _dying(service: HostileSecretService) -> None:
    from tests.adapters.hostile_secret_service import Death  # noqa: PLC0415 — see above

    service.troubles["GetSecret"] = Death()


def _dying_behind_its_prompt(service: HostileSecretService) -> None:
    from tests.adapters.hostile_secret_service import Death  # noqa: PLC0415 — see above

    service.locked, service.unlocks_at_prompt = True, None
    service.troubles["Prompt"] = Death(after_answer=True)


def _talking_nonsense(service: HostileSecretService) -> None:
    from tests.adapters.hostile_secret_service import Answer  # noqa: PLC0415 — see above

    service.troubles["GetSecret"] = Answer("s", ("nonsense",))


def _losing_the_entry(service: HostileSecretService) -> None:
    from tests.adapters.hostile_secret_service import Loss  # noqa: PLC0415 — see above

    service.troubles["GetSecret"] = Loss()


def _without_collection(service: HostileSecretService) -> None:
    service.has_collection = False


@contextmanager
def _bare_bus(_stage: Stage) -> Iterator[KeyringScene]:
    from tests.adapters.session_bus import session_bus  # noqa: PLC0415 — see above

    with session_bus() as address:
        yield KeyringScene(address)


@contextmanager
def _no_bus(stage: Stage) -> Iterator[KeyringScene]:
    yield KeyringScene(f"unix:path={stage.folder / 'bus'}")


@contextmanager
def _no_address(_stage: Stage) -> Iterator[KeyringScene]:
    yield KeyringScene("")


@contextmanager
def _silent_bus(stage: Stage) -> Iterator[KeyringScene]:
    path = stage.folder / "bus"
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(path))
        silent.listen(1)
        yield KeyringScene(f"unix:path={path}")


SECTION: Final = Section(
    "The keyring",
    (
        KeyringCase("no key is stored", _holding(), NoKey()),
        KeyringCase("no collection to store one in", _service(_without_collection), NoKey()),
        KeyringCase(
            "another program deletes the key while it is read", _service(_losing_the_entry), NoKey()
        ),
        KeyringCase("what is stored is not UTF-8", _holding(b"\xff\xfe"), WrongKey("")),
        KeyringCase("what is stored is empty", _holding(b""), WrongKey("")),
        KeyringCase("what is stored cannot be a key", _holding("schlüssel".encode()), WrongKey("")),
        KeyringCase(
            "locked, and its prompt is dismissed",
            _locked(unlocks_at_prompt=False),
            KeyringLocked(),
            prompts=1,
        ),
        KeyringCase(
            "locked, and nobody can be asked",
            _refusing("org.freedesktop.Secret.Error.IsLocked"),
            KeyringLocked(),
        ),
        KeyringCase("no service on the session bus", _bare_bus, KeyringMissing()),
        KeyringCase(
            "the service cannot be started",
            _refusing(f"{_BUS_ERROR}Spawn.ChildExited"),
            KeyringMissing(),
        ),
        KeyringCase("no session bus where it should be", _no_bus, KeyringMissing()),
        KeyringCase("no session bus at all", _no_address, KeyringMissing()),
        KeyringCase("a session bus that says nothing", _silent_bus, KeyringMissing()),
        KeyringCase("access is denied", _refusing(f"{_BUS_ERROR}AccessDenied"), KeyringRefused()),
        KeyringCase("it dies while it is asked", _service(_dying), KeyringFailed()),
        KeyringCase(
            "it dies behind its prompt",
            _service(_dying_behind_its_prompt),
            KeyringFailed(),
            prompts=1,
        ),
        KeyringCase(
            "the bus gives up waiting for it", _refusing(f"{_BUS_ERROR}NoReply"), KeyringFailed()
        ),
        KeyringCase("its answer makes no sense", _service(_talking_nonsense), KeyringFailed()),
    ),
    note=(
        "The keyring is asked once a start, and again only when the user refreshes or stores a "
        "key: no prompt comes back by itself. While an answer is due for more than two seconds the "
        "tray says “Waiting for the keyring: answer its prompt”; a late answer is used."
    ),
)
