"""What the settings file's tables say: each wrong value is named, and takes its default alone."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeVar, cast

from tray_app.adapters import settings_keys as keys
from tray_app.adapters.settings_form import WrongValueError
from tray_app.adapters.settings_text import lines_of
from tray_app.core.account_name import (
    DEFAULT_ACCOUNT,
    LEAST_TIME,
    InvalidAccountNameError,
    account_name,
)
from tray_app.core.configuration import MOST_ACCOUNTS
from tray_app.core.settings_fault import (
    Mismatch,
    MoreThan,
    NeedsNumber,
    NeedsPartner,
    SameAs,
    SettingsFault,
    TooManyAccounts,
)

if TYPE_CHECKING:
    from typing import Any

    from tray_app.adapters.settings_keys import Key, Path, Values
    from tray_app.core.settings_fault import SettingsFaultKind

_T = TypeVar("_T")
_TABLES: Final = frozenset(key.path[0] for key in keys.KEYS if len(key.path) > 1)
_OWN_TABLES: Final = frozenset(key.path[0] for key in keys.KEYS if key.of_account)
_PATHS: Final = frozenset(key.path for key in keys.KEYS)
_OWN_PATHS: Final = frozenset(key.path for key in keys.KEYS if key.of_account)
# Anything else may be a key of Novita's, pasted into the wrong place.
_HARMLESS: Final = re.compile(r"(?!sk[_-])[a-z0-9._-]{1,32}", re.ASCII | re.IGNORECASE)
_HIDDEN: Final = "…"


@dataclass(slots=True)
class Section:
    """One set of values, of all accounts or of one."""

    values: Values
    given: set[Path] = field(default_factory=set)
    """The keys that stand in the file itself, right or wrong."""


@dataclass(slots=True)
class Reading:
    """What the file says."""

    general: Section
    accounts: dict[str, Section]
    """By name, in the file's order."""
    declared: bool
    """Whether the accounts stand in the file; else there is the one of all who have one."""
    faults: tuple[SettingsFault, ...]


def read(document: dict[str, object], text: str) -> Reading:
    """Return what the tables say; ``text``, from which they come, tells the lines."""
    return _Reader(document, text).read()


