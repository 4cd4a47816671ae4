#!/usr/bin/env bash
# Shows that a bare Debian with nothing but python3 and git is enough for the project's two
# commands. For each suite it makes a root with debootstrap, clones HEAD into it, and runs there:
#   1. `dev.py run` as an ordinary user: it must name the line that installs what is missing
#   2. `dev.py run` as root, without a display
#   3. `dev.py test` as root, with CI=true
#   4. `dev.py run` again, which must be quick
#
# Usage, as root:  packaging/bare_root_test.sh [SUITE...]      (default: bookworm trixie)
#   BARE_ROOTS     folder of the roots and logs (default: bare-roots under TMPDIR or /tmp)
#   DEBIAN_MIRROR  mirror for debootstrap and apt (default: debootstrap's own)
#   KEEP_ROOT=1    use a root of an earlier run as it is, instead of making it anew
#
# A root stays after the run. The network set-up of this machine (name resolution, proxies, local
# certificate authorities, pip's and apt's settings) is copied into it.
set -euo pipefail

repository=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
roots=${BARE_ROOTS:-${TMPDIR:-/tmp}/bare-roots}
suites=("$@")
[[ ${#suites[@]} -gt 0 ]] || suites=(bookworm trixie)
place=/srv/novita-tray
# shellcheck source=packaging/bare_roots.sh
source "$repository/packaging/bare_roots.sh"
failures=0

clone() { # ROOT
    local root=$1
    rm -rf --one-file-system -- "${root:?}$place"
    git -c safe.directory='*' clone --quiet --no-local "$repository" "$root$place"
    chown -R 0:0 "$root$place"
}

need_root
report=()

for suite in "${suites[@]}"; do
    root=$roots/$suite
    if [[ -z ${KEEP_ROOT:-} || ! -e $root/$marker ]]; then
        check "$suite" make-root 0 make_root "$suite" "$root" python3,git
    fi
    copy_network_setup "$root"
    clone "$root"
    if ! inside "$root" 0:0 python3 -c 'import ensurepip' 2>/dev/null; then
        check "$suite" run-as-user 1 inside "$root" 65534:65534 DISPLAY=:0 python3 "$place/dev.py" run
        if ! grep -q '^  sudo apt-get .*-venv .*libxcb-cursor0' "$roots/$suite-run-as-user.log"; then
            report+=("$suite, run-as-user: FAILED (the line to run was not printed)")
            failures=$((failures + 1))
        fi
    fi
    check "$suite" run 0 inside "$root" 0:0 python3 "$place/dev.py" run
    check "$suite" test 0 inside "$root" 0:0 CI=true python3 "$place/dev.py" test
    check "$suite" run-again 0 inside "$root" 0:0 python3 "$place/dev.py" run
done

echo "== report"
printf '%s\n' "${report[@]}"
[[ $failures -eq 0 ]]
