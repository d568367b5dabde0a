#compdef dokku slipway
# Completes dokku and slipway in zsh: eval "$(dokku completion zsh)", behind compinit
_slipway_flags() {
  case $1 in
@FLAGS@
  esac
}
_slipway() {
  local -a commands plain
  local with_app=' @WITH_APP@ '
  if (( CURRENT == 2 )); then
    commands=(
@DESCRIBED@
    )
    _describe command commands
  elif [[ $PREFIX == -* ]]; then
    compadd -- ${(f)"$(_slipway_flags $words[2])"}
  else
    plain=(${words[3,CURRENT-1]:#-*})
    if (( $#plain == 0 )) && [[ $with_app == *" $words[2] "* ]]; then
      compadd -- ${(f)"$($words[1] --quiet apps:list 2>/dev/null)"}
    fi
  fi
}
compdef _slipway dokku slipway
