#!/bin/sh
# Has Apple look at a signed disk image, waits for the verdict, and staples it to the image, so that
# it opens without the network, too.
#
#   APPLE_API_KEY      App Store Connect's key, as the text of its .p8 file
#   APPLE_API_KEY_ID   the key's id
#   APPLE_API_ISSUER   the issuer's id
#
# usage: notarise.sh DMG
set -eu

if [ $# -ne 1 ] || [ ! -f "$1" ]; then
    echo 'usage: notarise.sh DMG' >&2
    exit 2
fi
: "${APPLE_API_KEY:?}" "${APPLE_API_KEY_ID:?}" "${APPLE_API_ISSUER:?}"

image=$1
umask 077
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
printf '%s\n' "$APPLE_API_KEY" >"$scratch/key.p8"

# Whatever it ends with: there is a ticket to staple only where the verdict is "Accepted".
xcrun notarytool submit "$image" --wait --timeout 30m \
    --key "$scratch/key.p8" --key-id "$APPLE_API_KEY_ID" --issuer "$APPLE_API_ISSUER"
xcrun stapler staple "$image"
xcrun stapler validate "$image"
spctl --assess --type open --context context:primary-signature --verbose=2 "$image"
