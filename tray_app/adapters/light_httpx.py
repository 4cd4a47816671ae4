"""httpx without what nobody needs here: cookies, its own command line, other event loops.

WORKAROUND(httpx 0.28: where click, rich and pygments are installed, importing httpx imports them
for a command that nobody calls here; measured: 5 MB and half of the import's time): that module is
declared missing, which httpx copes with. Remove when httpx imports it late.

WORKAROUND(httpcore 1.0: imports anyio, and trio where it is installed, for clients that are
asynchronous; anyio 4.16 reads and parses its own source then): they are declared missing while
httpcore is imported, which it copes with. Remove when httpcore imports them late.

WORKAROUND(httpx 0.28, httpcore 1.0: import for cookies, e-mail's headers, uploads, digest
authentication, SOCKS and names beyond ASCII what most readings never touch; measured: 2 MB): each
finds a module that loads the real one with the first thing asked of it. Remove when they import
these late.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_LOOPS: Final = ("anyio", "trio")


class NoCookies:
    """A jar that keeps no cookie, for httpx's clients, of which the program itself makes none.

    It has of Python's what they ask of one at each request.
    """

    def __iter__(self) -> Iterator[object]:
        return iter(())

    def extract_cookies(self, _response: object, _request: object) -> None:
        """Leave what the server sets where it is."""

    def add_cookie_header(self, _request: object) -> None:
        """Add none, as there is none."""


class _Late(ModuleType):
    """Holds what it is given, and asks the real module of its name for all else."""

    def __init__(self, name: str, **known: object) -> None:
        super().__init__(name)
        vars(self).update(known)

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            # The import itself looks whether this is a package.
            raise AttributeError(name)
        if sys.modules.get(self.__name__) is self:
            # Another thread may be asking the same.
            sys.modules.pop(self.__name__, None)
        return getattr(import_module(self.__name__), name)


def _late_function(module: str, name: str) -> Callable[..., object]:
    def call(*arguments: object) -> object:
        return getattr(import_module(module), name)(*arguments)

    return call


class _Request:
    """What httpx shows a jar of cookies, which has no use for it here."""

    def __init__(self, **_about: object) -> None:
        pass

    def add_unredirected_header(self, _name: str, _value: str) -> None:
        """Take what would be a header."""


_URLLIB: Final = "urllib.request"
_stand_ins: Final = {
    **dict.fromkeys(_LOOPS),
    **{name: _Late(name) for name in ("email.message", "idna", "mimetypes", "socksio")},
    "http.cookiejar": _Late("http.cookiejar", Cookie=object, CookieJar=NoCookies),
    _URLLIB: _Late(
        _URLLIB,
        Request=_Request,
        getproxies=_late_function(_URLLIB, "getproxies"),
        parse_http_list=_late_function(_URLLIB, "parse_http_list"),
    ),
}
_placed: Final = {name: module for name, module in _stand_ins.items() if name not in sys.modules}
for _name, _module in _placed.items():
    _package, _, _last = _name.rpartition(".")
    if _package in {"email", "urllib"}:
        # Read as an attribute there. Whoever imports the real one puts that in its place.
        setattr(import_module(_package), _last, _module)
sys.modules.update(_placed)  # type: ignore[arg-type]  # None says "not there"
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]  # likewise
# It is imported for the path of its certificates, which nobody here believes.
sys.modules.setdefault("certifi", _Late("certifi"))

# After the lines above, and for others to import.
import httpcore as httpcore  # noqa: E402, PLC0414
import httpx as httpx  # noqa: E402, PLC0414
import socksio as socksio  # noqa: E402, PLC0414

for _name, _module in _placed.items():
    if sys.modules.get(_name) is _module:
        del sys.modules[_name]
