"""Looks at everything that the program needs, in order and within a limit, whatever hangs."""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import tray_app
from tray_app.adapters.folder_check import folders_found
from tray_app.adapters.limited import LimitedQuestion
from tray_app.adapters.paths import folders_of
from tray_app.adapters.qt_plugin import display_found
from tray_app.adapters.software import software_found, system_found
from tray_app.adapters.tray_host import tray_host
from tray_app.core.checkup import (
    Broken,
    DisplayFound,
    InstanceFound,
    KeyFound,
    KeyringFound,
    ProxyFound,
    ReplyFound,
    Unfinished,
)
from tray_app.presentation.account_findings import (
    key_finding,
    keyring_finding,
    unanswered_finding,
)
from tray_app.presentation.desktop_findings import (
    display_finding,
    folder_finding,
    instance_finding,
    libraries_finding,
    program_finding,
    system_finding,
    tray_finding,
)
from tray_app.presentation.finding import Finding, Verdict
from tray_app.presentation.network_findings import (
    balance_finding,
    certificate_finding,
    clock_finding,
    proxy_finding,
    route_finding,
)
from tray_app.tray_process import TrayProcess

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tray_app.adapters.instance_lock import InstanceLock
    from tray_app.adapters.key_check import KeyInForce
    from tray_app.core.checkup import RouteFound
    from tray_app.wiring import Connection

_BUS: Final = timedelta(seconds=2)
"""For each question on the session bus."""
_DESKTOP: Final = timedelta(seconds=5)
_KEYRING: Final = timedelta(seconds=6)
_KEY: Final = timedelta(seconds=8)
"""From the start, keyring included."""
_PROXY: Final = timedelta(seconds=4)
_HOP: Final = timedelta(seconds=4)
"""For the name look-up of the first hop, and again for connecting."""
_REQUEST: Final = timedelta(seconds=7)
_HTTPS_PORT: Final = 443
_HTTP_PORT: Final = 80


def look_at_everything(connection: Connection) -> Iterator[Finding]:
    """Yield the findings in order, each as soon as it and those before it are there.

    Everything is asked at once, each question in a thread that can be left behind. Keyring, key
    and request follow each other, as do proxy and connection: below 25 seconds in the worst case.
    The demo needs neither keyring nor network.
    """
    desktop = _DesktopLook(demo=connection.demo)
    account = None if connection.demo else _AccountLook(connection)
    yield from desktop.findings()
    if account is not None:
        yield from account.findings()


class _DesktopLook:
    """Program, system, display, tray and folders."""

    def __init__(self, *, demo: bool) -> None:
        self._display = LimitedQuestion(
            "display", _DESKTOP, lambda: display_found(os.environ, sys.platform)
        )
        self._tray = LimitedQuestion(
            "tray", _DESKTOP, lambda: tray_host(os.environ, sys.platform, _BUS)
        )
        folders = folders_of(os.environ)
        self._folders = LimitedQuestion("folders", _DESKTOP, lambda: folders_found(folders))
        lock = TrayProcess(folders, demo=demo).lock
        self._instance = LimitedQuestion("running", _DESKTOP, lambda: _instance_found(lock))

    def findings(self) -> Iterator[Finding]:
        system = system_found(os.environ)
        software = software_found(tray_app.__version__)
        yield program_finding(software)
        yield libraries_finding(software)
        yield system_finding(system)
        display = self._display.answer()
        if isinstance(display, Unfinished | Broken):
            yield unanswered_finding("display", display, "Check the display server")
            display = DisplayFound("")
        else:
            yield display_finding(display)
        tray = self._tray.answer()
        if isinstance(tray, Unfinished | Broken):
            yield unanswered_finding("tray", tray, "Check the session bus and the display server")
        else:
            yield tray_finding(tray, display, system.desktop)
        instance = self._instance.answer()
        if isinstance(instance, Unfinished | Broken):
            yield unanswered_finding("running", instance, "Check the disk of your home folder")
        else:
            yield instance_finding(instance)
        folders = self._folders.answer()
        if isinstance(folders, Unfinished | Broken):
            yield unanswered_finding("folder", folders, "Check the disk of your home folder")
        else:
            yield from map(folder_finding, folders)


def _instance_found(lock: InstanceLock) -> InstanceFound:
    runs = lock.is_held_by_another()
    return InstanceFound(runs, lock.holder if runs else None)


