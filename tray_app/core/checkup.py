"""What a look at the program's surroundings found: facts, not yet judged and not yet in words."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from tray_app.core.light_dataclass import dataclass

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from tray_app.core.problem import Problem


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A question that got no answer within its limit."""

    limit: timedelta


@dataclass(frozen=True, slots=True)
class Broken:
    """A question that raised what nobody expected; ``kind`` is the exception's class."""

    kind: str


@dataclass(frozen=True, slots=True)
class SoftwareFound:
    """The program and what it stands on; a package's version is None where it is missing."""

    program: str
    python: str
    packages: tuple[tuple[str, str | None], ...]
    openssl: str


@dataclass(frozen=True, slots=True)
class SystemFound:
    """The operating system, and the session as its variables name it; empty where they do not."""

    name: str
    desktop: str
    session_type: str


@dataclass(frozen=True, slots=True)
class DisplayFound:
    """Whether windows can be opened.

    ``missing`` says in a sentence that there is no display; ``plugin_fault`` is what the loader
    said about Qt's plug-in for it.
    """

    shown_at: str
    missing: str | None = None
    plugin_fault: str | None = None


class TrayHost(Enum):
    """Who shows tray icons here."""

    SYSTEM = "the system"
    STATUS_NOTIFIER = "StatusNotifierItem"
    XEMBED = "XEmbed"
    NONE = "nobody"


@dataclass(frozen=True, slots=True)
class TrayFound:
    """Who shows tray icons, and whether a session bus answered that question."""

    host: TrayHost
    bus_answers: bool = True


@dataclass(frozen=True, slots=True)
class InstanceFound:
    """Whether a tray runs for this user and folder, and its process id where that is known."""

    runs: bool
    process_id: int | None = None


class FolderFault(Enum):
    """Why a folder is not what the program needs."""

    REFUSED = "no file can be written"
    NOT_OURS = "another user's"
    OPEN_TO_OTHERS = "open to others"


@dataclass(frozen=True, slots=True)
class FolderFound:
    """One of the program's folders, there or not yet; ``purpose`` is its field of ``Folders``."""

    purpose: str
    path: str
    exists: bool
    free_bytes: int
    fault: FolderFault | None = None
    system_said: str = ""


class KeyringState(Enum):
    """Whether the keyring can be asked for a key now, without asking the user."""

    OPEN = "open"
    LOCKED = "locked"
    NOT_SET_UP = "there, but without a place for keys yet"


@dataclass(frozen=True, slots=True)
class KeyringFound:
    """The keyring's back-end and state; ``problem`` where it cannot be used at all.

    ``stored`` is whether it holds a key for this program: None where it does not tell.
    """

    backend: str
    state: KeyringState | None = None
    stored: bool | None = None
    problem: Problem | None = None


class KeySource(Enum):
    """Where the key in force comes from."""

    ENVIRONMENT = "environment"
    KEYRING = "keyring"


@dataclass(frozen=True, slots=True)
class KeyFound:
    """The key in force, never its text: where it comes from, and whether it looks like one."""

    source: KeySource | None
    problem: Problem | None = None
    looks_like_one: bool = True


@dataclass(frozen=True, slots=True)
class ProxyFound:
    """Through what the API is reached.

    ``host`` and ``port`` are the proxy's, never with its credentials; no host means no proxy.
    ``source`` is who names it, or who wants none; empty where nobody says anything.
    """

    api_host: str
    host: str = ""
    port: int = 0
    source: str = ""
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class RouteFound:
    """The first hop towards the API: its host, or the proxy in between.

    ``looked_up`` is how long its name took, None where it has none or it was not found in time;
    ``connected`` is how long it took to take a connection.
    """

    host: str
    port: int
    is_proxy: bool
    looked_up: timedelta | None = None
    connected: timedelta | None = None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class CertificateFound:
    """The certificate that the API's address showed; ``issuer`` is who made it out."""

    issuer: str
    valid_from: datetime
    valid_until: datetime
    protocol: str
    verified: bool = True


@dataclass(frozen=True, slots=True)
class ReplyFound:
    """What one request came to.

    ``server_time`` is what the server's clock said at ``received_at``; it is None where no server
    told, and not to be relied on where the certificate is not verified.
    """

    took: timedelta
    received_at: datetime
    problem: Problem | None = None
    certificate: CertificateFound | None = None
    server_time: datetime | None = None
    with_key: bool = True
