/** Each script asks `postern complete` for the words that may come next, so it never goes stale. */
export const scripts: Readonly<Record<string, string>> = {
  // Bash breaks words at = and :, and takes what replaces the last piece only.
  bash: `_postern() {
  local i line word prefix typed=()
  COMPREPLY=()
  ((COMP_CWORD > 0)) || return 0
  for ((i = 1; i <= COMP_CWORD; i++)); do
    word="\${COMP_WORDS[i]}"
    if ((i > 1)) && [[ "$word" == [=:] || "\${COMP_WORDS[i - 1]}" == [=:] ]]; then
      typed[\${#typed[@]} - 1]+="$word"
    else
      typed+=("$word")
    fi
  done
  [[ "$word" == [=:] ]] && word=''
  prefix="\${typed[\${#typed[@]} - 1]}"
  prefix="\${prefix%"$word"}"
  while IFS= read -r line; do
    if [ "$line" = ':files' ]; then
      compopt -o filenames 2>/dev/null
      while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "$word")
    else
      COMPREPLY+=("\${line#"$prefix"}")
    fi
  done < <(postern complete -- "\${typed[@]}" 2>/dev/null)
}
complete -F _postern postern
`,
  zsh: `#compdef postern
_postern() {
  local -a candidates
  local files
  candidates=("\${(@f)$(postern complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  (( \${candidates[(Ie):files]} )) && files=yes
  candidates=("\${(@)candidates:#(|:files)}")
  (( \${#candidates} )) && compadd -- "\${candidates[@]}"
  if [[ -n $files ]]; then
    compset -P '--*='
    _files
  fi
}
compdef _postern postern
`,
  fish: `function __postern_complete
  set -l token (commandline -ct)
  set -l words (commandline -opc) $token
  for line in (postern complete -- $words[2..-1] 2>/dev/null)
    if test "$line" = ':files'
      set -l prefix (string match -r -- '^--[^=]*=' $token)
      for path in (__fish_complete_path (string replace -r -- '^--[^=]*=' '' $token))
        echo "$prefix$path"
      end
    else
      echo $line
    end
  end
end
complete -c postern -f -a '(__postern_complete)'
`,
};
