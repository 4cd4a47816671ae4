"""The MSI's description, and the MSI itself where wixl is."""

from __future__ import annotations

import os
import re
import shutil
import struct
import subprocess
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from build.contents import NAME
from build.msi import UPGRADE_CODE, make_msi, source, with_times

import tray_app
from tests.packaging.windows_bundle import ICON, make_bundle
from tray_app import PROGRAM_NAME
from tray_app.ui.windows_identity import APP_ID

if TYPE_CHECKING:
    from pathlib import Path

WIX = "{http://schemas.microsoft.com/wix/2006/wi}"


class TestMsi:
    @pytest.fixture
    def wix(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ET.Element:
        monkeypatch.setattr("build.msi.icon", lambda: tmp_path / "x.ico")
        return ET.fromstring(source(make_bundle(tmp_path / "b"), "1.2.3", "x64"))  # noqa: S314 — our own

    def test_it_installs_every_file_for_all_users(self, wix: ET.Element) -> None:
        package = next(wix.iter(f"{WIX}Package"))
        assert package.get("InstallScope") == "perMachine"
        files = {file.get("Name") for file in wix.iter(f"{WIX}File")}
        assert files == {"novita-tray.exe", "novita-trayw.exe", "Qt6Core.dll", "base_library.zip"}
        components = {each.get("Id") for each in wix.iter(f"{WIX}Component")}
        assert components == {each.get("Id") for each in wix.iter(f"{WIX}ComponentRef")}
        assert len(components) == len(files)

    def test_its_names_are_ones_that_windows_installer_takes(self, wix: ET.Element) -> None:
        kinds = ("Component", "Directory", "File", "Feature")
        names = [each.get("Id", "") for kind in kinds for each in wix.iter(f"{WIX}{kind}")]
        assert all(re.fullmatch(r"[A-Za-z_][\w.]{0,71}", name) for name in names)

    def test_the_menus_entry_starts_the_program_without_console(self, wix: ET.Element) -> None:
        shortcut = next(wix.iter(f"{WIX}Shortcut"))
        assert shortcut.get("Target") == "[INSTALLDIR]novita-trayw.exe"
        assert shortcut.get("Name") == PROGRAM_NAME

    def test_each_version_is_another_product_of_one_line(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("build.msi.icon", lambda: tmp_path / "x.ico")
        bundle = make_bundle(tmp_path / "b")
        products = [
            next(ET.fromstring(source(bundle, version, "x64")).iter(f"{WIX}Product"))  # noqa: S314 — our own
            for version in ("1.2.3", "1.2.4", "1.2.4")
        ]
        assert len({product.get("Id") for product in products}) == 2
        assert {product.get("UpgradeCode") for product in products} == {UPGRADE_CODE}

    def test_identities_have_capitals_alone(self, wix: ET.Element) -> None:
        identities = [each.get("Guid", "") for each in wix.iter(f"{WIX}Component")]
        product = next(wix.iter(f"{WIX}Product"))
        identities += [product.get("Id", ""), product.get("UpgradeCode", "")]
        assert len(identities) > 2
        assert all(re.fullmatch("[0-9A-F-]{36}", each) for each in identities)

    def test_only_the_times_of_its_making_are_replaced(self) -> None:
        def filetime(seconds: int) -> bytes:
            return struct.pack("<IQ", 0x40, (seconds + 11_644_473_600) * 10_000_000)

        content = b"a" + filetime(1000) + b"b" + filetime(5000) + b"\x40\0\0\0"
        changed = with_times(content, 999, 1001, 7)
        assert changed == b"a" + filetime(7) + b"b" + filetime(5000) + b"\x40\0\0\0"

    @pytest.mark.skipif(
        shutil.which("wixl") is None or shutil.which("msibuild") is None,
        reason="wixl and msitools are not installed",
    )
    def test_it_is_built_with_the_programs_id_and_twice_to_the_same_bits(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "x.ico").write_bytes(ICON)
        monkeypatch.setattr("build.msi.icon", lambda: tmp_path / "x.ico")
        monkeypatch.setattr("build.msi._WXS", tmp_path / "x.wxs")
        bundle = make_bundle(tmp_path / "bundle")
        built = []
        for name, frozen_at in (("one", 1_700_000_000), ("two", 1_750_000_000)):
            for path in bundle.rglob("*"):
                os.utime(path, (frozen_at, frozen_at))
            (tmp_path / name).mkdir()
            package = make_msi(bundle, tmp_path / name)
            assert package.name == f"{NAME}-{tray_app.__version__}-windows-x86_64.msi"
            built.append(package.read_bytes())
        assert built[0] == built[1]
        table = subprocess.run(
            ["msiinfo", "export", package, "MsiShortcutProperty"],
            check=True,
            capture_output=True,
            text=True,
        )
        summary = subprocess.run(
            ["msiinfo", "suminfo", package], check=True, capture_output=True, text=True
        )
        assert f"Subject: {PROGRAM_NAME}\n" in summary.stdout
        assert f"AppId\tStartMenu\tSystem.AppUserModel.ID\t{APP_ID}" in table.stdout
