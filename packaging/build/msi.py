"""The MSI for companies: for all users of a computer, by wixl, which takes WiX' language.

For all users, since those who distribute an MSI (group policy, Intune) install as the system: a
copy in one user's profile would be the wrong one's, and that user could change it. History,
settings and keys are each user's own; removing the program leaves them.
"""

from __future__ import annotations

import hashlib
import os
import re
import struct
import time
import uuid
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from build.contents import NAME
from build.tools import WORK, epoch, run, version
from build.windows import (
    DISPLAY_NAME,
    PUBLISHER,
    WINDOWLESS,
    application_id,
    icon,
    package_name,
)

if TYPE_CHECKING:
    from pathlib import Path

UPGRADE_CODE: Final = "B3F3F3A4-5C1E-4C55-9A52-0C4C8A3D7E21"
"""By which Windows knows an older version; it never changes after the first release.

Capitals, as all identities here: Windows Installer takes no small letters (docs: "GUID").
"""
_NAMESPACE: Final = uuid.UUID(UPGRADE_CODE)
_SHORTCUT_TABLE: Final = (
    "CREATE TABLE `MsiShortcutProperty` (`MsiShortcutProperty` CHAR(72) NOT NULL, "
    "`Shortcut_` CHAR(72) NOT NULL, `PropertyKey` CHAR(0) NOT NULL, "
    "`PropVariantValue` CHAR(0) NOT NULL PRIMARY KEY `MsiShortcutProperty`);"
    "INSERT INTO `MsiShortcutProperty` (`MsiShortcutProperty`, `Shortcut_`, `PropertyKey`, "
    "`PropVariantValue`) VALUES ('AppId', 'StartMenu', 'System.AppUserModel.ID', '{}')"
)
_FILETIME: Final = struct.pack("<I", 0x40)
_1601_TO_1970: Final = 11_644_473_600
_WXS: Final = WORK / "windows-resources" / f"{NAME}.wxs"


def make_msi(bundle: Path, target: Path) -> Path:
    """Write the MSI into the folder ``target`` and return it."""
    package = target / package_name(bundle, ".msi")
    begun = int(time.time())
    processor = "x64" if "x86_64" in package.name else "arm64"
    # The cabinet keeps when each file was written, and every freezing writes them anew.
    frozen_at = epoch()
    for path in bundle.rglob("*"):
        os.utime(path, (frozen_at, frozen_at))
    _WXS.parent.mkdir(parents=True, exist_ok=True)
    _WXS.write_text(source(bundle, version(), processor), encoding="utf-8", newline="\n")
    run(("wixl", "--arch", processor, "--output", package, _WXS.name), cwd=_WXS.parent)
    # wixl knows no ShortcutProperty, and takes an identity of the package by chance.
    for statement in _SHORTCUT_TABLE.format(application_id()).split(";"):
        run(("msibuild", package, "-q", statement))
    template, identity = f"{processor};1033", f"{{{_guid(_digest(bundle))}}}"
    run(("msibuild", package, "-s", DISPLAY_NAME, PUBLISHER, template, identity))
    content = package.read_bytes()
    package.write_bytes(with_times(content, begun, int(time.time()) + 1, epoch()))
    return package


def with_times(content: bytes, begun: int, ended: int, epoch: int) -> bytes:
    """Return a package with the times between ``begun`` and ``ended`` replaced; seconds since 1970.

    Those are the summary's, as type (VT_FILETIME) and 100 ns since 1601 (docs: MS-OLEPS).
    """
    changed = bytearray(content)
    for found in re.finditer(re.escape(_FILETIME), content):
        place = found.end()
        (value,) = struct.unpack_from("<Q", content.ljust(place + 8, b"\0"), place)
        if begun <= value // 10_000_000 - _1601_TO_1970 <= ended:
            struct.pack_into("<Q", changed, place, (epoch + _1601_TO_1970) * 10_000_000)
    return bytes(changed)


