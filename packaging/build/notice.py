"""Which libraries are packed, under which licences, and where their sources are."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import re
import shutil
from pathlib import Path
from typing import Final, NamedTuple

_BUILT_BY: Final = "pyinstaller"
"""Its start program is part of the bundle, though none of its modules is."""
PUBLIC_DOMAIN: Final = "public domain"
"""Needs no text."""
_PYTHON_TEXT: Final = "Python.txt"
"""Holds also what Python's own parts are under, where they are packed."""
_QT_NOTE: Final = """\
Qt and Qt for Python are used under the GNU Lesser General Public License, version 3. Their
libraries lie beside the program as files of their own (the folder PySide6): you may replace them
by a version of your own that fits, and you may examine and debug the program as far as that needs.
The licences are in LGPL-3.0-only.txt and GPL-3.0-only.txt. The sources of exactly these versions:
  https://download.qt.io/official_releases/qt/{series}/{version}/
  https://download.qt.io/official_releases/QtForPython/pyside6/PySide6-{version}-src/
Qt contains third-party code, ICU among it; each part with its licence is listed there:
  https://doc.qt.io/qt-6/licenses-used-in-qt.html
"""


class Library(NamedTuple):
    """A work of others that is packed."""

    name: str
    version: str
    """Empty where nobody tells it."""
    licence: str
    sources: str
    texts: tuple[Path, ...]
    """Its licence files; none where another's text holds its own."""
    registry: str = "pypi"
    """The type of its package URL (docs: purl-spec)."""


Packed = tuple[Library, ...]


def packed_distributions(files: list[str], site: Path) -> Packed:
    """Return the distributions in ``site`` that own any of these files, by name."""
    # Windows writes one path in several ways.
    owners = {
        os.path.normcase(str(distribution.locate_file(entry))): distribution
        for distribution in importlib.metadata.distributions(path=[str(site)])
        for entry in distribution.files or ()
    }
    found = {
        owner.name.lower(): owner
        for path in files
        if (owner := owners.get(os.path.normcase(path))) is not None
    }
    for name in (_BUILT_BY,):
        found[name] = next(iter(importlib.metadata.distributions(name=name, path=[str(site)])))
    return tuple(_library(found[name]) for name in sorted(found))


def notice(packed: Packed) -> str:
    """Return the notice of all that is packed beside the program's own code."""
    parts = ["Novita Tray contains these works of others. Their licence texts lie beside this.\n"]
    parts += [
        f"{name}\n  licence: {licence}\n  sources: {sources}\n"
        + "".join(f"  text:    {text}\n" for text in _texts_of(library))
        for library in packed
        for name, licence, sources in [
            (f"{library.name} {library.version}".strip(), library.licence, library.sources)
        ]
    ]
    parts.append(
        f"Python {platform.python_version()}\n  licence: PSF-2.0\n"
        f"  sources: https://www.python.org/downloads/source/\n  text:    {_PYTHON_TEXT}\n"
    )
    parts += [
        _QT_NOTE.format(version=library.version, series=library.version.rpartition(".")[0])
        for library in packed
        if library.name.lower() == "pyside6_essentials"
    ]
    return "\n".join(parts)


def write_licences(folder: Path, packed: Packed, root: Path, python_text: Path) -> None:
    """Write the notice and every licence text into a folder, with the program's own.

    ``python_text`` is that of the Python that is packed.
    """
    folder.mkdir(parents=True)
    (folder / "THIRD-PARTY.txt").write_text(notice(packed), encoding="utf-8", newline="\n")
    shutil.copyfile(root / "LICENSE", folder / "novita-tray.txt")
    for text in sorted((root / "packaging" / "licences").glob("*.txt")):
        shutil.copyfile(text, folder / text.name)
    shutil.copyfile(python_text, folder / _PYTHON_TEXT)
    for library in packed:
        for text in library.texts:
            shutil.copyfile(text, folder / _kept_as(library, text))


def _library(distribution: importlib.metadata.Distribution) -> Library:
    fields = distribution.metadata
    texts = tuple(
        Path(str(distribution.locate_file(entry)))
        for entry in distribution.files or ()
        if ".dist-info" in entry.parts[0]
        and re.match(r"(licen[cs]e|copying|notice)", entry.name, re.IGNORECASE)
    )
    return Library(
        distribution.name, distribution.version, _licence_of(fields), _sources_of(fields), texts
    )


def _licence_of(fields: importlib.metadata.PackageMetadata) -> str:
    """Return the licence in the metadata's newest form that is there, a line at most."""
    classifiers = [
        value.rpartition(" :: ")[2]
        for value in fields.get_all("Classifier") or ()
        if value.startswith("License :: ")
    ]
    # Older tools wrote a word where there was none.
    named = _field(fields, "License")
    named = None if named == "UNKNOWN" else named
    given = _field(fields, "License-Expression") or named or " or ".join(classifiers)
    return str(given).splitlines()[0] if given else "see its text"


def _field(fields: importlib.metadata.PackageMetadata, name: str) -> str | None:
    # Where importlib_metadata was imported, a field that is not there is an error to ask for.
    return next(iter(fields.get_all(name) or ()), None)


def _sources_of(fields: importlib.metadata.PackageMetadata) -> str:
    links = dict(link.split(", ", 1) for link in fields.get_all("Project-URL") or ())
    for name, address in links.items():
        if name.lower() in {"source", "sources", "source code", "repository", "github", "code"}:
            return str(address)
    return str(_field(fields, "Home-page") or next(iter(links.values()), "its author's page"))


def _texts_of(library: Library) -> tuple[str, ...]:
    if library.registry != "pypi":
        return () if library.licence == PUBLIC_DOMAIN else (_PYTHON_TEXT,)
    return tuple(_kept_as(library, text) for text in library.texts)


def _kept_as(library: Library, text: Path) -> str:
    return f"{library.name}-{text.name.removesuffix('.txt')}.txt"
