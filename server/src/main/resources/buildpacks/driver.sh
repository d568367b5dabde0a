#!/usr/bin/env bash
# Runs inside a build's sandbox. The first of the given buildpacks that recognises /app builds it.
# /out/phase tells how far it came, /out/buildpack which one it was, /out/release what it says of the release.
set -u
unset TINI_VERBOSITY
echo detect >/out/phase
for name in "$@"; do
  pack=/buildpacks/$name
  if title=$("$pack/bin/detect" /app); then
    echo "$name" >/out/buildpack
    echo compile >/out/phase
    echo "-----> $title app detected"
    "$pack/bin/compile" /app /cache /env </dev/null || exit
    echo release >/out/phase
    "$pack/bin/release" /app >/out/release || exit
    echo done >/out/phase
    exit 0
  fi
done
exit 1
