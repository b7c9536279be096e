import type { NaiveRequest } from './naive.js';

/** A small seeded generator (mulberry32): the same seed gives the same policies everywhere. */
export class Random {
  constructor(private state: number) {}

  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.next() * items.length)]!;
  }

  some<T>(items: readonly T[], most: number): T[] {
    return Array.from({ length: 1 + Math.floor(this.next() * most) }, () => this.pick(items));
  }
}

const actions = [
  's3:GetObject',
  's3:PutObject',
  's3:ListBucket',
  'iam:GetUser',
  'S3:getobject',
  'sts:GetCallerIdentity',
];
const actionPatterns = [
  ...actions,
  '*',
  's3:*',
  's3:Get*',
  's3:?etObject',
  's3:*Object*',
  'S3:G*T',
  'ec2:*',
  's3:Get?',
  'sts:Get*',
];
const resources = [
  'arn:aws:s3:::b/k',
  'arn:aws:s3:::b/k/x',
  'arn:aws:s3:::b/*',
  'arn:aws:s3:::bb',
  'arn:aws:iam::1:user/bob',
  'arn:aws:iam::1:user/b:c:d',
  'arn:aws-cn:s3:::b/k',
  'arn:aws:ddb:eu:1:t/a',
  'arn:aws:ddb:eu:1:t/a:i',
  'arn:aws:ddb:us:2:t/b',
  'arn:aws:ddb:eu:t/a:x:i',
  '*',
];
const resourcePatterns = [
  ...resources,
  'arn:aws:s3',
  'arn:aws:s3:*',
  'arn:aws:s3:::b*',
  'arn:aws:s3:::*k*',
  'arn:aws:s3:::b/?',
  'arn:aws:iam::*:user/*',
  'arn:aws:iam::?:user/b*d',
  'arn:*:s3:::b/k',
  'arn:aws:s3:::${aws:username}/k',
  'arn:aws:s3:::b/${AWS:UserName}',
  "arn:aws:s3:::b/${aws:none, 'k'}",
  'arn:aws:s3:::b/${aws:none}',
  'arn:aws:s3:::b/${*}',
  'arn:aws:s3:::b/${aws:tags}',
  'arn:aws:iam::${aws:account}:user/bob',
  'arn:aws:ddb:*:t/a',
  'arn:aws:ddb:*:t/*',
  'arn:aws:ddb:e*:1:t/*',
  'arn:aws:ddb:?u:*:t/a*',
  'arn:aws:ddb:*:*:i',
  'arn:aws:ddb:*:1:t/a',
  'arn:aws:ddb:*',
  'arn:aws:d*:eu:1',
  'arn:aws:*:1:${aws:username}/*',
  'arn:*:t/a',
  'arn:aws*:k',
];
const keys = [
  'aws:username',
  'aws:tags',
  'aws:none',
  'aws:account',
  'aws:ip',
  'aws:when',
  'aws:mfa',
  'aws:arn',
  'AWS:USERNAME',
];
const texts = [
  'b',
  'k',
  'B',
  '*',
  'b*',
  'k?x',
  'true',
  'false',
  'TRUE',
  '1',
  '2',
  '10',
  '1.0',
  '-3',
  'abc',
  '9007199254740992',
  '9007199254740993.0',
  '0.1',
  '0',
  '${aws:username}',
];
const patterns = [
  ...texts,
  '${*}',
  '${?}',
  "${aws:none, 'b'}",
  '${aws:tags}',
  '?',
  '*b*',
  'a${$}b',
  '${open',
  'arn:aws:iam',
  'arn:aws:iam::1:*',
];
const addresses = ['10.0.0.1', '10.0.1.7', '192.168.0.1', '2001:db8:0:0:0:0:0:1', '10.0.0'];
const ranges = ['10.0.0.0/24', '10.0.0.1', '0.0.0.0/0', '10.0.0.1/31', '2001:db8:0:0:0:0:0:0/32', '192.168.0.0/16'];
const dates = [
  '2020-01-01T00:00:00Z',
  '2020-01-01',
  '2019',
  '2020-06-01T12:00:00+02:00',
  '1577836800',
  '2020-13-01',
  '1577836800.0000001',
  '15778368e2',
];
const arns = ['arn:aws:iam::1:role/a', 'arn:aws:iam::1:role/a:b', 'arn:aws:sns:eu:1:t', 'arn:aws:iam', 'role/a'];
const arnPatterns = [
  ...arns,
  'arn:aws:iam::*:role/*',
  'arn:aws:iam::1:role/?',
  '*',
  'arn:*:iam::1:*',
  'arn:aws:iam:*',
  'arn:*',
  'arn:aws:*:eu:1:t',
  '${aws:arn}',
];
const operators = {
  text: [
    'StringEquals',
    'StringNotEquals',
    'StringLike',
    'StringNotLike',
    'StringEqualsIgnoreCase',
    'StringNotEqualsIgnoreCase',
    'BinaryEquals',
    'Bool',
  ],
  number: [
    'NumericEquals',
    'NumericNotEquals',
    'NumericLessThan',
    'NumericLessThanEquals',
    'NumericGreaterThan',
    'NumericGreaterThanEquals',
  ],
  date: [
    'DateEquals',
    'DateNotEquals',
    'DateLessThan',
    'DateLessThanEquals',
    'DateGreaterThan',
    'DateGreaterThanEquals',
  ],
  ip: ['IpAddress', 'NotIpAddress'],
  arn: ['ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike'],
};
const policyValues = {
  text: patterns,
  number: ['1', '2', '10', '1.0', '-3', 'abc', '1e1', '9007199254740993', '9007199254740992.5', '-0', '1E-1'],
  date: dates,
  ip: ranges,
  arn: arnPatterns,
};

