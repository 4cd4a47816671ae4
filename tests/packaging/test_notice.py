"""Whose works are packed, and under which licences: what Windows' Python brings beside PyPI's."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from build.contents import ROOT
from build.notice import Library, notice, packed_distributions, write_licences
from build.python_parts import parts_among, python_text
from build.sbom import bill_of_materials

if TYPE_CHECKING:
    from pathlib import Path

DLLS = r"C:\Python\DLLs"
OF_WINDOWS = [
    rf"{DLLS}\libcrypto-3.dll",
    rf"{DLLS}\libcrypto-3-arm64.dll",
    rf"{DLLS}\sqlite3.dll",
    rf"{DLLS}\libffi-8.dll",
    r"C:\Python\VCRUNTIME140.dll",
    rf"{DLLS}\_ssl.pyd",
]


def make_distribution(site: Path, name: str, *files: str) -> None:
    folder = site / f"{name}-1.0.dist-info"
    folder.mkdir(parents=True)
    (folder / "METADATA").write_text(f"Name: {name}\nVersion: 1.0\n", encoding="ascii")
    (folder / "LICENSE").write_text(f"the licence of {name}", encoding="ascii")
    for file in files:
        (site / file).parent.mkdir(exist_ok=True)
        (site / file).touch()
    lines = (*files, f"{folder.name}/METADATA", f"{folder.name}/LICENSE")
    (folder / "RECORD").write_text("".join(f"{line},,\n" for line in lines), encoding="ascii")


class TestPartsOfPython:
    def test_each_library_of_windows_python_is_named_once_and_with_its_sources(self) -> None:
        named = {part.name: part for part in parts_among(OF_WINDOWS)}
        assert list(named) == ["OpenSSL", "SQLite", "libffi", "Microsoft Visual C++ runtime"]
        assert all(part.licence and part.sources.startswith("https://") for part in named.values())
        assert named["OpenSSL"].version.count(".") == 2
        assert named["SQLite"].version.count(".") == 2

    def test_on_linux_they_are_the_systems(self) -> None:
        assert parts_among(["/usr/lib/python3.11/lib-dynload/_ssl.so"]) == ()

    def test_their_texts_are_in_the_one_of_windows_python(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sys, "platform", "win32")
        monkeypatch.setattr(sys, "base_prefix", str(tmp_path))
        assert python_text(tmp_path / "kept.txt") == tmp_path / "LICENSE.txt"
        monkeypatch.setattr(sys, "platform", "linux")
        assert python_text(tmp_path / "kept.txt") == tmp_path / "kept.txt"

    def test_the_bill_gives_them_no_address_at_pypi(self) -> None:
        bill = bill_of_materials("novita-tray", "1.0", parts_among(OF_WINDOWS), "", 0)
        assert "pkg:generic/openssl@" in bill
        assert '"pkg:generic/microsoft-visual-c++-runtime"' in bill
        assert "pkg:pypi/openssl" not in bill


class TestLicences:
    def test_every_text_that_the_notice_names_lies_beside_it(self, tmp_path: Path) -> None:
        site = tmp_path / "site"
        make_distribution(site, "pywin32-ctypes", "win32ctypes/core.py")
        make_distribution(site, "pyinstaller", "PyInstaller/loader.py")
        make_distribution(site, "SecretStorage", "secretstorage/item.py")
        packed = packed_distributions([str(site / "win32ctypes" / "core.py")], site)
        text = tmp_path / "LICENSE.txt"
        text.write_text("PSF, with the texts of its parts", encoding="ascii")
        folder = tmp_path / "licences"
        write_licences(folder, (*packed, *parts_among(OF_WINDOWS)), ROOT, text)
        said = (folder / "THIRD-PARTY.txt").read_text(encoding="utf-8")
        assert "pywin32-ctypes 1.0" in said
        assert "SecretStorage" not in said
        for line in said.splitlines():
            if line.startswith("  text:"):
                assert (folder / line.split()[-1]).is_file(), line
        assert (folder / "Python.txt").read_bytes() == text.read_bytes()

    def test_a_licence_that_is_said_to_be_unknown_is_taken_from_the_classifiers(
        self, tmp_path: Path
    ) -> None:
        make_distribution(tmp_path, "pyinstaller", "PyInstaller/loader.py")
        metadata = tmp_path / "pyinstaller-1.0.dist-info" / "METADATA"
        old = metadata.read_text(encoding="ascii")
        new = "License: UNKNOWN\nClassifier: License :: OSI Approved :: MIT License\n"
        metadata.write_text(f"{old}{new}", encoding="ascii")
        assert packed_distributions([], tmp_path)[0].licence == "MIT License"

    def test_what_is_in_the_public_domain_needs_no_text(self) -> None:
        sqlite = next(part for part in parts_among(OF_WINDOWS) if part.name == "SQLite")
        said = notice((sqlite,)).split("\n\n")[1]
        assert "public domain" in said
        assert "text:" not in said

    def test_a_library_that_tells_no_version_has_none(self) -> None:
        assert "libffi\n  licence" in notice((Library("libffi", "", "MIT", "", (), "generic"),))


@pytest.mark.skipif(sys.platform != "linux", reason="paths are written there in one way")
def test_a_file_is_found_by_its_own_name_alone(tmp_path: Path) -> None:
    make_distribution(tmp_path, "pyinstaller", "PyInstaller/loader.py")
    make_distribution(tmp_path, "h11", "h11/a.py")
    other = packed_distributions([str(tmp_path / "H11" / "a.py")], tmp_path)
    assert [library.name for library in other] == ["pyinstaller"]
