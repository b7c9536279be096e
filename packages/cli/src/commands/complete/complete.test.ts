import { useCases } from '@postern/core';
import type { Command, Option } from 'commander';
import { proofPlans } from '@postern/proof';
import { describe, expect, test, vi } from 'vitest';
import { postern } from '../../../test/terminal.js';
import { createProgram } from '../../run.js';
import { PosternCommand } from '../../postern-command.js';

// Tools are run by the tests of these commands; here it is the command line that is asked.
const nothingRuns = vi.hoisted(() => async (original: () => Promise<unknown>) => {
  const names = Object.keys((await original()) as object);
  return Object.fromEntries(names.map((name) => [name, () => undefined]));
});
vi.mock('../init/run.js', nothingRuns);
vi.mock('../prove/run.js', nothingRuns);
vi.mock('../record/run.js', nothingRuns);
vi.mock('../sandbox/run.js', nothingRuns);
vi.mock('../why/run.js', nothingRuns);

const io = {
  stdin: (async function* () {})(),
  stdout: { write: () => undefined },
  stderr: { write: () => undefined },
  env: {},
};

const complete = async (...words: string[]): Promise<string[]> => {
  const { code, stdout, stderr } = await postern(['complete', '--', ...words]);
  expect([code, stderr]).toEqual([0, '']);
  return stdout.split('\n').slice(0, -1);
};

/** Every command, and every one that takes a use case with each of them in its place. */
const lines = createProgram(io, '1').commands.flatMap((command) => {
  const { name, takes } = { name: command.name(), takes: (words: string[]) => about(command.name(), words) };
  const alone = { title: name, words: [name], command: takes([]) };
  return [
    alone,
    ...useCases.flatMap(({ id }) =>
      [[id], ['--use-case', id]].flatMap((words) => {
        const found = takes(words);
        if (found.options.length <= alone.command.options.length && id !== words.at(-1)) return [];
        const more = found.options.filter(({ long }) => !alone.command.options.some((one) => one.long === long));
        return more.length === 0
          ? []
          : [{ title: [name, ...words].join(' '), words: [name, ...words], command: found }];
      }),
    ),
  ];
});

/** A command put together for a line. */
function about(name: string, words: readonly string[]): PosternCommand {
  const found = createProgram(io, '1').commands.find((command) => command.name() === name);
  if (!(found instanceof PosternCommand)) throw new Error(`${name} is no command`);
  return found.ready(words);
}

const takesValue = (option: Option): boolean => option.required || option.optional;

test('the tree has commands of every shape', () => {
  expect(lines.length).toBeGreaterThan(useCases.length * 3);
  expect(lines.some(({ words }) => words.includes('--use-case'))).toBe(true);
});

describe.each(lines)('$title', ({ words, command }) => {
  test('offers each of its flags, and --help', async () => {
    const names = command.options.map((option) => option.long!);
    for (const name of [...names, '--help']) expect(await complete(...words, name)).toContain(name);
    const shown = command.options.filter(({ hidden }) => !hidden).map((option) => option.long!);
    expect((await complete(...words, '--')).sort()).toEqual(expect.arrayContaining(shown));
  });

  test('offers no flag that it does not have', async () => {
    const names = [...command.options.map((option) => option.long), '--help'];
    for (const offered of await complete(...words, '--')) expect(names).toContain(offered);
  });

  test('takes every value that it offers for a flag', async () => {
    for (const option of command.options.filter(takesValue)) {
      const values = (await complete(...words, option.long!, '')).filter((value) => value !== ':files');
      for (const value of values.filter((one) => !one.startsWith('-'))) {
        expect(await complete(...words, `${option.long}=${value}`)).toContain(`${option.long}=${value}`);
        const { code, stderr } = await postern([...words, option.long!, value], { stdin: '' });
        expect([option.long, value, stderr]).not.toEqual([option.long, value, complaintAbout(option.long!, value)]);
        expect(code).not.toBe(70);
      }
    }
  });
});

