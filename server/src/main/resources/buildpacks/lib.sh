# What the buildpacks of the platform have in common; sourced by their scripts.

fail() {
  printf ' !     %s\n' "$@" >&2
  exit 1
}

warn() {
  printf ' !     %s\n' "$@" >&2
}

# Makes the app's config, one file a variable, the environment; not what would break the tools themselves.
export_config() {
  local variable name
  for variable in "$1"/*; do
    name=${variable##*/}
    case $name in
      '*' | PATH | HOME | LD_* | GIT_DIR | CPATH | CPPATH | LIBRARY_PATH | BASH_* | ENV | IFS | TMPDIR | PORT) continue ;;
    esac
    export "$name=$(cat "$variable")"
  done
}

# Prints what runs as it is run, and runs it.
run() {
  echo "-----> $*"
  "$@"
}

# Where a script says what the buildpacks after it shall have in their environment; nowhere, if it is the only one.
export_file() {
  local pack
  pack=$(cd "$(dirname "$0")/.." && pwd)
  if [ -w "$pack" ]; then echo "$pack/export"; else echo /dev/null; fi
}
