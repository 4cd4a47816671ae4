"""The bill of materials (CycloneDX 1.5) of what is packed, with the lock's hashes."""

from __future__ import annotations

import json
import platform
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from build.notice import Library, Packed


def locked_hashes(lock: str) -> dict[str, list[str]]:
    """Return the SHA-256 sums that the lock allows, by the distribution's normal name."""
    hashes: dict[str, list[str]] = {}
    name = ""
    for line in lock.splitlines():
        if found := re.match(r"([A-Za-z0-9._-]+)==", line):
            name = normal_name(found[1])
        elif found := re.match(r"\s+--hash=sha256:([0-9a-f]{64})", line):
            hashes.setdefault(name, []).append(found[1])
    return hashes


def normal_name(name: str) -> str:
    """Return a distribution's name as PyPA's "Names and normalization" has it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def bill_of_materials(name: str, version: str, packed: Packed, lock: str, epoch: int) -> str:
    """Return the bill as JSON. A component's hashes are those of all its files for any system."""
    hashes = locked_hashes(lock)
    components = [
        {
            "type": "library",
            "bom-ref": _address(library),
            "name": normal_name(library.name),
            "version": library.version,
            "purl": _address(library),
            "licenses": [{"license": {"name": library.licence}}],
            "hashes": [
                {"alg": "SHA-256", "content": each}
                for each in hashes.get(normal_name(library.name), ())
            ],
        }
        for library in packed
    ]
    components.append(
        {
            "type": "platform",
            "bom-ref": f"pkg:generic/python@{platform.python_version()}",
            "name": "python",
            "version": platform.python_version(),
            "purl": f"pkg:generic/python@{platform.python_version()}",
            "licenses": [{"license": {"id": "PSF-2.0"}}],
        }
    )
    root = f"pkg:pypi/{name}@{version}"
    bill = {
        "$schema": "http://cyclonedx.org/schema/bom-1.5.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(epoch, UTC).isoformat(),
            "component": {
                "type": "application",
                "bom-ref": root,
                "name": name,
                "version": version,
                "licenses": [{"license": {"id": "MIT"}}],
            },
        },
        "components": components,
        "dependencies": [
            {"ref": root, "dependsOn": [str(component["bom-ref"]) for component in components]}
        ],
    }
    return json.dumps(bill, indent=2) + "\n"


def _address(library: Library) -> str:
    """Return its package URL (docs: purl-spec)."""
    version = f"@{quote(library.version)}" if library.version else ""
    return f"pkg:{library.registry}/{normal_name(library.name).replace(' ', '-')}{version}"
