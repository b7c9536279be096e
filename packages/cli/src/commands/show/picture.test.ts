import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { trustEntries, useCases, type AnyEntry } from '@postern/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { place, postern } from '../../../test/terminal.js';
import { flagsText } from '../../options/command-line.js';
import { splitWords } from '../../policies/words.js';
import { exampleOptions } from '../../use-cases.js';

const svg = ['--format', 'svg'];
const push = ['show', 'ecr-docker-push'];
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'postern-picture-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const everyEntry: readonly AnyEntry[] = [...useCases, ...trustEntries];

test.each(everyEntry.map((entry) => [entry.id, entry] as const))(
  'show %s draws the shortest options that build, and the same for them as flags',
  async (id, entry) => {
    const alone = await postern(['show', id, ...svg]);
    expect(alone.code).toBe(0);
    expect(alone.stdout).toMatch(/^<svg [^]*<\/svg>\n$/);
    const flags = splitWords(flagsText(entry, exampleOptions(entry)));
    expect(await postern(['show', id, ...flags, ...svg])).toEqual(alone);
  },
);

describe('options', () => {
  test('are flags, in any order, or stand in a file that flags replace', async () => {
    const flags = ['--repositories', 'a-1', 'b-1', '--pull', ...place];
    const drawn = await postern([...push, ...svg, ...flags]);
    expect(drawn).toMatchObject({ code: 0, stderr: '' });
    for (const text of ['repository/a-1', 'repository/b-1', 'ecr:GetDownloadUrlForLayer', '--repositories a-1 b-1'])
      expect(drawn.stdout).toContain(text);
    expect(
      await postern(['show', '--repositories=a-1', '--repositories=b-1', '--pull', ...svg, ...place, push[1]!]),
    ).toEqual(drawn);
    const file = join(folder, 'options.json');
    const options = { repositories: ['a-1', 'b-1'], pull: false, account: '123456789012', region: 'eu-west-1' };
    writeFileSync(file, JSON.stringify(options));
    expect(await postern([...push, ...svg, '--options', file, '--pull'])).toEqual(drawn);
    expect(await postern([...push, ...svg, '--options', '-', '--pull'], { stdin: JSON.stringify(options) })).toEqual(
      drawn,
    );
  });

  test('may leave the place open, and then nothing of the example stands in for it', async () => {
    const { code, stdout } = await postern([...push, ...svg, '--repositories', 'a-1']);
    expect(code).toBe(0);
    expect(stdout).toContain('arn:PARTITION:ecr:REGION:ACCOUNT:repository/a-1');
    expect(stdout).not.toContain('123456789012');
  });

  test.each([
    [[...push, ...svg, '--repositories', 'A B'], 'postern: --repositories: `A B` is no ECR repository'],
    [[...push, ...svg, '--pull'], 'postern: --repositories: missing'],
    [[...push, ...svg, '--rep', 'a'], 'postern: `--rep` is no flag of `postern show ecr-docker-push`'],
    [[...push, ...svg, '--options', 'nowhere.json'], 'postern: '],
  ])('%j is refused as generate refuses it', async (args, complaint) => {
    const { code, stdout, stderr } = await postern(args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr.slice(0, complaint.length)).toBe(complaint);
    const asked = args.filter((word) => !svg.includes(word)).map((word) => (word === 'show' ? 'generate' : word));
    const generated = await postern(asked);
    expect(generated.code).toBe(2);
    if (!stderr.includes('no flag of')) expect(generated.stderr).toContain(stderr);
  });

  test('in a trust entry say who is let in, and the partition that is taken is told', async () => {
    const { stdout, stderr } = await postern(['show', 'account-principal', ...svg]);
    expect(stdout).toContain('Who is let in');
    const flags = exampleOptions(trustEntries.find(({ id }) => id === 'account-principal')!);
    const generated = await postern(['trust', 'account-principal', ...splitWords(flagsText(trustEntries[0]!, flags))]);
    expect(generated.stderr).toContain(stderr);
  });
});

