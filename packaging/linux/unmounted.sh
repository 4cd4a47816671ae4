#!/bin/sh
# Shows that no image is mounted once its program has ended, and that no folder for one is left.
#
# exit codes: 0 nothing is, 1 something is (it is said)
set -eu
for _ in $(seq 100); do # What serves a mount ends after the program.
    left=$(
        grep -E ' fuse(\.[^ ]*)? ' /proc/self/mounts || :
        find "${TMPDIR:-/tmp}" -maxdepth 1 '(' -name '.mount_*' -o -name 'appimage_extracted_*' ')'
    )
    [ -n "$left" ] || exit 0
    sleep 0.1
done
echo "left behind: $left" >&2
exit 1
