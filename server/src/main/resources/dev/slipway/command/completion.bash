# Completes dokku and slipway in bash: eval "$(dokku completion bash)"
_slipway_commands='@COMMANDS@'
_slipway_with_app=' @WITH_APP@ '
_slipway_flags() {
  case $1 in
@FLAGS@
  esac
}
_slipway() {
  local line=${COMP_LINE:0:COMP_POINT} command='' candidates='' current word
  local -i plain=0
  local -a words
  read -ra words <<<"$line"
  [[ $line == *[[:space:]] ]] && words+=('')
  current=${words[-1]}
  for word in "${words[@]:1:${#words[@]}-2}"; do
    [[ $word == -* ]] && continue
    if [ -z "$command" ]; then command=$word; else plain+=1; fi
  done
  if [ -z "$command" ]; then
    candidates=$_slipway_commands
  elif [[ $current == -* ]]; then
    candidates=$(_slipway_flags "$command")
  elif [ $plain = 0 ] && [[ $_slipway_with_app == *" $command "* ]]; then
    candidates=$("${words[0]}" --quiet apps:list 2>/dev/null)
  fi
  COMPREPLY=($(compgen -W "$candidates" -- "$current"))
  # Where bash takes a colon for the end of a word, it wants what comes behind it.
  if [[ $current == *:* && $COMP_WORDBREAKS == *:* ]]; then
    COMPREPLY=("${COMPREPLY[@]#"${current%"${current##*:}"}"}")
  fi
}
complete -F _slipway dokku slipway
