import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { postern } from '../../../test/terminal.js';

const folder = mkdtempSync(join(tmpdir(), 'postern-lint-branches-'));
afterAll(() => rmSync(folder, { recursive: true }));

const either = (yes: unknown, no: unknown) => ({ 'Fn::If': ['C', yes, no] });
const none = { Ref: 'AWS::NoValue' };
const read = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' };
const wrong = 's3:GetObjekt';

/** The rules that find something in a role with these statements, where only the deployment knows the condition. */
async function rulesFor(Statement: unknown): Promise<string[]> {
  const Policies = [{ PolicyName: 'p', PolicyDocument: { Version: '2012-10-17', Statement } }];
  const path = join(folder, 'one.json');
  const template = {
    Parameters: { P: { Type: 'String' } },
    Conditions: { C: { 'Fn::Equals': [{ Ref: 'P' }, 'x'] } },
    Resources: { R: { Type: 'AWS::IAM::Role', Properties: { Policies } } },
  };
  writeFileSync(path, JSON.stringify(template));
  const { code, stdout, stderr } = await postern(['lint', path, '--json']);
  expect(`${code} ${stderr}`).not.toContain('2 postern');
  const lines = stdout.split('\n').filter((line) => line.startsWith('{'));
  return [...new Set(lines.map((line) => (JSON.parse(line) as { rule: string }).rule))].sort();
}

test.each([
  ['an action', [{ ...read, Action: either(wrong, 's3:GetObject') }]],
  ['the other action', [{ ...read, Action: either('s3:GetObject', wrong) }]],
  ['an action of a list', [{ ...read, Action: ['s3:GetObject', either(wrong, none)] }]],
  ['a list of actions', [{ ...read, Action: either([wrong, 's3:GetObject'], ['s3:GetObject']) }]],
  ['a statement', either({ ...read, Action: wrong }, read)],
  ['a statement of a list', [read, either({ ...read, Action: wrong }, none)]],
  ['all statements', either([read, { ...read, Action: wrong }], [read])],
  ['a branch in a branch', [{ ...read, Action: either('s3:GetObject', { 'Fn::If': ['D', wrong, 's3:GetObject'] }) }]],
])('both branches are looked at: %s', async (_, statements) => {
  expect(await rulesFor(statements)).toContain('unknown-action');
});

test('the effect, the resource and the condition of both branches', async () => {
  const any = { Effect: either('Allow', 'Deny'), Action: 'secretsmanager:GetSecretValue', Resource: '*' };
  expect(await rulesFor([any])).toContain('secrets-of-all');
  expect(
    await rulesFor([{ ...any, Effect: 'Allow', Resource: either('*', 'arn:aws:secretsmanager:*:*:secret:a-*') }]),
  ).toContain('secrets-of-all');
  const never = { ...read, Condition: either({ IpAddress: { 'aws:SourceIp': '300.0.0.1' } }, none) };
  expect(await rulesFor([never])).toContain('condition-value');
});

test('branches that are fine, and what is left out, are nothing', async () => {
  expect(await rulesFor([{ ...read, Action: either('s3:GetObject', 's3:PutObject') }])).toEqual([]);
  expect(await rulesFor([{ ...read, Condition: either(none, none) }])).toEqual([]);
  expect(await rulesFor([read, either(none, none)])).toEqual([]);
});

test('many conditions in one statement end', async () => {
  const Action = Array.from({ length: 40 }, (_, index) => ({
    'Fn::If': [`C${index}`, 's3:GetObject', 's3:PutObject'],
  }));
  expect(await rulesFor([{ ...read, Action }])).toEqual(expect.any(Array));
});

test('a finding behind a statement with branches has the place that it is written at', async () => {
  const path = join(folder, 'places.json');
  const statements = [
    { ...read, Action: either('s3:GetObject', 's3:PutObject') },
    either(none, none),
    { ...read, Resource: 'arn:aws:s3:::c/*', Action: ['s3:GetObject', wrong] },
    either({ ...read, Resource: 'arn:aws:s3:::d/*', Action: wrong }, none),
  ];
  const Policies = [{ PolicyName: 'p', PolicyDocument: { Version: '2012-10-17', Statement: statements } }];
  const Resources = { R: { Type: 'AWS::IAM::Role', Properties: { Policies } } };
  const text = JSON.stringify({ Resources }, null, 2);
  writeFileSync(path, text);
  const { stdout } = await postern(['lint', path, '--json']);
  const found = stdout.split('\n').filter((line) => line.startsWith('{'));
  const places = found.map((line) => JSON.parse(line) as { path: string; line: number; statement: number });
  expect(places.map((one) => one.path)).toEqual(['Statement[2].Action[1]', 'Statement[3].Action[0]']);
  expect(places.map(({ statement }) => statement)).toEqual([2, 3]);
  expect(text.split('\n')[places[0]!.line - 1]).toContain(wrong);
});
