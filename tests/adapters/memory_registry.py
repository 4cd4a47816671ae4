"""The part of ``winreg`` that the start at login uses, with its errors, over a dictionary."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Handle:
    """An opened key, with what it was opened for."""

    path: str
    access: int


class MemoryRegistry:
    """This user's part of a registry; names do not depend on case, as in the real one.

    ``closed`` names keys that may not be opened.
    """

    HKEY_CURRENT_USER = 0x80000001
    KEY_QUERY_VALUE = 0x0001
    KEY_SET_VALUE = 0x0002
    REG_SZ = 1
    REG_BINARY = 3

    def __init__(self) -> None:
        self.keys: dict[str, dict[str, tuple[Any, int]]] = {}
        self.closed: set[str] = set()

    def value(self, path: str, name: str) -> Any:  # noqa: ANN401 — whatever type was put there
        """Return a value as a look from outside sees it; None where there is none."""
        return self.keys.get(path.lower(), {}).get(name.lower(), (None, 0))[0]

    def put(self, path: str, name: str, value: Any, kind: int) -> None:  # noqa: ANN401 — the same
        """Set a value from outside, as the system's settings do."""
        self.keys.setdefault(path.lower(), {})[name.lower()] = (value, kind)

    @contextmanager
    def OpenKey(  # noqa: N802 — winreg's name
        self, key: int, sub_key: str, reserved: int = 0, access: int = 0x20019
    ) -> Iterator[Handle]:
        assert (key, reserved) == (self.HKEY_CURRENT_USER, 0)
        if sub_key in self.closed:
            raise PermissionError(13, "Access is denied")
        if sub_key.lower() not in self.keys:
            raise FileNotFoundError(2, "The system cannot find the file specified")
        yield Handle(sub_key.lower(), access)

    @contextmanager
    def CreateKeyEx(  # noqa: N802 — winreg's name
        self, key: int, sub_key: str, reserved: int = 0, access: int = 0x20006
    ) -> Iterator[Handle]:
        if sub_key not in self.closed:
            self.keys.setdefault(sub_key.lower(), {})
        with self.OpenKey(key, sub_key, reserved, access) as handle:
            yield handle

    def QueryValueEx(self, key: Handle, name: str) -> tuple[Any, int]:  # noqa: N802 — winreg's name
        assert key.access & self.KEY_QUERY_VALUE
        values = self.keys[key.path]
        if name.lower() not in values:
            raise FileNotFoundError(2, "The system cannot find the file specified")
        return values[name.lower()]

    def SetValueEx(  # noqa: N802 — winreg's name
        self,
        key: Handle,
        name: str,
        reserved: int,
        kind: int,
        value: Any,  # noqa: ANN401 — the type depends on the kind
    ) -> None:
        assert reserved == 0
        assert key.access & self.KEY_SET_VALUE
        assert isinstance(value, str if kind == self.REG_SZ else bytes)
        self.keys[key.path][name.lower()] = (value, kind)

    def DeleteValue(self, key: Handle, name: str) -> None:  # noqa: N802 — winreg's name
        assert key.access & self.KEY_SET_VALUE
        if name.lower() not in self.keys[key.path]:
            raise FileNotFoundError(2, "The system cannot find the file specified")
        del self.keys[key.path][name.lower()]
