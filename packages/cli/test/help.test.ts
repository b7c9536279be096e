import { useCases } from '@postern/core';
import { describe, expect, test } from 'vitest';
import { splitWords } from '../src/policies/words.js';
import { commands as commandsByName } from '../src/commands/index.js';
import { wrapHelp } from '../src/help.js';
import { postern } from './terminal.js';

const commands: readonly (readonly string[])[] = [
  [],
  ...Object.keys(commandsByName).map((name) => [name]),
  ...useCases.map(({ id }) => ['generate', id]),
  ...useCases.map(({ id }) => ['check', '--use-case', id]),
];

describe.each(commands.map((args) => ['postern', ...args].join(' ')))('%s --help', (command) => {
  const args = [...command.split(' ').slice(1), '--help'];

  test.each([
    [80, undefined],
    [80, 80],
    [120, 120],
    [60, 60],
    [80, 3],
  ])('has at most %i columns where the terminal has %s', async (most, columns) => {
    const { code, stdout } = await postern(args, { columns });
    expect(code).toBe(0);
    const terms = /^ {2}(-\w, )?(--[\w-]+ <.*>|[[<]?[a-z-]+[\]>]?)$/;
    // A message in quotes is one word for the shell.
    const quoted = (line: string) => (/"[^"]*"/.exec(line)?.[0].length ?? 0) > most - 4;
    const long = stdout.split('\n').filter((line) => line.length > most && !terms.test(line) && !quoted(line));
    expect(long.filter((line) => most >= 80 || !/^ +["{}\w]+ = |^ {4}/.test(line))).toEqual([]);
  });

  test('says the same words at every width', async () => {
    const words = (text: string) => text.split(/[\s\\]+/).join(' ');
    const wide = await postern(args, { columns: 1000 });
    const narrow = await postern(args, { columns: undefined });
    expect(words(narrow.stdout)).toBe(words(wide.stdout));
  });
});

test('-h is --help and -v is --version, for the program and its commands', async () => {
  expect(await postern(['-h'])).toEqual(await postern(['--help']));
  expect(await postern(['-v'])).toMatchObject({ code: 0, stdout: '1.2.3\n', stderr: '' });
  for (const { id } of useCases)
    expect(await postern(['generate', id, '-h'])).toEqual(await postern(['generate', id, '--help']));
  expect(await postern(['diff', '-h'])).toEqual(await postern(['diff', '--help']));
  expect((await postern(['-h'])).stdout).toMatch(/-v, --version .*\n.*-h, --help/);
});

test('a folded example is the same command for a shell', async () => {
  const { stdout } = await postern(['generate', 'ecs-service-deployment', '--help'], { columns: undefined });
  const [, example] = /\nExample:\n((?:.*\\\n)+.*)\n/.exec(stdout)!;
  const { stdout: wide } = await postern(['generate', 'ecs-service-deployment', '--help'], { columns: 1000 });
  const [, whole] = /\nExample:\n(.*)\n/.exec(wide)!;
  expect(splitWords(example!.replaceAll('\\\n', ''))).toEqual(splitWords(whole!));
  expect(example).toMatch(/^ {2}postern generate ecs-service-deployment .* \\\n {4}--/);
});

test('words in quotes and words without blanks are never broken', () => {
  const long = `  postern diff 'a b ${'c '.repeat(60)}' ${'x'.repeat(90)} d`;
  const folded = wrapHelp(long, 80);
  expect(folded.replaceAll(' \\\n    ', ' ')).toBe(long);
  expect(wrapHelp('y'.repeat(100), 80)).toBe('y'.repeat(100));
});
