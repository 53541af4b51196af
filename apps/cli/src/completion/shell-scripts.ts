/**
 * The scripts that shells run at their start. Each calls `catalog complete` with the words before
 * the cursor, which are never evaluated, and reads a candidate per line: the word, a tab, and its
 * description. The line `:files` stands for the files of the shell.
 */
export const shellScripts = {
  // bash splits words at `=` and `:` too, and replaces only the part at the cursor.
  bash: `# bash completion of catalog
_catalog() {
  local IFS=$'\\n' word last='' lines part="\${COMP_WORDS[COMP_CWORD]}"
  local words=()
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD}"; do
    if [[ \${#words[@]} -gt 0 && ($word == [=:]* || $last == *[=:]) ]]; then
      words[\${#words[@]}-1]+=$word
    else
      words+=("$word")
    fi
    last=$word
  done
  [[ $part == *[=:] ]] && part=''
  COMPREPLY=()
  lines=$(catalog complete -- "\${words[@]}" 2>/dev/null | cut -f 1)
  if [[ $lines == ':files' ]]; then
    compopt -o filenames 2>/dev/null
    COMPREPLY=($(compgen -f -- "$part"))
  else
    COMPREPLY=($lines)
    word=\${words[\${#words[@]}-1]}
    COMPREPLY=("\${COMPREPLY[@]#"\${word%"$part"}"}")
  fi
}
complete -F _catalog catalog
`,
  zsh: `#compdef catalog
_catalog() {
  local line
  local -a lines candidates
  lines=("\${(@f)$(catalog complete -- "\${(@Q)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ $lines[1] == ':files' ]]; then
    _files
    return
  fi
  local word description
  for line in $lines; do
    word=\${line%%$'\\t'*}
    description=\${line#*$'\\t'}
    candidates+=("\${word//:/\\\\:}\${description:+:$description}")
  done
  _describe catalog candidates
}
compdef _catalog catalog
`,
  fish: `# fish completion of catalog
function __catalog_candidates
    set -l words (commandline --tokenize --cut-at-cursor --current-process)
    set -l current (commandline --current-token --cut-at-cursor)
    set -l lines (catalog complete -- $words[2..] "$current" 2>/dev/null)
    if test "$lines" = ':files'
        __fish_complete_path (string replace --regex '^--[^=]*=' '' -- "$current")
    else
        printf '%s\\n' $lines
    end
end
complete --command catalog --no-files --arguments '(__catalog_candidates)'
`,
} as const;

/** A shell with a script. */
export type Shell = keyof typeof shellScripts;

/** The shells with a script. */
export const shells = Object.keys(shellScripts) as Shell[];