test('--output writes the picture whole or not at all', async () => {
  const file = join(folder, 'picture.svg');
  expect(await postern([...push, ...svg, '--output', file])).toEqual({ code: 0, stdout: '', stderr: '' });
  const { stdout } = await postern([...push, ...svg]);
  expect(readFileSync(file, 'utf8')).toBe(stdout);
  expect((await postern([...push, ...svg, '--output', file, '--repositories', 'A'])).code).toBe(2);
  expect(readFileSync(file, 'utf8')).toBe(stdout);
  const { code, stderr } = await postern([...push, ...svg, '--output', folder]);
  expect([code, stderr]).toEqual([2, expect.stringContaining('is a directory')]);
  expect(readdirSync(folder).filter((name) => name.startsWith('.postern'))).toEqual([]);
});

describe('what does not go together', () => {
  test.each([
    [[...push, '--format', 'svgg'], ['--format: `svgg` is none of `text`, `json`, `svg`, did you mean `svg`?']],
    [[...push, '--format', ''], ['--format: `` is none of `text`, `json`, `svg`: choose one of them']],
    [
      [...push, '--format', '__proto__'],
      ['--format: `__proto__` is none of `text`, `json`, `svg`: choose one of them'],
    ],
    [[...push, '--json', ...svg], ['`--json` is a form of its own: leave `--format` out']],
    [[...push, '--json', '--format', 'text'], ['`--json` is a form of its own: leave `--format` out']],
    [
      ['show', '--action', 'ecr:PutImage', ...svg],
      ['`--format svg` draws a use case: name one in the place of `--action`'],
    ],
    [
      [...push, '--repositories', 'a', '--no-check-existing', '--output', 'x'],
      ['output', 'repositories', 'check-existing'].map(
        (name) =>
          `\`--${name}\` is for a picture here: add \`--format svg\`, or use \`postern generate ecr-docker-push\` for the policy`,
      ),
    ],
    [
      ['show', 'github-actions', '--account', '1'],
      ['`--account` is for a picture here: add `--format svg`, or use `postern trust github-actions` for the policy'],
    ],
    [['show', ...svg], ['give either a use case or `--action`: see `postern list`']],
    [
      ['show', '--format', 'svg', '--repositories', 'ecr-docker-push'],
      ['`ecr-docker-push` is read as a value of the flag before it: write `postern show ecr-docker-push` first'],
    ],
    [['show', 'ecr-docker-pus', ...svg], ['`ecr-docker-pus` is no use case, did you mean `ecr-docker-push`?']],
  ])('%j is refused', async (args, problems) => {
    expect(await postern(args)).toEqual({
      code: 2,
      stdout: '',
      stderr: problems.map((problem) => `postern: ${problem}\n`).join(''),
    });
  });

  test('--format json is --json, and --format text is what is shown without it', async () => {
    for (const args of [push, ['show', 'github-actions'], ['show', '--action', 'ecr:PutImage']]) {
      expect(await postern([...args, '--format', 'json'])).toEqual(await postern([...args, '--json']));
      expect(await postern([...args, '--format', 'text'])).toEqual(await postern(args));
    }
    expect(await postern([...push, '--json', '--format', 'json'])).toEqual(await postern([...push, '--json']));
  });
});

test('help of show with an entry lists its options, and completion offers the formats', async () => {
  const { stdout } = await postern([...push, '--help']);
  expect(stdout).toMatch(/Usage: postern show ecr-docker-push \[flags\][^]*--repositories[^]*--format svg --output/);
  expect((await postern(['complete', '--', ...push, '--format', ''])).stdout).toBe('text\njson\nsvg\n');
  expect((await postern(['complete', '--', ...push, '--push-client', 'c'])).stdout).toBe('classic\ncdk-assets\n');
});
