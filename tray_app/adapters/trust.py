"""Whom the client believes: the system's certificates, or those that the environment names."""

from __future__ import annotations

import errno
import logging
import os
import re
import ssl
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tray_app.core.problem import CertificateFault, CertificateRejected, ProblemError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import truststore

FILE_VARIABLE: Final = "SSL_CERT_FILE"
FOLDER_VARIABLE: Final = "SSL_CERT_DIR"
# What OpenSSL looks for in a folder of certificates: the hash of a subject, and a number.
_HASHED_NAME: Final = re.compile(r"[0-9a-f]{8}\.[0-9]+", re.ASCII)

_log = logging.getLogger(__name__)


class _EmptyStoreError(OSError):
    """There is no certificate to trust anywhere."""


def tls_context(environ: Mapping[str, str]) -> ssl.SSLContext:
    """Return the context for TLS 1.2 and later that checks the server's certificate and name.

    ``SSL_CERT_FILE`` and ``SSL_CERT_DIR`` replace the system's store where they are set, on every
    platform. Raises ProblemError where the certificates cannot be read, or where there are none.
    """
    file, folder = environ.get(FILE_VARIABLE), environ.get(FOLDER_VARIABLE)
    try:
        context = _context_of_named(file, folder) if file or folder else _context_of_system()
    except OSError as error:  # ssl.SSLError is one
        _log.warning("the certificates to trust cannot be read: %s", type(error).__name__)
        raise ProblemError(CertificateRejected(CertificateFault.STORE)) from None
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    # A company may hand out the issuing certificate without the root above it: whoever is in
    # the store is trusted, as on Windows and macOS.
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    return context


def _context_of_named(file: str | None, folder: str | None) -> ssl.SSLContext:
    # Not ssl.create_default_context(): it writes the session's secrets to the file that
    # SSLKEYLOGFILE names, and since Python 3.13 refuses the CAs of many companies (strict X.509).
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if folder:
        # OpenSSL opens folders at the first use only, and says nothing then.
        for path in folder.split(os.pathsep):
            next(Path(path).iterdir(), None)
    if file and not Path(file).is_file():
        # Whoever writes to a pipe or a device may take for ever.
        raise FileNotFoundError(errno.ENOENT, "no regular file")
    context.load_verify_locations(cafile=file or None, capath=folder or None)
    return context


def _context_of_system() -> ssl.SSLContext:
    import truststore  # noqa: PLC0415 — http has no use for it

    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if sys.platform not in {"win32", "darwin"}:
        # Elsewhere the certificates are read for each connection; this shows what it will find.
        context.wrap_bio(ssl.MemoryBIO(), ssl.MemoryBIO(), server_hostname="localhost")
        if not _knows_anybody(context):
            raise _EmptyStoreError
    return context


def _knows_anybody(context: truststore.SSLContext) -> bool:
    folder = ssl.get_default_verify_paths().capath
    # A folder's certificates are read when they are needed, and counted then.
    if folder and any(_HASHED_NAME.fullmatch(entry.name) for entry in Path(folder).iterdir()):
        return True
    # WORKAROUND(truststore 0.10: cert_store_stats() is not implemented): its inner context is
    # asked; remove when truststore counts.
    return context._ctx.cert_store_stats()["x509_ca"] > 0  # noqa: SLF001 — see above
