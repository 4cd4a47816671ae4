"""The AppImage: which runtime it may begin with, and that its bits depend on its contents alone."""

from __future__ import annotations

import hashlib
import os
import shutil
from typing import TYPE_CHECKING

import pytest
from build import appimage
from build.appimage import Runtime, runtime_fault, write_image
from build.archive import make_plain

if TYPE_CHECKING:
    from pathlib import Path

EPOCH = 1_700_000_000


@pytest.fixture
def runtime(tmp_path: Path) -> Path:
    """Write a file that stands for a runtime."""
    file = tmp_path / "runtime"
    file.write_bytes(b"\x7fELF, and more of it")
    return file


def test_a_runtime_is_taken_by_its_sum_alone(
    runtime: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest = hashlib.sha256(runtime.read_bytes()).hexdigest()
    pins = tmp_path / "pins"
    monkeypatch.setattr(appimage, "PINNED", pins)
    assert runtime_fault(None) == "the runtime is not given: --runtime FILE"
    assert runtime_fault(Runtime(tmp_path / "absent")) == f"{tmp_path / 'absent'} is no file"
    assert (
        runtime_fault(Runtime(runtime))
        == f"{runtime} has the sum {digest}, which pins does not list"
    )
    assert runtime_fault(Runtime(runtime, digest)) is None
    pins.write_text(f"{digest}  runtime\n", encoding="ascii")
    assert runtime_fault(Runtime(runtime)) is None
    # A sum that is given stands in the place of those that are pinned.
    assert runtime_fault(Runtime(runtime, "0" * 64)) is not None


@pytest.mark.skipif(
    shutil.which("mksquashfs") is None, reason="needs mksquashfs (Debian: squashfs-tools)"
)
def test_an_image_depends_on_contents_alone(
    runtime: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(appimage, "_SQUASHED", tmp_path / "squashed")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(EPOCH))
    images = []
    for name, mode, time in (("one", 0o700, 1), ("two", 0o755, 2)):
        folder = tmp_path / name
        (folder / "usr").mkdir(parents=True)
        (folder / "usr" / "program").write_text("x", encoding="ascii")
        (folder / "usr" / "program").chmod(mode)
        (folder / "AppRun").symlink_to("usr/program")
        os.utime(folder / "AppRun", (time, time), follow_symlinks=False)
        os.utime(folder / "usr", (time, time))
        make_plain(folder, EPOCH)
        images.append(tmp_path / f"{name}.AppImage")
        write_image(folder, images[-1], runtime)
        assert images[-1].read_bytes().startswith(runtime.read_bytes() + b"hsqs")
        assert os.access(images[-1], os.X_OK)
    assert images[0].read_bytes() == images[1].read_bytes()
