import { describe, expect, test } from 'vitest';
import { parse, print, readJson, size, type PolicyDocument } from '../../src/index.js';

const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' };

function document(changes: Record<string, unknown>): unknown {
  return { Version: '2012-10-17', Statement: [{ ...statement, ...changes }] };
}

function problemsOf(source: unknown): string[] {
  return parse(source).problems.map(({ severity, path, message }) => `${severity} ${path}: ${message}`);
}

describe('what is read without problems', () => {
  test.each([
    ['one statement without a list', { Version: '2012-10-17', Statement: statement }],
    ['lists of one', document({ Action: ['s3:GetObject'], Resource: ['*'] })],
    [
      'a condition with a number and a boolean',
      document({
        Condition: { Bool: { 'aws:SecureTransport': true }, NumericLessThan: { 'aws:MultiFactorAuthAge': 3600 } },
      }),
    ],
    [
      'several empty Sids',
      {
        Version: '2012-10-17',
        Statement: [
          { ...statement, Sid: '' },
          { ...statement, Sid: '' },
        ],
      },
    ],
    ['the bare star', document({ Action: '*', Resource: '*' })],
    ['a colon in the sixth part', document({ Resource: 'arn:aws:logs:eu-west-1:123456789012:log-group:x:*' })],
    ['a wildcard in the partition, as AWS writes it itself', document({ Resource: 'arn:*:ec2:*:*:vpc/*' })],
    ['an access point', document({ Resource: 'arn:aws:s3:eu-west-1:123456789012:accesspoint/x' })],
  ])('%s', (_, source) => {
    expect(parse(source).problems).toEqual([]);
    expect(parse(source).document).not.toBeNull();
  });

  test('scalars become lists, and condition values become strings', () => {
    const source = document({ Sid: 'A', Condition: { numericequals: { 'a:b': 1 }, Bool: { 'c:d': [true] } } });
    expect(parse(source).document).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'A',
          Effect: 'Allow',
          Action: ['s3:GetObject'],
          Resource: ['arn:aws:s3:::b/*'],
          Condition: { NumericEquals: { 'a:b': ['1'] }, Bool: { 'c:d': ['true'] } },
        },
      ],
    });
  });
});

describe('what can be read, and IAM refuses or takes otherwise than meant', () => {
  test.each([
    [{ Statement: statement }, 'warning Version: `Version` is absent'],
    [{ Version: '2008-10-17', Statement: statement }, 'warning Version: `2008-10-17` is the old version'],
    [{ Version: '2012-10-17', Id: 'x', Statement: statement }, 'error Id: '],
    [{ Version: '2012-10-17', Comment: 'x', Statement: statement }, 'error Comment: '],
    [{ Version: '2012-10-17', Statement: [] }, 'error Statement: '],
    [document({ Sid: 'has-hyphen' }), 'error Statement[0].Sid: `has-hyphen` is no Sid'],
    [
      {
        Version: '2012-10-17',
        Statement: [
          { ...statement, Sid: 'A' },
          { ...statement, Sid: 'A' },
        ],
      },
      'error Statement[1].Sid: `A` is already the Sid at `Statement[0].Sid`',
    ],
    [document({ Action: [] }), 'error Statement[0].Action: the list is empty'],
    [
      document({ Action: ['s3:GetObject', 'ec2', 's3:Get*, s3:Put*', 's*:Get', 'a:b:c'] }),
      'error Statement[0].Action[1]: `ec2` names no service',
    ],
    [document({ Action: 's3:Get*, s3:Put*' }), 'error Statement[0].Action: `s3:Get*, s3:Put*` matches no action'],
    [document({ Action: 's*:GetObject' }), 'error Statement[0].Action: `s*:GetObject` has a wildcard in the service'],
    [document({ Resource: ['*', 'my-bucket'] }), 'error Statement[0].Resource[1]: `my-bucket` is no ARN'],
    [document({ Resource: 'arn:aws:*:::b' }), 'error Statement[0].Resource: '],
    [
      document({ Resource: 'arn:*:s*:::b' }),
      'error Statement[0].Resource: `arn:*:s*:::b` has a wildcard in the service',
    ],
    [document({ Resource: 'arn:aws:sqs' }), 'warning Statement[0].Resource: `arn:aws:sqs` is a short ARN'],
    [document({ Resource: 'arn:aws:iam:eu-west-1:1:user/x' }), 'warning Statement[0].Resource: '],
    [document({ Resource: 'arn:aws:s3:eu-west-1::b' }), 'warning Statement[0].Resource: '],
    [document({ Resource: 'arn:aws:iam::${aws:PrincipalAccount}:user/x' }), 'warning Statement[0].Resource: '],
    [
      document({ Resource: 'arn:aws:s3:::bücket-€' }),
      'error Statement[0].Resource: `arn:aws:s3:::bücket-€` holds the character U+20AC',
    ],
    [document({ Sid: 5 }), 'error Statement[0].Sid: a Sid is a string, not `5`'],
    [
      document({ Condition: { stringequals: { 'a:b': 'c' } } }),
      'warning Statement[0].Condition.stringequals: `stringequals` is spelled `StringEquals` by AWS',
    ],
  ])('%j: %s', (source, expected) => {
    expect(problemsOf(source)).toContainEqual(expect.stringContaining(expected));
    expect(parse(source).document).not.toBeNull();
  });
});

