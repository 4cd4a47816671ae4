#!/bin/sh
# Puts the signing certificate into a keychain of its own, which only this login finds.
#
#   MACOS_CERTIFICATE            the certificate with its key, as base64 of a .p12 file
#   MACOS_CERTIFICATE_PASSWORD   that file's password
#
# usage: make_keychain.sh KEYCHAIN     KEYCHAIN: where to write it, such as $RUNNER_TEMP/sign.keychain-db
# Remove it afterwards with: security delete-keychain KEYCHAIN
set -eu

if [ $# -ne 1 ]; then
    echo 'usage: make_keychain.sh KEYCHAIN' >&2
    exit 2
fi
: "${MACOS_CERTIFICATE:?}" "${MACOS_CERTIFICATE_PASSWORD:?}"

keychain=$1
umask 077
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
# Guards the copy for as long as the job lasts; nobody needs to know it.
password=$(openssl rand -hex 24)

printf '%s' "$MACOS_CERTIFICATE" | openssl base64 -d -A -out "$scratch/certificate.p12"
security create-keychain -p "$password" "$keychain"
security set-keychain-settings -lut 7200 "$keychain"
security unlock-keychain -p "$password" "$keychain"
security import "$scratch/certificate.p12" -k "$keychain" -f pkcs12 \
    -P "$MACOS_CERTIFICATE_PASSWORD" -T /usr/bin/codesign
# Without it codesign would open a question that nobody answers.
security set-key-partition-list -S apple-tool:,apple: -s -k "$password" "$keychain" >/dev/null
security list-keychains -d user -s "$keychain" login.keychain-db
