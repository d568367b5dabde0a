# Finds a JDK that is new enough; to be sourced. Starts no program, because every command goes through here.

# Sets JAVA to the java program of a JDK 25 or newer: that of JAVA_HOME, of PATH, or one below /usr/lib/jvm.
find_jdk() {
  local home key value
  local -a homes paths
  IFS=: read -r -a paths <<<"$PATH"
  homes=("${JAVA_HOME:-}" "${paths[@]%/bin}" /usr/lib/jvm/*)
  for home in "${homes[@]}"; do
    [ -n "$home" ] && [ -x "$home/bin/java" ] && [ -r "$home/release" ] || continue
    while IFS='=' read -r key value; do
      [ "$key" = JAVA_VERSION ] || continue
      value=${value//\"/}
      value=${value%%[!0-9]*}
      if [ "${value:-0}" -ge 25 ]; then
        JAVA=$home/bin/java
        return 0
      fi
    done <"$home/release"
  done
  echo 'Slipway needs a JDK 25 or newer: install openjdk-25-jdk-headless or Temurin 25, or set JAVA_HOME' >&2
  return 1
}
