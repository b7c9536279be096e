import { trustEntries, useCases } from '@postern/core';
import { describe, expect, test } from 'vitest';
import { splitWords } from '../src/policies/words.js';
import { commands as commandsByName } from '../src/commands/index.js';
import { wrapHelp } from '../src/help.js';
import { postern } from './terminal.js';

const commands: readonly (readonly string[])[] = [
  [],
  ...Object.keys(commandsByName).map((name) => [name]),
  ...useCases.map(({ id }) => ['generate', id]),
  ...trustEntries.map(({ id }) => ['trust', id]),
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

describe('postern help', () => {
  test('is help of the program, with --help and -h too', async () => {
    const program = await postern(['--help']);
    expect(program.code).toBe(0);
    expect(await postern(['help'])).toEqual(program);
    const own = await postern(['help', '--help']);
    expect(own).toMatchObject({ code: 0, stdout: expect.stringContaining('postern help'), stderr: '' });
    expect(await postern(['help', '-h'])).toEqual(own);
    expect(await postern(['help', 'help'])).toEqual(own);
    expect(await postern(['help', '--'])).toEqual(program);
    expect(await postern(['help', '--version'])).toEqual(await postern(['--version']));
  });

  test.each(commands.slice(1))('of a command is what its --help prints: %s', async (...words) => {
    const asked = words.includes('--use-case') ? words.slice(0, 1) : words;
    expect(await postern(['help', ...asked])).toEqual(await postern([...asked, '--help']));
  });

  test.each([
    [['help', 'generat'], 'postern: `generat` is no command, did you mean `generate`?\n'],
    [['help', '__proto__'], 'postern: `__proto__` is no command: see `postern --help`\n'],
    [['help', ''], 'postern: `` is no command: see `postern --help`\n'],
    [['help', 'show', 'a'], 'postern: `a` is no use case: choose one of'],
    [['help', 'generate', 'terragrun'], 'postern: `terragrun` is no use case, did you mean `terragrunt`?\n'],
    [['help', 'generate', 'terragrunt', 'x'], 'postern: `x` is too much, `postern help` takes 2 arguments: '],
    [
      ['help', '--bogus', '-q'],
      'postern: `--bogus` is no flag of `postern help`: see `postern help --help`\npostern: `-q` ',
    ],
  ])('%j is refused', async (words, complaint) => {
    const { code, stdout, stderr } = await postern(words);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr.slice(0, complaint.length)).toBe(complaint);
  });
});

test('the list of commands says [options] of those that have some', async () => {
  const { stdout } = await postern(['--help'], { columns: 200 });
  expect(stdout).toMatch(/^ {2}generate \[options\] \[use-case\] /m);
  for (const name of ['completion <shell>', 'terraform-external', 'help [command] [use-case]'])
    expect(stdout).toContain(`\n  ${name}  `);
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
