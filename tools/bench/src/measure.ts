import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The middle of the samples, and the middle half around it. */
export interface Spread {
  readonly median: number;
  readonly lower: number;
  readonly upper: number;
}

function spreadOf(samples: readonly number[]): Spread {
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
  return { median: at(0.5), lower: at(0.25), upper: at(0.75) };
}

/** Microseconds a call takes, from rounds of many calls, so that the clock's own cost does not count. */
export function timeCalls(call: () => unknown, rounds = 60, calls = 5000, warmUp = 20_000): Spread {
  for (let index = 0; index < warmUp; index += 1) call();
  const samples = Array.from({ length: rounds }, () => {
    const start = performance.now();
    for (let index = 0; index < calls; index += 1) call();
    return ((performance.now() - start) * 1000) / calls;
  });
  return spreadOf(samples);
}

/** What something took, in milliseconds: by the clock, and of the processor, which other programs do not change as much. */
export interface Cost {
  readonly clock: number;
  readonly processor: number;
}

/** The cost by the clock, and a name that says what it was of the processor. */
export function ofCosts(name: string, costs: readonly Cost[]): { readonly name: string; readonly spread: Spread } {
  const spread = (how: keyof Cost) => spreadOf(costs.map((cost) => cost[how]));
  return { name: `${name} (of the processor ${spread('processor').median.toFixed(2)})`, spread: spread('clock') };
}

/** Each cost as how many times that of the same round. */
export function ratios(costs: readonly Cost[], floors: readonly Cost[]): Cost[] {
  return costs.map(({ clock, processor }, round) => {
    const floor = floors[round]!;
    return { clock: clock / floor.clock, processor: processor / floor.processor };
  });
}

/** Bash tells what the processes took that it waited for. */
const script = '"$@" > /dev/null; status=$?; times; exit $status';

/** What whole processes cost, by round, one after the other in turn, so that all meet the same noise. */
export function timeProcesses(commands: readonly (readonly string[])[], rounds = 20): Cost[][] {
  const env = { ...process.env };
  delete env['NODE_EXTRA_CA_CERTS'];
  const samples = commands.map((): Cost[] => []);
  for (let round = 0; round < rounds; round += 1) {
    commands.forEach((args, index) => {
      const start = performance.now();
      const bash = ['-c', script, 'bash', process.execPath, ...args];
      const { status, stdout, stderr } = spawnSync('bash', bash, { env, encoding: 'utf8' });
      const clock = performance.now() - start;
      if (status !== 0) throw new Error(`\`node ${args.join(' ')}\` failed: ${stderr}`);
      samples[index]!.push({ clock, processor: ofChildren(stdout) });
    });
  }
  return samples;
}

/** The second line of what `times` prints: `0m0.041s 0m0.012s`, of the user and of the system. */
function ofChildren(printed: string): number {
  const [, children = ''] = printed.trim().split('\n');
  const parts = [...children.matchAll(/(\d+)m([\d.]+)s/g)];
  if (parts.length !== 2) throw new Error(`\`times\` printed ${JSON.stringify(printed)}`);
  return parts.reduce((sum, [, minutes, seconds]) => sum + (Number(minutes) * 60 + Number(seconds)) * 1000, 0);
}

/** What importing each of several modules costs in a new process, in turn. */
export function timeImportsInTurn(files: readonly string[], rounds = 20): Cost[][] {
  const samples = files.map((): Cost[] => []);
  for (let round = 0; round < rounds; round += 1)
    files.forEach((file, index) => samples[index]!.push(...timeImportAfter([], file, 1)));
  return samples;
}

/** What importing a module costs in a new process, once other modules are there. */
export function timeImportAfter(hosts: readonly string[], file: string, rounds = 20): Cost[] {
  const folder = mkdtempSync(fileURLToPath(new URL('../out-tsc-import-', import.meta.url)));
  const script = join(folder, 'import.mjs');
  const load = (module: string) => `await import(${JSON.stringify(module)});\n`;
  writeFileSync(join(folder, 'empty.mjs'), 'export {};');
  // The first import of a process starts the loader, whatever is imported.
  const before = ['./empty.mjs', ...hosts].map(load).join('');
  writeFileSync(
    script,
    `${before}const begun = process.cpuUsage();
const start = performance.now();
${load(file)}const clock = performance.now() - start;
const { user, system } = process.cpuUsage(begun);
process.stdout.write(JSON.stringify({ clock, processor: (user + system) / 1000 }));`,
  );
  try {
    return Array.from({ length: rounds }, () => {
      const { stdout, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8' });
      if (stderr !== '') throw new Error(stderr);
      return JSON.parse(stdout) as Cost;
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
