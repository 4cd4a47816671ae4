#!/usr/bin/env bash
# Shows that what an ordinary user installs into an empty home works in a clean Debian, and that
# nothing stays of it. For each suite it makes a root with debootstrap, and there, as that user:
#   1. the program is installed from what is in dist/
#   2. packaging/smoke_test.py
#   3. what starts it at login, and `novita-tray purge`, which leaves no file, no entry and no key
#   4. it is removed: no file is left, but for what docs/files.md says is others'
#
# Usage, as root:  packaging/user_root_test.sh FORMAT [SUITE...]      (default: bookworm trixie)
#   tarball        its script `install`, and its removal
#   pipx, uv       the wheel, with libraries from the package index as its own ranges allow
#   appimage       the image, mounted by FUSE, then unpacked where FUSE is missing. It is built here, with
#                  a runtime for tests (linux/appimage_test_runtime.c); TWICE=1 compares two builds
#   BARE_ROOTS, DEBIAN_MIRROR, KEEP_ROOT  as in bare_root_test.sh; the roots are others
set -euo pipefail

repository=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
roots=${BARE_ROOTS:-${TMPDIR:-/tmp}/bare-roots}/user
format=${1-}
suites=("${@:2}")
[[ ${#suites[@]} -gt 0 ]] || suites=(bookworm trixie)
# shellcheck source=packaging/bare_roots.sh
source "$repository/packaging/bare_roots.sh"
failures=0
report=()
version=$(sed -n 's/^__version__ = "\(.*\)"/\1/p' "$repository/tray_app/__init__.py")
# What Qt links to (KNOWN_LIMITS.md), as a desktop has it.
qt=(libdbus-1-3 libegl1 libfontconfig1 libgl1 libglib2.0-0 libgssapi-krb5-2 libxcb-cursor0 libxcb-icccm4
    libxcb-keysyms1 libxcb-shape0 libxkbcommon-x11-0)
program=$home/.local/bin/novita-tray
login=$program
case $format in
tarball)
    package=novita-tray-$version-linux-$(uname -m).tar.xz
    packages=(xz-utils)
    login=$home/.local/lib/novita-tray/novita-tray
    ;;
pipx)
    package=novita_tray-$version-py3-none-any.whl
    packages=(pipx)
    ;;
uv)
    package=novita_tray-$version-py3-none-any.whl
    packages=(python3-venv)
    ;;
appimage)
    package=novita-tray-$version-$(uname -m).AppImage
    packages=(fuse3 squashfs-tools squashfuse)
    program="$home/My programs/Novita balance.AppImage"
    login=$program
    ;;
*)
    sed -n '2,/^set/ { s/^# \{0,1\}//p }' "${BASH_SOURCE[0]}" >&2
    exit 2
    ;;
esac

build_image() { # With a runtime that this machine compiles, and thus a sum of its own
    local runtime=$repository/build/appimage-test/runtime check=()
    [[ -z ${TWICE:-} ]] || check=(--check)
    mkdir -p -- "$(dirname -- "$runtime")"
    gcc -O2 -Wall -Wextra -Werror -o "$runtime" "$repository/packaging/linux/appimage_test_runtime.c"
    # spec (AppImage, "Type 2 image format"): the magic at offset 8.
    printf 'AI\2' | dd of="$runtime" bs=1 seek=8 conv=notrunc status=none
    python3 "$repository/dev.py" package "${check[@]}" --into "$folder" --runtime "$runtime" \
        --runtime-sum "$(sha256sum "$runtime" | cut -d' ' -f1)" appimage
}

install_program() { # ROOT
    local package=/srv/$package
    # shellcheck disable=SC2016 # the inner shells expand these
    case $format in
    tarball)
        as_tester "$1" sh -euc '
            mkdir unpacked
            tar -xf "$1" -C unpacked --strip-components=1
            unpacked/install --user
            rm -r unpacked
        ' sh "$package"
        ;;
    pipx)
        as_tester "$1" sh -euc '
            pipx install "$1"
            pipx runpip novita-tray check
            pipx runpip novita-tray list
        ' sh "$package"
        ;;
    uv)
        inside "$1" 0:0 sh -euc '
            python3 -m venv /srv/uv
            /srv/uv/bin/pip install --quiet uv
        '
        # The system's certificate authorities, with those of this machine's network.
        as_tester "$1" env SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt \
            /srv/uv/bin/uv tool install --python /usr/bin/python3 "$package"
        ;;
    appimage)
        as_tester "$1" install -D -m 0755 "$package" "$program"
        ;;
    esac
}

