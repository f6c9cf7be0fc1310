# shellcheck shell=sh
# Sourced by ./run, ./test and ./bench, which set $root: installs what a fresh Debian lacks.

# shellcheck source=pptpd/src/main/libexec/find-java.sh
. "${root:?}/pptpd/src/main/libexec/find-java.sh"

say() {
    printf '%s\n' "$*"
}

# fail CODE SENTENCE...
fail() {
    code=$1
    shift
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit "$code"
}

require_root() {
    [ "$(id -u)" -eq 0 ] || fail 77 "must be run as root: sudo $0"
}

# Installs those of the named Debian packages that are missing, and asks no network where none is.
install_packages() {
    missing=
    for package in "$@"; do
        [ "$(package_status "$package")" = installed ] || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    command -v apt-get >/dev/null || fail 69 "needs these Debian packages:$missing"
    say "Installing$missing ..."
    refresh_package_lists
    # shellcheck disable=SC2086 # a list of words
    DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $missing >/dev/null ||
        fail 69 "could not install these Debian packages:$missing"
}

# Installs a package for its programs alone: its daemon starts neither now nor with the machine.
install_without_daemon() {
    [ "$(package_status "$1")" != installed ] || return 0
    policy=/usr/sbin/policy-rc.d
    # A policy that is there already, as in containers, is somebody else's and stays.
    if [ ! -e "$policy" ]; then
        trap 'rm -f "$policy"' EXIT
        trap 'exit 130' INT TERM
        printf '#!/bin/sh\nexit 101\n' >"$policy"
        chmod 755 "$policy"
        install_packages "$1"
        rm -f "$policy"
        trap - EXIT INT TERM
    else
        install_packages "$1"
    fi
    deb-systemd-helper disable "$1.service" >/dev/null 2>&1 || true
    update-rc.d "$1" disable >/dev/null 2>&1 || true
}

package_status() {
    dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null
}

# One source of packages that does not answer is no reason to give up: the install itself decides.
refresh_package_lists() {
    [ -z "${package_lists_are_fresh-}" ] || return 0
    package_lists_are_fresh=yes
    apt-get update -qq >/dev/null 2>&1 || say 'Some package sources did not answer.'
}

# Makes sure of a JDK 25 or newer and of Maven, and runs Maven itself on that JDK, which the
# formatter needs.
install_build_tools() {
    if ! find_java_home javac >/dev/null; then
        install_jdk
    fi
    JAVA_HOME=$(find_java_home javac)
    export JAVA_HOME
    command -v mvn >/dev/null || install_packages maven
    # Maven's own libraries make the JVM warn about methods that will go away one day.
    export MAVEN_OPTS="${MAVEN_OPTS-} --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED"
}

# Calls the build of ./run or ./bench where their sources_are_newer, one at a time: whoever comes while
# another builds takes what that one has built.
build_what_is_newer() {
    sources_are_newer || return 0
    (
        flock -n 9 || {
            say 'Waiting for another build ...'
            flock 9
        }
        if sources_are_newer; then
            build
        fi
    ) 9<"${root:?}/pom.xml"
}

# package ARGUMENT...: builds what the arguments of Maven name. Maven's colours end in escape codes even
# where it has none, so that what it says is taken and told without.
package() {
    failed=
    said=$(umask 022 && cd "${root:?}" &&
        mvn -B -q -Dstyle.color=never -Dspotless.check.skip=true "$@" package 2>&1) || failed=yes
    said=$(printf '%s' "$said" | sed "s/$(printf '\033')\[[0-9;]*m//g")
    [ -z "$said" ] || printf '%s\n' "$said" >&2
    [ -z "$failed" ] || fail 70 'the build failed.'
}

install_jdk() {
    if command -v apt-get >/dev/null; then
        refresh_package_lists
        if apt-cache show openjdk-25-jdk-headless >/dev/null 2>&1; then
            install_packages openjdk-25-jdk-headless
        fi
    fi
    find_java_home javac >/dev/null ||
        fail 69 'needs a JDK 25 or newer, such as one from https://adoptium.net: unpack it below /usr/lib/jvm, or let JAVA_HOME name it.'
}
