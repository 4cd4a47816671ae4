"""The lock that one program of a user holds on one account's folder."""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import sys
import zlib
from typing import TYPE_CHECKING, Final

from tray_app.adapters.paths import make_private_folder, private_opener

if TYPE_CHECKING:
    from pathlib import Path

_HELD_BY_ANOTHER: Final = {
    *(errno.EACCES, errno.EAGAIN, errno.EDEADLK),
    # WORKAROUND(wine 8's _locking says that it failed and not why; no other system fails with 0):
    # that a second start can be tested there; remove when Debian's wine sets an error number.
    0,
}
# Windows lets nobody read the locked byte, so it lies behind everything that is written.
_LOCKED_BYTE: Final = 1_000_000
_MOST_TRIES: Final = 100

_log = logging.getLogger(__name__)


class InstanceLock:
    """Held from :meth:`take` until the process ends, however it ends.

    The system holds it on an open file, so there is no stale one, and a recycled process id
    deceives nobody. The holder's id in the file is for people alone.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def take(self) -> bool:
        """Return False where another program holds it.

        Where nothing can be locked (a folder that cannot be written, a file system that knows no
        locks) the program starts without, and :attr:`is_held` stays False.
        """
        try:
            for _ in range(_MOST_TRIES):
                descriptor = self._opened()
                if not _locked(descriptor):
                    os.close(descriptor)
                    return False
                if self._is_the_file(descriptor):
                    self._descriptor = descriptor
                    self._write_holder()
                    return True
                # Its last holder removed it between our opening and our locking.
                os.close(descriptor)
        except OSError as error:
            _log.warning("no lock: errno %s", error.errno)
        return True

    @property
    def identity(self) -> str:
        """A short name that only those have in common who ask for the same lock.

        It is that of the file, whichever links lead there, and stays when the file is made anew.
        """
        name = os.fsencode(os.path.realpath(self._path))
        return f"{zlib.crc32(name):08x}"

    @property
    def is_held(self) -> bool:
        """Whether this program holds it."""
        return self._descriptor is not None

    @property
    def holder(self) -> int | None:
        """The process id of who holds it or held it last, as far as the file tells."""
        try:
            return int(self._path.read_bytes()[:20])
        except (OSError, ValueError):
            return None

    def is_held_by_another(self) -> bool:
        """Return whether another program holds it now; makes no file.

        Where none does it is held for an instant: a tray that starts just then asks once more.
        """
        try:
            descriptor = os.open(self._path, os.O_RDWR | getattr(os, "O_BINARY", 0))
            is_free = _locked(descriptor)
        except OSError:
            return False
        os.close(descriptor)
        return not is_free

    def remove(self) -> None:
        """Give it back and leave no file behind."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is None:
            return
        # Removed while it is held: whoever opened it meanwhile sees that it is no longer the file.
        # Windows removes no open file, there it stays.
        with contextlib.suppress(OSError):
            self._path.unlink()
        os.close(descriptor)

    def _opened(self) -> int:
        make_private_folder(self._path.parent)
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
        return private_opener(os.fspath(self._path), flags)

    def _write_holder(self) -> None:
        if self._descriptor is not None:
            # A full disk is no reason to hold no lock.
            with contextlib.suppress(OSError):
                os.ftruncate(self._descriptor, 0)
                os.write(self._descriptor, f"{os.getpid()}\n".encode("ascii"))

    def _is_the_file(self, descriptor: int) -> bool:
        try:
            return os.path.samestat(os.fstat(descriptor), self._path.stat())
        except FileNotFoundError:
            return False


def _locked(descriptor: int) -> bool:
    """Lock an open file; False where somebody else has. OSError where files cannot be locked."""
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 — Windows has it alone

            os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            os.lseek(descriptor, 0, os.SEEK_SET)
        else:
            import fcntl  # noqa: PLC0415 — Windows has it not

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _HELD_BY_ANOTHER:
            return False
        os.close(descriptor)
        raise
    return True
