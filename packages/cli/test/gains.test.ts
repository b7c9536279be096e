import { describe, expect, test } from 'vitest';
import { decide, type DocumentSource, type Request } from '@postern/core';
import { allow, policy, temporaryFolder } from './files.js';
import { place, postern } from './terminal.js';

const { file } = temporaryFolder();

interface Pattern {
  readonly statement: string;
  readonly effect: string;
  readonly action?: string;
  readonly notAction?: string[];
  readonly resource?: string;
  readonly notResource?: string[];
  readonly partly: boolean;
  readonly limited: boolean;
  readonly witness: Request & { absent: string[]; inReference: boolean };
}

interface DiffAnswer {
  readonly relation: string;
  readonly gained: Request | null;
  readonly gains: Pattern[];
  readonly losses: Pattern[];
}

let count = 0;
async function diff(a: object, b: object, ...flags: string[]): Promise<DiffAnswer> {
  const names = [file(`${(count += 1)}-a.json`, a), file(`${count}-b.json`, b)];
  const { stdout } = await postern(['diff', ...names, '--json', ...flags]);
  const answer = JSON.parse(stdout) as DiffAnswer;
  const confirm = (from: object, to: object, patterns: Pattern[]): void => {
    for (const { witness } of patterns) {
      expect(decide(to as DocumentSource, witness).decision).toBe('allowed');
      expect(decide(from as DocumentSource, witness).decision).toMatch(/Deny$/);
    }
  };
  confirm(a, b, answer.gains);
  confirm(b, a, answer.losses);
  return answer;
}

async function text(a: object, b: object, ...flags: string[]): Promise<string> {
  const names = [file(`${(count += 1)}-a.json`, a), file(`${count}-b.json`, b)];
  return (await postern(['diff', ...names, ...flags])).stdout;
}

const read = policy(allow('s3:GetObject', 'arn:aws:s3:::b/*'));

