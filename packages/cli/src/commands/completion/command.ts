import { didYouMean, kindOf, quotas, quote, useCases, type UseCase } from '@postern/core';
import { InputError } from '../../errors.js';
import { formats } from '../../formats/formats.js';
import { writeLine, type Io } from '../../io.js';
import { kebabCase } from '../../options/spell.js';
import type { PosternCommand } from '../../postern-command.js';

/** Each script asks `postern complete` for the words that may come next, so it never goes stale. */
const scripts = {
  bash: `_postern() {
  local word line
  word="\${COMP_WORDS[COMP_CWORD]}"
  COMPREPLY=()
  while IFS= read -r line; do
    if [ "$line" = ':files' ]; then
      compopt -o filenames 2>/dev/null
      while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "$word")
    else
      COMPREPLY+=("$line")
    fi
  done < <(postern complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _postern postern
`,
  zsh: `#compdef postern
_postern() {
  local -a candidates
  candidates=("\${(@f)$(postern complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ "\${candidates[1]}" == ':files' ]]; then
    _files
  else
    compadd -- "\${candidates[@]}"
  fi
}
compdef _postern postern
`,
  fish: `function __postern_complete
  set -l words (commandline -opc) (commandline -ct)
  for line in (postern complete -- $words[2..-1] 2>/dev/null)
    if test "$line" = ':files'
      __fish_complete_path (commandline -ct)
    else
      echo $line
    end
  end
end
complete -c postern -f -a '(__postern_complete)'
`,
};

const shells = Object.keys(scripts) as (keyof typeof scripts)[];

/** `postern completion SHELL` prints a script, which asks `postern complete` for words. */
export function addCompletion(program: PosternCommand, io: Io): void {
  program
    .command('completion')
    .description('Print the completion script for a shell, to be sourced by it.')
    .argument('<shell>', shells.join(', '))
    .addHelpText('after', () => '\nExample:\n  source <(postern completion bash)')
    .action((shell: string) => {
      const known = shells.find((name) => name === shell);
      if (known === undefined) {
        const hint = didYouMean(shell, shells) || ': choose one of them';
        throw new InputError([`${quote(shell)} is none of ${shells.map(quote).join(', ')}${hint}`]);
      }
      io.stdout.write(scripts[known]);
    });
}

type AddGenerate = (program: PosternCommand, args: readonly string[]) => void;

/** The hidden `postern complete -- WORDS` prints what may stand where the last word is being typed. */
export function addComplete(program: PosternCommand, io: Io, addGenerate: AddGenerate): void {
  program
    .command('complete', { hidden: true })
    .argument('[words...]')
    .allowUnknownOption()
    .action((words: string[]) => {
      for (const candidate of candidatesFor(program, addGenerate, words)) writeLine(io.stdout, candidate);
    });
}

/** What may stand there; `:files` for any file. */
function candidatesFor(program: PosternCommand, addGenerate: AddGenerate, words: readonly string[]): string[] {
  const current = words.at(-1) ?? '';
  const [name, ...before] = words.slice(0, -1);
  const startingSo = (candidates: readonly string[]) => candidates.filter((candidate) => candidate.startsWith(current));
  addGenerate(program, before);
  if (name === undefined)
    return startingSo(program.commands.map((command) => command.name()).filter((one) => one !== 'complete'));
  const command = program.commands.find((one) => one.name() === name);
  if (command === undefined) return [];
  const flag = command.options.find((option) => option.long === before.at(-1));
  if (flag !== undefined && (flag.required || flag.optional)) return startingSo(valuesOf(flag.long ?? '', before));
  const shown = command.options.filter((option) => !option.hidden || current.startsWith('--no-'));
  const flags = [...shown.map((option) => option.long ?? ''), '--help'];
  const nouns: readonly string[] = argumentsOf[name] ?? [];
  const taken = nouns.length === 0 || before.some((word) => nouns.includes(word));
  return startingSo(taken || current.startsWith('-') ? flags : nouns);
}

/** What stands behind a command before its flags. */
const argumentsOf: Readonly<Record<string, readonly string[]>> = {
  generate: useCases.map(({ id }) => id),
  show: useCases.map(({ id }) => id),
  boundary: useCases.map(({ id }) => id),
  completion: shells,
};

function valuesOf(flag: string, before: readonly string[]): string[] {
  if (['--options', '--output', '--previous', '--policy', '--token'].includes(flag)) return [':files'];
  if (flag === '--quota') return Object.keys(quotas).map(kebabCase);
  if (flag === '--format') return Object.keys(formats);
  const useCase = (useCases as readonly UseCase[]).find(({ id }) => before.includes(id));
  const found = Object.entries(useCase?.options ?? {}).find(([name]) => `--${kebabCase(name)}` === flag);
  if (found === undefined) return [];
  const [, option] = found;
  return kindOf(option)
    .flags(option, flag.slice(2))
    .flatMap(({ words = [] }) => words);
}