/** A random policy; scalars and lists, both versions, every operator. */
export function randomDocument(random: Random): Record<string, unknown> {
  const statements = Array.from({ length: 1 + Math.floor(random.next() * 4) }, () => randomStatement(random));
  return {
    ...(random.chance(0.8) ? { Version: '2012-10-17' } : random.chance(0.5) ? { Version: '2008-10-17' } : {}),
    Statement: statements.length === 1 && random.chance(0.5) ? statements[0] : statements,
  };
}

function randomStatement(random: Random): Record<string, unknown> {
  const texts = (from: readonly string[]) => {
    const some = random.some(from, 3);
    return some.length === 1 && random.chance(0.5) ? some[0] : some;
  };
  const condition: Record<string, Record<string, unknown>> = {};
  while (random.chance(0.45)) {
    if (random.chance(0.2)) {
      (condition['Null'] ??= {})[random.pick(keys)] = random.pick(['true', 'false', true, false]);
      continue;
    }
    const kind = random.pick(['text', 'text', 'text', 'number', 'date', 'ip', 'arn'] as const);
    const set = random.pick(['', '', '', 'ForAllValues:', 'ForAnyValue:']);
    const operator = set + random.pick(operators[kind]) + (random.chance(0.2) ? 'IfExists' : '');
    (condition[operator] ??= {})[random.pick(keys)] = texts(policyValues[kind]);
  }
  return {
    Effect: random.chance(0.7) ? 'Allow' : 'Deny',
    [random.chance(0.85) ? 'Action' : 'NotAction']: texts(actionPatterns),
    [random.chance(0.85) ? 'Resource' : 'NotResource']: texts(resourcePatterns),
    ...(Object.keys(condition).length === 0 ? {} : { Condition: condition }),
  };
}

/** A random request, with values that the policies' values are made to meet. */
export function randomRequest(random: Random): NaiveRequest {
  const context: Record<string, string | string[]> = {};
  const value = () => random.pick([...texts, ...addresses, ...dates, ...arns, '']);
  for (const key of keys.slice(0, 8)) {
    if (random.chance(0.4)) continue;
    const typed = { 'aws:ip': addresses, 'aws:when': dates, 'aws:arn': arns, 'aws:mfa': ['true', 'false', 'True'] }[
      key
    ];
    const one = () => (typed !== undefined && random.chance(0.8) ? random.pick(typed) : value());
    context[random.chance(0.2) ? key.toUpperCase() : key] = random.chance(0.6)
      ? Array.from({ length: Math.floor(random.next() * 4) }, one)
      : one();
  }
  return { action: random.pick(actions), resource: random.pick(resources), context };
}

const callers: NonNullable<NaiveRequest['principal']>[] = [
  { AWS: 'arn:aws:iam::111122223333:root' },
  { AWS: 'arn:aws:iam::111122223333:user/team/bob' },
  { AWS: 'arn:aws:iam::444455556666:user/bob' },
  { AWS: 'arn:aws:sts::111122223333:assumed-role/ci/run-1' },
  { AWS: 'arn:aws:sts::111122223333:assumed-role/ci/run-2' },
  { AWS: 'arn:aws:sts::111122223333:assumed-role/cim/run-1' },
  { AWS: 'arn:aws:sts::444455556666:federated-user/ann' },
  { Service: 'ec2.amazonaws.com' },
  { Service: 'ecs-tasks.amazonaws.com' },
  { Federated: 'arn:aws:iam::111122223333:oidc-provider/ci.example.com' },
  { Federated: 'accounts.google.com' },
  { CanonicalUser: 'a'.repeat(64) },
  'anonymous',
];
const principalTexts = {
  AWS: [
    '*',
    '111122223333',
    'arn:aws:iam::111122223333:root',
    'arn:aws:iam::444455556666:root',
    'arn:aws:iam::111122223333:user/team/bob',
    'arn:aws:iam::444455556666:user/bob',
    'arn:aws:iam::111122223333:role/ci',
    'arn:aws:iam::111122223333:role/path/to/ci',
    'arn:aws:sts::111122223333:assumed-role/ci/run-1',
    'arn:aws:sts::444455556666:federated-user/ann',
  ],
  Service: ['ec2.amazonaws.com', 'ecs-tasks.amazonaws.com'],
  Federated: ['arn:aws:iam::111122223333:oidc-provider/ci.example.com', 'accounts.google.com'],
  CanonicalUser: ['a'.repeat(64), 'b'.repeat(64)],
};

function randomPrincipal(random: Random): unknown {
  if (random.chance(0.1)) return '*';
  const types = new Set(random.some(['AWS', 'AWS', 'AWS', 'Service', 'Federated', 'CanonicalUser'] as const, 2));
  return Object.fromEntries(
    [...types].map((type) => {
      const some = random.some(principalTexts[type], 3);
      return [type, some.length === 1 && random.chance(0.5) ? some[0] : some];
    }),
  );
}

/** The document with a principal in each statement; a resource policy, whose statements may leave the resource out. */
export function withPrincipals(random: Random, document: Record<string, unknown>): Record<string, unknown> {
  const statements = [document['Statement']].flat() as Record<string, unknown>[];
  return {
    ...document,
    Statement: statements.map((statement) => {
      const element = statement['Effect'] === 'Deny' && random.chance(0.3) ? 'NotPrincipal' : 'Principal';
      return { ...statement, [element]: randomPrincipal(random) };
    }),
  };
}

/** The request, made by somebody; now and then it is not said by whom. */
export function madeBySomebody(random: Random, request: NaiveRequest): NaiveRequest {
  return random.chance(0.05) ? request : { ...request, principal: random.pick(callers) };
}