describe('what is gained is told by pattern', () => {
  test('part of a pattern was allowed before only where AWS can receive a request for that part', async () => {
    const logIn = allow('ecr:GetAuthorizationToken', '*');
    const partly = async (before: object, after: object) =>
      (await diff(before, after)).gains.map((gain) => gain.partly);
    expect(await partly(policy(logIn), policy(logIn, allow('*', 'arn:aws:s3:::b/*')))).toEqual([false]);
    expect(await partly(policy(logIn), policy(allow('ecr:*', 'arn:aws:s3:::b/*')))).toEqual([false]);
    expect(await partly(policy(logIn), policy(allow('*', '*')))).toEqual([true]);
    expect(
      await partly(
        policy(logIn, allow('s3:GetObject', 'arn:aws:s3:::b/x')),
        policy(logIn, allow('*', 'arn:aws:s3:::b/*')),
      ),
    ).toEqual([true]);
    expect(
      await partly(policy(allow('unheardof:Get', '*')), policy(allow('unheardof:*', 'arn:aws:unheardof:::a'))),
    ).toEqual([true]);
  });

  test('every pattern of every statement, with a request for each', async () => {
    const { gains } = await diff(read, policy(allow(['s3:*', 'iam:*'], '*'), allow('kms:Decrypt', ['*'])));
    expect(gains.map(({ action, resource, partly, statement }) => [action, resource, partly, statement])).toEqual([
      ['s3:*', '*', true, 'Statement[0]'],
      ['iam:*', '*', false, 'Statement[0]'],
      ['kms:Decrypt', '*', false, 'Statement[1]'],
    ]);
    expect(gains.map(({ witness }) => witness.action.split(':')[0])).toEqual(['s3', 'iam', 'kms']);
  });

  test('the sentence says the pattern, an example, and how many are left out', async () => {
    const said = await text(read, policy(allow(['s3:*', 'iam:*'], '*')));
    expect(said).toMatch(
      /^Access is gained: `s3:\*` on every resource \(for example `s3:\w+` on `arn:\S+`\), `iam:\*` on every resource \(for example `iam:\w+` on `arn:\S+`\); none is lost\.$/m,
    );
    const actions = Array.from({ length: 257 }, (_, index) => `s3:Get${index}`);
    const many = await text(policy(), policy(allow(actions, '*')));
    expect(many).toContain(', … and 253 more; none is lost.');
    expect(many.match(/^ {2}`s3:Get\d+` on every resource/gm)).toHaveLength(257);
  });

  test('only the resources of a list that are new', async () => {
    const { gains } = await diff(
      policy(allow(['s3:GetObject', 's3:PutObject'], 'arn:aws:s3:::a/*')),
      policy(allow(['s3:GetObject', 's3:PutObject'], ['arn:aws:s3:::a/*', 'arn:aws:s3:::c/*'])),
    );
    expect(gains.map(({ action, resource }) => `${action} ${resource}`)).toEqual([
      's3:GetObject arn:aws:s3:::c/*',
      's3:PutObject arn:aws:s3:::c/*',
    ]);
  });

  test('NotAction and NotResource stay whole', async () => {
    const everythingBut = { Effect: 'Allow', NotAction: ['iam:*', 'sts:*'], NotResource: 'arn:aws:s3:::secret/*' };
    const { gains } = await diff(read, policy(everythingBut));
    expect(gains).toMatchObject([
      { notAction: ['iam:*', 'sts:*'], notResource: ['arn:aws:s3:::secret/*'], witness: { inReference: true } },
    ]);
    expect(await text(read, policy(everythingBut))).toContain(
      'every action except `iam:*`, `sts:*` on every resource except `arn:aws:s3:::secret/*`',
    );
  });

  const all = allow('s3:*', '*');
  const deny = { Sid: 'Fence', Effect: 'Deny', Action: ['s3:Delete*', 's3:Put*'], Resource: '*' };

  test('a Deny that is gone is told as what it denied', async () => {
    const { relation, gains } = await diff(policy(all, deny), policy(all));
    expect(relation).toBe('wider');
    expect(gains).toMatchObject([
      { effect: 'Deny', action: 's3:Delete*', statement: 'Fence', witness: { inReference: true } },
      { effect: 'Deny', action: 's3:Put*', statement: 'Fence' },
    ]);
    expect(await text(policy(all, deny), policy(all))).toMatch(/^Access is no longer denied: `s3:Delete\*` on every/);
    expect(await text(policy(all), policy(all, deny))).toMatch(/^Access is now denied: `s3:Delete\*` on every/);
  });

  test('so is one that was narrowed, and one whose Allow was widened at the same time', async () => {
    const narrow = { ...deny, Action: ['s3:Delete*'], Resource: 'arn:aws:s3:::prod/*' };
    const { gains } = await diff(policy(all, deny), policy(all, narrow));
    expect(gains.map(({ effect, action }) => `${effect} ${action}`)).toEqual(['Deny s3:Delete*', 'Deny s3:Put*']);
    const { gains: both } = await diff(policy(allow('s3:Get*', '*'), { ...deny, Action: 's3:GetObject' }), policy(all));
    expect(both.map(({ effect, action }) => `${effect} ${action}`)).toEqual(['Allow s3:*', 'Deny s3:GetObject']);
  });

  test('a Deny on the side that gains is said to take some away', async () => {
    const { gains } = await diff(read, policy(all, deny));
    expect(gains).toMatchObject([{ action: 's3:*', limited: true, partly: true }]);
  });

  const tag = (...values: string[]) =>
    policy(allow('s3:GetObject', '*', { Condition: { StringEquals: { 'aws:PrincipalTag/team': values } } }));
  const objects = 'arn:aws:s3:::b/*';
  test.each<[string, object, object, boolean]>([
    ['another value of its condition', tag('a'), tag('b'), false],
    ['one value more', tag('a'), tag('a', 'b'), true],
    ['a condition besides', tag('a'), policy(allow('s3:GetObject', '*', { Condition: { Bool: { a: 'true' } } })), true],
    [
      'what a Deny took away wholly',
      policy(allow('s3:GetObject', objects), { Effect: 'Deny', Action: 's3:Get*', Resource: objects }),
      policy(allow('s3:*', objects), { Effect: 'Deny', Action: 's3:Get*', Resource: objects }),
      false,
    ],
    [
      'what a Deny took away in part',
      policy(allow('s3:GetObject', objects), { Effect: 'Deny', Action: 's3:Get*', Resource: 'arn:aws:s3:::b/x*' }),
      policy(allow('s3:*', objects), { Effect: 'Deny', Action: 's3:Get*', Resource: 'arn:aws:s3:::b/x*' }),
      true,
    ],
    [
      'a variable that was plain text',
      { ...policy(allow('s3:GetObject', '*', { Condition: { StringEquals: { a: '${b}' } } })), Version: '2008-10-17' },
      policy(allow('s3:GetObject', '*', { Condition: { StringEquals: { a: '${b}' } } })),
      false,
    ],
  ])('part of it was allowed before only where some request was: %s', async (_, a, b, partly) => {
    const { gains } = await diff(a, b);
    expect(gains.map((gain) => gain.partly)).toEqual([partly]);
  });

  test('a condition that is dropped', async () => {
    const fenced = allow('s3:PutObject', 'arn:aws:s3:::b/*', {
      Condition: { StringEquals: { 'aws:PrincipalTag/team': 'web' } },
    });
    const open = allow('s3:PutObject', 'arn:aws:s3:::b/*');
    const { gains } = await diff(policy(fenced), policy(open));
    expect(gains).toMatchObject([{ partly: true, witness: { absent: ['aws:PrincipalTag/team'] } }]);
    expect(await text(policy(open), policy(fenced))).toContain('when `aws:PrincipalTag/team` is absent');
  });

  test.each([['--markdown'], ['--sarif'], ['--json']])('%s has every pattern too', async (format) => {
    const actions = Array.from({ length: 30 }, (_, index) => `s3:Get${index}`);
    const said = await text(read, policy(allow(actions, '*')), format);
    for (const action of actions) expect(said).toContain(action);
  });

  test('SARIF names a rule for what is gained and one for what is lost', async () => {
    const said = await text(read, policy(allow('s3:PutObject', '*')), '--sarif');
    const log = JSON.parse(said) as { runs: { results: { ruleId: string; level: string }[] }[] };
    expect(log.runs[0]!.results.map(({ ruleId, level }) => [ruleId, level])).toEqual([
      ['gained-access', 'warning'],
      ['lost-access', 'note'],
    ]);
  });

  test('two formats are one too many', async () => {
    const { code, stderr } = await postern(['diff', 'a', 'b', '--json', '--sarif']);
    expect([code, stderr]).toEqual([2, 'postern: `--json` and `--sarif` exclude each other: keep one\n']);
  });
});

