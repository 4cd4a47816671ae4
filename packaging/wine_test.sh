#!/bin/sh
# Builds setup program and MSI for Windows and tries them under wine: silent install, start, tray icon,
# start at login, upgrade while the program runs, silent removal, nothing left.
#
# usage: sh packaging/wine_test.sh [--keep-bundle]
#   --keep-bundle   takes the program as it was frozen by the last run, which saves minutes
#
# All happens in a Windows of its own, below build/wine, on a screen of its own. Needs Debian's packages
# wine nsis wixl msitools gcc-mingw-w64-x86-64 icoutils xvfb x11-utils imagemagick trayer.
# exit codes: 0 all works, 1 something does not (it is said), 2 usage.
set -eu

case ${1-} in
    '' | --keep-bundle) ;;
    *) echo 'usage: wine_test.sh [--keep-bundle]' >&2 && exit 2 ;;
esac
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
root=$(dirname -- "$here")
work=$root/build/wine
begun=$(date +%s)

if [ ! -d "$work/bundle" ] || [ "${1-}" != --keep-bundle ]; then
    sh "$here/windows/freeze_under_wine.sh" "$work"
fi
version=$(sed -n 's/^__version__ = "\(.*\)"/\1/p' "$root/tray_app/__init__.py")
python3 "$root/dev.py" package --windows-bundle "$work/bundle" nsis msi
setup=$root/dist/novita-tray-$version-windows-x86_64-setup.exe
msi=$root/dist/novita-tray-$version-windows-x86_64.msi
mkdir -p "$work/older"
PYTHONPATH=$here WORK=$work python3 - <<'END'
import os
from pathlib import Path
from build import msi, windows
msi.version = windows.version = lambda: "0.0.1"
msi.make_msi(Path(os.environ["WORK"], "bundle"), Path(os.environ["WORK"], "older"))
END
older_msi=$work/older/novita-tray-0.0.1-windows-x86_64.msi

# Without what wine asks to download, and what would put menu entries on this desktop.
# WORKAROUND(wine 8's netprofm: the last step through its networks leaves the caller's pointer as it was, and
# Qt, which waits for an empty one, goes round for ever once it is loaded): without it Qt has no source of
# hints; remove when Debian's wine empties the pointer.
export WINEPREFIX="$work/test" WINEARCH=win64 WINEDEBUG=-all \
    WINEDLLOVERRIDES='winemenubuilder.exe,mscoree,mshtml,netprofm='
unset NOVITA_TRAY_HOME NOVITA_API_KEY
wineserver --kill || true
wineserver --wait || true
rm -rf "$WINEPREFIX"
cp -a "$work/prefix" "$WINEPREFIX"
scratch=$(mktemp -d)

# A screen, and a panel that takes icons by XEmbed, as wine hands them out.
display_file=$scratch/display
Xvfb -displayfd 3 -screen 0 800x600x24 3>"$display_file" >/dev/null 2>&1 &
xvfb=$!
until [ -s "$display_file" ]; do sleep 0.1; done
DISPLAY=:$(cat "$display_file")
export DISPLAY
trayer --edge top --align left >/dev/null 2>&1 &
panel=$!
clean_up() {
    wineserver --kill || true
    kill "$panel" "$xvfb" 2>/dev/null || true
    rm -rf "$scratch"
}
trap clean_up EXIT

ok() { echo "ok     $*, after $(($(date +%s) - begun)) s"; }
fail() {
    echo "FAILED $*" >&2
    exit 1
}

# Runs a Windows program and returns its exit code, with what it said in $scratch/said. Python under wine
# fails on standard streams that are no pipes.
windows() {
    : | { code=0 && wine "$@" 2>&1 || code=$? && echo "$code" >"$scratch/code"; } |
        grep -a -v '^it looks like wine32\|^multiarch needs\|^execute "dpkg\|^apt-get install wine32' |
        tr -d '\r' >"$scratch/said" || true
    return "$(cat "$scratch/code")"
}

said() { grep -a -q "$1" "$scratch/said" || fail "not said: $1; but: $(cat "$scratch/said")"; }

# The tray that an upgrade starts again would keep a pipe that is waited for open.
install() {
    rm -f "$scratch/installed"
    (: | { code=0 && wine "$setup" /S "$@" 2>&1 || code=$? && echo "$code" >"$scratch/installed"; } | cat >/dev/null) &
    eventually test -s "$scratch/installed" && return "$(cat "$scratch/installed")"
}

eventually() {
    for _ in $(seq 120); do
        if "$@"; then return 0; fi
        sleep 0.5
    done
    return 1
}

