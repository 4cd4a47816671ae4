"""The bytecode of what Qt's binding compiles at each start, kept for the next as Python keeps it.

WORKAROUND(PySide6 6.11, shiboken6's signature_bootstrap.py: its support for signatures is 13
modules that are embedded as source, so that nothing keeps their bytecode, and 190 kB are compiled
at each start; measured: a twelfth of a bare script's time until its icon, and 0.8 MB that stay):
while the binding is imported, ``compile`` answers for them from a file. Where the binding compiles
something else, or nothing, it answers as ever. Remove when it embeds bytecode, or compiles none.
"""

from __future__ import annotations
import __future__

import builtins
import marshal
import os
import sys
import zlib
from contextlib import contextmanager
from importlib.util import MAGIC_NUMBER, source_hash
from typing import TYPE_CHECKING, Final

from tray_app.adapters.paths import make_private_folder, write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from types import CodeType

    _Key = tuple[str, bytes, int]
    """File, hash of its source, and what of ``__future__`` was in force."""

FILE_NAME: Final = f"binding.{sys.implementation.cache_tag}.bytecode"
_EMBEDDED: Final = "shibokensupport/"
_HEAD: Final = MAGIC_NUMBER + bytes([sys.flags.optimize])
_SUM_BYTES: Final = 4
_MOST_BYTES: Final = 1024 * 1024
"""It has 150 kB."""
_WRITABLE_BY_OTHERS: Final = 0o022
_FUTURES: Final = sum(
    getattr(__future__, name).compiler_flag
    for name in __future__.all_feature_names
    if name != "nested_scopes"  # its flag says something else of a frame's code
)
"""What a caller's own imports from ``__future__`` hand on to what it compiles."""
_compile_anew: Final[Callable[..., CodeType]] = compile


class BindingCode:
    """Keeps bytecode in a private file; whatever is wrong with it costs time alone.

    It is run as it is, so it is taken from the user's own file only, and only as long as the
    sources are those that it was made of. Without a path nothing is kept.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._known: dict[_Key, CodeType] = {}
        self._used: dict[_Key, CodeType] = {}

    @contextmanager
    def used(self) -> Iterator[None]:
        """Let what the binding compiles inside come from the file, as far as it is there."""
        if self._path is None:
            yield
            return
        self._known = _code_in(self._path)
        builtins.compile = self._compile  # type: ignore[assignment]  # takes and returns the same
        try:
            yield
        finally:
            builtins.compile = _compile_anew  # type: ignore[assignment]  # it is the builtin

    def save(self) -> None:
        """Keep what was compiled inside :meth:`used`, unless that is what the file has."""
        used, known = self._used, self._known
        self._used, self._known = {}, {}
        if self._path is None or not used or used.keys() == known.keys():
            return
        if sys.dont_write_bytecode:
            return
        content = marshal.dumps(used)
        try:
            make_private_folder(self._path.parent)
            write_whole(self._path, _HEAD + _sum_of(content) + content)
        except OSError:
            # The next start compiles as this one did.
            return

    def _compile(
        self, source: object, filename: object, mode: object, *rest: object, **more: object
    ) -> object:
        """Compile as the builtin does, or return what was kept of the binding's own."""
        if rest or more:
            # The binding's call says no more than the three, so this one is another's.
            return _compile_anew(source, filename, mode, *rest, **more)
        # What the caller imports from __future__ counts, not what is imported here.
        flags = sys._getframe(1).f_code.co_flags & _FUTURES  # noqa: SLF001 — documented all the same
        if not (
            mode == "exec"
            and isinstance(source, bytes)
            and isinstance(filename, str)
            and filename.startswith(_EMBEDDED)
        ):
            return _compile_anew(source, filename, mode, flags, dont_inherit=True)
        key = (filename, source_hash(source), flags)
        code = self._known.get(key)
        if code is None:
            code = _compile_anew(source, filename, mode, flags, dont_inherit=True)
        self._used[key] = code
        return code


def _code_in(path: Path) -> dict[_Key, CodeType]:
    """Return what the file has for this Python; nothing if it is not whole or another's."""
    try:
        with path.open("rb") as stream:
            status = os.fstat(stream.fileno())
            if os.name == "posix" and (
                status.st_uid != os.geteuid() or status.st_mode & _WRITABLE_BY_OTHERS
            ):
                return {}
            content = stream.read(_MOST_BYTES)
    except OSError:
        return {}
    head, code = content[: len(_HEAD) + _SUM_BYTES], content[len(_HEAD) + _SUM_BYTES :]
    if head != _HEAD + _sum_of(code):
        return {}
    try:
        found = marshal.loads(code)  # noqa: S302 — the user's own, as any .pyc
    except (EOFError, TypeError, ValueError):
        # The sum is right by chance, or this Python writes it another way than the one before.
        return {}
    return found if isinstance(found, dict) else {}


def _sum_of(code: bytes) -> bytes:
    return zlib.crc32(code).to_bytes(_SUM_BYTES)
