from __future__ import annotations

import json
import os
import subprocess
import tarfile
from typing import TYPE_CHECKING

import pytest
from build.archive import write_tar_xz
from build.notice import Library
from build.sbom import bill_of_materials, locked_hashes
from build.tools import LOCK

import dev_venv

if TYPE_CHECKING:
    from pathlib import Path


def test_both_locks_agree() -> None:
    everything = locked_hashes(dev_venv.LOCK.read_text(encoding="utf-8"))
    for name, hashes in locked_hashes(LOCK.read_text(encoding="utf-8")).items():
        assert everything.get(name, hashes) == hashes, name


def test_lock_names_no_registry() -> None:
    text = LOCK.read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index" not in text


def test_bill_of_materials_has_the_locked_sums() -> None:
    library = Library("H11", "0.16.0", "MIT", "", ())
    lock = f"h11==0.16.0 \\\n    --hash=sha256:{'a' * 64}\n"
    bill = json.loads(bill_of_materials("novita-tray", "1.0", (library,), lock, 0))
    assert bill["components"][0]["purl"] == "pkg:pypi/h11@0.16.0"
    assert bill["components"][0]["hashes"] == [{"alg": "SHA-256", "content": "a" * 64}]
    assert bill["metadata"]["timestamp"] == "1970-01-01T00:00:00+00:00"


def test_archive_depends_on_contents_alone(tmp_path: Path) -> None:
    for name, mode, time in (("one", 0o700, 1), ("two", 0o755, 2)):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "program").write_text("x", encoding="ascii")
        (folder / "program").chmod(mode)
        (folder / "link").symlink_to("program")
        os.utime(folder / "program", (time, time))
        write_tar_xz(folder, "novita-tray", tmp_path / f"{name}.tar.xz", 1000)
    assert (tmp_path / "one.tar.xz").read_bytes() == (tmp_path / "two.tar.xz").read_bytes()
    with tarfile.open(tmp_path / "one.tar.xz") as archive:
        assert archive.getnames() == [
            "novita-tray",
            "novita-tray/link",
            "novita-tray/program",
        ]


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_packages_are_the_same_twice() -> None:
    subprocess.run(("python3", "dev.py", "package", "--check"), cwd=dev_venv.ROOT, check=True)
