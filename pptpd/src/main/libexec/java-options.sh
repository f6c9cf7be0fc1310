# shellcheck shell=sh
# Sourced by the commands in bin/ and by make-aot-cache.

# One module is granted native code; of a call from another the JVM warns. To deny it would take
# more than half a second longer: with --illegal-native-access the JVM uses no archived modules. A
# crash, a full heap or an attached debugger must not leave passwords in a file.
# shellcheck disable=SC2034 # for those who source this
java_options='-XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError --enable-native-access=dev.pptpd.gre
    -XX:-HeapDumpOnOutOfMemoryError -XX:-CreateCoredumpOnCrash -XX:+DisableAttachMechanism'

# Prints the cache that a start of the image $1 may use, its own or the one of the installation.
# Fails if there is none.
find_aot_cache() {
    for cache in "$1/cache/pptpd.aot" /var/cache/pptpd/pptpd.aot; do
        if [ -r "$cache" ]; then
            printf '%s\n' "$cache"
            return
        fi
    done
    return 1
}

# With a cache: its checksum is looked at, because the JVM crashes on one that is damaged, and one
# that does not fit, being of another JDK or of other jars, is left alone without a word.
# shellcheck disable=SC2034 # for those who source this
aot_options='-XX:+VerifySharedSpaces -Xlog:aot=off -Xlog:cds=off'
