import { describe, expect, test } from 'vitest';
import {
  combine,
  compare,
  decide,
  DocumentError,
  parse,
  readJson,
  runningStars,
  type DocumentSource,
} from '../src/index.js';

type Json = Record<string, unknown>;

const policy = (...Statement: unknown[]): Json => of(Statement);
const of = (Statement: unknown): Json => ({ Version: '2012-10-17', Statement });
const allow = (more: Json = {}): Json => ({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*', ...more });
const when = (operator: string, key: string, value: unknown): Json =>
  allow({ Condition: { [operator]: { [key]: value } } });
const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const plain = policy(allow());
const requests = [
  { action: 's3:GetObject', resource: 'arn:aws:s3:::b/k', context: { 'aws:x': 'x', 'aws:y': ['x', ''] } },
  { action: 's3:GetObject', resource: '*' },
];

/** Asks everything about a document; only documented errors may come out. */
function survives(source: unknown): void {
  const { document, problems } = parse(source);
  expect(document === null).toBe(problems.some(({ severity }) => severity === 'unreadable'));
  for (const request of requests) {
    try {
      expect(decide(source as DocumentSource, request).decision).toMatch(/^(allowed|\w+Deny|undetermined)$/);
    } catch (error) {
      expect(error).toBeInstanceOf(DocumentError);
    }
  }
  for (const pair of [
    [source, plain],
    [plain, source],
    [source, structuredCopy(source)],
  ] as [DocumentSource, DocumentSource][]) {
    const { relation, reason } = compare(...pair);
    expect(relation).toMatch(/^(equal|narrower|wider|incomparable|unknown)$/);
    expect(reason === null).toBe(relation !== 'unknown');
  }
}

function structuredCopy(source: unknown): unknown {
  if (typeof source === 'string') return source;
  try {
    return structuredClone(source);
  } catch {
    return source;
  }
}

function nested(depth: number): unknown {
  let value: unknown = 'x';
  for (let level = 0; level < depth; level += 1) value = [value];
  return value;
}

const long = 'x'.repeat(300_000);

describe(
  'a document of whatever size and form is read, refused or not compared, and nothing else',
  { timeout: 120_000 },
  () => {
    test.each<[string, () => unknown]>([
      ['a resource of 130,000 characters', () => policy(allow({ Resource: `arn:aws:s3:::b/${'x'.repeat(130_000)}` }))],
      ['a resource of 300,000 characters', () => policy(allow({ Resource: `arn:aws:s3:::b/${long}*` }))],
      ['a resource with stars in every part', () => policy(allow({ Resource: `arn:aws:*:${long}?*:1:${long}*` }))],
      ['a resource of stars', () => policy(allow({ Resource: `arn:aws:s3:${'*'.repeat(1_000_000)}:1:x` }))],
      ['a resource of stars and an end', () => policy(allow({ Resource: `arn:aws:s3:${'*'.repeat(1_000_000)}x:1:x` }))],
      ['a resource of question marks', () => policy(allow({ Resource: `arn:aws:s3:::*${'?'.repeat(20_000)}*` }))],
      ['a part of question marks', () => policy(allow({ Resource: `arn:aws:s3:*${'?'.repeat(20_000)}*:1:x` }))],
      ['a resource of colons', () => policy(allow({ Resource: `arn:aws:?x*${':'.repeat(100_000)}x*` }))],
      ['a resource that is no ARN', () => policy(allow({ Resource: long }))],
      ['a resource of variables', () => policy(allow({ Resource: `arn:aws:s3:::${'${aws:x}'.repeat(20_000)}` }))],
      [
        'a resource of different variables',
        () => policy(allow({ Resource: `arn:aws:s3:::${many(20_000, (index) => `\${aws:x${index}}`).join('')}` })),
      ],
      ['a long text around a variable', () => policy(allow({ Resource: `arn:aws:s3:::${long}\${aws:x}${long}` }))],
      ['a variable that is not closed', () => policy(allow({ Resource: `arn:aws:s3:::${'${'.repeat(100_000)}` }))],
      ['a variable with a long name', () => policy(allow({ Resource: `arn:aws:s3:::\${${long}}` }))],
      [
        'a variable with a long default',
        () => policy(allow({ Resource: `arn:aws:s3:::\${aws:none, '${"'".repeat(200_000)}'}` })),
      ],
      ['an action of 130,000 characters', () => policy(allow({ Action: `s3:${'x'.repeat(130_000)}*` }))],
      ['an action of stars', () => policy(allow({ Action: `s3:${'*a'.repeat(100_000)}` }))],
      ['an action without a colon', () => policy(allow({ Action: long }))],
      ['a long Sid', () => policy(allow({ Sid: long }))],
      ['a long unknown element', () => ({ ...plain, [long]: 1 })],
      ['a long version', () => ({ ...plain, Version: long })],
      ...[
        'StringEquals',
        'StringLike',
        'StringEqualsIgnoreCase',
        'ArnLike',
        'Bool',
        'BinaryEquals',
        'IpAddress',
        'NumericEquals',
        'DateLessThan',
        'Null',
        'ForAllValues:StringNotLike',
      ].map((operator): [string, () => unknown] => [
        `a long value of ${operator}`,
        () => policy(when(operator, 'aws:x', [long, `arn:aws:s3:::${long}*`, '9'.repeat(200_000)])),
      ]),
      ['a long key', () => policy(when('StringEquals', long, 'x'))],
      ['a long variable in a value', () => policy(when('StringLike', 'aws:x', `${long}\${aws:y}*`))],
      ['20,000 values', () => policy(when('StringEquals', 'aws:x', many(20_000, String)))],
      [
        '5,000 patterns',
        () =>
          policy(
            when(
              'StringLike',
              'aws:x',
              many(5_000, (index) => `*${index}*`),
            ),
          ),
      ],
      [
        '20,000 numbers',
        () => policy(when('NumericLessThan', 'aws:x', many(20_000, String)), when('StringLike', 'aws:x', '1*')),
      ],
      [
        '20,000 dates',
        () =>
          policy(
            when(
              'DateGreaterThan',
              'aws:x',
              many(20_000, (index) => String(index * 1e6)),
            ),
          ),
      ],
      [
        '20,000 addresses',
        () =>
          policy(
            when(
              'NotIpAddress',
              'aws:x',
              many(20_000, (index) => `10.${index % 256}.${index >> 8}.0/24`),
            ),
          ),
      ],
      [
        '5,000 keys',
        () =>
          policy(
            allow({
              Condition: { StringEquals: Object.fromEntries(many(5_000, (index) => [`aws:k${index}`, 'x'])) },
            }),
          ),
      ],
      ['10,000 actions', () => policy(allow({ Action: many(10_000, (index) => `s3:a${index}*`) }))],
      ['5,000 resources', () => policy(allow({ Resource: many(5_000, (index) => `arn:aws:s3:*:*:b${index}/*`) }))],
      ['20,000 statements', () => of(many(20_000, (index) => allow({ Action: `s3:a${index}` })))],
      [
        '5,000 Denies between Allows',
        () => of(many(5_000, (index) => allow({ Effect: index % 2 ? 'Deny' : 'Allow', Action: `s3:a${index}*` }))),
      ],
      [
        '5,000 statements with variables',
        () => of(many(5_000, (index) => allow({ Resource: `arn:aws:s3:::\${aws:x}${index}` }))),
      ],
      ['20,000 statements that are none', () => of(many(20_000, (index) => index))],
      ['the same Sid 5,000 times', () => of(many(5_000, () => allow({ Sid: 'A' })))],
      ['nested lists', () => policy(nested(100_000))],
      ['nested lists for an action', () => policy(allow({ Action: nested(100_000) }))],
      ['nested lists for a version', () => ({ Version: nested(100_000), Statement: nested(100_000) })],
      ['nested lists for a value', () => policy(when('StringEquals', 'aws:x', nested(100_000)))],
      [
        'a circle',
        () => {
          const circle: Json = policy();
          circle['Statement'] = circle;
          return circle;
        },
      ],
      [
        'objects without a prototype',
        () => policy(Object.create(null), Object.assign(Object.create(null) as Json, allow())),
      ],
      [
        'values of other kinds',
        () => policy(when('StringEquals', 'aws:x', [1n, Symbol('x'), undefined, null, () => 1, NaN, new Date(0)])),
      ],
      [
        'lone surrogates',
        () =>
          policy(
            allow({ Resource: 'arn:aws:s3:::\ud800*', Action: 's3:\udfff*' }),
            when('StringLike', '\ud800', '*\udc00?'),
          ),
      ],
      ['private use', () => policy(allow({ Resource: 'arn:aws:s3:::\ue000*' }))],
      [
        'keys of Object.prototype',
        () =>
          JSON.parse(
            '{"Version":"2012-10-17","__proto__":{"Statement":1},"constructor":1,"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::${__proto__}${constructor}","Condition":{"StringEquals":{"__proto__":"x","constructor":["y"],"hasOwnProperty":"z"}}}]}',
          ) as unknown,
      ],
      [
        'an operator of Object.prototype',
        () =>
          JSON.parse(
            '{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"__proto__":{"a":"b"},"constructor":{"a":"b"}}}}',
          ) as unknown,
      ],
      ['JSON of 7 MB of escapes', () => `{"Version":"2012-10-17","Id":"${'\\n'.repeat(3_500_000)}","Statement":[]}`],
      ['a JSON key of escapes', () => `{"${'\\u0041'.repeat(1_000_000)}":1}`],
      ['a JSON text that does not end', () => `{"${'\\"'.repeat(1_000_000)}`],
      ['100,000 JSON brackets', () => '['.repeat(100_000)],
      ['100,000 JSON braces', () => '{"a":'.repeat(100_000)],
      [
        'a JSON number of 1,000,000 digits',
        () =>
          `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"NumericLessThan":{"a":${'9'.repeat(1_000_000)}}}}}`,
      ],
      [
        'JSON numbers of every size',
        () =>
          `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"NumericLessThan":{"a":[1e999999999,-1e-999999999,1e${'9'.repeat(20_000)},-0]}}}}`,
      ],
      ['JSON of white space', () => ' '.repeat(5_000_000)],
      ['200,000 JSON keys', () => `{${many(200_000, (index) => `"k${index % 5}":1`).join()}}`],
    ])('%s', (_, make) => {
      survives(make());
    });
  },
);

test('requests of whatever size are decided', () => {
  const document = policy(
    allow({ Resource: ['arn:aws:?3:*:${aws:x}', 'arn:aws:?3:*:*:a*b', 'arn:aws:s3:::${aws:x}/*?x'] }),
    when('ForAnyValue:StringLike', 'aws:x', ['a*b*c', '*?x']),
    when('NumericLessThan', 'aws:x', '5'),
  );
  for (const text of [
    long,
    ':'.repeat(200_000),
    `arn:aws:s3:${':'.repeat(200_000)}b`,
    '*'.repeat(200_000),
    '9'.repeat(200_000),
  ]) {
    const asked = { action: `s3:${text}`, resource: `arn:aws:s3:::${text}`, context: { 'aws:x': [text, text] } };
    for (const request of [
      asked,
      { ...asked, action: 's3:GetObject', resource: text },
      { ...asked, action: 's3:GetObject', context: { 'aws:x': text } },
    ]) {
      expect(decide(document, request).decision).toMatch(/^(allowed|implicitDeny|undetermined)$/);
    }
  }
});

test('what is long is still read and compared', () => {
  const text = (end: string) => policy(allow({ Resource: `arn:aws:s3:::b/${'x'.repeat(130_000)}${end}` }));
  expect(compare(text('a'), text('a')).relation).toBe('equal');
  expect(compare(text('a'), text('*')).relation).toBe('wider');
  expect(
    decide(text('*'), { action: 's3:GetObject', resource: `arn:aws:s3:::b/${'x'.repeat(130_000)}y` }).decision,
  ).toBe('allowed');
  expect(combine([text('a'), text('*')]).Statement[0]!.Resource).toHaveLength(1);
  expect(readJson(`["${'\\u0041'.repeat(1_200_000)}"]`).value).toEqual(['A'.repeat(1_200_000)]);
  expect(runningStars(`arn:aws:s3:${'*'.repeat(200_000)}x*:1:${'*'.repeat(200_000)}y`)).toHaveLength(1);
});

test('JSON texts are taken as JSON.parse takes them', () => {
  for (const text of [
    '"\\u00e9\\ud800\\\\"',
    '"\\x"',
    '"\\u12"',
    '"a\nb"',
    '"\\',
    '"',
    '"\\"',
    '"\ud800"',
    '{"a\\u0062":1}',
    '{a:1}',
    "'x'",
    '"\\/"',
  ]) {
    let expected: unknown;
    try {
      expected = JSON.parse(text);
    } catch {
      expect(readJson(text), text).toMatchObject({ wellFormed: false });
      continue;
    }
    expect(readJson(text), text).toMatchObject({ value: expected, wellFormed: true });
  }
});

test('200,000 statements are read, and refused where they are none', () => {
  const statements = many(200_000, (index) => allow({ Action: `s3:a${index}` }));
  expect(parse(of(statements)).document!.Statement).toHaveLength(200_000);
  const asked = { action: 's3:a199999', resource: '*' };
  expect(decide(of(statements), asked).decision).toBe('allowed');
  expect(parse(of(many(200_000, (index) => index))).problems).toHaveLength(200_000);
});

describe('a long value of a request that a policy puts in many times', () => {
  const variables = '${aws:x}'.repeat(16_000);
  const value = 'x'.repeat(130_000);
  const context = { 'aws:x': value, 'aws:y': value };
  const request = { action: 's3:GetObject', resource: `arn:aws:s3:::${value}`, context };
  test.each([
    ['in a resource', policy(allow({ Resource: `arn:aws:s3:::${variables}` }))],
    ['behind a star that runs on', policy(allow({ Resource: `arn:aws:*:?x*:1:${variables}` }))],
    ...['StringEquals', 'StringLike', 'StringEqualsIgnoreCase', 'ArnLike', 'Bool'].map((operator): [string, Json] => [
      `under ${operator}`,
      policy(when(operator, 'aws:y', variables)),
    ]),
  ])('costs nothing %s', (_where, document) => {
    expect(decide(document, request).decision).toBe('implicitDeny');
  });

  test('still matches where it fits, however letter case changes its length', () => {
    const twice = (operator: string, text: string, both: string): string =>
      decide(policy(when(operator, 'aws:y', '${aws:x}${aws:x}')), {
        ...request,
        context: { 'aws:x': text, 'aws:y': both },
      }).decision;
    expect(twice('StringEquals', 'ab', 'abab')).toBe('allowed');
    expect(twice('StringEquals', 'ab', 'aba')).toBe('implicitDeny');
    expect(twice('StringEqualsIgnoreCase', 'i\u0307', '\u0130\u0130')).toBe('allowed');
    expect(twice('StringEqualsIgnoreCase', '\u0130', 'i\u0307i\u0307')).toBe('allowed');
  });
});

test('a condition key may be called like what every object has', () => {
  const keys = JSON.parse('{ "__proto__": "b", "constructor": "x" }') as Json;
  const conditional = policy(allow({ Condition: { StringEquals: keys } }));
  const { relation, lost } = compare(conditional, policy(allow({ Action: 's3:PutObject' })));
  expect(relation).toBe('incomparable');
  expect(Object.entries(lost!.context)).toEqual(Object.entries(keys));
  expect(compare(conditional, plain).relation).toBe('wider');
});
