# Functions for tests in roots of a bare Debian; sourced by the scripts beside it.
# shellcheck shell=bash
#
# They use: roots (folder of roots and logs), repository, failures (a count), report (an array).
# A root stays after the run. The network set-up of this machine (name resolution, proxies, local
# certificate authorities, pip's and apt's settings) is copied into it.

set -euo pipefail

: "${roots:?the folder of roots and logs}" "${repository:?the folder of the sources}"
marker=.made-by-bare-root-test
# The ordinary user, and the home that make_user makes.
user=1000:1000
home=/home/tester
# What an installed program is tried with: a display, a bus, a keyring, and Python with its way to the bus.
# shellcheck disable=SC2034 # the scripts that source this use it
helpers=(dbus gnome-keyring python3 python3-jeepney xvfb)

make_root() { # SUITE ROOT PACKAGES — with packages, separated by commas, beside the essential ones
    local suite=$1 root=$2 packages=$3
    if [[ -e $root && ! -e $root/$marker ]]; then
        echo "$root exists and was not made by this script; move it away." >&2
        return 1
    fi
    for _ in 1 2; do # A mirror may fail once.
        rm -rf --one-file-system -- "$root"
        mkdir -p -- "$root"
        touch -- "$root/$marker"
        ! debootstrap --variant=minbase --include="$packages" "$suite" "$root" \
            ${DEBIAN_MIRROR:+"$DEBIAN_MIRROR"} >"$roots/$suite-debootstrap.log" || return 0
    done
    return 1
}

copy_network_setup() { # ROOT
    local root=$1 file
    for file in /etc/resolv.conf /etc/hosts /etc/pip.conf; do
        [[ ! -e $file ]] || cp -L -- "$file" "$root$file"
    done
    mkdir -p -- "$root/usr/local/share/ca-certificates"
    find /usr/local/share/ca-certificates -name '*.crt' \
        -exec cp -L -t "$root/usr/local/share/ca-certificates" {} + 2>/dev/null || true
    [[ ! -x $root/usr/sbin/update-ca-certificates ]] || inside "$root" 0:0 update-ca-certificates >/dev/null
    apt-config dump | grep -E '^Acquire::(http|https|Check|Retries)' \
        >"$root/etc/apt/apt.conf.d/90-host" || true
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

apt() { # ROOT ARGUMENTS...
    local root=$1
    shift
    inside "$root" 0:0 DEBIAN_FRONTEND=noninteractive apt-get --quiet --yes \
        -o Acquire::Retries=3 -o APT::Install-Recommends=false -o Dpkg::Use-Pty=false "$@"
}

make_user() { # ROOT — with a home in which nothing is, not even what is new users' elsewhere
    rm -rf --one-file-system -- "${1:?}${home:?}"
    find "$1/tmp" -mindepth 1 -delete
    inside "$1" 0:0 sh -c "id tester >/dev/null 2>&1 || useradd --uid ${user%:*} --home-dir $home tester"
    install -d -m 0700 -o "${user%:*}" -g "${user#*:}" -- "$1$home"
}

as_tester() { # ROOT COMMAND... — in the home, with what a login would set
    local root=$1
    shift
    # shellcheck disable=SC2016 # the inner shell expands these
    inside "$root" "$user" HOME="$home" PATH="$home/.local/bin:/usr/local/bin:/usr/bin:/bin" \
        sh -euc 'cd; exec "$@"' sh "$@"
}

lay_tests() { # ROOT — of the sources the tests take the simulator alone, which plays Novita
    local place=$1/srv/smoke
    rm -rf --one-file-system -- "$place"
    mkdir -p -- "$place/packaging" "$place/tray_app"
    cp -- "$repository"/packaging/{smoke_test,installed_program}.py "$place/packaging/"
    cp -r -- "$repository/packaging/linux" "$place/packaging/"
    cp -- "$repository/tray_app/__init__.py" "$place/tray_app/"
    cp -r -- "$repository/tray_app/simulator" "$place/tray_app/"
}

prepare_root() { # SUITE ROOT — made, where KEEP_ROOT does not let it stay; with user, tests and lists of packages
    if [[ -z ${KEEP_ROOT:-} || ! -e $2/$marker ]]; then
        check "$1" make-root 0 make_root "$1" "$2" ca-certificates
    fi
    copy_network_setup "$2"
    make_user "$2"
    lay_tests "$2"
    check "$1" update 0 apt "$2" update
}

smoke() { # ROOT PROGRAM — after lay_tests, as purge
    # shellcheck disable=SC2016 # the inner shell expands these
    as_tester "$1" sh -euc '
        cd /srv/smoke/packaging
        python3 -B smoke_test.py "$1"
        sh linux/unmounted.sh
    ' sh "$2"
}

purge() { # ROOT PROGRAM LOGIN
    # shellcheck disable=SC2016 # the inner shell expands these
    as_tester "$1" sh -euc '
        cd /srv/smoke/packaging/linux
        dbus-run-session -- sh purge_test.sh "$1" "$2"
        sh unmounted.sh
    ' sh "$2" "$3"
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

need_root() { # That this is root, and has debootstrap
    [[ $(id -u) -eq 0 ]] || { echo "This makes system roots: run it as root." >&2; exit 1; }
    command -v debootstrap >/dev/null || { echo "Missing: debootstrap" >&2; exit 1; }
    mkdir -p -- "$roots"
}
