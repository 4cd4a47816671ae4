#!/bin/sh
# Shows that `novita-tray purge` leaves nothing of a user who had a key, a start at login, settings and
# a log. It runs in that user's own home, in a session of its own:
#   dbus-run-session -- sh packaging/linux/purge_test.sh PROGRAM LOGIN
# PROGRAM is the installed program, LOGIN the file that is to be started at login.
#
# exit codes: 0 all works, 1 something does not (it is said)
set -eu
program=$1
login=$2
cd
mkdir -p -m 0700 run
export XDG_RUNTIME_DIR="$HOME/run"
scratch=$(mktemp -d)

listed() { # Without what is others' (docs/files.md): the keyring, caches of fonts, Python's modules.
    find . '(' -not -type d -o -name '*novita*' ')' -not -name '*.pyc' -not -path './run/keyring/*' \
        -not -path './.local/share/keyrings/*' -not -path './.cache/fontconfig/*' | sort
}

listed >"$scratch/before"
printf 'a password' | gnome-keyring-daemon --unlock --components=secrets >/dev/null
echo sk_clean_root_0123456789 | "$program" key set
"$program" autostart on
"$program" autostart status
# It is started as a login would: by the entry, whose quotes are the shell's, too.
command=$(sed -n 's/^Exec=//p' .config/autostart/novita-tray.desktop)
eval "set -- $command"
if [ "$#" -ne 1 ] || [ "$1" != "$login" ]; then
    echo "the entry starts $command and not $login" >&2
    exit 1
fi
QT_QPA_PLATFORM=offscreen DISPLAY=:0 "$1" --api-url http://127.0.0.1:9 &
tray=$!
for _ in $(seq 100); do # It can be told to quit once it has started.
    code=0
    "$program" quit 2>/dev/null || code=$?
    [ "$code" -eq 15 ] || break
    sleep 0.2
done
[ "$code" -eq 0 ]
wait "$tray"
listed | comm -13 "$scratch/before" - | grep .
"$program" purge --yes
if "$program" key status; then exit 1; fi
left=$(listed | comm -13 "$scratch/before" -)
[ -z "$left" ] || { echo "left behind: $left" >&2; exit 1; }
rm -rf run "$scratch"
