# shellcheck shell=sh
# Sourced by the commands in bin/ and by the scripts of the source tree.

# Prints the home of the first Java 25 or newer that has bin/$1 (java or javac):
# JAVA_HOME, then the PATH, then /usr/lib/jvm. Fails if there is none.
find_java_home() {
    on_path=$(readlink -f -- "$(command -v "$1")") || on_path=
    for home in "${JAVA_HOME-}" "${on_path%/bin/"$1"}" /usr/lib/jvm/*; do
        if [ -n "$home" ] && [ -x "$home/bin/$1" ] && [ "$(java_feature_version "$home")" -ge 25 ]; then
            printf '%s\n' "$home"
            return
        fi
    done
    return 1
}

# Prints 25 for "25.0.1" and "25-ea", 0 where nothing says so. Reads the release file that every JDK
# carries, because asking "java -version" of each candidate would start a JVM for each.
java_feature_version() {
    version=$(sed -n 's/^JAVA_VERSION="\([0-9]\{1,\}\).*/\1/p' "$1/release" 2>/dev/null) || version=
    printf '%s\n' "${version:-0}"
}