user=$(find "$WINEPREFIX/drive_c/users" -mindepth 1 -maxdepth 1 ! -name Public -printf '%f\n' | head -n 1)
home=$WINEPREFIX/drive_c/users/$user
folder=$home/AppData/Local/Programs/novita-tray
data=$home/AppData/Local/novita-tray
link="$home/AppData/Roaming/Microsoft/Windows/Start Menu/Programs/Novita balance.lnk"
program="C:\\users\\$user\\AppData\\Local\\Programs\\novita-tray\\novita-tray.exe"
tray="C:\\users\\$user\\AppData\\Local\\Programs\\novita-tray\\novita-trayw.exe"
current='HKCU\Software\Microsoft\Windows\CurrentVersion'

# Both are compared at the end, without wine's caches, and folders that every Windows has.
files_now() {
    find "$WINEPREFIX/drive_c" ! -path '*/Temp' ! -path '*/Temp/*' ! -path '*/Local/Programs' ! -path '*/windows/Installer*' \
        -printf '%P\n' | sort
}
traces_in_registry() {
    wineserver --wait 2>/dev/null || true
    grep -a -i -n 'novita' "$WINEPREFIX"/*.reg | grep -v -i 'MuiCache\|z:\\\\\|\.msi' || true
}
nothing_left() {
    files_now >"$scratch/after"
    [ -z "$(comm -13 "$scratch/before" "$scratch/after")" ]
}
expect_nothing_left() {
    eventually nothing_left || fail "files left: $(comm -13 "$scratch/before" "$scratch/after")"
    left=$(traces_in_registry)
    [ -z "$left" ] || fail "left in the registry: $left"
}
run_value() { windows reg query "$current\\Run" /v novita-tray; }
tray_lacks_key() { windows "$program" status --json || grep -a -q '"no_key"' "$scratch/said"; }
tray_answers() { windows "$program" status --demo && grep -a -q 'available' "$scratch/said"; }
icon_shown() {
    xwininfo -root -tree | grep -A 4 '"panel": ("panel" "trayer")' | grep -q '"explorer.exe"' || return 1
    # The icon of the simulated account is green.
    import -window root -crop 40x26+0+0 -depth 8 txt:- | grep -q '#1[0-9A-F]8[0-9A-F]3[0-9A-F]'
}
# The lock is given back a moment before the process has ended.
tray_ended() {
    for process in $(pgrep -f 'novita-trayw\.exe'); do
        if grep -q -z -x "WINEPREFIX=$WINEPREFIX" "/proc/$process/environ" 2>/dev/null; then return 1; fi
    done
}
# Ends a Windows program that was started here.
end_program() {
    for process in $(pgrep -f "$1"); do
        if grep -q -z -x "WINEPREFIX=$WINEPREFIX" "/proc/$process/environ" 2>/dev/null; then kill "$process"; fi
    done
}
start_tray() { (sleep 600 | wine "$tray" "$@" 2>&1 | cat >/dev/null) & }

files_now >"$scratch/before"

mkdir -p "$WINEPREFIX/drive_c/another/licences"
: >"$WINEPREFIX/drive_c/another/licences/its.txt"
if install '/D=C:\another'; then fail "it was installed into another program's folder"; fi
[ -e "$WINEPREFIX/drive_c/another/licences/its.txt" ] || fail "another program's file is gone"
rm -r "$WINEPREFIX/drive_c/another"
ok 'a folder of another program stays as it is'

install /AUTOSTART || fail "the setup program ended with $?"
[ -e "$folder/novita-trayw.exe" ] || fail 'the program is not there'
[ -e "$link" ] || fail 'no entry in the Start menu'
ok 'silent install'

windows reg query "$current\\Uninstall\\novita-tray" || fail 'not in the list of programs'
for line in "DisplayVersion    REG_SZ    $version" 'Publisher    REG_SZ    The Novita' 'EstimatedSize' '/S$'; do
    said "$line"
done
run_value || fail 'no value in the Run key'
said '"C:.*novita-trayw.exe"'
windows "$program" autostart status || fail 'the program does not see its start at login'
ok 'list of programs, start at login'

windows "$program" --version || fail "--version ended with $?"
said "^novita-tray $version\$"
windows "$program" balance --demo || fail "balance --demo ended with $?"
said 'available'
ok 'commands'

notice=$folder/licences/THIRD-PARTY.txt
for work_of_others in PySide6_Essentials pywin32-ctypes pyinstaller OpenSSL SQLite libffi 'Microsoft Visual C'; do
    grep -q "^$work_of_others" "$notice" || fail "the notice does not name $work_of_others"
done
if grep -i '^secretstorage\|^jeepney\|^cryptography' "$notice"; then fail 'the notice names what Linux alone has'; fi
sed -n 's/^  text: *//p' "$notice" | sort -u >"$scratch/texts"
while read -r text; do
    [ -s "$folder/licences/$text" ] || fail "no licence text $text"
done <"$scratch/texts"
grep -q 'Microsoft Distributable Code' "$folder/licences/Python.txt" || fail "no text of Windows' Python"
# Neither this machine's paths nor wine's libraries.
if grep -r -a -l -F -e "$work" -e "$(winepath -w "$work")" -e 'Wine builtin DLL' "$folder"; then fail 'of this machine'; fi
for name in novita-tray novita-trayw; do
    wrestool --list "$folder/$name.exe" >"$scratch/resources"
    for kind in group_icon version 'type=24'; do
        grep -q "$kind" "$scratch/resources" || fail "$name.exe has no $kind"
    done
done
ok 'licences, and nothing of this machine'

PYTHONDONTWRITEBYTECODE=1 windows "$work/python/python.exe" "$(winepath -w "$here/smoke_test.py")" "$program" ||
    fail "the smoke test: $(cat "$scratch/said")"
cat "$scratch/said"
ok 'smoke test of the installed program'

start_tray --demo
eventually tray_answers || fail 'the tray does not answer'
eventually icon_shown || fail 'no icon in the panel'
windows "$program" --demo quit || fail 'the tray does not quit'
eventually tray_ended || fail 'the tray does not end'
ok 'tray icon'

start_tray
eventually tray_lacks_key || fail 'the tray does not answer'
touch "$folder/_internal/of_an_older_version.dll"
windows reg add "$current\\Uninstall\\novita-tray" /v DisplayVersion /d 0.0.1 /f
install || fail "the upgrade ended with $?"
[ ! -e "$folder/_internal/of_an_older_version.dll" ] || fail 'the older version stays'
windows reg query "$current\\Uninstall\\novita-tray" /v DisplayVersion
said "$version"
run_value || fail 'the upgrade switched the start at login off'
tray_runs() { windows "$program" quit; }
eventually tray_runs || fail 'the tray was not started again'
eventually tray_ended || fail 'the tray does not end'
ok 'upgrade while the tray runs, which goes on afterwards'

watch_runs() { [ -s "$scratch/watched" ]; }
(: | wine "$program" balance --demo --watch 2>&1 | cat >"$scratch/watched") &
eventually watch_runs || fail 'balance --watch says nothing'
code=0 && install || code=$?
[ "$code" = 2 ] || fail "beside a command that runs the setup program ended with $code"
end_program 'balance --demo --watch'
windows "$program" --version || fail 'the program was changed though a command ran'
ok 'a command that runs is left alone, and the program with it'

uninstall() { windows "C:\\users\\$user\\AppData\\Local\\Programs\\novita-tray\\uninstall.exe" "$@"; }
gone() { [ ! -e "$folder" ]; }
start_tray
eventually tray_lacks_key || fail 'the tray does not answer'
uninstall /S || fail "the uninstaller ended with $?"
eventually gone || fail "not removed: $(ls "$folder")"
[ -d "$data" ] || fail 'a silent removal took the history along'
if run_value; then fail 'the start at login stays'; fi
ok 'silent removal while the tray runs; history and settings stay'

install || fail "the setup program ended with $?"
uninstall /S /PURGE || fail "the uninstaller ended with $?"
eventually gone || fail "not removed: $(ls "$folder")"
expect_nothing_left
ok 'silent removal of everything: nothing left'

msi_entries() {
    windows reg query 'HKLM\Software\Microsoft\Windows\CurrentVersion\Uninstall' /s || true
    grep -a -A 1 'DisplayName .*Novita balance' "$scratch/said" | sed -n 's/.*DisplayVersion *REG_SZ *//p'
}
installed_program='C:\Program Files\novita-tray\novita-tray.exe'
install_msi() { windows msiexec /i "$(winepath -w "$1")" /qn; }
install_msi "$older_msi" || fail "the older MSI ended with $?"
[ "$(msi_entries)" = 0.0.1 ] || fail "the list of programs has $(msi_entries)"
: >"$WINEPREFIX/drive_c/Program Files/novita-tray/_internal/abc.pyc"
install_msi "$msi" || fail "the MSI ended with $?"
[ "$(msi_entries)" = "$version" ] || fail "after an upgrade the list of programs has $(msi_entries)"
[ -s "$WINEPREFIX/drive_c/Program Files/novita-tray/_internal/abc.pyc" ] || fail 'the older file stays'
install_msi "$older_msi" || true
[ "$(msi_entries)" = "$version" ] || fail "a downgrade left $(msi_entries) in the list of programs"
windows "$installed_program" --version || fail "--version ended with $?"
said "^novita-tray $version\$"
windows msiexec /x "$(winepath -w "$msi")" /qn || fail "removing the MSI ended with $?"
expect_nothing_left
ok 'MSI: installed, upgraded, not downgraded, started, removed, nothing left'
