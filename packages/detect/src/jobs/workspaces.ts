import { folderOf } from '../files.js';
import { literal, onlyLiteral, type Value } from '../values/value.js';
import type { JobRun } from './job-run.js';

/** How many packages of a workspace are followed. */
const mostPackages = 60;

/** Flags that choose packages: which ones is not told apart, and a script that none of them has runs nowhere. */
const choosing = new Set([
  '--scope',
  '--filter',
  '-F',
  '--projects',
  '-p',
  '--ignore',
  '--exclude',
  '--include',
  '--from',
]);

/**
 * The scripts that a call runs in all packages of a workspace that have them, by `lerna run`, `turbo run`, `nx run-many`,
 * `npm run --workspaces`, `pnpm --recursive run` and `yarn workspaces foreach run`; undefined where it is no such call.
 */
export function scriptsEverywhere(program: string, words: readonly Value[]): readonly string[] | undefined {
  const texts = words.map((word) => onlyLiteral(word) ?? '');
  const plain = texts.filter(
    (text, at) => text !== '' && !text.startsWith('-') && !choosing.has(texts[at - 1] ?? '') && isName(text),
  );
  const has = (...flags: readonly string[]) => texts.some((text) => flags.includes(text));
  switch (program) {
    case 'lerna':
      return plain[0] === 'run' ? plain.slice(1, 2) : undefined;
    case 'turbo':
      return plain[0] === 'run' ? plain.slice(1) : plain;
    case 'nx': {
      if (plain[0] !== 'run-many') return undefined;
      const at = texts.findIndex((text) => /^(-t|--targets?)(=|$)/.test(text));
      const [, inFlag] = /=(.*)$/.exec(texts[at] ?? '') ?? [];
      return at < 0 ? undefined : (inFlag ?? texts[at + 1] ?? '').split(',').filter(isName);
    }
    case 'npm':
      return has('--workspaces', '-ws') && /^run(-script)?$/.test(plain[0] ?? '') ? plain.slice(1, 2) : undefined;
    case 'pnpm':
      if (!has('-r', '--recursive')) return undefined;
      return plain[0] === 'run' ? plain.slice(1, 2) : plain.slice(0, 1);
    case 'yarn': {
      const run = plain.indexOf('run');
      return plain[0] === 'workspaces' && run > 0 ? plain.slice(run + 1, run + 2) : undefined;
    }
    default:
      return undefined;
  }
}

const isName = (text: string) => /^[\w:.-]+$/.test(text);

/** Runs scripts in all packages below the folder of the call that have them. @returns whether one has */
export function runEverywhere(
  run: JobRun,
  scripts: readonly string[],
  runIn: (folder: Value, script: string) => boolean,
): boolean {
  const root = onlyLiteral(run.state.directory);
  if (root === undefined) return false;
  const packages = [...run.files.keys()].filter(
    (path) =>
      path.endsWith('/package.json') && path.startsWith(root === '' ? '' : `${root}/`) && folderOf(path) !== root,
  );
  let ran = false;
  for (const script of scripts) {
    for (const path of packages.slice(0, mostPackages)) {
      if (!run.files.get(path)!.includes(`"${script}"`)) continue;
      ran = runIn(literal(folderOf(path)), script) || ran;
    }
  }
  return ran;
}
