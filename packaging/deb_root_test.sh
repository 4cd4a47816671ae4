#!/usr/bin/env bash
# Shows that the .deb in dist/ is all that a clean Debian needs, and that nothing stays of it. For
# each suite it makes a root with debootstrap, and there:
#   1. apt installs the package, with what it depends on and nothing else
#   2. every library of the bundle finds those that it is linked to, and the program starts
#   3. packaging/smoke_test.py, as an ordinary user
#   4. that user's `novita-tray purge` leaves no file, no entry and no key
#   5. apt purges the package: no file of it is left
#
# Usage, as root:  packaging/deb_root_test.sh [SUITE...]      (default: bookworm trixie)
#   DEB            the package (default: the one in dist/, from `python3 dev.py package deb`)
#   BARE_ROOTS, DEBIAN_MIRROR, KEEP_ROOT  as in bare_root_test.sh; the roots are others
set -euo pipefail

repository=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
roots=${BARE_ROOTS:-${TMPDIR:-/tmp}/bare-roots}/deb
suites=("$@")
[[ ${#suites[@]} -gt 0 ]] || suites=(bookworm trixie)
# shellcheck source=packaging/bare_roots.sh
source "$repository/packaging/bare_roots.sh"
failures=0
report=()
user=1000:1000
home=/home/tester
# What the smoke test itself needs: a display, a bus, a keyring, and Python with its way to the bus.
helpers=(dbus gnome-keyring python3 python3-jeepney xvfb)

need_root
if [[ -z ${DEB:-} ]]; then
    DEB=$(find "$repository/dist" -name "novita-tray_*_$(dpkg --print-architecture).deb" -print -quit)
fi
[[ -f $DEB ]] || { echo "No package: python3 dev.py package deb" >&2; exit 1; }
version=$(dpkg-deb --field "$DEB" Version)

apt() { # ROOT ARGUMENTS...
    local root=$1
    shift
    inside "$root" 0:0 DEBIAN_FRONTEND=noninteractive apt-get --quiet --yes \
        -o APT::Install-Recommends=false -o Dpkg::Use-Pty=false "$@"
}

libraries() { # ROOT — fails where the bundle lacks one; before the helpers bring any
    # shellcheck disable=SC2016 # the inner shell expands these
    inside "$1" "$user" HOME=/nonexistent sh -euc '
        cd /usr/lib/novita-tray
        missing=$(find . -type f \( -name "*.so" -o -name "*.so.*" \) -exec ldd {} + 2>/dev/null |
            awk "/:$/ { file = \$1 } /not found/ { print file, \$1 }")
        [ -z "$missing" ] || { echo "$missing"; exit 1; }
        [ "$(novita-tray --version)" = "novita-tray $1" ]
        [ "$(readlink -f /usr/bin/novita-tray)" = /usr/lib/novita-tray/novita-tray ]
    ' sh "$version"
}

smoke() { # ROOT — of the sources it takes the simulator alone, which plays Novita
    local place=$1/srv/smoke
    rm -rf --one-file-system -- "$place"
    mkdir -p -- "$place/packaging" "$place/tray_app"
    cp -- "$repository"/packaging/{smoke_test,installed_program}.py "$place/packaging/"
    cp -r -- "$repository/packaging/linux" "$place/packaging/"
    cp -- "$repository/tray_app/__init__.py" "$place/tray_app/"
    cp -r -- "$repository/tray_app/simulator" "$place/tray_app/"
    inside "$1" "$user" HOME="$home" \
        python3 -B /srv/smoke/packaging/smoke_test.py /usr/bin/novita-tray
}

purge() { # ROOT — as a user who had a key, a start at login, settings and a reading
    mkdir -p -- "$1$home/run"
    chmod 0700 "$1$home/run"
    chown "$user" "$1$home/run"
    # shellcheck disable=SC2016 # the inner shell expands these
    inside "$1" "$user" HOME="$home" XDG_RUNTIME_DIR="$home/run" dbus-run-session -- sh -euc '
        cd
        printf "a password" | gnome-keyring-daemon --unlock --components=secrets >/dev/null
        echo sk_clean_root_0123456789 | novita-tray key set
        novita-tray autostart on
        grep "^Exec=/usr/" .config/autostart/novita-tray.desktop
        QT_QPA_PLATFORM=offscreen DISPLAY=:0 novita-tray --api-url http://127.0.0.1:9 &
        for _ in $(seq 100); do # It can be told to quit once it has started.
            code=0
            novita-tray quit 2>/dev/null || code=$?
            [ "$code" -eq 15 ] || break
            sleep 0.2
        done
        [ "$code" -eq 0 ]
        find . -name "*novita*" | grep .
        novita-tray purge --yes
        if novita-tray key status || find . -name "*novita*" | grep .; then exit 1; fi
    '
}

remove() { # ROOT
    local root=$1 left
    inside "$root" 0:0 dpkg-query --listfiles novita-tray | sort >"$roots/files"
    apt "$root" purge --autoremove novita-tray
    left=$(while IFS= read -r file; do
        [[ -d $root$file || ! -e $root$file ]] || echo "$file"
    done <"$roots/files")
    left+=$(find "$root" -xdev -name '*novita*' -not -path "$root/srv/*")
    [[ -z $left ]] || { echo "left behind: $left" >&2; return 1; }
}

for suite in "${suites[@]}"; do
    root=$roots/$suite
    if [[ -z ${KEEP_ROOT:-} || ! -e $root/$marker ]]; then
        check "$suite" make-root 0 make_root "$suite" "$root" ca-certificates
    fi
    copy_network_setup "$root"
    cp -- "$DEB" "$root/srv/package.deb"
    inside "$root" 0:0 sh -c "id tester >/dev/null 2>&1 || useradd --uid ${user%:*} --create-home tester"
    check "$suite" update 0 apt "$root" update
    check "$suite" install 0 apt "$root" install /srv/package.deb
    check "$suite" libraries 0 libraries "$root"
    check "$suite" helpers 0 apt "$root" install "${helpers[@]}"
    check "$suite" smoke 0 smoke "$root"
    check "$suite" purge 0 purge "$root"
    check "$suite" remove 0 remove "$root"
done

echo "== report"
printf '%s\n' "${report[@]}"
[[ $failures -eq 0 ]]