class _AccountLook:
    """Keyring and key, the way to Novita, and one request over it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._store = connection.make_keyring_store()
        self._keyring = LimitedQuestion("keyring", _KEYRING, self._look_at_keyring)
        self._key = LimitedQuestion("key", _KEY, self._look_for_key)
        self._proxy = LimitedQuestion("proxy", _PROXY, self._look_for_proxy)
        self._route = LimitedQuestion("connection", _PROXY + 2 * _HOP, self._try_route)
        self._reply = LimitedQuestion("request", _KEY + 2 * _REQUEST, self._ask)

    def findings(self) -> Iterator[Finding]:
        overridden = self._store.overridden
        yield _keyring_finding(self._keyring.answer(), needed=not overridden)
        key = self._key.answer()
        if isinstance(key, Unfinished):
            # It may have opened a prompt after all, which nobody waits for any more.
            self._store.abort()
        yield _key_finding(key)
        yield _proxy_finding(self._proxy.answer())
        route = _route_finding(self._route.answer())
        yield route
        reply = self._reply.answer()
        if isinstance(reply, Unfinished | Broken):
            yield Finding("certificate", Verdict.SKIPPED, "Not seen: no answer came")
            yield unanswered_finding("balance", reply, "Check the network")
            yield Finding("clock", Verdict.SKIPPED, "Not compared: no server told the time")
            return
        yield certificate_finding(reply, self._trusted_store())
        reachable = route.verdict is Verdict.OK
        yield balance_finding(reply, reachable=reachable, from_environment=overridden)
        yield clock_finding(reply)

    def _look_at_keyring(self) -> KeyringFound:
        from tray_app.adapters.key_check import keyring_found

        return keyring_found(sys.platform, _BUS)

    def _look_for_key(self) -> KeyInForce:
        from tray_app.adapters.key_check import KeyInForce, environment_key, stored_key

        if self._store.overridden:
            return environment_key(self._store)
        keyring = self._keyring.answer()
        if isinstance(keyring, KeyringFound):
            return stored_key(self._store, keyring)
        return KeyInForce(KeyFound(None))

    def _look_for_proxy(self) -> ProxyFound:
        from tray_app.adapters.proxy_check import proxy_found

        return proxy_found(self._connection.api_url, self._connection.proxy, os.environ)

    def _try_route(self) -> RouteFound | None:
        """Return how the first hop answers; None where it is not known which that is."""
        from tray_app.adapters.route_check import route_found

        proxy = self._proxy.answer()
        if not isinstance(proxy, ProxyFound) or proxy.problem is not None:
            return None
        if proxy.host:
            return route_found(proxy.host, proxy.port, _HOP, is_proxy=True)
        api = urlsplit(self._connection.api_url)
        port = api.port or (_HTTPS_PORT if api.scheme == "https" else _HTTP_PORT)
        return route_found(proxy.api_host, port, _HOP, is_proxy=False)

    def _ask(self) -> ReplyFound:
        from tray_app.adapters.server_check import ask_server

        in_force = self._key.answer()
        key = None if isinstance(in_force, Unfinished | Broken) else in_force.key
        return ask_server(
            lambda inspection: self._connection.make_inspecting_client(inspection, _REQUEST), key
        )

    def _trusted_store(self) -> str | None:
        from tray_app.adapters.trust import FILE_VARIABLE, FOLDER_VARIABLE

        if urlsplit(self._connection.api_url).scheme != "https":
            return None
        named = [name for name in (FILE_VARIABLE, FOLDER_VARIABLE) if os.environ.get(name)]
        return " and ".join(named) or "the system's store"


def _keyring_finding(keyring: KeyringFound | Unfinished | Broken, *, needed: bool) -> Finding:
    if isinstance(keyring, KeyringFound):
        return keyring_finding(keyring, needed=needed)
    verdict = Verdict.FAILED if needed else Verdict.WARNING
    return unanswered_finding("keyring", keyring, "Start your keyring anew", verdict)


def _key_finding(key: KeyInForce | Unfinished | Broken) -> Finding:
    if isinstance(key, Unfinished | Broken):
        return unanswered_finding("key", key, "Answer the keyring's prompt, or start it anew")
    return key_finding(key.found)


def _proxy_finding(proxy: ProxyFound | Unfinished | Broken) -> Finding:
    if isinstance(proxy, ProxyFound):
        return proxy_finding(proxy)
    return unanswered_finding("proxy", proxy, "Check the system's proxy settings")


def _route_finding(route: RouteFound | Unfinished | Broken | None) -> Finding:
    match route:
        case None:
            text = "Not tried: it is not known which proxy to use"
            return Finding("connection", Verdict.SKIPPED, text)
        case Unfinished() | Broken():
            return unanswered_finding("connection", route, "Check the network")
        case _:
            return route_finding(route)
