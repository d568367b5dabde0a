#!/usr/bin/env bash
# Runs inside a build's sandbox.
#   driver.sh detect NAME...              the first of the platform's buildpacks that recognises /app builds it
#   driver.sh chosen TITLE DIRECTORY ...  each of these builds it, in this order; what the last one says of the release counts
# /out/phase tells how far it came, /out/buildpack which one it was, /out/release what it says of the release.
set -u
unset TINI_VERBOSITY

fail() {
  printf ' !     %s\n' "$@" >&2
  exit 1
}

compile() {
  echo compile >/out/phase
  "$1/bin/compile" /app /cache /env </dev/null || exit
}

release() {
  echo release >/out/phase
  if [ -f "$1/bin/release" ]; then
    "$1/bin/release" /app >/out/release || exit
  fi
  echo done >/out/phase
}

detect() {
  echo detect >/out/phase
  for name in "$@"; do
    pack=/buildpacks/$name
    if title=$("$pack/bin/detect" /app); then
      echo "$name" >/out/buildpack
      echo "-----> $title app detected"
      compile "$pack"
      release "$pack"
      return
    fi
  done
  exit 1
}

# A buildpack may write into its own directory, its export file above all: it gets one.
chosen() {
  pack=
  while [ $# -gt 0 ]; do
    title=$1 from=$2
    shift 2
    echo "$title" >/out/buildpack
    echo "-----> Buildpack $title"
    [ -d "$from" ] || fail "The buildpack $title is not there: the repository has no such directory"
    for script in detect compile; do
      [ -f "$from/bin/$script" ] || fail "$title is not a buildpack: it has no bin/$script"
      [ -x "$from/bin/$script" ] || fail "$title is not a buildpack: its bin/$script is not executable (git update-index --chmod=+x)"
    done
    pack=$(mktemp -d /tmp/buildpack.XXXXXX)
    cp -RT -- "$from" "$pack" || exit
    compile "$pack"
    if [ -f "$pack/export" ]; then
      set +u
      . "$pack/export"
      set -u
    fi
  done
  release "$pack"
}

"$@"
