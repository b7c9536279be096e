import { existsSync } from 'node:fs';

const root = new URL('../../../', import.meta.url);

/** A check of one entry: commands that are run one after the other, from the workspace root or a folder. */
export interface CheckStep {
  readonly name: string;
  readonly commands: readonly Command[];
}

interface Command {
  readonly words: readonly string[];
  readonly folder?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

const entryFolder = (id: string) => `packages/core/src/catalog/permissions/${id}`;
const planFolder = (id: string) => `packages/proof/src/use-cases/${id}`;
const has = (path: string) => existsSync(new URL(path, root));

/** Whether there is an entry of the id. */
export function isEntry(id: string): boolean {
  return /^[a-z0-9-]+$/.test(id) && has(`${entryFolder(id)}/entry.ts`);
}

const bin = (name: string, ...args: string[]): Command => ({ words: [`node_modules/.bin/${name}`, ...args] });

/** Tests of a folder; the pattern leaves those that are about the entry. */
function tests(folder: string, pattern: string | undefined, ...files: string[]): Command {
  const chosen = pattern === undefined ? [] : ['--testNamePattern', pattern];
  return { words: ['../../node_modules/.bin/vitest', 'run', '--reporter=dot', ...chosen, ...files], folder };
}

/**
 * Everything that concerns one entry, the longest first.
 * @param id an entry's id
 * @param prove whether its proof is run too
 */
export function stepsFor(id: string, prove: boolean): CheckStep[] {
  const folders = [entryFolder(id), planFolder(id)].filter(has);
  const projects = ['packages/core/tsconfig.json', ...(has(planFolder(id)) ? ['packages/proof/tsconfig.json'] : [])];
  const compare = tests('tools/conformance', undefined, '--config', 'vitest.entry.mts');
  const source = ['node', '--conditions=@postern/source', '--import', 'tsx'];
  const step = (name: string, ...commands: Command[]): CheckStep => ({ name, commands });
  return [
    step(
      'conformance of every target',
      { words: ['node', 'apps/cli/run.mjs', '--version'] },
      { ...compare, environment: { POSTERN_USE_CASE: id, POSTERN_RANDOM_CELLS: '15' } },
    ),
    ...(prove ? [step('proof', { words: [...source, 'tools/prove/src/main.ts', id] })] : []),
    step('types', bin('tsc', '--build', ...projects)),
    step('lint', bin('eslint', ...folders)),
    // Vitest writes a text in a title in quotes.
    step('cases and samples', tests('packages/core', `^'?${id}'? `, 'test/catalog')),
    step('options read back from policies', tests('packages/core', `^'?${id}'? `, 'test/use-case/infer')),
    step('drift', tests('tools/generators', undefined, 'test/drift.test.ts', 'test/indexes.test.ts')),
    step('change log', tests('tools/release', '^this commit against the last release')),
    ...(has(`${entryFolder(id)}/evidence.json`)
      ? [step('evidence', tests('packages/proof', `^the evidence of '${id}'`, 'test/evidence.test.ts'))]
      : []),
    step('format', bin('prettier', '--check', ...folders)),
  ];
}
