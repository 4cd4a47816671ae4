#!/usr/bin/env bash
# What continuous integration tries of the packages: builds the .deb, and installs, uses and removes it
# on a clean Debian (deb_root_test.sh), in some seven minutes. As root, on Debian or Ubuntu.
#
#   SUITE   (default: trixie, whose C library is no older than that of whatever builds here)
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
export DEBIAN_FRONTEND=noninteractive
needed=(appstream binutils debhelper debian-archive-keyring debootstrap desktop-file-utils dpkg-dev patchelf)
if ! dpkg-query --show "${needed[@]}" >/dev/null 2>&1; then
    apt-get -o Acquire::Retries=3 --quiet update
    apt-get -o Acquire::Retries=3 --quiet --yes install --no-install-recommends "${needed[@]}"
fi
BARE_ROOTS=$(mktemp -d)
export BARE_ROOTS
trap 'rm -rf --one-file-system -- "$BARE_ROOTS"' EXIT
python3 "$here/../dev.py" package deb
"$here/deb_root_test.sh" "${SUITE:-trixie}"