/** A line that says that the value is none of those that the flag takes. */
const complaintAbout = (flag: string, value: string): unknown =>
  expect.stringMatching(
    new RegExp(`${flag.slice(2)}: \`${value}\`|\`${value}\` is (no|none)|no flag of|needs a value`),
  );

test('a flag with one value refuses a second one, or says that it may be given several times', async () => {
  const tried: string[] = [];
  for (const { words, command } of lines) {
    for (const option of command.options.filter((one) => one.required && !one.variadic)) {
      if (/several times/.test(option.description)) continue;
      const { code, stdout, stderr } = await postern([...words, option.long!, 'a', option.long!, 'b'], { stdin: '' });
      expect([words, option.long, code, stdout]).toEqual([words, option.long, 2, '']);
      expect(stderr).toMatch(new RegExp(`^postern: \`${option.long}\` is given twice, as .*: keep one\n$`));
      tried.push(option.long!);
    }
  }
  expect(new Set(tried).size).toBeGreaterThan(30);
});

test('a flag whose help names words, a file or a use case offers some', async () => {
  const named = /<file|<word>|One of:|how to print:|<id> the job:/;
  for (const { words, command } of lines) {
    for (const option of command.options.filter(takesValue)) {
      if (!named.test(`${option.flags} ${option.description}`)) continue;
      const offered = await complete(...words, option.long!, '');
      expect([command.name(), option.flags, offered.length > 0]).toEqual([command.name(), option.flags, true]);
    }
  }
});

describe('what stands there decides', () => {
  const ids = useCases.map(({ id }) => id);
  test.each<[string[], string[]]>([
    [['check', 'role.json', '--use-case', ''], ids],
    [
      ['check', '--use-case', ids[0]!, '--fail-on', ''],
      ['missing', 'extra', 'any'],
    ],
    [['check', '--use-case=terrag'], ['--use-case=terragrunt']],
    [['check', '--options=x'], [':files']],
    [['diff', '--fail-on', 'w'], ['wider']],
    [['diff', ''], [':files']],
    [['lint', '--format', 's'], ['sarif']],
    [
      ['lint', '--explain', 'wide-'],
      ['wide-action', 'wide-resource'],
    ],
    [['lint', ''], [':files']],
    [
      ['boundary', ''],
      [...ids, ':files'],
    ],
    [['boundary', 'x.json', ''], [':files']],
    [['generate', '--name', 'terragrunt', 'ecr'], ids.filter((id) => id.startsWith('ecr'))],
    [['generate', '--name', 'ecr'], []],
    [['generate', '--format', 'json', 'terragrunt', '--bucket-'], ['--bucket-tags']],
    [['generate', 'ecr-docker-push', '--repositories', ''], []],
    [['generate', 'ecr-docker-push', '--repositories', 'a', '--rep'], ['--repositories']],
    [['generate', '--', 'ecr'], ids.filter((id) => id.startsWith('ecr'))],
    [['help', 'gen'], ['generate']],
    [['help', 'generate', 'terra'], ids.filter((id) => id.startsWith('terra'))],
    [['help', 'list', ''], ['--help']],
    [['--vers'], ['--version']],
  ])('%j: %j', async (words, expected) => {
    expect(await complete(...words)).toEqual(expected);
  });
});

test('the scenarios that prove offers are those that it takes', async () => {
  for (const { useCase, scenarios } of proofPlans)
    expect((await complete('prove', useCase.id, '--scenario', '')).sort()).toEqual(
      scenarios.map(({ name }) => name).sort(),
    );
});

test('the program offers its commands, and not the hidden one', async () => {
  const names = createProgram(io, '1').commands.map((command: Command) => command.name());
  expect(await complete('')).toEqual(names.filter((name) => name !== 'complete'));
  expect(await complete('help', '')).toEqual(await complete(''));
});
