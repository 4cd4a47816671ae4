"""A change of settings as a change of the file's text: all else in it stays as it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

import tomlkit
from tomlkit.container import OutOfOrderTableProxy
from tomlkit.items import AoT, InlineTable, SingleKey, Table

from tray_app.adapters import settings_keys as keys
from tray_app.adapters.settings_reading import read
from tray_app.adapters.settings_text import BOM, document_of, tables_of
from tray_app.adapters.settings_values import account_values, configuration_of, general_values

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from tray_app.adapters.settings_keys import Key, Path, Values
    from tray_app.adapters.settings_reading import Reading
    from tray_app.core.configuration import Configuration

HEAD: Final = (
    "# Settings of novita-tray. What may stand here, and what holds where nothing stands:\n"
    "# docs/settings.md. Edits apply at once; what you add is kept.\n"
    "schema = 1\n"
)
# One value can decide what another stands for that is not there, such as the lower of two levels.
_MOST_ROUNDS: Final = 4


class CannotChangeError(Exception):
    """The text cannot be changed so that it says what is wanted and keeps the rest."""


def changed(text: str, wanted: Configuration) -> str:
    """Return the text, changed where it says something else than ``wanted``.

    Raises SettingsError where it cannot be read, CannotChangeError, and ValueError for what the
    file cannot say.
    """
    mark = BOM if text.startswith(BOM) else ""
    body = text.removeprefix(BOM)
    of_windows = "\r\n" in body and body.count("\n") == body.count("\r\n")
    lines = body.replace("\r\n", "\n") if of_windows else body
    reading = read(document_of(lines), lines)
    general = general_values(wanted)
    for _round in range(_MOST_ROUNDS):
        if configuration_of(reading) == wanted:
            break
        try:
            lines = _round_of_changes(lines, reading, wanted, general)
            reading = read(document_of(lines), lines)
        except Exception as error:
            raise CannotChangeError from error
    else:
        raise CannotChangeError
    names = [account.name for account in wanted.accounts]
    try:
        is_kept = _unknown(lines, names) == _unknown(body, names)
    except RecursionError as error:
        # Dotted names can nest tables as deep as a line is long.
        raise CannotChangeError from error
    if not is_kept:
        raise CannotChangeError
    return mark + (lines.replace("\n", "\r\n") if of_windows else lines)


def _round_of_changes(text: str, reading: Reading, wanted: Configuration, general: Values) -> str:
    document = cast("MutableMapping[str, object]", tomlkit.parse(text))
    _arrange_accounts(document, reading, [account.name for account in wanted.accounts])
    new: dict[str, str] = {}
    for key in keys.KEYS:
        if key.of_account:
            _change_in_accounts(document, reading, wanted, key)
        elif general.get(key) != reading.general.values.get(key):
            value = key.form.text(general.get(key))
            if len(key.path) > 1 or key.path[0] in document:
                _put(document, key.path, value)
            else:
                new[key.path[0]] = value
    text = tomlkit.dumps(document)
    for name, value in new.items():
        text = _with_key(text, name, value)
    return text


def _change_in_accounts(
    document: MutableMapping[str, object],
    reading: Reading,
    wanted: Configuration,
    key: Key[object],
) -> None:
    """Write a value once where all accounts have the same and none has its own; else by account."""
    values = {account.name: account_values(account).get(key) for account in wanted.accounts}
    own = {name for name in values if _has_own(reading, name, key)}
    general = reading.general.values.get(key)
    first, *others = values.values()
    if not own and all(value == first for value in others):
        if first != general:
            _put(document, key.path, key.form.text(first))
        return
    for name, value in values.items():
        section = reading.accounts.get(name)
        in_force = general if section is None else section.values.get(key)
        if value != in_force:
            _put(document, (keys.ACCOUNTS, name, *key.path), key.form.text(value))


def _has_own(reading: Reading, name: str, key: Key[object]) -> bool:
    section = reading.accounts.get(name) if reading.declared else None
    return section is not None and key.path in section.given


def _arrange_accounts(
    document: MutableMapping[str, object], reading: Reading, names: list[str]
) -> None:
    """Let the file declare exactly those accounts, in that order; one by default needs no word."""
    if list(reading.accounts) == names:
        return
    declared = list(reading.accounts) if reading.declared else []
    before = _table(document, keys.ACCOUNTS)
    if declared == names[: len(declared)] and not isinstance(before, OutOfOrderTableProxy):
        for name in names[len(declared) :]:
            _table(before, name)
        return
    # Of tables that stand apart, none can be taken out alone, and a new one comes amid the others.
    items = dict(before.items())
    place = (
        tomlkit.inline_table()
        if isinstance(before, InlineTable)
        else tomlkit.table(is_super_table=True)
    )
    del document[keys.ACCOUNTS]
    for name in [*names, *(name for name in items if name not in declared)]:
        item = items.get(name, _new_table(place))
        if isinstance(item, InlineTable) and not isinstance(place, InlineTable):
            # On one line it would come before all that are not.
            place[name] = tomlkit.table()
            cast("MutableMapping[str, object]", place[name]).update(item)
        else:
            place[name] = item
    document[keys.ACCOUNTS] = place


def _put(document: MutableMapping[str, object], path: Path, text: str) -> None:
    here = document
    for name in path[:-1]:
        here = _table(here, name)
    # A new key goes after the last one, and not below a comment that speaks of the next table.
    body = here.value.body if isinstance(here, Table) else []
    end = len(body)
    while path[-1] not in here and end and body[end - 1][0] is None:
        end -= 1
    tail = body[end:]
    del body[end:]
    here[path[-1]] = tomlkit.value(text)
    body.extend(tail)


def _with_key(text: str, name: str, value: str) -> str:
    """Return the text with one more key that stands in no table, after those that are there."""
    document = tomlkit.parse(text)
    places = [
        place
        for place, (key, item) in enumerate(document.body)
        if key is not None and not isinstance(item, (Table, AoT))
    ]
    if places and places[-1] + 1 < len(document.body):
        document.body.insert(places[-1] + 1, (SingleKey(name), tomlkit.value(value)))
    else:
        document[name] = tomlkit.value(value)
    return tomlkit.dumps(document)


def _table(tables: MutableMapping[str, object], name: str) -> MutableMapping[str, object]:
    """Return the table of that name, a new one where there is none."""
    if not isinstance(tables.get(name), dict):
        tables.pop(name, None)
        tables[name] = _new_table(tables)
    return cast("MutableMapping[str, object]", tables[name])


def _new_table(tables: MutableMapping[str, object]) -> object:
    """Return a table for that place: one with a header cannot stand below a dotted name."""
    dotted = isinstance(tables, Table) and any(
        key is not None and key.is_dotted() for key, _item in tables.value.body
    )
    return tomlkit.inline_table() if dotted or isinstance(tables, InlineTable) else tomlkit.table()


def _unknown(text: str, accounts: list[str]) -> dict[str, object]:
    """Return what is in the text besides settings and accounts, to be compared."""
    document = tables_of(text, str)
    _remove_known(document, of_account=False)
    tables = document.get(keys.ACCOUNTS)
    if isinstance(tables, dict):
        for name in list(tables):
            if isinstance(tables[name], dict):
                _remove_known(tables[name], of_account=True)
            if name not in accounts or not tables[name]:
                del tables[name]
    elif not tables or not isinstance(tables, list):
        document.pop(keys.ACCOUNTS, None)
    return {name: value for name, value in document.items() if value != {}}


def _remove_known(tables: dict[str, object], *, of_account: bool) -> None:
    for key in keys.KEYS:
        if of_account and not key.of_account:
            continue
        *folders, name = key.path
        here = tables.get(folders[0], {}) if folders else tables
        if isinstance(here, dict):
            here.pop(name, None)
        elif not here or not isinstance(here, list):
            del tables[folders[0]]
    for name in [name for name, value in tables.items() if value == {}]:
        del tables[name]
