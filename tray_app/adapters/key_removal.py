"""The key of an account that is gone, removed from the keyring while nobody waits."""

from __future__ import annotations

import logging
import threading

from tray_app.adapters.key_store import KeyStore
from tray_app.core.problem import ProblemError

_log = logging.getLogger(__name__)


def remove_key(account: str) -> threading.Thread:
    """Remove the account's key in a thread of its own, which a prompt may keep; return it."""
    thread = threading.Thread(target=_remove, args=(account,), name="key-removal", daemon=True)
    thread.start()
    return thread


def _remove(account: str) -> None:
    try:
        KeyStore(account=account).delete()
    except ProblemError as error:
        _log.warning("the key of an account that is gone stays: %r", error.problem)
