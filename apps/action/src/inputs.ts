import { ActionInputError } from './input-error.js';
import { takeWords } from './words.js';

/** What a step gives with `with:`. */
export interface Inputs {
  readonly commands: readonly CommandName[];
  /** The folder, from the root of the repository. */
  readonly path: string;
  /** The file with the roles, from the folder; empty for the one that is there. */
  readonly config: string;
  readonly since: string;
  readonly failOn: string;
  /** Files, folders or patterns. */
  readonly lint: readonly string[];
  /** What stands behind `postern check`, once for each policy. */
  readonly check: readonly (readonly string[])[];
  /** Where SARIF is written; empty where it is not. */
  readonly sarif: string;
  readonly comment: boolean;
  readonly commentAuthor: string;
  readonly token: string;
}

const commandNames = ['init', 'plan', 'check', 'lint'] as const;
export type CommandName = (typeof commandNames)[number];

/** What each input is where a step does not give it; `action.yml` says the same. */
export const defaults = {
  commands: 'init plan',
  path: '.',
  config: '',
  since: '',
  'fail-on': '',
  lint: '',
  check: '',
  sarif: '',
  comment: 'true',
  'comment-author': 'github-actions[bot]',
  token: '',
} as const;

/**
 * Reads the inputs from the environment, as the runner gives them.
 * @throws {ActionInputError} every problem
 */
export function readInputs(env: Readonly<Record<string, string | undefined>>): Inputs {
  const read = (name: keyof typeof defaults) => {
    const given = env[`INPUT_${name.toUpperCase()}`]?.trim();
    return given === undefined || given === '' ? defaults[name] : given;
  };
  const problems: string[] = [];
  const commands = [...new Set(read('commands').split(/[\s,]+/))].flatMap((word) => {
    const name = commandNames.find((one) => one === word);
    if (name === undefined)
      problems.push(`commands: \`${word}\` is no command: write some of ${commandNames.join(', ')}`);
    return name ?? [];
  });
  const lines = (name: 'lint' | 'check') =>
    read(name)
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== '');
  const check = lines('check').map((line) => {
    const { problem, words } = takeWords(line);
    if (problem !== undefined) problems.push(`check: \`${line}\`: ${problem}`);
    return words;
  });
  for (const name of ['lint', 'check'] as const) {
    if (commands.includes(name) && read(name) === '')
      problems.push(
        `${name}: missing: ${name === 'lint' ? 'write the files or patterns to look at' : 'write what stands behind `postern check`'}, one a line`,
      );
    if (!commands.includes(name) && read(name) !== '')
      problems.push(`${name}: given, and \`commands\` does not name it: add it there`);
  }
  const comment = read('comment').toLowerCase();
  if (comment !== 'true' && comment !== 'false') problems.push(`comment: \`${comment}\` is neither true nor false`);
  if (problems.length > 0) throw new ActionInputError(problems);
  return {
    commands,
    path: read('path'),
    config: read('config'),
    since: read('since'),
    failOn: read('fail-on'),
    lint: lines('lint'),
    check,
    sarif: read('sarif'),
    comment: comment === 'true',
    commentAuthor: read('comment-author'),
    token: read('token') || (env['GITHUB_TOKEN'] ?? ''),
  };
}
