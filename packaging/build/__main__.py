"""Build packages into dist/, with SHA256SUMS, a bill of materials and the third-party notice.

python3 dev.py package [--check] [--into FOLDER] [--runtime FILE [--runtime-sum SUM]]
                       [--windows-bundle FOLDER] [FORMAT...]

Without FORMAT, or with "all": whatever this system can build.
exit codes: 0 built, 1 a build failed, 2 wrong usage, 3 what was named cannot be built here (the
reason is said).
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from build import formats, release
from build.appimage import Runtime
from build.tools import DIST, BuildError


def main(arguments: list[str]) -> int:
    """Build what was asked for; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="dev.py package",
        description=__doc__,
        usage=argparse.SUPPRESS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    names = [*formats.FORMATS, "all"]
    parser.add_argument("formats", nargs="*", metavar="FORMAT", help=", ".join(names))
    parser.add_argument(
        "--check", action="store_true", help="build everything twice and compare the bits"
    )
    parser.add_argument(
        "--runtime",
        type=Path,
        metavar="FILE",
        help="the AppImage's runtime, whose SHA-256 sum must be a pinned one",
    )
    parser.add_argument(
        "--runtime-sum", metavar="SUM", help="the runtime's sum, for one that is not pinned"
    )
    parser.add_argument(
        "--into", type=Path, metavar="FOLDER", default=DIST, help="in place of dist/"
    )
    parser.add_argument(
        "--windows-bundle",
        type=Path,
        metavar="FOLDER",
        help="the program frozen on Windows, from which nsis and msi are made elsewhere",
    )
    options = parser.parse_args(arguments)
    unknown = sorted(set(options.formats) - set(names))
    if unknown:
        parser.error(f"no format is called {unknown[0]}")
    by_name = bool(options.formats) and "all" not in options.formats
    asked = options.formats if by_name else list(formats.FORMATS)
    runtime = None
    if options.runtime is not None:
        runtime = Runtime(options.runtime, options.runtime_sum)
    hindrances = {name: formats.hindrance(name, runtime, options.windows_bundle) for name in asked}
    for name, hindrance in hindrances.items():
        if hindrance is not None:
            print(f"{name}: not built here: {hindrance}", file=sys.stderr)
    able = [name for name, hindrance in hindrances.items() if hindrance is None]
    try:
        if options.check:
            return _check(able, options.into.absolute(), runtime, options.windows_bundle)
        _build(able, options.into.absolute(), runtime, options.windows_bundle)
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    return 3 if by_name and len(able) < len(asked) else 0


def _build(
    names: list[str], target: Path, runtime: Runtime | None, windows_bundle: Path | None
) -> dict[str, str]:
    begun = time.monotonic()
    sums = release.build(names, target, runtime, windows_bundle)
    for name in sums:
        size = (target / name).stat().st_size
        print(f"{size / 1e6:8.1f} MB  {target.name}/{name}")
    print(f"Built in {time.monotonic() - begun:.0f} s.", file=sys.stderr)
    return sums


def _check(
    names: list[str], target: Path, runtime: Runtime | None, windows_bundle: Path | None
) -> int:
    first, second = (_build(names, target, runtime, windows_bundle) for _ in range(2))
    different = sorted(name for name in first | second if first.get(name) != second.get(name))
    for name in different:
        print(f"{name}: the second build has other bits", file=sys.stderr)
    if not different:
        print(f"{len(first)} files, the same bits twice.")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