describe('a witness is a request that AWS can receive', () => {
  test.each([
    ['ecr:Batch*', /^ecr:Batch[A-Z]\w+$/, /^arn:aws:ecr:us-east-1:\d{12}:repository\/\S+$/],
    ['cloudformation:cancel*', /^cloudformation:CancelUpdateStack$/, /^arn:aws:cloudformation:[^:]+:\d{12}:stack\//],
    ['ec2:run*', /^ec2:RunInstances$/, /^arn:aws:ec2:[^:]+:\d{12}:instance\/i-0123456789abcdef0$/],
    ['s3:List*', /^s3:List[A-Z]\w+$/, /^arn:aws:s3:::[a-z0-9-]{3,63}$/],
    ['kms:*', /^kms:[A-Z]\w+$/, /^arn:aws:kms:[^:]+:\d{12}:key\/[0-9a-f-]{36}$/],
    ['ecr:GetAuth*', /^ecr:GetAuthorizationToken$/, /^\*$/],
    ['ec2:DescribeInst*', /^ec2:DescribeInst\w+$/, /^\*$/],
    ['*', /^\w+:[A-Z]\w+$/, /./],
    ['s*:Get*', /^s[\w-]+:Get[A-Z]\w+$/, /./],
  ])('%s', async (action, spelling, resource) => {
    const { gains } = await diff(read, policy(allow(action, '*')));
    const [{ witness }] = gains as [Pattern];
    expect(witness.action).toMatch(spelling);
    expect(witness.resource).toMatch(resource);
    expect(witness.inReference).toBe(true);
  });

  test('in the region and account that the policies name, or that are given', async () => {
    const queue = policy(allow('sqs:SendMessage', 'arn:aws:sqs:eu-central-1:444455556666:jobs'));
    const { gains } = await diff(queue, policy(allow('sqs:*', '*')));
    expect(gains[0]!.witness.resource).toMatch(/^arn:aws:sqs:eu-central-1:444455556666:/);
    const flags = ['--account', '999999999999', '--region', 'cn-north-1', '--partition', 'aws-cn'];
    const { gains: given } = await diff(read, policy(allow('sqs:*', '*')), ...flags);
    expect(given[0]!.witness.resource).toMatch(/^arn:aws-cn:sqs:cn-north-1:999999999999:/);
  });

  test('what the pattern itself fixes stays', async () => {
    const { gains } = await diff(read, policy(allow('dynamodb:*', 'arn:aws:dynamodb:*:111122223333:table/prod-*')));
    expect(gains[0]!.witness.resource).toMatch(/^arn:aws:dynamodb:[^:]*:111122223333:table\/prod-/);
  });

  test.each([
    ['s3:GetObject', 'arn:aws:s3:::acme-*', /^arn:aws:s3:::acme-[^/]+\/[^/]+$/],
    [
      'ecr:PutImage',
      'arn:aws:ecr:*:123456789012:repository/my-app',
      /^arn:aws:ecr:[a-z0-9-]+:123456789012:repository\/my-app$/,
    ],
    ['sqs:*', 'arn:aws:sqs:*:*:jobs-*', /^arn:aws:sqs:[a-z0-9-]+:\d{12}:jobs-[^:]+$/],
    [
      'lambda:InvokeFunction',
      'arn:aws:lambda:*:111122223333:function:*',
      /^arn:aws:lambda:[a-z0-9-]+:111122223333:function:[^:]+$/,
    ],
  ])('%s on %s: no name is empty, and no star runs over a colon', async (action, pattern, resource) => {
    const { gains } = await diff(read, policy(allow(action, pattern)));
    expect(gains[0]!.witness.resource).toMatch(resource);
    expect(gains[0]!.witness.inReference).toBe(true);
  });

  test('nor does it where the likeliest request is allowed already', async () => {
    const one = allow('ecr:*', 'arn:aws:ecr:us-east-1:111122223333:repository/my-app');
    const { gains } = await diff(policy(one), policy(allow('ecr:*', 'arn:aws:ecr:*:111122223333:repository/my-app')));
    expect(gains[0]!.witness.resource).toMatch(/^arn:aws:ecr:[^:]+:111122223333:repository\/my-app$/);
  });

  test('it is found beside what was allowed before', async () => {
    const { gains } = await diff(
      policy(allow(['ecr:BatchGetImage', 'ecr:BatchCheckLayerAvailability'], '*')),
      policy(allow('ecr:Batch*', '*')),
    );
    expect(gains[0]!.witness.action).toMatch(
      /^ecr:Batch(DeleteImage|GetRepositoryScanningConfiguration|ImportUpstreamImage)$/,
    );
  });

  test.each([
    ['a service that AWS does not list', 'xyzzy:Do*', '*'],
    ['an action on what it does not take', 's3:ListBucket', 'arn:aws:s3:::b/*'],
    ['an action without resources on a resource', 'ecr:GetAuthorizationToken', 'arn:aws:ecr:eu-west-1:111122223333:x'],
    ['an action that nobody knows yet', 's3:Frobnicate', '*'],
  ])('%s is said to be only a pattern', async (_, action, resource) => {
    const { gains } = await diff(read, policy(allow(action, resource)));
    expect(gains[0]!.witness.inReference).toBe(false);
    expect(await text(read, policy(allow(action, resource)))).toContain('only a pattern');
  });
});

describe('the deciding fact is shown', () => {
  const path = 'arn:aws:s3:::b/${aws:username}/*';

  test('only Version changed', async () => {
    const old = { Version: '2008-10-17', Statement: [allow('s3:GetObject', path)] };
    const said = await text(policy(allow('s3:GetObject', path)), old);
    expect(said).toContain('(literally: no variable there)');
    expect(said).toContain('with `aws:username` = ');
    expect(said).toContain('- Version 2012-10-17\n    + Version 2008-10-17');
    expect(said).toContain('is a variable in 2012-10-17 only');
  });

  const mfa = (operator: string) =>
    policy(allow('s3:*', '*'), {
      Effect: 'Deny',
      Action: 's3:DeleteObject',
      Resource: '*',
      Condition: { [operator]: { 'aws:MultiFactorAuthPresent': 'false' } },
    });

  test('a key that is absent', async () => {
    expect(await text(mfa('BoolIfExists'), mfa('Bool'))).toContain('when `aws:MultiFactorAuthPresent` is absent');
  });

  test.each([
    ['Null', { Null: { 'aws:TokenIssueTime': 'true' } }, 'aws:TokenIssueTime'],
    ['IfExists', { StringEqualsIfExists: { 's3:x-amz-acl': 'private' } }, undefined],
    ['negated', { StringNotEquals: { 'ec2:Vpc': 'vpc-1' } }, undefined],
  ])('a condition of %s alone', async (_, Condition, absent) => {
    const { gains } = await diff(policy(), policy(allow('s3:PutObject', '*', { Condition })));
    expect(gains[0]!.witness.absent).toEqual(absent === undefined ? [expect.any(String)] : [absent]);
  });

  test('keys that decide nothing are left out', async () => {
    const conditional = allow('s3:GetObject', '*', { Condition: { Bool: { 'aws:SecureTransport': 'true' } } });
    const { gains } = await diff(policy(conditional), policy(conditional, allow('iam:PassRole', '*')));
    expect(gains[0]!.witness).toMatchObject({ context: {}, absent: [] });
  });
});

describe('check says the same', () => {
  const job = ['--use-case', 'ecr-docker-push', '--repositories', 'my-app', ...place];

  test('everything on everything is one pattern', async () => {
    const star = file('star.json', policy(allow('*', '*')));
    const { stdout, stderr } = await postern(['check', star, ...job]);
    expect(stdout).toContain('`*` on every resource, part of which is needed, in Statement[0]');
    expect(stderr).toContain('1 extra');
  });

  test('each pattern on its own, S3 too', async () => {
    const wide = file('wide.json', policy(allow(['ecr:*'], '*'), allow('*', 'arn:aws:s3:::acme/*', { Sid: 'Bucket' })));
    const { stdout } = await postern(['check', wide, ...job, '--json']);
    const { extra } = JSON.parse(stdout) as { extra: Pattern[] };
    expect(extra.map(({ action, resource, statement }) => [action, resource, statement])).toEqual([
      ['ecr:*', '*', 'Statement[0]'],
      ['*', 'arn:aws:s3:::acme/*', 'Bucket'],
    ]);
    expect(extra[1]!.witness).toMatchObject({ action: expect.stringMatching(/^s3:/), inReference: true });
    expect(extra[0]!.witness.resource).toMatch(/^(\*|arn:aws:ecr:eu-west-1:123456789012:.*)$/);
  });
});

describe('nothing printed is a command to CI', () => {
  const hostile = policy(
    allow('s3:PutObject', 'arn:aws:s3:::b/##vso[task.setvariable]x', { Sid: '::error::pwned' }),
    allow('s3:PutObject', 'arn:aws:s3:::c/##[error]x', { Sid: 'A\n::warning::x' }),
  );

  test.each([[[]], [['--markdown']], [['--json']], [['--sarif']]])('diff %j', async (flags) => {
    const said = await text(read, hostile, ...flags);
    expect(said).not.toMatch(/##(vso)?\[/);
    expect(said).not.toMatch(/^\s*::/m);
    expect(said).toContain('arn:aws:s3:::b/');
  });
});
