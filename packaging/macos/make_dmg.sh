#!/bin/sh
# Makes the disk image: the app beside a link to the folder into which it is dragged.
#
# usage: make_dmg.sh APP DMG [IDENTITY]
#   IDENTITY   signs the image, too, as notarising wants it
set -eu

if [ $# -lt 2 ] || [ ! -d "$1/Contents/MacOS" ]; then
    echo 'usage: make_dmg.sh APP DMG [IDENTITY]' >&2
    exit 2
fi

app=$1
image=$2
identity=${3:-}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# ditto keeps links and signatures, which cp -R breaks.
ditto "$app" "$folder/$(basename -- "$app")"
ln -s /Applications "$folder/Applications"
rm -f -- "$image"
# ULMO: lzma, which macOS 10.15 and later open.
hdiutil create -volname 'Novita balance' -srcfolder "$folder" -fs HFS+ -format ULMO -quiet "$image"
hdiutil verify -quiet "$image"
if [ -n "$identity" ]; then
    codesign --force --timestamp --sign "$identity" "$image"
fi
