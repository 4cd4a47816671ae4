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

need_root
if [[ -z ${DEB:-} ]]; then
    DEB=$(find "$repository/dist" -name "novita-tray_*_$(dpkg --print-architecture).deb" -print -quit)
fi
[[ -f $DEB ]] || { echo "No package: python3 dev.py package deb" >&2; exit 1; }
version=$(dpkg-deb --field "$DEB" Version)

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
    prepare_root "$suite" "$root"
    cp -- "$DEB" "$root/srv/package.deb"
    check "$suite" install 0 apt "$root" install /srv/package.deb
    check "$suite" libraries 0 libraries "$root"
    check "$suite" helpers 0 apt "$root" install "${helpers[@]}"
    check "$suite" smoke 0 smoke "$root" /usr/bin/novita-tray
    check "$suite" purge 0 purge "$root" /usr/bin/novita-tray /usr/lib/novita-tray/novita-tray
    check "$suite" remove 0 remove "$root"
done

echo "== report"
printf '%s\n' "${report[@]}"
[[ $failures -eq 0 ]]
