import { readdirSync, readFileSync } from 'node:fs';
import { run } from '@postern/cli';
import { expect, test } from 'vitest';

const folder = new URL('../src/content/', import.meta.url);
const commands = readdirSync(folder).flatMap((file) =>
  [...readFileSync(new URL(file, folder), 'utf8').matchAll(/```sh\n([^]*?)```/g)].flatMap(([, lines]) =>
    lines!
      .trim()
      .split('\n')
      .map((line): [string, string] => [file, line]),
  ),
);

test('the documentation has examples', () => {
  expect(commands.length).toBeGreaterThan(3);
});

test.each(commands)('%s: %s', async (_, line) => {
  const [program, ...words] = line.split(' ');
  expect(program).toBe('postern');
  let text = '';
  const output = { write: (more: string) => (text += more), isTTY: false, columns: 100 };
  async function* stdin(): AsyncGenerator<string> {}
  expect(await run(words, { stdin: stdin(), stdout: output, stderr: output, env: {} }, '1.2.3'), text).toBe(0);
});
