import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, useCases } from '@postern/core';
import { afterAll, describe, expect, test } from 'vitest';
import { readPermissions } from '../../lint/abilities.js';
import type { LintRule, RuleCases, RuleInput } from '../../lint/rule.js';
import { examples } from '../../lint/rules/examples.js';
import { rules } from '../../lint/rules/index.js';
import { ServiceReference } from '../../lint/service-reference.js';
import { place, postern, pushMyApp } from '../../../test/terminal.js';

const folder = mkdtempSync(join(tmpdir(), 'postern-lint-'));
afterAll(() => rmSync(folder, { recursive: true }));
const rulesFolder = new URL('../../lint/rules/', import.meta.url);
const folders = readdirSync(rulesFolder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
const reference = await ServiceReference.load();

function inputOf(statements: readonly object[]): RuleInput {
  const document = parse({ Version: '2012-10-17', Statement: statements }).document!;
  return { document, documents: [document], reference, source: { Version: '2012-10-17', Statement: statements } };
}

function roleOf(permissions: readonly object[]): Pick<RuleInput, 'role'> {
  const documents = [{ Version: '2012-10-17', Statement: permissions }];
  return { role: readPermissions({ documents, elsewhere: [] }) };
}

test('every folder is a rule of that id', () => {
  const names = folders.map(({ name }) => name).sort();
  expect(rules.map(({ id }) => id).sort()).toEqual(names);
  expect(Object.keys(examples).sort()).toEqual(names);
});

describe.each(rules.map((rule) => ({ id: rule.id, rule })))('$id', ({ id, rule }: { id: string; rule: LintRule }) => {
  test('has a title, a reason and a source', () => {
    expect(rule.title).toMatch(/^[A-Z].*[^.]$/);
    expect(rule.reason).toMatch(/\.$/);
    expect(rule.source).toMatch(/^https:\/\//);
  });

  test('finds what is bad, where it is, and nothing in what is good', async () => {
    const { cases } = (await import(`../../lint/rules/${id}/cases.ts`)) as { cases: RuleCases };
    expect(cases.bad.length * cases.good.length).toBeGreaterThan(0);
    for (const { statements, paths, levels, says, maxSessionDuration, permissions } of cases.bad) {
      const input = {
        ...inputOf(statements),
        ...(maxSessionDuration !== undefined && { maxSessionDuration }),
        ...(permissions && roleOf(permissions)),
      };
      const found = await rule.check(input);
      const which = JSON.stringify(statements);
      expect(
        found.map(({ path }) => path),
        which,
      ).toEqual(paths);
      if (levels !== undefined)
        expect(
          found.map(({ level = rule.level }) => level),
          which,
        ).toEqual(levels);
      for (const [index, { message, instead }] of found.entries()) {
        expect(message).toMatch(/: .|, did you mean/);
        expect(message.endsWith(instead)).toBe(true);
        expect(message).toContain(says?.[index] ?? '');
      }
    }
    for (const statements of cases.good) {
      expect(await rule.check(inputOf(statements)), JSON.stringify(statements)).toEqual([]);
    }
    for (const { statements, permissions } of cases.goodRoles ?? []) {
      const input = { ...inputOf(statements), ...roleOf(permissions) };
      expect(await rule.check(input), JSON.stringify([statements, permissions])).toEqual([]);
    }
  });
});

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const bad = {
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: 's3:GetObjekt', Resource: 'arn:aws:s3:::b/*' },
};

describe('lint', () => {
  test.each(useCases.map(({ id }) => id))('finds no error in the example of %s', async (id) => {
    const { stdout: help } = await postern(['show', id]);
    const [, example] = /Example\n {2}postern (generate .*)/.exec(help)!;
    const { stdout: policy } = await postern(example!.split(' '));
    const { code, stdout } = await postern(['lint', file(`${id}.json`, policy), '--fail-on', 'error']);
    expect(stdout.split('\n').filter((line) => line.includes('error:'))).toEqual([]);
    expect(code).toBe(0);
  });

  test('says file, place, level, message and rule, the date of the reference, and exits with 1', async () => {
    const path = file('bad.json', bad);
    const { code, stdout, stderr } = await postern(['lint', path]);
    expect(stdout).toBe(
      [
        `${path}: 1 error`,
        '  1:64    error: Statement[0].Action[0]: `s3:GetObjekt` is no action that AWS lists, did you mean `GetObject`? [unknown-action]',
        '',
        '1 policy in 1 file: 1 error, 0 warnings, 0 notes',
        '',
      ].join('\n'),
    );
    expect(stderr).toMatch(/^service reference of \d{4}-\d\d-\d\d.*\npostern: 1 error, 0 warnings, 0 notes\n$/);
    expect(code).toBe(1);
  });

  test('warns of a reference that is old', () => {
    const day = 86_400_000;
    expect(reference.staleDays(new Date(reference.date.getTime() + 100 * day))).toBeUndefined();
    expect(reference.staleDays(new Date(reference.date.getTime() + 200 * day))).toBe(200);
  });

  test('one bad document does not stop the rest', async () => {
    const fleet = join(folder, 'fleet');
    mkdirSync(join(fleet, 'deep'), { recursive: true });
    writeFileSync(join(fleet, '1.json'), '{');
    writeFileSync(join(fleet, '2.json'), JSON.stringify(bad));
    writeFileSync(
      join(fleet, 'deep', '3.yaml'),
      `Version: 2012-10-17\nStatement: ${JSON.stringify([bad.Statement])}\n`,
    );
    const { code, stdout, stderr } = await postern(['lint', fleet]);
    expect(code).toBe(2);
    expect(stdout.split('\n').filter((line) => line.startsWith(fleet))).toEqual([
      `${join(fleet, '2.json')}: 1 error`,
      `${join(fleet, 'deep', '3.yaml')}: 1 error`,
    ]);
    expect(stdout).toMatch(/2 policies in 3 files: .*; 1 not understood\n$/);
    expect(stderr).toContain('1 of 3 could not be read');
    const lines = (text: string): string[] =>
      text
        .split('\n')
        .filter((line) => /^\S*fleet|^ {2}/.test(line))
        .sort();
    const shares = await Promise.all(
      ['1/2', '2/2'].map(
        async (shard) => (await postern(['lint', `${fleet}/**/*.{json,yaml}`, '--shard', shard])).stdout,
      ),
    );
    expect(lines(shares.join(''))).toEqual(lines(stdout));
  });

  test('a folder or a pattern without files is an error, and the rest is looked at', async () => {
    const empty = join(folder, 'empty');
    mkdirSync(empty, { recursive: true });
    const pattern = join(folder, 'none', '*.json');
    const { code, stdout, stderr } = await postern(['lint', empty, file('rest.json', bad), pattern]);
    expect(stdout).toContain('unknown-action');
    expect(stderr).toContain(`postern: \`${empty}\` holds no JSON or YAML file: name a folder that does\n`);
    expect(stderr).toContain(`postern: \`${pattern}\` matches no file: check the pattern and the folder\n`);
    expect(stderr).toContain('2 of 3 could not be read');
    expect(code).toBe(2);
  });

  test('a path that two documents of one identity open together is found', async () => {
    const role = 'arn:aws:iam::123456789012:role/task';
    const parts = [
      { Effect: 'Allow', Action: 'iam:PassRole', Resource: role },
      { Effect: 'Allow', Action: 'ec2:RunInstances', Resource: 'arn:aws:ec2:*:*:instance/*' },
    ].map((Statement) => ({ Version: '2012-10-17', Statement }));
    const together = await postern(['lint', file('two.json', parts)]);
    expect(together.stdout).toContain('CreateEC2WithExistingIP');
    expect((await postern(['lint', file('one.json', parts[1])])).stdout).not.toContain('CreateEC2WithExistingIP');
  });

  test('--lines reads a policy a line, with its id', async () => {
    const stdin = [bad, { id: 'role-7', policy: bad }, 'x'].map((line) => (line === 'x' ? line : JSON.stringify(line)));
    const { code, stdout, stderr } = await postern(['lint', '--lines', '--json'], { stdin: stdin.join('\n') });
    const found = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { file: string; rule: string });
    expect(found.map(({ file: name, rule }) => [name, rule])).toEqual([
      ['line 1', 'unknown-action'],
      ['role-7', 'unknown-action'],
    ]);
    expect(stderr).toContain('line 3: not JSON');
    expect(code).toBe(2);
  });

  test('SARIF names the rule and where it is explained', async () => {
    const { stdout } = await postern(['lint', file('sarif.json', bad), '--sarif']);
    const log = JSON.parse(stdout) as { runs: { tool: { driver: { rules: object[] } }; results: object[] }[] };
    expect(log.runs[0]!.tool.driver.rules).toMatchObject([{ id: 'unknown-action' }]);
    expect(log.runs[0]!.results).toMatchObject([{ ruleId: 'unknown-action', level: 'error' }]);
  });

  test.each([
    [
      'JSON',
      'lines.json',
      JSON.stringify(
        { Version: '2012-10-17', Statement: [{ ...bad.Statement, Action: ['s3:GetObject', 's3:GetObjekt'] }] },
        null,
        2,
      ),
      8,
    ],
    ['JSON with Windows line ends', 'windows.json', JSON.stringify(bad, null, 2).replaceAll('\n', '\r\n'), 5],
    [
      'YAML',
      'lines.yaml',
      'Version: "2012-10-17"\nStatement:\n  - Effect: Allow\n    Action: s3:GetObjekt\n    Resource: "*"\n',
      4,
    ],
    ['a list', 'list.json', JSON.stringify([{ ...bad, Statement: [] }, bad], null, 1), 10],
    ['what the AWS CLI prints', 'version.json', JSON.stringify({ PolicyVersion: { Document: bad } }, null, 2), 7],
  ])('SARIF names the line in %s', async (_, name, text, line) => {
    const { stdout } = await postern(['lint', file(name, text), '--sarif']);
    const log = JSON.parse(stdout) as { runs: { results: { ruleId: string; locations: object[] }[] }[] };
    const found = log.runs[0]!.results.find(({ ruleId }) => ruleId === 'unknown-action');
    expect(found?.locations).toMatchObject([{ physicalLocation: { region: { startLine: line } } }]);
  });

  test.each([['--sarif'], ['--lines'], ['policies']])('--rules and %s exclude each other', async (other) => {
    const { code, stdout, stderr } = await postern(['lint', '--rules', other]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^postern: `--rules` lists the rules alone: .*\n$/);
  });

  test('--rules lists each with its reason and source', async () => {
    const { stdout } = await postern(['lint', '--rules', '--json']);
    expect(JSON.parse(stdout)).toHaveLength(rules.length);
    expect((await postern(['lint', '--rules'])).stdout).toContain('pass-role-without-service (error)');
  });

  test('a clean policy is quiet', async () => {
    const { stdout } = await postern(pushMyApp);
    const { code, stdout: found } = await postern(['lint', '-'], { stdin: stdout });
    expect([code, found]).toEqual([0, '1 policy in 1 file: 0 errors, 0 warnings, 0 notes\n']);
    expect(place).toHaveLength(4);
  });

  test.each([
    ['nothing', ['lint'], /needs files/],
    ['both', ['lint', 'x', '--lines'], /reads standard input/],
    ['two formats', ['lint', 'x', '--json', '--sarif'], /exclude each other/],
    ['no such file', ['lint', 'nowhere.json'], /`nowhere.json` cannot be read/],
  ])('%s', async (_, args, message) => {
    const { code, stderr } = await postern(args);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});
