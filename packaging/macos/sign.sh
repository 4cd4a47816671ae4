#!/bin/sh
# Signs an app bundle, the innermost code first, and checks what came of it.
#
# usage: sign.sh APP [IDENTITY]
#   IDENTITY   such as "Developer ID Application: …"; without it the signature names nobody ("ad
#              hoc"): that runs on the computer that made it, and elsewhere only when the user insists.
set -eu

if [ $# -lt 1 ] || [ ! -d "$1/Contents/MacOS" ]; then
    echo 'usage: sign.sh APP [IDENTITY]' >&2
    exit 2
fi

app=$1
identity=${2:--}
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)

sign() {
    if [ "$identity" = - ]; then
        # The hardened runtime loads only libraries of one team, and "ad hoc" has none.
        codesign --force --sign - "$@"
    else
        codesign --force --timestamp --options runtime --sign "$identity" "$@"
    fi
}

is_code() {
    case $(file -b "$1") in
        Mach-O*) true ;;
        *) false ;;
    esac
}

# Deepest first, since a signature covers those inside it; links lead to what is signed anyway.
find "$app/Contents" -type f -print | awk '{ print gsub("/", "/"), $0 }' | sort -rn | cut -d' ' -f2- |
    while IFS= read -r path; do
        if is_code "$path"; then
            sign "$path"
        fi
    done
sign --entitlements "$here/entitlements.plist" "$app"

codesign --verify --deep --strict --verbose=2 "$app"
