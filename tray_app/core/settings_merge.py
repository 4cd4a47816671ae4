"""Two hands at one configuration: the changes of both hold."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any

from tray_app.core.configuration import Account, Configuration


def merged(before: Configuration, mine: Configuration, theirs: Configuration) -> Configuration:
    """Return ``theirs`` with whatever ``mine`` changed since ``before``, from which both come.

    Where both changed the same, or their changes do not go together, it is as in ``mine``.
    """
    accounts = _merged_accounts(before, mine, theirs)
    rest: dict[str, Any] = {
        each.name: _merged(*(getattr(side, each.name) for side in (before, mine, theirs)))
        for each in fields(Configuration)
        if each.name != "accounts"
    }
    try:
        return Configuration(accounts, **rest)
    except ValueError:
        return mine


def _merged_accounts(
    before: Configuration, mine: Configuration, theirs: Configuration
) -> tuple[Account, ...]:
    """Return the other hand's accounts without those that were removed, then those added."""
    accounts: list[Account] = []
    for each in theirs.accounts:
        base, own = before.account(each.name), mine.account(each.name)
        if own is not None:
            accounts.append(_merged(own if base is None else base, own, each))
        elif base is None:
            accounts.append(each)
    known = {each.name for each in (*theirs.accounts, *before.accounts)}
    accounts.extend(each for each in mine.accounts if each.name not in known)
    return tuple(accounts)


def _merged(before: Any, mine: Any, theirs: Any) -> Any:  # noqa: ANN401 — a value of any field
    if mine in (before, theirs):
        return theirs
    if theirs == before:
        return mine
    kinds = {type(before), type(mine), type(theirs)}
    if len(kinds) > 1 or not is_dataclass(mine) or isinstance(mine, type):
        return mine
    names = [each.name for each in fields(mine) if each.init]
    sides = (before, mine, theirs)
    try:
        return replace(
            mine, **{name: _merged(*(getattr(side, name) for side in sides)) for name in names}
        )
    except ValueError:
        return mine
