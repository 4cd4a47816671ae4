"""The accounts that a server knows, by key, changeable while it runs."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, MutableMapping

from tray_app.simulator.accounts import Account, Behaviour, ByRoute, InTurn


class AccountBook(MutableMapping[str, Account]):
    """A mapping from key to account, safe across threads; assigning restarts an `InTurn`."""

    def __init__(self, accounts: Mapping[str, Account]) -> None:
        self._lock = threading.Lock()
        self._accounts: dict[str, Account] = dict(accounts)
        self._turns: dict[str, int] = {}

    def behaviour(self, key: str, *, of_balance: bool) -> Behaviour | None:
        """Return what the next request with `key` meets, None for an unknown key."""
        with self._lock:
            account = self._accounts.get(key)
            if isinstance(account, InTurn):
                turn = self._turns.get(key, 0)
                self._turns[key] = turn + 1
                return account.behaviours[min(turn, len(account.behaviours) - 1)]
        if isinstance(account, ByRoute):
            return account.balance if of_balance else account.bills
        return account

    def __setitem__(self, key: str, account: Account) -> None:
        with self._lock:
            self._accounts[key] = account
            self._turns.pop(key, None)

    def __delitem__(self, key: str) -> None:
        with self._lock:
            del self._accounts[key]
            self._turns.pop(key, None)

    def __getitem__(self, key: str) -> Account:
        return self._accounts[key]

    def __iter__(self) -> Iterator[str]:
        with self._lock:
            return iter(tuple(self._accounts))

    def __len__(self) -> int:
        return len(self._accounts)

    def __repr__(self) -> str:
        return f"<AccountBook of {len(self)} accounts>"
