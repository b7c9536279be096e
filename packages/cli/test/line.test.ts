import { useCases } from '@postern/core';
import { describe, expect, test } from 'vitest';
import { exampleOptions } from '../src/use-cases.js';
import { flagsText } from '../src/options/command-line.js';
import { splitWords } from '../src/policies/words.js';
import { place, postern } from './terminal.js';

const state = ['--keys', 'app.tfstate', ...place];

describe('a use case is found wherever it stands', () => {
  describe.each(useCases.map((useCase) => [useCase.id, useCase] as const))('%s', (id, useCase) => {
    const flags = splitWords(flagsText(useCase, { ...exampleOptions(useCase) }));
    test.each(['generate', 'boundary'])('%s: before, between and behind its flags', async (command) => {
      const first = await postern([command, id, ...flags]);
      expect(first).toMatchObject({ code: 0 });
      expect(await postern([command, ...flags, '--', id])).toEqual(first);
      expect(await postern([command, ...flags, '--name=x', id])).toEqual(
        await postern([command, id, '--name', 'x', ...flags]),
      );
      for (let at = 0; at < flags.length; at += 1) {
        if (!flags[at]!.startsWith('--')) continue;
        const before = flags.slice(0, at);
        const words = [command, ...before, ...(before.length > 0 ? ['--'] : []), id];
        if (before.length === 0) expect(await postern([...words, ...flags.slice(at)])).toEqual(first);
      }
    });

    test('help is that of the use case, on either side', async () => {
      const help = await postern(['generate', id, '--help']);
      expect(help.stdout).toContain(`Options of ${id}:`);
      for (const words of [
        ['generate', '--help', id],
        ['generate', '--format', 'yaml', id, '-h'],
        ['generate', '--format=yaml', '-h', id],
      ])
        expect(await postern(words)).toEqual(help);
      expect((await postern(['check', '--help', `--use-case=${id}`])).stdout).toContain(`Options of ${id}:`);
    });
  });
});

describe('a word that is the value of a flag is nothing else', () => {
  test.each<[string, string[], string[]]>([
    ['a bucket with the id of another use case', ['terragrunt', '--bucket', 'ecr-docker-push'], ['terragrunt']],
    ['the same before the id', ['--bucket', 'ecr-docker-push', 'terragrunt'], ['terragrunt']],
    ['the name of a command', ['terragrunt', '--bucket', 'generate'], ['terragrunt']],
    ['the id of the use case itself', ['--bucket', 'terragrunt', 'terragrunt'], ['terragrunt']],
    ['with an equals sign', ['--bucket=ecr-docker-push', 'terragrunt'], ['terragrunt']],
  ])('%s', async (_, words, [id]) => {
    const bucket =
      words.find((word) => !word.startsWith('--') && word !== id) ?? words.find((word) => word.includes('='))!;
    const name = bucket?.split('=').at(-1) ?? id!;
    const { code, stdout, stderr } = await postern(['generate', ...words, ...state]);
    expect([code, stderr]).toEqual([0, expect.stringMatching(/^size:/)]);
    expect(stdout).toContain(`arn:aws:s3:::${name}`);
  });

  test('a name that looks like a flag', async () => {
    const words = ['generate', 'ecr-docker-push', '--repositories', 'a1', ...place, '--format', 'cloudformation'];
    for (const name of ['-x', '--version', '--help', '-v', '-h', '--json']) {
      for (const given of [['--name', name], [`--name=${name}`]]) {
        const { code, stdout } = await postern([...words, ...given]);
        expect({ given, code, stdout }).toMatchObject({
          code: 0,
          stdout: expect.stringContaining(`"${name}"`) as string,
        });
      }
    }
  });

  test('check: the file may be called as a use case is, or as a command', async () => {
    for (const file of ['ecr-docker-push', 'check', 'lint'])
      expect((await postern(['check', `./${file}`, '--use-case', 'terragrunt'])).stderr).toContain(
        'there is no such file',
      );
  });
});

describe('what is wrong is said of the use case that is meant', () => {
  test.each<[string, string[], RegExp]>([
    [
      'a flag of another use case before the id',
      ['generate', '--bucket', 'acme', 'ecr-docker-push'],
      /^postern: `--bucket` is no flag of `postern generate ecr-docker-push`/,
    ],
    [
      'a flag of nobody before the id, with all others',
      ['generate', 'ecr-docker-push', '--bogus', 'x', '--buket=y'],
      /^postern: `--bogus` is no flag .*\npostern: `--buket` is no flag of `postern generate ecr-docker-push`.*\n$/,
    ],
    [
      'a wrong id behind flags',
      ['generate', '--bucket', 'acme', 'terragrnt'],
      /^postern: `terragrnt` is no use case, did you mean `terragrunt`\?\n$/,
    ],
    [
      'a wrong id of check',
      ['check', 'role.json', '--use-case', 'terragrnt', '--bucket', 'acme'],
      /^postern: `terragrnt` is no use case, did you mean `terragrunt`\?\n$/,
    ],
    ['flags and no use case', ['generate', '--bucket', 'acme'], /needs a use case: see `postern list`\n$/],
    ['flags and no use case of check', ['check', 'r.json', '--bucket', 'acme'], /^postern: `--use-case` is missing/],
    [
      'an id that a list took',
      ['boundary', '--repositories', 'a1', 'ecr-docker-push'],
      /`ecr-docker-push` is read as a value of the flag before it: write `postern boundary ecr-docker-push` first\n$/,
    ],
    [
      'values missing before other flags, all at once',
      ['generate', 'sam-deploy', '--resolve-s3', '--stacks', '--account', '123456789012'],
      /^postern: `--resolve-s3` needs a value: see `postern generate sam-deploy --help`\npostern: `--stacks` needs a value: .*\n$/,
    ],
    [
      'a value missing before a flag with its value',
      ['generate', 'eks-deploy', '--clusters', '--scope=account'],
      /^postern: `--clusters` needs a value: see `postern generate eks-deploy --help`\n$/,
    ],
    ['a value missing at the end', ['generate', 'ecr-docker-push', '--account'], /`--account` needs a value/],
    [
      'given twice on both sides',
      ['generate', '--region', 'eu-west-1', 'ecr-docker-push', '--region=us-east-1'],
      /`--region` is given twice, as `eu-west-1` and `us-east-1`: keep one/,
    ],
    ['a flag of the program', ['--bogus', 'generate'], /^postern: `--bogus` is no flag of `postern`/],
    [
      'an object method as a format',
      ['generate', 'ecr-docker-push', '--format', 'constructor'],
      /`constructor` is none of/,
    ],
  ])('%s', async (_, words, expected) => {
    const { code, stdout, stderr } = await postern(words);
    expect(stderr).toMatch(expected);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });
});

test('-v behind a command is that of the program, and behind -- it is none', async () => {
  for (const words of [
    ['generate', '--version'],
    ['lint', '-v'],
    ['generate', 'terragrunt', '-v'],
  ])
    expect(await postern(words)).toEqual({ code: 0, stdout: '1.2.3\n', stderr: '' });
  expect((await postern(['generate', '--', '-v'])).stderr).toContain('`-v` is no use case');
});
