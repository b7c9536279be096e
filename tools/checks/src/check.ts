import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { isEntry, stepsFor, type CheckStep } from './steps.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Runs a command; gives what it printed where it failed. */
function run({ words, folder = '.', environment }: CheckStep['commands'][number]): Promise<string | undefined> {
  const [program, ...args] = words;
  return new Promise((done) => {
    const child = spawn(program!, args, { cwd: `${root}/${folder}`, env: { ...process.env, ...environment } });
    const chunks: string[] = [];
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data: Buffer) => chunks.push(data.toString()));
    child.on('error', (error) => done(error.message));
    child.on('close', (code) => {
      const output = chunks.join('');
      done(code === 0 ? ranNothing(output) : output);
    });
  });
}

/** A pattern that no test has runs none, which would look as if all had passed. */
function ranNothing(output: string): string | undefined {
  const summary = stripVTControlCharacters(output)
    .split('\n')
    .find((line) => /^ *Tests /.test(line));
  return summary === undefined || /passed/.test(summary) ? undefined : `no test was run:${summary}`;
}

/** Runs a step and prints how it ended; whether it passed. */
async function check({ name, commands }: CheckStep): Promise<boolean> {
  const start = performance.now();
  let output: string | undefined;
  for (const command of commands) output ??= await run(command);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${output === undefined ? 'passed' : 'FAILED'}  ${name} (${seconds} s)`);
  if (output !== undefined) console.log(output.trimEnd());
  return output === undefined;
}

/** `ID` runs everything that concerns one entry, two checks at a time; `--prove` its proof too. */
async function main(words: readonly string[]): Promise<number> {
  const ids = words.filter((word) => word !== '--prove');
  const [id] = ids;
  if (id === undefined || ids.length > 1) {
    console.error('write `npm run check -- ID`, and `--prove` behind it to run its proof');
    return 2;
  }
  if (!isEntry(id)) {
    console.error(
      `\`${id}\` is no use case: see \`npm run --silent postern -- list\`, or \`npm run generate -- new ${id}\``,
    );
    return 2;
  }
  const waiting = stepsFor(id, words.includes('--prove'));
  const passed: boolean[] = [];
  const work = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) passed.push(await check(step));
  };
  await Promise.all([work(), work()]);
  const failed = passed.filter((one) => !one).length;
  console.log(
    failed === 0 ? `${id}: all ${passed.length} checks passed` : `${id}: ${failed} of ${passed.length} checks failed`,
  );
  return failed === 0 ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