class _Reader:
    """Reads one document and gathers its faults."""

    def __init__(self, document: dict[str, object], text: str) -> None:
        self._document = document
        self._text = text
        self._lines: dict[Path, int] | None = None
        self._faults: list[SettingsFault] = []

    def read(self) -> Reading:
        schema = self._document.get(keys.SCHEMA_KEY, keys.SCHEMA)
        if isinstance(schema, bool) or schema != keys.SCHEMA:
            only = str(keys.SCHEMA)
            self._add((keys.SCHEMA_KEY,), NeedsNumber(only, only), only)
        general = self._section(self._document, (), _PATHS, keys.Values())
        accounts = self._accounts(general.values)
        declared = bool(accounts)
        if not declared:
            accounts[DEFAULT_ACCOUNT] = Section(general.values)
        shown = general.values.get(keys.SHOWS)
        if shown not in {LEAST_TIME, *accounts}:
            self._add(keys.SHOWS.path, Mismatch.ACCOUNT, keys.SHOWS.form.text(LEAST_TIME))
            general.values.set(keys.SHOWS, LEAST_TIME)
        self._note_unknown()
        return Reading(general, accounts, declared, tuple(self._faults))

    def _accounts(self, general: Values) -> dict[str, Section]:
        tables = self._document.get(keys.ACCOUNTS, {})
        accounts: dict[str, Section] = {}
        if not isinstance(tables, dict):
            self._add((keys.ACCOUNTS,), Mismatch.TABLE)
            return accounts
        for name, table in tables.items():
            path = (keys.ACCOUNTS, name)
            try:
                account_name(name)
            except InvalidAccountNameError:
                self._add(path, Mismatch.ACCOUNT_NAME)
                continue
            twin = next((each for each in accounts if each.casefold() == name.casefold()), None)
            if not isinstance(table, dict):
                self._add(path, Mismatch.TABLE)
            elif twin is not None:
                # Files are named after accounts, and some systems do not tell Work from work.
                self._add(path, SameAs(twin))
            elif len(accounts) >= MOST_ACCOUNTS:
                self._add(path, TooManyAccounts(MOST_ACCOUNTS))
            else:
                accounts[name] = self._section(table, path, _OWN_PATHS, general)
        return accounts

    def _section(
        self, tables: dict[str, object], under: Path, paths: frozenset[Path], fallback: Values
    ) -> Section:
        """Read the keys of ``paths`` below ``under``; what is missing or wrong falls back."""
        section = Section(keys.Values())
        wrong: list[tuple[Key[object], SettingsFaultKind]] = []
        for name in sorted({path[0] for path in paths if len(path) > 1}):
            if not isinstance(tables.get(name, {}), dict):
                self._add((*under, name), Mismatch.TABLE)
        for key in keys.KEYS:
            if key.path not in paths:
                continue
            section.values.set(key, fallback.get(key))
            found, raw = _look_up(tables, key.path)
            if not found:
                continue
            section.given.add(key.path)
            try:
                section.values.set(key, key.form.parse(raw))
            except WrongValueError as error:
                wrong.append((key, error.what))
        right = section.given - {key.path for key, _what in wrong}
        for low, critical in (
            (_any(keys.LOW_DOLLARS), _any(keys.CRITICAL_DOLLARS)),
            (_any(keys.LOW_DAYS), _any(keys.CRITICAL_DAYS)),
        ):
            wrong += _level_faults(section.values, right, fallback, low, critical)
        wrong += _quiet_faults(section.values, section.given, right, fallback)
        for key, what in wrong:
            self._add((*under, *key.path), what, key.form.text(section.values.get(key)))
        return section

    def _note_unknown(self) -> None:
        """Note what nothing is known of; the values are not looked at."""
        own = {keys.SCHEMA_KEY, keys.ACCOUNTS}
        self._note_in(self._document, (), _TABLES, _PATHS | {(name,) for name in own})
        accounts = self._document.get(keys.ACCOUNTS)
        for name, table in accounts.items() if isinstance(accounts, dict) else ():
            if isinstance(table, dict):
                self._note_in(table, (keys.ACCOUNTS, name), _OWN_TABLES, _OWN_PATHS)

    def _note_in(
        self,
        tables: dict[str, object],
        under: Path,
        known_tables: frozenset[str],
        known: frozenset[Path],
    ) -> None:
        paths: list[Path]
        for name, value in tables.items():
            if name in known_tables:
                inner = value if isinstance(value, dict) else {}
                paths = [(name, key) for key in inner]
            else:
                paths = [(name,)]
            for path in paths:
                if path not in known:
                    self._add((*under, *path), Mismatch.KNOWN)

    def _add(self, path: Path, what: SettingsFaultKind, used: str = "") -> None:
        shown = ".".join(name if _HARMLESS.fullmatch(name) else _HIDDEN for name in path)
        if self._lines is None:
            self._lines = lines_of(self._text)
        self._faults.append(SettingsFault(shown, what, used, self._lines.get(path)))


def _look_up(tables: dict[str, object], path: Path) -> tuple[bool, object]:
    here: object = tables
    for name in path:
        if not isinstance(here, dict) or name not in here:
            return False, None
        here = here[name]
    return True, here


def _any(key: Key[_T]) -> Key[object]:
    return cast("Key[object]", key)


def _level_faults(
    values: Values, right: set[Path], fallback: Values, low: Key[object], critical: Key[object]
) -> list[tuple[Key[object], SettingsFaultKind]]:
    """Make critical at most low: of two that were given, the low one holds."""
    # Both are amounts or both are times.
    upper, lower = cast("Any", values.get(low)), cast("Any", values.get(critical))
    if lower <= upper:
        return []
    if low.path not in right:
        values.set(low, lower)
        return []
    if critical.path not in right:
        values.set(critical, upper)
        return []
    values.set(critical, min(cast("Any", fallback.get(critical)), upper))
    return [(critical, MoreThan(".".join(low.path)))]


def _quiet_faults(
    values: Values, given: set[Path], right: set[Path], fallback: Values
) -> list[tuple[Key[object], SettingsFaultKind]]:
    """Make quiet hours have two different ends or none."""
    ends = (keys.QUIET_FROM, keys.QUIET_UNTIL)
    missing = [end for end in ends if values.get(end) is None]
    different = values.get(keys.QUIET_FROM) != values.get(keys.QUIET_UNTIL)
    if len(missing) == len(ends) or (not missing and different):
        return []
    if any(end.path in right for end in missing):
        # Whoever empties one of them wants none.
        for end in ends:
            values.set(end, None)
        return []
    for end in ends:
        values.set(end, fallback.get(end))
    if not missing:
        blamed, other = ends if keys.QUIET_FROM.path not in right else reversed(ends)
        return [(_any(blamed), SameAs(".".join(other.path)))]
    (partner,) = missing
    if partner.path in given:
        return []
    alone = keys.QUIET_UNTIL if partner is keys.QUIET_FROM else keys.QUIET_FROM
    return [(_any(alone), NeedsPartner(".".join(partner.path)))]
