from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING
from zipfile import ZipFile

from tests.translations.catalogue import COMPILED
from tests.translations.sentences import ROOT

if TYPE_CHECKING:
    from pathlib import Path


def test_a_wheel_brings_the_catalogue_along(tmp_path: Path) -> None:
    command = (sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path))
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with ZipFile(wheel) as packed:
        assert packed.read(f"tray_app/translations/{COMPILED.name}") == COMPILED.read_bytes()
