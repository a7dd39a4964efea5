# Prints what zsh offers for each line of standard input, as if somebody typed it and pressed Tab: `LINE`, and an `OFFER` for each.
# The first argument is the script with the completions.
zmodload zsh/zpty
zpty shell zsh -f -i
# What a function asks of compadd for itself (-O, -A, -D) is offered to nobody.
zpty -w shell "PS1=; autoload -Uz compinit; compinit -D -u; source ${(q)1}"'
_captured() {
  compadd() {
    if [[ ${@[1,(i)(-|--)]} == *-[OAD]* ]]; then builtin compadd "$@"; return; fi
    local -a offered
    builtin compadd -O offered "$@"
    (( $#offered )) && print -rl -- "OFFER "${(Q)^offered}
  }
  _main_complete
  print DONE
}
zle -C captured list-choices _captured
bindkey "^I" captured
print READY'
while zpty -r shell line; do [[ $line == READY* ]] && break; done
while IFS= read -r words; do
  print -r -- "LINE $words"
  zpty -w -n shell $'\C-U'"$words"$'\t'
  while zpty -r shell line; do
    [[ $line == *OFFER\ * ]] && print -r -- "OFFER ${${line##*OFFER }%%$'\r'*}"
    [[ $line == *DONE* ]] && break
  done
done
zpty -d shell
