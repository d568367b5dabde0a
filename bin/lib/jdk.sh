# Sourced by the commands in bin/, by sh as well as bash. Sets nothing but what it says.

# find_jdk: sets JAVA to the java of a JDK 25 or newer, and JDK_VERSION to its version; fails if there is none.
# Looks at JAVA_HOME, then PATH, then /usr/lib/jvm. A JDK is known by its release file, so that java itself is not started,
# and with JAVA_HOME set no process is.
find_jdk() {
    if [ -n "${JAVA_HOME:-}" ] && jdk_at "$JAVA_HOME"; then
        return 0
    fi
    jdk_java=$(command -v java 2>/dev/null) || jdk_java=
    if [ -n "$jdk_java" ]; then
        jdk_java=$(readlink -f "$jdk_java")
        if jdk_at "${jdk_java%/bin/java}"; then
            return 0
        fi
    fi
    for jdk_home in /usr/lib/jvm/*; do
        if jdk_at "$jdk_home"; then
            return 0
        fi
    done
    JAVA=
    return 1
}

# jdk_at HOME: whether a JDK 25 or newer is there; sets JAVA and JDK_VERSION.
jdk_at() {
    [ -r "$1/release" ] && [ -x "$1/bin/java" ] || return 1
    while IFS== read -r jdk_key jdk_value; do
        if [ "$jdk_key" = JAVA_VERSION ]; then
            jdk_value=${jdk_value#\"}
            JDK_VERSION=${jdk_value%\"}
            jdk_feature=${JDK_VERSION%%[!0-9]*}
            [ "${jdk_feature:-0}" -ge 25 ] || return 1
            JAVA=$1/bin/java
            return 0
        fi
    done <"$1/release"
    return 1
}

# require_jdk NAME: find_jdk, or end the command called NAME with what to do.
require_jdk() {
    if ! find_jdk; then
        echo "$1: no JDK 25 or newer found; run bin/setup, install one below /usr/lib/jvm or set JAVA_HOME" >&2
        exit 1
    fi
}
