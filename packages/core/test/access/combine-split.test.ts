import { describe, expect, test } from 'vitest';
import {
  boundary,
  boundaryOf,
  build,
  combine,
  compare,
  decide,
  ecrDockerPush,
  parse,
  print,
  printShortest,
  quotas,
  size,
  split,
  SplitError,
  type PolicyDocument,
} from '../../src/index.js';
import { entries } from '../catalog/entries.js';
import { Random, randomDocument } from './random.js';

const place = { account: '123456789012', region: 'eu-west-1' };

function policy(...Statement: Record<string, unknown>[]): Record<string, unknown> {
  return { Version: '2012-10-17', Statement };
}

function allow(Action: unknown, Resource: unknown, others: Record<string, unknown> = {}): Record<string, unknown> {
  return { Effect: 'Allow', Action, Resource, ...others };
}

describe('combine', () => {
  test('puts together what differs in actions or resources only', () => {
    const combined = combine([
      policy(allow('s3:A', 'arn:aws:s3:::x', { Sid: 'One' }), allow('s3:A', 'arn:aws:s3:::y')),
      policy(allow('s3:B', ['arn:aws:s3:::y', 'arn:aws:s3:::x']), allow('s3:A', 'arn:aws:s3:::x', { Sid: 'One' })),
    ]);
    expect(combined).toEqual({
      Version: '2012-10-17',
      Statement: [
        { Sid: 'One', Effect: 'Allow', Action: ['s3:A', 's3:B'], Resource: ['arn:aws:s3:::x', 'arn:aws:s3:::y'] },
      ],
    });
  });

  test('takes out what a pattern or another statement covers', () => {
    const combined = combine(
      policy(
        allow(['s3:GetObject', 's3:Get*'], ['arn:aws:s3:::b/x', 'arn:aws:s3:::b/*']),
        allow('s3:GetObjectAcl', 'arn:aws:s3:::b/y', { Condition: { Bool: { 'aws:SecureTransport': 'true' } } }),
      ),
    );
    expect(combined.Statement).toEqual([{ Effect: 'Allow', Action: ['s3:Get*'], Resource: ['arn:aws:s3:::b/*'] }]);
  });

  test('takes out what several patterns cover together, and the same action in other letter case', () => {
    const combined = combine(policy(allow(['s3:Get*', 's3:Get', 's3:Get?*', 'S3:GET', 'ec2:Get*'], '*')));
    expect(combined.Statement).toEqual([{ Effect: 'Allow', Action: ['s3:Get*', 'ec2:Get*'], Resource: ['*'] }]);
    const parts = combine(policy(allow(['s3:Get', 's3:Get?*', 's3:Get*x'], '*')));
    expect(parts.Statement[0]?.Action).toEqual(['s3:Get', 's3:Get?*']);
  });

  test('does not take a variable for what it may be', () => {
    const resources = ['arn:aws:s3:::b/${aws:username}', 'arn:aws:s3:::b/x', 'arn:aws:s3:::c/*', 'arn:aws:s3:::c/${x}'];
    expect(combine(policy(allow('s3:A', resources))).Statement[0]?.Resource).toEqual(resources.slice(0, 3));
  });

  test('keeps a Deny that meets no Allow here', () => {
    const deny = { Effect: 'Deny', Action: ['iam:*'], Resource: ['*'] };
    expect(combine(policy(deny, allow(['s3:A'], ['*']))).Statement).toHaveLength(2);
    expect(combine(policy(deny, { ...deny, Action: 'iam:GetRole' })).Statement).toEqual([deny]);
  });

  test('refuses to mix versions where `${` means two things', () => {
    const old = { Statement: allow('s3:A', 'arn:aws:s3:::${x}') };
    expect(() => combine([old, policy(allow('s3:A', '*'))])).toThrow(/plain text/);
    expect(combine([old]).Version).toBeUndefined();
  });

  test('gives the same access in no more characters, for random documents, and twice the same', () => {
    const seed = Number(process.env['POSTERN_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
    console.log(`combine: seed ${seed}`);
    const random = new Random(seed);
    // A round takes as long as ten of the other tests' rounds.
    const rounds = Math.min(400, Math.ceil(Number(process.env['POSTERN_ROUNDS'] ?? 4000) / 10));
    let shorter = 0;
    for (let round = 0; round < rounds; round += 1) {
      const documents = [randomDocument(random), randomDocument(random)].map((one) => ({
        ...one,
        Version: '2012-10-17',
      }));
      const combined = combine(documents);
      const { relation } = compare(documents, combined);
      expect(relation === 'equal' || relation === 'unknown', JSON.stringify({ documents, combined })).toBe(true);
      const everything = policy(allow('*', '*'));
      const beside = compare([everything, ...documents], [everything, combined]).relation;
      expect(beside === 'equal' || beside === 'unknown', JSON.stringify({ documents, combined })).toBe(true);
      const before = documents.reduce((sum, document) => sum + size(parse(document).document!), 0);
      expect(size(combined)).toBeLessThanOrEqual(before);
      if (size(combined) < before) shorter += 1;
      expect(combine(combined)).toEqual(combined);
    }
    expect(shorter).toBeGreaterThan(rounds / 4);
  });
});

function large(count: number): PolicyDocument {
  const statements = Array.from({ length: count }, (_, index) => ({
    Sid: `Bucket${index}`,
    ...allow(['s3:GetObject', 's3:PutObject'], [`arn:aws:s3:::bucket-${index}/*`]),
  }));
  return parse(policy(...statements)).document!;
}

describe('split', () => {
  test('names the quotas where there is none of the name', () => {
    expect(() => split([], 'managed' as 'managedPolicy')).toThrow(
      /^`managed` is no quota: it is one of `managedPolicy`, /,
    );
    expect(() => split([], 'toString' as 'managedPolicy')).toThrow(RangeError);
  });

  test('fits the quota and gives the same access', () => {
    const parts = split(large(100), 'managedPolicy');
    expect(parts.length).toBe(2);
    for (const part of parts) expect(size(part)).toBeLessThanOrEqual(quotas.managedPolicy.characters);
    expect(compare(large(100), parts).relation).toBe('equal');
  });

  test('one permission more moves nothing but its own statement', () => {
    const before = split(large(100), 'managedPolicy');
    const [first, ...rest] = large(100).Statement;
    const grown = {
      ...large(100),
      Statement: [{ ...first!, Action: [...first!.Action!, 's3:DeleteObject'] }, ...rest],
    };
    const after = split(grown, 'managedPolicy', { previous: before });
    const homes = (parts: readonly PolicyDocument[]) =>
      new Map(parts.flatMap(({ Statement }, part) => Statement.map(({ Sid }) => [Sid, part] as const)));
    const moved = Array.from(homes(before)).filter(([sid, part]) => homes(after).get(sid) !== part);
    expect(moved.length).toBeLessThanOrEqual(1);
    expect(moved.every(([sid]) => sid === 'Bucket0')).toBe(true);
    expect(compare(grown, after).relation).toBe('equal');
  });

  test('what fits stays one document, as it was', () => {
    expect(split(large(3), 'managedPolicy').map((part) => print(part))).toEqual([print(large(3))]);
  });

  test('refuses a statement that is too large by itself, by name', () => {
    const actions = Array.from({ length: 400 }, (_, index) => `s3:Action${index}WithAName`);
    const whole = { Effect: 'Allow', NotAction: actions, Resource: '*' };
    const document = policy({ Sid: 'Huge', ...whole }, whole, allow('s3:A', `arn:aws:s3:::${'x'.repeat(7000)}`));
    expect(() => split(document, 'managedPolicy')).toThrow(SplitError);
    expect(() => split(document, 'managedPolicy')).toThrow(
      /statement `Huge` alone.*cannot be divided far enough.*statement 1 alone.*statement 2 alone/,
    );
  });

  test('refuses more documents than can be attached, and more than the sum', () => {
    expect(() => split(large(1000), 'managedPolicy')).toThrow(/documents are needed and 10 can be attached/);
    expect(split(large(1000), 'managedPolicy', { attachments: 20 }).length).toBeGreaterThan(10);
    expect(() => split(large(100), 'userPolicies')).toThrow(/hold 2048 in sum/);
    expect(split(large(10), 'userPolicies').length).toBe(1);
  });

  /** A statement without a Sid that makes a document of just so many characters. */
  function sized(characters: number, bucket: string): Record<string, unknown> {
    const start = `arn:aws:s3:::${bucket}`;
    const without = size(parse(policy(allow('s3:GetObject', start))).document!);
    return allow('s3:GetObject', start + 'x'.repeat(characters - without));
  }

  test('a document may be as large as the quota, and no character larger', () => {
    expect(split(policy(sized(2048, 'a')), 'sessionPolicy')).toHaveLength(1);
    expect(() => split(policy(sized(2049, 'a')), 'sessionPolicy')).toThrow(
      'statement 0 alone makes 2049 characters and a session policy holds 2048, and its lists cannot be divided far enough',
    );
    expect(split(policy(sized(2048, 'a')), 'userPolicies')).toHaveLength(1);
    expect(() => split([policy(sized(1100, 'a')), policy(sized(1100, 'b'))], 'userPolicies')).toThrow(
      /^the documents have 2\d\d\d characters and inline policies of a user hold 2048 in sum: attach managed/,
    );
  });

  test('there may be as many documents as can be attached, and no more', () => {
    const two = policy(sized(2000, 'a'), sized(2000, 'b'));
    expect(() => split(two, 'sessionPolicy')).toThrow('2 documents are needed and 1 can be attached');
    expect(split(two, 'sessionPolicy', { attachments: 2 })).toHaveLength(2);
    const ten = policy(...Array.from({ length: 10 }, (_, index) => sized(6000, `b${index}`)));
    expect(split(ten, 'managedPolicy')).toHaveLength(10);
    expect(() => split(ten, 'managedPolicy', { attachments: 9 })).toThrow('10 documents are needed and 9 can');
  });

  test('what was in a document before stays there, in its order, with and without Sids', () => {
    const named = (Sid: string, characters: number) => ({ ...sized(characters, Sid.toLowerCase()), Sid });
    const [a, b, c, d] = [named('A', 900), named('B', 900), sized(700, 'c'), sized(700, 'd')];
    const previous = [policy(c), policy(d, a), policy(allow('s3:Gone', '*'))];
    const attachments = 5;
    const again = split(policy(a, b, c, d), 'sessionPolicy', { previous, attachments });
    const resources = again.map(({ Statement }) =>
      Statement.map(({ Resource }) => Resource![0]!.slice(13, 14)).join(''),
    );
    expect(resources).toEqual(['bc', 'ad']);
    expect(split(policy(a, b, c, d), 'sessionPolicy', { attachments })).toHaveLength(2);
    const other = split(policy({ ...a, Action: ['s3:GetObject', 's3:PutObject'] }), 'sessionPolicy', {
      previous,
      attachments,
    });
    expect(other.map(({ Statement }) => Statement.map(({ Sid }) => Sid))).toEqual([['A']]);
  });

  test('refuses what cannot be compared, with the reason', () => {
    expect(() => split(policy(allow('s3:A', 'arn:aws:s3:::\ue000')), 'managedPolicy')).toThrow(
      /^the division is not proved: .*private use area/,
    );
  });

  test('keeps documents of both versions apart', () => {
    const old = { Statement: allow('s3:A', 'arn:aws:s3:::${x}') };
    const parts = split([old, large(2)], 'managedPolicy');
    expect(parts.map(({ Version }) => Version)).toEqual([undefined, '2012-10-17']);
  });
});

describe('split divides long lists', () => {
  const names = (count: number, prefix: string) => Array.from({ length: count }, (_, index) => `${prefix}${index}`);
  const many = { attachments: 1000 };
  const condition = (operator: string, count: number) => ({
    Condition: {
      [operator]: { 'aws:PrincipalTag/team': names(count, 'a-team-with-a-name-') },
      Bool: { 'aws:SecureTransport': 'true' },
    },
  });

  test.each<[string, Record<string, unknown>[]]>([
    ['resources', [allow('s3:GetObject', names(300, 'arn:aws:s3:::bucket-'))]],
    ['actions', [allow(names(500, 's3:ActionWithAName'), '*')]],
    ['actions and resources', [allow(names(300, 's3:ActionWithAName'), names(300, 'arn:aws:s3:::bucket-'))]],
    ['a Deny', [allow('*', '*'), { ...allow(names(500, 's3:ActionWithAName'), '*'), Effect: 'Deny' }]],
    ['resources under a condition', [allow('s3:A', names(300, 'arn:aws:s3:::bucket-'), condition('StringLike', 2))]],
    ['the values of a condition', [allow('s3:A', 'arn:aws:s3:::x', condition('StringEquals', 400))]],
    ['any of the values of a set', [allow('s3:A', 'arn:aws:s3:::x', condition('ForAnyValue:StringEquals', 400))]],
    [
      'several statements with long lists',
      [
        allow('s3:GetObject', names(300, 'arn:aws:s3:::bucket-'), { Sid: 'One' }),
        allow('s3:PutObject', names(250, 'arn:aws:s3:::bucket-'), { Sid: 'Two' }),
        allow('iam:GetRole', '*', { Sid: 'Three' }),
      ],
    ],
  ])('%s', (_, statements) => {
    const parts = split(policy(...statements), 'managedPolicy', many);
    expect(parts.length).toBeGreaterThan(1);
    for (const part of parts) expect(size(part)).toBeLessThanOrEqual(quotas.managedPolicy.characters);
    expect(compare(policy(...statements), parts).relation).toBe('equal');
    expect(parts.length).toBeLessThanOrEqual(2 * Math.ceil(size(parse(policy(...statements)).document!) / 6144) ** 2);
    for (const { Statement } of parts) {
      const sids = Statement.flatMap(({ Sid }) => Sid ?? []);
      expect(new Set(sids).size).toBe(sids.length);
    }
  });

  test.each(['StringNotEquals', 'ForAllValues:StringEquals', 'NumericLessThan'])(
    'a condition that is not met by one value of many holds as a whole: %s',
    (operator) => {
      const values = Array.from({ length: 900 }, (_, index) => String(1_000_000 + index));
      const statement = allow('s3:A', ['arn:aws:s3:::x', 'arn:aws:s3:::y'], {
        Condition: { [operator]: { 'aws:MultiFactorAuthAge': values } },
      });
      expect(() => split(policy(statement), 'managedPolicy')).toThrow(/cannot be divided far enough/);
    },
  );

  const pushTo = (repositories: readonly string[]) => build(ecrDockerPush, { repositories, ...place });
  const homes = (parts: readonly PolicyDocument[]) =>
    new Set(
      parts.flatMap(({ Statement }, part) =>
        Statement.flatMap(({ Sid, Resource }) => Resource!.map((resource) => `${Sid} ${resource} ${part}`)),
      ),
    );
  const movedFrom = (before: readonly PolicyDocument[], after: readonly PolicyDocument[]) => {
    const now = homes(after);
    return [...homes(before)].filter((home) => !now.has(home)).length;
  };

  test('one repository more moves few others, and hardly one where it is told how it was', () => {
    for (const count of [45, 46, 47, 92, 93, 95, 97, 188, 283]) {
      const before = names(count, 'team/app-1');
      const parts = split(pushTo(before), 'managedPolicy');
      for (const after of [
        [...before, 'team/new'],
        ['team/new', ...before],
      ]) {
        const fresh = split(pushTo(after), 'managedPolicy');
        expect(fresh.length, `${count}`).toBeLessThanOrEqual(parts.length + 1);
        expect(movedFrom(parts, fresh), `${count}`).toBeLessThanOrEqual(20);
        const told = split(pushTo(after), 'managedPolicy', { previous: parts });
        expect(movedFrom(parts, told), `${count}`).toBeLessThanOrEqual(1);
        expect(compare(pushTo(after), told).relation).toBe('equal');
      }
      const fewer = split(pushTo(before.slice(1)), 'managedPolicy', { previous: parts });
      expect(movedFrom(parts, fewer)).toBeLessThanOrEqual(2);
    }
  });

  test('characters may be counted in another way', () => {
    const twice = (document: PolicyDocument) => 2 * size(document);
    const parts = split(large(100), 'managedPolicy', { measure: twice });
    for (const part of parts) expect(size(part)).toBeLessThanOrEqual(3072);
    expect(parts.length).toBeGreaterThanOrEqual(4);
  });

  test('an item that stands twice is divided once, and a split comes to its end', () => {
    const names = Array.from({ length: 120 }, (_, index) => `arn:aws:s3:::${'b'.repeat(40)}${index}/*`);
    const values = Array.from({ length: 140 }, (_, index) => `${'v'.repeat(40)}${index}`);
    for (const twice of [
      policy(allow(['s3:Get*', 's3:Get*'], [names[0]!, ...names, names[0]!])),
      policy(allow('s3:Get*', '*', { Condition: { StringLike: { 'aws:userid': [...values, ...values] } } })),
    ]) {
      const parts = split(twice, 'managedPolicy');
      expect(parts.length).toBe(2);
      expect(compare(twice, parts).relation).toBe('equal');
      expect(split(twice, 'managedPolicy', { previous: parts })).toEqual(parts);
    }
    const item = `arn:aws:s3:::${'b'.repeat(130)}/*`;
    const measure = (document: PolicyDocument) => 20 * size(document);
    expect(split(policy(allow('s3:Get*', [item, item, `${item}x`])), 'managedPolicy', { measure })).toHaveLength(2);
  });

  test('random documents, in any quota that they fit', () => {
    const seed = Number(process.env['POSTERN_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
    console.log(`split: seed ${seed}`);
    const random = new Random(seed);
    let divided = 0;
    for (let round = 0; round < 200; round += 1) {
      const document = { ...randomDocument(random), Version: '2012-10-17' };
      const measure = (one: PolicyDocument) => 20 * size(one);
      try {
        const parts = split(document, 'managedPolicy', { measure, ...many });
        if (parts.length > 1) divided += 1;
        for (const part of parts) expect(measure(part)).toBeLessThanOrEqual(6144);
        expect(compare(document, parts).relation, JSON.stringify(document)).toBe('equal');
        expect(split(document, 'managedPolicy', { measure, previous: parts, ...many })).toEqual(parts);
      } catch (error) {
        expect(error, JSON.stringify(document)).toBeInstanceOf(SplitError);
      }
    }
    expect(divided).toBeGreaterThan(10);
  });
});

test('the shortest print means the same in no more characters than it was given in', () => {
  const given = policy({
    Effect: 'Allow',
    Action: 's3:A',
    Resource: '*',
    Condition: { Bool: { 'aws:SecureTransport': 'true' } },
  });
  expect(printShortest(parse({ ...given, Statement: (given['Statement'] as unknown[])[0] }).document!)).toBe(
    JSON.stringify({ ...given, Statement: (given['Statement'] as unknown[])[0] }),
  );
  const lists = policy(allow(['s3:A', 's3:B'], ['*']), allow('s3:C', []));
  const printed = printShortest(parse(lists).document ?? { Statement: [] });
  expect(parse(printed).document).toEqual(parse(lists).document ?? { Statement: [] });
});

describe('boundary', () => {
  const samples = entries.flatMap(({ useCase, samples: all }) =>
    all.map(({ name, options }) => ({ name, options, useCase })),
  );

  test.each(samples)('contains the policy of $useCase.id: $name', ({ useCase, options }) => {
    const made = boundary(useCase, options);
    expect(size(made)).toBeLessThanOrEqual(quotas.managedPolicy.characters);
    expect(['equal', 'wider']).toContain(compare(build(useCase, options), made).relation);
    expect(parse(made).problems).toEqual([]);
  });

  test('denies changing itself, also beside a policy that allows everything', () => {
    const made = boundary(ecrDockerPush, { repositories: ['my-app'], ...place }, { name: 'ci' });
    const admin = policy(allow('*', '*'));
    for (const action of ['iam:CreatePolicyVersion', 'iam:DeletePolicy', 'iam:SetDefaultPolicyVersion']) {
      const request = { action, resource: 'arn:aws:iam::123456789012:policy/ci' };
      expect(decide([admin, made], request).decision, action).toBe('explicitDeny');
      expect(decide([admin, made], { ...request, resource: `${request.resource}x` }).decision).toBe('allowed');
    }
    const request = { action: 'iam:DeleteRolePermissionsBoundary', resource: 'arn:aws:iam::123456789012:role/ci' };
    expect(decide([admin, made], request).decision).toBe('explicitDeny');
  });

  test('of documents: together, with their Denys, in either version', () => {
    const arn = 'arn:aws:iam::123456789012:policy/b';
    const deny = { Effect: 'Deny', Action: 's3:DeleteObject', Resource: '*' };
    const made = boundaryOf([policy(allow('s3:*', '*')), { Statement: deny }], arn);
    const on = (action: string, resource: string) => decide(made, { action, resource }).decision;
    expect(on('s3:GetObject', 'arn:aws:s3:::x/y')).toBe('allowed');
    expect(on('s3:DeleteObject', 'arn:aws:s3:::x/y')).toBe('explicitDeny');
    expect(on('iam:DeletePolicy', arn)).toBe('explicitDeny');
    expect(() => boundaryOf(large(300), arn)).toThrow(/a boundary is one policy: give fewer names or a wider scope/);
    expect(() => boundaryOf(policy(allow('s3:A', 'arn:aws:s3:::\ue000')), arn)).toThrow(/cannot be compared/);
  });

  test('reports options as build does', () => {
    expect(() => boundary(ecrDockerPush, { repositories: [] } as never)).toThrow(/repositories/);
  });
});
