"""What Windows' Python brings of others: libraries of their own beside it, and its licence's text.

On Linux they come from the user's system; of Python itself only the interpreter is packed there.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING, Final

from build.notice import PUBLIC_DOMAIN, Library, Packed

if TYPE_CHECKING:
    from collections.abc import Callable


def _openssl() -> str:
    import ssl  # noqa: PLC0415 — asked only where it is packed

    return ssl.OPENSSL_VERSION.split()[1]


def _sqlite() -> str:
    import sqlite3  # noqa: PLC0415 — likewise

    return sqlite3.sqlite_version


# Facts: CPython's PCbuild/get_externals.bat, and what its Windows installer puts into DLLs.
_PARTS: Final[tuple[tuple[str, str, Callable[[], str] | None, str, str], ...]] = (
    (
        r"libcrypto-\d.*\.dll",
        "OpenSSL",
        _openssl,
        "Apache-2.0",
        "https://openssl-library.org/source/",
    ),
    (r"sqlite3\.dll", "SQLite", _sqlite, PUBLIC_DOMAIN, "https://www.sqlite.org/download.html"),
    (
        r"libffi-\d+\.dll",
        "libffi",
        None,
        "MIT",
        "https://github.com/libffi/libffi/releases",
    ),
    (
        r"vcruntime\d+\.dll",
        "Microsoft Visual C++ runtime",
        None,
        "Microsoft's terms for distributable code",
        "https://learn.microsoft.com/cpp/windows/redistributing-visual-cpp-files",
    ),
)


def parts_among(files: list[str]) -> Packed:
    """Return which of them these collected files hold.

    The running Python must be the one that is packed: it is asked for their versions, as far as it
    tells them.
    """
    names = {PureWindowsPath(path).name.lower() for path in files}
    return tuple(
        Library(name, version() if version else "", licence, sources, (), registry="generic")
        for pattern, name, version, licence, sources in _PARTS
        if any(re.fullmatch(pattern, each) for each in names)
    )


def python_text(kept: Path) -> Path:
    """Return the licence text of the Python that is packed.

    ``kept`` is the one that lies in the repository, for systems where Python comes alone. Windows'
    own text holds those of its parts, too.
    """
    return Path(sys.base_prefix, "LICENSE.txt") if sys.platform == "win32" else kept
