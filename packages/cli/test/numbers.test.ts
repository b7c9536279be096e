import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { postern } from './terminal.js';

const folder = mkdtempSync(join(tmpdir(), 'postern-numbers-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A policy as JSON text, with the value written as it stands. */
const json = (value: string, operator: string): string =>
  `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*","Condition":{"${operator}":{"aws:x":${value}}}}]}`;

const yaml = (value: string, operator: string): string => `Version: '2012-10-17'
Statement:
  - Effect: Allow
    Action: s3:GetObject
    Resource: '*'
    Condition: { ${operator}: { aws:x: ${value} } }
`;

const template = (value: string, operator: string): string => `Resources:
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
${yaml(value, operator).replace(/^/gm, '        ')}
`;

const forms: Record<string, (value: string, operator: string) => string> = {
  JSON: json,
  'JSON in JSON': (value, operator) => JSON.stringify({ PolicyDocument: json(value, operator) }),
  'URL-encoded JSON in JSON': (value, operator) =>
    JSON.stringify({ PolicyDocument: encodeURIComponent(json(value, operator)) }),
  YAML: yaml,
  'a template': template,
};

async function relation(one: string, other: string): Promise<unknown> {
  const [a, b] = [join(folder, 'a.txt'), join(folder, 'b.txt')];
  writeFileSync(a, one);
  writeFileSync(b, other);
  const { stdout, stderr } = await postern(['diff', a, b, '--json']);
  expect(stderr).toBe('');
  return (JSON.parse(stdout) as { relation: unknown }).relation;
}

describe.each(Object.keys(forms))('a number that stands in %s', (form) => {
  const write = forms[form]!;

  test.each(['1.10', '1E5', '9007199254740993', '123456789012345678901', '-0', '1e400'])(
    '%s keeps its text',
    async (text) => {
      expect(await relation(write(text, 'StringEquals'), json(`"${text}"`, 'StringEquals'))).toBe('equal');
    },
  );

  test('is compared exactly', async () => {
    const near = write('9007199254740992', 'NumericEquals');
    expect(await relation(write('9007199254740993', 'NumericEquals'), near)).toBe('incomparable');
    expect(await relation(write('9007199254740992.0', 'NumericEquals'), near)).toBe('equal');
    expect(await relation(write('1.10', 'NumericEquals'), json('"1.1"', 'NumericEquals'))).toBe('equal');
  });
});

test('pairs and lines keep numbers too', async () => {
  const pair = `{"id":1.10,"a":${json('9007199254740993', 'NumericEquals')},"b":${json('9007199254740992', 'NumericEquals')}}`;
  const { stdout } = await postern(['diff', '--pairs'], { stdin: pair });
  expect(JSON.parse(stdout)).toMatchObject({ id: 1.1, relation: 'incomparable' });
  const wrong = json('1', 'NumericEquals').replace('GetObject', 'GetObjekt');
  const line = `{"id":12345678901234567890,"policy":${wrong}}`;
  expect((await postern(['lint', '--lines'], { stdin: line })).stdout).toContain('12345678901234567890: ');
});

test('a number where text belongs is refused as before', async () => {
  const file = join(folder, 'number.json');
  writeFileSync(file, '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":1.10,"Resource":"*"}]}');
  const { code, stderr } = await postern(['lint', file]);
  expect(code).toBe(2);
  expect(stderr).toContain('expected a string, not `1.10`');
});
