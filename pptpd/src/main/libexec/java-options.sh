# shellcheck shell=sh
# Sourced by the commands in bin/ and by make-aot-cache.

# A nursery of 8 MiB: packets make no objects and a login some 75 KiB, so that a collection finds
# little that lives, and packets wait 16 ms for it at most instead of 70 (ADR 12). The compilers
# begin at twice the usual counts: what runs a few hundred times until the server listens is not
# worth it. Nothing is written to /tmp for jps.
#
# One module is granted native code; of a call from another the JVM warns. To deny it would take
# more than half a second longer: with --illegal-native-access the JVM uses no archived modules. A
# crash, a full heap or an attached debugger must not leave passwords in a file. System calls are
# compiled by themselves: inside of a long chain of calls the compiler gives up before it sees that
# the segment which the JVM makes for each of them is of no use, and it is on the heap (ADR 2).
# shellcheck disable=SC2034 # for those who source this
java_options='-XX:+UseSerialGC -Xmn8m -XX:+UseCompactObjectHeaders -XX:CompileThresholdScaling=2
    -XX:-UsePerfData -XX:+ExitOnOutOfMemoryError --enable-native-access=dev.pptpd.gre
    -XX:-HeapDumpOnOutOfMemoryError -XX:-CreateCoredumpOnCrash -XX:+DisableAttachMechanism
    -XX:CompileCommand=quiet -XX:CompileCommand=dontinline,dev.pptpd.gre.linux.Libc::call'

# Prints the cache that a start of the image $1 may use: its own, or where it has none, as that of a
# package, the one of the installation. Fails if there is none.
find_aot_cache() {
    for cache in "$1/cache/pptpd.aot" /var/cache/pptpd/pptpd.aot; do
        if [ -r "$cache" ] && is_trusted "$cache" "$1"; then
            printf '%s\n' "$cache"
            return
        fi
    done
    return 1
}

# Whether the cache $1 can have been written by nobody but root and the owner of the jars of the
# image $2, to whom its folder belongs, too: the JVM runs what is in it. A link is not followed.
is_trusted() {
    # shellcheck disable=SC2046 # three words: owner and mode of each
    set -- $(stat -c %u:%a -- "$2/lib" "${1%/*}" "$1" 2>/dev/null)
    [ $# -eq 3 ] || return 1
    owner=${1%:*}
    shift
    for each; do
        case $each in
            *[2367]? | *[2367]) return 1 ;; # the group or all may write
            0:* | "$owner":*) ;;
            *) return 1 ;;
        esac
    done
}

# With a cache: its checksum is looked at, because the JVM crashes on one that is damaged, and one
# that does not fit, being of another JDK or of other jars, is left alone without a word.
# shellcheck disable=SC2034 # for those who source this
aot_options='-XX:+VerifySharedSpaces -Xlog:aot=off -Xlog:cds=off'
