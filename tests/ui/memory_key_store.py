"""A key store in memory that counts, notes its threads and fails on demand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QThread

from tests.ui.samples import KEY
from tray_app.demo import DemoKeyStore

if TYPE_CHECKING:
    from tray_app.core.api_key import ApiKey


@dataclass(slots=True)
class MemoryKeyStore(DemoKeyStore):
    """Counts how often it is asked and raises what it is told to."""

    key: ApiKey | None = KEY
    reads: int = 0
    trouble: Exception | None = None
    threads: list[QThread] = field(default_factory=list)

    def read(self) -> ApiKey:
        self.reads += 1
        self._answer()
        return DemoKeyStore.read(self)

    def save(self, key: ApiKey) -> None:
        self._answer()
        DemoKeyStore.save(self, key)

    def delete(self) -> bool:
        self._answer()
        return DemoKeyStore.delete(self)

    def _answer(self) -> None:
        self.threads.append(QThread.currentThread())
        if self.trouble is not None:
            raise self.trouble