def source(bundle: Path, release: str, processor: str) -> str:
    """Return the package's description in WiX' language, the same for the same files."""
    wix = ET.Element("Wix", xmlns="http://schemas.microsoft.com/wix/2006/wi")
    product = ET.SubElement(
        wix,
        "Product",
        Id=_guid(f"product {release} {processor}"),
        Name=DISPLAY_NAME,
        Language="1033",
        Version=release,
        Manufacturer=PUBLISHER,
        UpgradeCode=UPGRADE_CODE,
    )
    ET.SubElement(
        product,
        "Package",
        InstallerVersion="500",
        Compressed="yes",
        InstallScope="perMachine",
        Manufacturer=PUBLISHER,
        Description=DISPLAY_NAME,
    )
    ET.SubElement(
        product, "MajorUpgrade", DowngradeErrorMessage="A newer version is already installed."
    )
    ET.SubElement(product, "Media", Id="1", Cabinet="program.cab", EmbedCab="yes")
    ET.SubElement(product, "Icon", Id="program.ico", SourceFile=_from_here(icon()))
    ET.SubElement(product, "Property", Id="ARPPRODUCTICON", Value="program.ico")
    ET.SubElement(product, "Property", Id="ARPNOMODIFY", Value="1")
    # docs (Microsoft, "MSIRMSHUTDOWN"): programs that run are ended, also those that do not answer.
    ET.SubElement(product, "Property", Id="MSIRMSHUTDOWN", Value="0")
    top = ET.SubElement(product, "Directory", Id="TARGETDIR", Name="SourceDir")
    programs = ET.SubElement(top, "Directory", Id="ProgramFiles64Folder")
    ET.SubElement(top, "Directory", Id="ProgramMenuFolder")
    folder = ET.SubElement(programs, "Directory", Id="INSTALLDIR", Name=NAME)
    feature = ET.SubElement(product, "Feature", Id="Program", Title=DISPLAY_NAME, Level="1")
    _add_folder(folder, feature, bundle, bundle)
    ET.indent(wix)
    return ET.tostring(wix, encoding="unicode", xml_declaration=True) + "\n"


def _add_folder(parent: ET.Element, feature: ET.Element, folder: Path, bundle: Path) -> None:
    for path in sorted(folder.iterdir()):
        inside = path.relative_to(bundle).as_posix()
        name = _identifier(inside)
        if path.is_dir():
            element = ET.SubElement(parent, "Directory", Id=f"D{name}", Name=path.name)
            _add_folder(element, feature, path, bundle)
            continue
        component = ET.SubElement(
            parent, "Component", Id=f"C{name}", Guid=_guid(f"file {inside}"), Win64="yes"
        )
        ET.SubElement(
            component, "File", Id=f"F{name}", Source=_from_here(path), Name=path.name, KeyPath="yes"
        )
        if inside == f"{WINDOWLESS}.exe":
            ET.SubElement(
                component,
                "Shortcut",
                Id="StartMenu",
                Directory="ProgramMenuFolder",
                Name=DISPLAY_NAME,
                Target=f"[INSTALLDIR]{path.name}",
                WorkingDirectory="INSTALLDIR",
                Icon="program.ico",
            )
        ET.SubElement(feature, "ComponentRef", Id=f"C{name}")


def _from_here(path: Path) -> str:
    """Return the path from where wixl runs: it takes no absolute one."""
    return os.path.relpath(path, _WXS.parent)


def _guid(what: str) -> str:
    """Return the same identity for the same thing in every build."""
    return str(uuid.uuid5(_NAMESPACE, what)).upper()


def _digest(bundle: Path) -> str:
    """Return what differs wherever any file does: two packages with one identity are equal."""
    digest = hashlib.sha256()
    for path in sorted(path for path in bundle.rglob("*") if path.is_file()):
        digest.update(path.relative_to(bundle).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _identifier(inside: str) -> str:
    """Return a word that Windows Installer takes, for a path: at most 72 letters and digits."""
    return uuid.uuid5(_NAMESPACE, inside).hex
