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
marker=.made-by-bare-root-test
failures=0

make_root() { # SUITE ROOT
    local suite=$1 root=$2
    if [[ -e $root && ! -e $root/$marker ]]; then
        echo "$root exists and was not made by this script; move it away." >&2
        return 1
    fi
    rm -rf --one-file-system -- "$root"
    mkdir -p -- "$root"
    touch -- "$root/$marker"
    debootstrap --variant=minbase --include=python3,git "$suite" "$root" \
        ${DEBIAN_MIRROR:+"$DEBIAN_MIRROR"} >"$roots/$suite-debootstrap.log"
}

copy_network_setup() { # ROOT
    local root=$1 file
    for file in /etc/resolv.conf /etc/hosts /etc/pip.conf; do
        [[ ! -e $file ]] || cp -L -- "$file" "$root$file"
    done
    mkdir -p -- "$root/usr/local/share/ca-certificates"
    find /usr/local/share/ca-certificates -name '*.crt' \
        -exec cp -L -t "$root/usr/local/share/ca-certificates" {} + 2>/dev/null || true
    apt-config dump | grep -E '^Acquire::(http|https|Check|Retries)' \
        >"$root/etc/apt/apt.conf.d/90-host" || true
}

clone() { # ROOT
    local root=$1
    rm -rf --one-file-system -- "${root:?}$place"
    git -c safe.directory='*' clone --quiet --no-local "$repository" "$root$place"
    chown -R 0:0 "$root$place"
}

inside() { # ROOT USER COMMAND... — in namespaces of its own: mounts and processes end with it
    local root=$1 user=$2 name
    shift 2
    local environment=(HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8)
    for name in PIP_INDEX_URL PIP_EXTRA_INDEX_URL PIP_DEFAULT_TIMEOUT PIP_PROXY \
        http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY; do
        [[ -z ${!name:-} ]] || environment+=("$name=${!name}")
    done
    # shellcheck disable=SC2016 # the inner shell expands these
    unshare --mount --pid --fork sh -euc '
        root=$1 user=$2
        shift 2
        mount --make-rprivate /
        mount --bind "$root" "$root"
        cd "$root"
        mount -t proc proc proc
        # Networks of the tests own are found there.
        mount -t sysfs sysfs sys
        mount -t tmpfs -o mode=0755 tmpfs run
        mkdir -p dev/pts
        mount -t devpts -o newinstance,ptmxmode=0666,mode=0620 devpts dev/pts
        mount -t tmpfs -o mode=1777 tmpfs dev/shm
        # Not a chroot, in which nobody may have further namespaces.
        mkdir -p .outside
        pivot_root . .outside
        umount -l /.outside
        exec chroot --userspec="$user" / env -i "$@"
    ' sh "$root" "$user" "${environment[@]}" "$@"
}

check() { # SUITE STEP EXPECTED_CODE COMMAND... — runs one step and reports code and seconds
    local suite=$1 step=$2 expected=$3 code=0 begun=$SECONDS verdict=ok
    shift 3
    echo "-- $suite, $step"
    "$@" 2>&1 | tee "$roots/$suite-$step.log" || code=${PIPESTATUS[0]}
    if [[ $code -ne $expected ]]; then
        verdict="FAILED (exit code $code, expected $expected)"
        failures=$((failures + 1))
    fi
    report+=("$suite, $step: $verdict, $((SECONDS - begun)) s")
}

[[ $(id -u) -eq 0 ]] || { echo "This makes system roots: run it as root." >&2; exit 1; }
command -v debootstrap >/dev/null || { echo "Missing: debootstrap" >&2; exit 1; }
mkdir -p -- "$roots"
report=()

for suite in "${suites[@]}"; do
    root=$roots/$suite
    if [[ -z ${KEEP_ROOT:-} || ! -e $root/$marker ]]; then
        check "$suite" make-root 0 make_root "$suite" "$root"
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
