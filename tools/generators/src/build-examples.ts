import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { run } from '@postern/cli';

const examples = fileURLToPath(new URL('../../../examples/', import.meta.url));
const io = { stdin: process.stdin, stdout: process.stdout, stderr: { write: () => true }, env: {} };

/** Builds the roles of each example with the command that its README shows. */
for (const name of readdirSync(examples)) {
  const readme = readFileSync(`${examples}${name}/README.md`, 'utf8');
  const command = /```sh\npostern (build .*)\n```/.exec(readme)?.[1];
  if (command === undefined) throw new Error(`examples/${name}/README.md shows no \`postern build\``);
  process.chdir(`${examples}${name}`);
  if ((await run(command.split(' '), io, '')) !== 0) throw new Error(`examples/${name} cannot be built: run it there`);
}
