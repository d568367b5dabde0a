# Sourced by the commands in bin/, by sh as well as bash. Sets nothing but what it says.

# find_jdk: sets JAVA to the java of a JDK 25 or newer, and JDK_VERSION to its version; fails if there is none.
# Looks at JAVA_HOME, then PATH, then /usr/lib/jvm. A JDK is known by its release file, so that java itself is not started;
# no program is, unless the java of PATH belongs to none of /usr/lib/jvm.
find_jdk() {
    if [ -n "${JAVA_HOME:-}" ] && jdk_at "$JAVA_HOME"; then
        return 0
    fi
    if java_of_path; then
        for jdk_home in /usr/lib/jvm/*; do
            if [ "$jdk_home/bin/java" -ef "$jdk_java" ]; then
                jdk_java=$jdk_home/bin/java
                break
            fi
        done
        [ ! -L "$jdk_java" ] || jdk_java=$(readlink -f "$jdk_java")
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

# java_of_path: sets jdk_java to the java that PATH leads to; fails if there is none.
java_of_path() {
    jdk_path=$PATH:
    while [ -n "$jdk_path" ]; do
        jdk_java=${jdk_path%%:*}/java
        [ ! -f "$jdk_java" ] || [ ! -x "$jdk_java" ] || return 0
        jdk_path=${jdk_path#*:}
    done
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
