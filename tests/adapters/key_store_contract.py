"""What every keyring must do for the key store: the in-memory one and the real ones alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tray_app.core.api_key import ApiKey
from tray_app.core.problem import NoKey, ProblemError

if TYPE_CHECKING:
    from tray_app.adapters.key_store import KeyStore

KEY = ApiKey("sk_first-Key.1")
OTHER_KEY = ApiKey("sk_other~Key/2+=")
LONGEST_KEY = ApiKey("k" * 512)


class KeyStoreContract:
    """Subclasses give the fixture ``store``: a KeyStore over an empty keyring."""

    def test_an_empty_keyring_has_no_key(self, store: KeyStore) -> None:
        assert store.read_stored() is None
        with pytest.raises(ProblemError) as caught:
            store.read()
        assert caught.value.problem == NoKey()

    def test_a_saved_key_is_read_back(self, store: KeyStore) -> None:
        store.save(KEY)
        assert store.read() == store.read_stored() == KEY

    def test_a_key_is_replaced_by_the_next(self, store: KeyStore) -> None:
        store.save(KEY)
        store.save(OTHER_KEY)
        assert store.read() == OTHER_KEY
        assert store.delete()
        assert store.read_stored() is None

    def test_the_longest_key_is_kept_whole(self, store: KeyStore) -> None:
        store.save(LONGEST_KEY)
        assert store.read() == LONGEST_KEY

    def test_deleting_says_whether_there_was_a_key(self, store: KeyStore) -> None:
        assert store.delete() is False
        store.save(KEY)
        assert store.delete() is True
        assert store.delete() is False
        assert store.read_stored() is None
