import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { postern } from '../../../test/terminal.js';

const folder = mkdtempSync(join(tmpdir(), 'postern-lint-sarif-'));
afterAll(() => rmSync(folder, { recursive: true }));

type Json = Record<string, unknown>;
type SchemaCheck = (value: unknown, path: string) => string[];

/*
 * What SARIF 2.1.0 asks of the parts that postern writes: their names, their types and which must be there. The schema of OASIS
 * is not copied; the names are those of its sections 3.13 to 3.57.
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
const is =
  (what: string, holds: (value: unknown) => boolean): SchemaCheck =>
  (value, path) =>
    holds(value) ? [] : [`${path} is no ${what}`];
const text = is('text', (value) => typeof value === 'string');
const uri = is('URI reference', (value) => typeof value === 'string' && URL.canParse(value, 'file:///'));
const absolute = is('URI', (value) => typeof value === 'string' && URL.canParse(value));
const from = (least: number) =>
  is(`whole number from ${least}`, (value) => Number.isInteger(value) && (value as number) >= least);
const oneOf = (...values: string[]) => is(values.join(' or '), (value) => values.includes(value as string));
const listOf =
  (check: SchemaCheck): SchemaCheck =>
  (value, path) =>
    Array.isArray(value) ? value.flatMap((item, index) => check(item, `${path}[${index}]`)) : [`${path} is no list`];
const texts: SchemaCheck = (value, path) =>
  Object.entries(value as Json).flatMap(([key, item]) => text(item, `${path}.${key}`));
const object =
  (known: Record<string, SchemaCheck>, required: readonly string[] = []): SchemaCheck =>
  (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${path} is no object`];
    return [
      ...required.filter((key) => !(key in value)).map((key) => `${path} has no ${key}`),
      ...Object.entries(value).flatMap(([key, item]) =>
        Object.hasOwn(known, key) ? known[key]!(item, `${path}.${key}`) : [`${path}.${key} is not known`],
      ),
    ];
  };

const level = oneOf('none', 'note', 'warning', 'error');
const message = object({ text }, ['text']);
const artifactLocation = object({ uri });
const region = object({
  startLine: from(1),
  startColumn: from(1),
  endLine: from(1),
  endColumn: from(1),
  charOffset: from(-1),
  charLength: from(0),
});
const replacement = object({ deletedRegion: region, insertedContent: object({ text }) }, ['deletedRegion']);
const fix = object(
  {
    description: message,
    artifactChanges: listOf(
      object({ artifactLocation, replacements: listOf(replacement) }, ['artifactLocation', 'replacements']),
    ),
  },
  ['artifactChanges'],
);
const rule = object(
  {
    id: text,
    shortDescription: message,
    fullDescription: message,
    help: message,
    helpUri: absolute,
    defaultConfiguration: object({ level }),
  },
  ['id'],
);
const result = object(
  {
    ruleId: text,
    ruleIndex: from(-1),
    level,
    message,
    locations: listOf(object({ physicalLocation: object({ artifactLocation, region }) })),
    partialFingerprints: texts,
    fixes: listOf(fix),
  },
  ['message'],
);
const run = object(
  {
    tool: object({ driver: object({ name: text, rules: listOf(rule) }, ['name']) }, ['driver']),
    columnKind: oneOf('utf16CodeUnits', 'unicodeCodePoints'),
    results: listOf(result),
  },
  ['tool'],
);
const log = object({ version: oneOf('2.1.0'), $schema: absolute, runs: listOf(run) }, ['version', 'runs']);

const statement = {
  Sid: '',
  Effect: 'Allow',
  Action: ['s3:GetObjekt', 's3:getobject', 's3:GetObject', '*'],
  Resource: ['*', 'arn:aws:s3:::b/*'],
  Condition: { StringEquals: { 'a\n::error::x': 'b' } },
};

test('has what SARIF 2.1.0 asks for, whatever the file is called', async () => {
  const content = JSON.stringify({ Version: '2012-10-17', Statement: [statement, statement] }, null, 2);
  for (const name of ['a b.json', 'a%b#c?d.json', 'new\nline.json', '\u202egpj.json', 'é"\\x.json']) {
    writeFileSync(join(folder, name), content);
  }
  const { stdout } = await postern(['lint', folder, '--sarif']);
  const written = JSON.parse(stdout) as { runs: unknown[] };
  expect(log(written, 'log')).toEqual([]);
  const { results, tool } = written.runs[0] as unknown as {
    results: { ruleId: string; ruleIndex: number; fixes?: unknown }[];
    tool: { driver: { rules: { id: string }[] } };
  };
  expect(results.length).toBeGreaterThan(10);
  expect(results.some(({ fixes }) => fixes !== undefined)).toBe(true);
  for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]!.id).toBe(ruleId);
});

test('the check sees what is missing, unknown and of another type', () => {
  const one = { version: '2.1.0', runs: [{ tool: { driver: { name: 1 } }, results: [{ rank: 1 }], columnKind: 'x' }] };
  expect(log(one, 'log')).toEqual([
    'log.runs[0].tool.driver.name is no text',
    'log.runs[0].results[0] has no message',
    'log.runs[0].results[0].rank is not known',
    'log.runs[0].columnKind is no utf16CodeUnits or unicodeCodePoints',
  ]);
});