start_times() { # ROOT — the version is what takes a start and nothing else
    # shellcheck disable=SC2016 # the inner shell expands these
    as_tester "$1" sh -euc '
        [ "$("$1" --version)" = "novita-tray $2" ]
        for _ in 1 2 3 4 5; do
            begun=$(date +%s%N)
            "$1" --version
            echo "$((($(date +%s%N) - begun) / 1000000)) ms"
        done
        sh /srv/smoke/packaging/linux/unmounted.sh
    ' sh "$program" "$version"
}

unpacked_smoke() { # ROOT — the image where FUSE is missing: it says so, and runs unpacked
    mv -- "$1/dev/fuse" "$1/dev/no-fuse"
    local code=0
    # shellcheck disable=SC2016 # the inner shell expands these
    as_tester "$1" sh -euc '
        if "$1" --version; then exit 1; fi
        [ "$("$1" --appimage-extract-and-run --version)" = "novita-tray $2" ]
        APPIMAGE_EXTRACT_AND_RUN=1 python3 -B /srv/smoke/packaging/smoke_test.py "$1"
        sh /srv/smoke/packaging/linux/unmounted.sh
    ' sh "$program" "$version" || code=$?
    mv -- "$1/dev/no-fuse" "$1/dev/fuse"
    return "$code"
}

remove_program() { # ROOT
    case $format in
    tarball) as_tester "$1" "$home/.local/lib/novita-tray/install" --uninstall ;;
    pipx) as_tester "$1" pipx uninstall novita-tray ;;
    uv) as_tester "$1" /srv/uv/bin/uv tool uninstall novita-tray ;;
    appimage) as_tester "$1" rm -r "$home/My programs" ;;
    esac
    # What stays is the keyring, caches of fonts, and what pipx and uv keep for themselves.
    local left
    left=$(find "$1$home" -mindepth 1 -not -type d \
        -not -path "$1$home/.local/share/keyrings/*" -not -path "$1$home/.cache/fontconfig/*" \
        -not -path "$1$home/.local/pipx/*" -not -path "$1$home/.local/share/pipx/*" \
        -not -path "$1$home/.local/state/pipx/*" -not -path "$1$home/.cache/pip*/*" \
        -not -path "$1$home/.cache/uv/*" -not -path "$1$home/.local/share/uv/*")
    left+=$(find "$1$home" "$1/tmp" -iname '*novita*' -not -path "$1$home/.cache/uv/*" \
        -not -path "$1$home/.local/*/pipx/log*" -not -path "$1$home/.local/pipx/log*")
    [[ -z $left ]] || { echo "left behind: $left" >&2; return 1; }
}

need_root
folder=$repository/dist
if [[ $format == appimage ]]; then
    folder=$repository/build/appimage-test/dist
    suite=$(uname -m)
    check "$suite" build 0 build_image
fi
[[ -f $folder/$package ]] || { echo "No $package: python3 dev.py package wheel tarball" >&2; exit 1; }
report+=("$package: $(($(stat --format=%s "$folder/$package") / 1000)) kB")

for suite in "${suites[@]}"; do
    root=$roots/$suite
    prepare_root "$suite" "$root"
    cp -- "$folder/$package" "$root/srv/"
    check "$suite" helpers 0 apt "$root" install "${helpers[@]}" "${qt[@]}" "${packages[@]}"
    if [[ $format == appimage ]]; then
        [[ -e $root/dev/fuse ]] || mknod -m 0666 "$root/dev/fuse" c 10 229
    fi
    check "$suite" install 0 install_program "$root"
    check "$suite" start 0 start_times "$root"
    check "$suite" smoke 0 smoke "$root" "$program"
    [[ $format != appimage ]] || check "$suite" unpacked 0 unpacked_smoke "$root"
    check "$suite" purge 0 purge "$root" "$program" "$login"
    check "$suite" remove 0 remove_program "$root"
done

echo "== report"
printf '%s\n' "${report[@]}"
[[ $failures -eq 0 ]]
