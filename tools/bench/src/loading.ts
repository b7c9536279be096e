import { execFileSync } from 'node:child_process';
import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withEntries } from './forty.js';
import { ofCosts, ratios, timeImportsInTurn, timeProcesses, type Spread } from './measure.js';

/** One figure with its goal. */
export interface Figure {
  readonly name: string;
  readonly spread: Spread;
  readonly unit: string;
  readonly limit: number;
}

const root = fileURLToPath(new URL('../../../', import.meta.url));

/**
 * What it takes to load the catalog as it is and one of forty entries, all of it in turn in one run; whole processes as ratios to
 * `node -e 0`. On a machine that has other work, the times of the processor say more than the clock.
 */
export function timeLoading(rounds = 30): Figure[] {
  return withEntries(40, (forty) => {
    const places = [['today', root] as const, ['forty entries', forty] as const];
    return [...timeImports(places, rounds), ...timeCommands(places, rounds)];
  });
}

type BuiltFolders = readonly (readonly [string, string])[];

function timeImports(places: BuiltFolders, rounds: number): Figure[] {
  const id = firstId();
  const modules = places.flatMap(([name, folder]) => [
    { name: `import core, ${name}`, file: join(folder, 'packages/core/dist/index.js'), limit: 12 },
    { name: `import one entry, ${name}`, file: join(folder, `packages/core/dist/catalog/${id}.js`), limit: 4 },
  ]);
  const costs = timeImportsInTurn(
    modules.map(({ file }) => file),
    rounds,
  );
  return modules.map(({ name, limit }, index) => ({ ...ofCosts(name, costs[index]!), limit, unit: 'ms' }));
}

function timeCommands(places: BuiltFolders, rounds: number): Figure[] {
  const { id, generate } = readExample();
  const commands = places.flatMap(([name, folder]) => {
    const program = join(folder, 'apps/cli/dist/postern.cjs');
    const uncached = join(folder, 'apps/cli/dist-uncached');
    cpSync(join(folder, 'apps/cli/dist'), uncached, { recursive: true });
    for (const file of readdirSync(uncached)) if (file.endsWith('.cache')) rmSync(join(uncached, file));
    return [
      { name: `generate, ${name}`, args: [program, ...generate], limit: 1.35 },
      { name: `generate without code cache, ${name}`, args: [join(uncached, 'postern.cjs'), ...generate], limit: 1.6 },
      { name: `show, ${name}`, args: [program, 'show', id], limit: 2 },
      { name: `completion answers, ${name}`, args: [program, 'complete', '--', 'generate', ''], limit: 1.35 },
    ];
  });
  try {
    const [floors = [], ...costs] = timeProcesses([['-e', '0'], ...commands.map(({ args }) => args)], rounds);
    return commands.map(({ name, limit }, index) => ({
      ...ofCosts(name, ratios(costs[index]!, floors)),
      limit,
      unit: 'times node -e 0',
    }));
  } finally {
    for (const [, folder] of places) rmSync(join(folder, 'apps/cli/dist-uncached'), { recursive: true, force: true });
  }
}

function firstId(): string {
  const [id] = readdirSync(join(root, 'packages/core/src/catalog/permissions')).sort() as [string];
  return id;
}

/** The command that the program itself shows as an example of a use case. */
function readExample(): { readonly id: string; readonly generate: readonly string[] } {
  const id = firstId();
  const shown = execFileSync(process.execPath, [join(root, 'apps/cli/dist/postern.cjs'), 'show', id, '--json']);
  const { example } = JSON.parse(shown.toString()) as { readonly example: string };
  return { id, generate: example.split(' ').slice(1) };
}