describe('what cannot be understood is not evaluated', () => {
  test.each([
    ['null', 'a policy document is a JSON object'],
    ['[]', 'a policy document is a JSON object'],
    ['{"Version":"2012-10-17"', 'not JSON: the text ends too early at line 1, column 24'],
    ['{"Version":"2012-10-17",\n"Statement":[,]}', 'not JSON: unexpected `,` at line 2, column 14'],
    ['{"Version":"2012-10-17","Version":"2012-10-17","Statement":[]}', 'Version: the key `Version` stands twice'],
    [
      '{"Statement":[{"Effect":"Allow","Action":"a:b","Resource":"*","Condition":{"Bool":{"a:b":"true"},"Bool":{}}}]}',
      'Statement[0].Condition.Bool: the key `Bool` stands twice',
    ],
    [JSON.stringify({ Version: '2012-10-18', Statement: statement }), 'Version: `2012-10-18` is no policy version'],
    [JSON.stringify({ Version: '2012-10-17' }), 'Statement: `Statement` is missing'],
    [JSON.stringify(document({ Effect: 'allow' })), 'Statement[0].Effect: `allow` is no effect'],
    [JSON.stringify(document({ NotAction: 'a:b' })), 'Statement[0]: the statement has both `Action` and `NotAction`'],
    [
      JSON.stringify(document({ Resource: undefined })),
      'Statement[0]: the statement has neither `Resource` nor `NotResource`',
    ],

    [
      JSON.stringify(document({ condition: {} })),
      'Statement[0].condition: `condition` is no element of a statement, did you mean `Condition`?',
    ],
    [
      JSON.stringify(document({ Condition: { StringEqual: { 'a:b': 'c' } } })),
      'Statement[0].Condition.StringEqual: `StringEqual` is no condition operator, did you mean `StringEquals`?',
    ],
    [JSON.stringify(document({ Condition: { NullIfExists: { 'a:b': 'true' } } })), 'is no condition operator'],
    [
      JSON.stringify(document({ Condition: { Bool: { 'a:b': { c: 1 } } } })),
      'Statement[0].Condition.Bool.a:b: a condition value is',
    ],
    [JSON.stringify(document({ Action: [1] })), 'Statement[0].Action[0]: expected a string'],
    [`${'['.repeat(100)}${']'.repeat(100)}`, 'nested more than 64 levels deep'],
  ])('%s', (text, expected) => {
    const { document: read, problems } = parse(text);
    expect(read).toBeNull();
    const unreadable = problems.filter(({ severity }) => severity === 'unreadable');
    expect(unreadable.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`))).toContainEqual(
      expect.stringContaining(expected),
    );
  });

  test('every problem is reported at once', () => {
    const source = document({ Sid: 'a b', Effect: 'Maybe', Action: 'ec2', Resource: 'b' });
    expect(parse(source).problems.map(({ path }) => path)).toEqual([
      'Statement[0].Sid',
      'Statement[0].Effect',
      'Statement[0].Action',
      'Statement[0].Resource',
    ]);
  });

  test.each(['1.10', '1E5', '9007199254740993', '123456789012345678901', '-0', '1e400', '1.0', '5', '1e-7'])(
    'the number %s stands in the document as it is written',
    (text) => {
      const source = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"a:b","Resource":"*","Condition":{"NumericEquals":{"a:n":[${text},"x"]}}}]}`;
      const { document: read, problems } = parse(source);
      expect(problems).toEqual([]);
      expect(read!.Statement[0]!.Condition).toEqual({ NumericEquals: { 'a:n': [text, 'x'] } });
      const { value } = readJson(source, 'asWritten');
      expect(parse(value).document).toEqual(read);
      expect(readJson(text).value).toBe(Number(text));
    },
  );

  test.each([
    ['"Statement":1.10', 'a statement is a JSON object, not `1.10`'],
    ['"Version":1.10,"Statement":[]', '`1.10` is no policy version'],
    ['"Statement":[{"Effect":1e400,"Action":[1.10],"Resource":"*"}]', 'expected a string, not `1.10`'],
    ['"Statement":[{"Effect":"Allow","Action":"a:b","Resource":"*","Condition":1.10}]', 'not `1.10`'],
  ])('a number in another place is no more than a number: %s', (text, message) => {
    const { document: read, problems } = parse(`{${text}}`);
    expect(read).toBeNull();
    expect(problems.map((problem) => problem.message).join()).toContain(message);
  });

  test('a key named __proto__ is a key like others', () => {
    const { document: read, problems } = parse('{"Version":"2012-10-17","__proto__":{"Statement":[]},"Statement":[]}');
    expect(problems.map(({ path }) => path)).toContain('__proto__');
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
  });
});

describe('print and size', () => {
  const unordered: PolicyDocument = {
    Statement: [{ Resource: ['*'], Action: ['s3:Get Object'], Effect: 'Allow', Sid: 'A' }],
    Version: '2012-10-17',
  };

  test('elements stand in the order that AWS documents', () => {
    expect(print(unordered, 0)).toBe(
      '{"Version":"2012-10-17","Statement":[{"Sid":"A","Effect":"Allow","Action":["s3:Get Object"],"Resource":["*"]}]}',
    );
  });

  test('white space outside strings is not counted, white space inside them is', () => {
    expect(size(unordered)).toBe(print(unordered, 0).length);
    expect(size(parse(print(unordered, 8)).document!)).toBe(size(unordered));
  });

  test('what is printed is read back as the same document', () => {
    expect(parse(print(unordered)).document).toEqual(unordered);
  });
});
