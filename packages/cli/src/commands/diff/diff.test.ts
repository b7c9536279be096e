import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { place, postern, push } from '../../../test/terminal.js';

const folder = mkdtempSync(join(tmpdir(), 'postern-diff-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

function policy(...Statement: object[]): object {
  return { Version: '2012-10-17', Statement };
}

const read = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' };
const write = {
  Sid: 'Write',
  Effect: 'Allow',
  Action: ['s3:PutObject', 's3:DeleteObject'],
  Resource: 'arn:aws:s3:::b/*',
};
let a: string;
let b: string;
beforeAll(() => {
  a = file('a.json', policy(read));
  b = file('b.json', policy(write, read));
});

describe('diff', () => {
  test('says first what was gained and lost, then the witnesses, then the statements', async () => {
    const { code, stdout } = await postern(['diff', a, b]);
    expect(code).toBe(0);
    const [put, putFor] = ['`s3:PutObject` on `arn:aws:s3:::b/*`', '`s3:PutObject` on `arn:aws:s3:::b/example-object`'];
    const [remove, removeFor] = [put, putFor].map((text) => text.replace('Put', 'Delete'));
    expect(stdout).toBe(
      `Access is gained: ${put} (for example ${putFor}), ${remove} (for example ${removeFor}); none is lost.

Gained
  ${put}, in Write
      for example ${putFor}
  ${remove}, in Write
      for example ${removeFor}

Statements
  Write
    + Effect Allow
    + Action s3:PutObject
    + Action s3:DeleteObject
    + Resource arn:aws:s3:::b/*
`,
    );
  });

  test('says so where nothing changed', async () => {
    const other = file('other.json', policy({ ...read, Sid: 'X', Action: ['s3:GetObject'] }));
    const { code, stdout } = await postern(['diff', a, other, '--fail-on', 'different']);
    expect(code).toBe(0);
    expect(stdout).toBe('Nothing is gained and nothing is lost: both allow the same requests.\n');
  });

  test('--json has the relation, the first witnesses and every pattern', async () => {
    const { stdout } = await postern(['diff', b, a, '--json']);
    const witness = {
      action: 's3:PutObject',
      resource: 'arn:aws:s3:::b/example-object',
      context: {},
      absent: [],
      inReference: true,
    };
    const lost = {
      statement: 'Write',
      version: '2012-10-17',
      effect: 'Allow',
      action: 's3:PutObject',
      resource: 'arn:aws:s3:::b/*',
      partly: false,
      limited: false,
      witness,
    };
    const other = { ...lost, action: 's3:DeleteObject', witness: { ...witness, action: 's3:DeleteObject' } };
    expect(JSON.parse(stdout)).toEqual({
      relation: 'narrower',
      gained: null,
      lost: witness,
      reason: null,
      gains: [],
      losses: [lost, other],
      unseen: 0,
    });
  });

  test('--markdown cannot be broken out of', async () => {
    const hostile = file(
      'hostile.json',
      policy({ ...read, Sid: 'A```B', Resource: 'arn:aws:s3:::b/``</details>\u001b[31m\u202ex' }),
    );
    const { stdout } = await postern(['diff', a, hostile, '--markdown']);
    expect(stdout).not.toMatch(/[\u001b\u202e]/);
    expect(stdout).toMatch(/^````diff$/m);
    expect((await postern(['diff', a, hostile])).stdout).not.toMatch(/[\u001b\u202e]/);
  });

  test.each([
    ['wider', 0, 1, 1],
    ['narrower', 0, 0, 1],
    ['different', 0, 1, 1],
  ])('--fail-on %s', async (word, same, wider, incomparable) => {
    const c = file('c.json', policy(write));
    const codes = [];
    for (const pair of [
      [a, a],
      [a, b],
      [a, c],
    ] as const) {
      codes.push((await postern(['diff', ...pair, '--fail-on', word])).code);
    }
    expect(codes).toEqual([same, wider, incomparable]);
  });

  test('takes a use case with its flags, a template it printed, and standard input', async () => {
    const flags = ['--repositories', 'my-app'];
    const words = ['ecr-docker-push', ...flags, ...place].join(' ');
    const template = file('template.yaml', (await postern([...push, ...flags, '--format', 'cloudformation'])).stdout);
    expect((await postern(['diff', words, template, ...place, '--fail-on', 'different'])).code).toBe(0);
    const { stdout: json } = await postern([...push, ...flags, ...place]);
    expect((await postern(['diff', words, '-', '--fail-on', 'different'], { stdin: json })).code).toBe(0);
    expect((await postern(['diff', `${words} --pull`, '-', '--fail-on', 'narrower'], { stdin: json })).code).toBe(1);
  });

  test('policies that name principals: who gets in, by a request of theirs', async () => {
    const trust = (AWS: unknown, more = {}) => ({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole', ...more }],
    });
    const before = file('trust-before.json', trust('111122223333'));
    const after = file('trust-after.json', trust(['111122223333', '444455556666']));
    const { code, stdout } = await postern(['diff', before, after, '--json', '--fail-on', 'wider']);
    expect(code).toBe(1);
    const { relation, gained, gains } = JSON.parse(stdout) as Record<string, unknown>;
    expect(relation).toBe('wider');
    expect(gained).toMatchObject({ principal: { AWS: expect.stringContaining('444455556666') as string } });
    expect(gains).toMatchObject([{ statement: 'Statement[0]', principal: { AWS: ['111122223333', '444455556666'] } }]);
    const { stdout: text } = await postern(['diff', before, after]);
    expect(text).toContain('by `arn:aws:iam::444455556666:');
    expect(text).toContain('+ Principal AWS 444455556666');
  });

  test('policies of two types are not compared, and what they are may be said', async () => {
    const shape = { Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' };
    const trust = file('trust.json', policy(shape));
    const endpoint = file('endpoint.json', policy({ ...shape, Resource: '*' }));
    const { code, stderr } = await postern(['diff', trust, endpoint]);
    expect(code).toBe(2);
    expect(stderr).toContain('holds trust, ');
    expect((await postern(['diff', endpoint, endpoint, '--type', 'identity'])).stderr).toContain('no `Principal`');
    expect((await postern(['diff', endpoint, endpoint, '--type', 'trusty'])).stderr).toContain('`trusty` is none of');
  });

  test('takes account details, plans and assemblies, and asks which policy is meant', async () => {
    const details = file('details.json', {
      RoleDetailList: [
        {
          RoleName: 'ci',
          RolePolicyList: [{ PolicyName: 'p', PolicyDocument: encodeURIComponent(JSON.stringify(policy(read))) }],
          AttachedManagedPolicies: [{ PolicyName: 'w', PolicyArn: 'arn:aws:iam::1:policy/w' }],
        },
        { RoleName: 'other', RolePolicyList: [{ PolicyName: 'p', PolicyDocument: policy(read) }] },
      ],
      UserDetailList: [],
      GroupDetailList: [],
      Policies: [
        {
          Arn: 'arn:aws:iam::1:policy/w',
          PolicyVersionList: [
            { IsDefaultVersion: false, Document: policy() },
            { IsDefaultVersion: true, Document: policy(write) },
          ],
        },
      ],
    });
    expect((await postern(['diff', `${details}#role/ci`, b, '--fail-on', 'different'])).code).toBe(0);
    const asked = await postern(['diff', details, b]);
    expect(asked.code).toBe(2);
    expect(asked.stderr).toContain('holds 2 policies: name one');
    expect((await postern(['diff', `${details}#role/x`, b])).stderr).toContain('has no policy `role/x`');

    const resource = {
      address: 'aws_iam_policy.x',
      type: 'aws_iam_policy',
      values: { policy: JSON.stringify(policy(read)) },
    };
    const plan = file('plan.json', {
      format_version: '1.2',
      planned_values: { root_module: { child_modules: [{ resources: [resource] }] } },
    });
    expect((await postern(['diff', plan, a, '--fail-on', 'different'])).code).toBe(0);

    const assembly = join(folder, 'cdk.out');
    mkdirSync(assembly);
    writeFileSync(
      join(assembly, 'manifest.json'),
      JSON.stringify({
        artifacts: { S: { type: 'aws:cloudformation:stack', properties: { templateFile: 't.json' } } },
      }),
    );
    const template = {
      Resources: { P: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: policy(read) } } },
    };
    writeFileSync(join(assembly, 't.json'), JSON.stringify(template));
    expect((await postern(['diff', assembly, a, '--fail-on', 'different'])).code).toBe(0);
  });

  test('works out intrinsic functions, and says what only a deployment knows', async () => {
    const template = file(
      'functions.yaml',
      `Parameters: { Bucket: { Type: String, Default: b } }
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: p
          PolicyDocument:
            Version: 2012-10-17
            Statement:
              - Effect: Allow
                Action: s3:GetObject
                Resource: !Sub arn:\${AWS::Partition}:s3:::\${Bucket}/*
              - Effect: Allow
                Action: s3:ListBucket
                Resource: !GetAtt Other.Arn
`,
    );
    const { stdout, stderr } = await postern(['diff', a, template]);
    expect(stdout).toMatch(/^Access is gained: `s3:ListBucket` on `«Other.Arn»` .*; none is lost\.$/m);
    expect(stderr).toContain('note: Role: `Other.Arn` is known only after deployment');
  });

  test.each([
    ['no file', ['diff', 'nowhere.json', 'x'], /`nowhere.json` cannot be read: there is no such file/],
    ['one side', ['diff', 'x'], /`postern diff` needs two policies/],
    ['both on standard input', ['diff', '-', '-'], /standard input can be one side only/],
    ['a word that is none', ['diff', 'x', 'y', '--fail-on', 'more'], /`more` is none of/],
    [
      'a flag of the use case that is none',
      ['diff', 'ecr-docker-push --repositoris x', 'y'],
      /did you mean `--repositories`/,
    ],
    [
      'an open quote',
      ['diff', "ecr-docker-push --repositories 'x", 'y'],
      /the quote ' at character 32 of .* is not closed/,
    ],
    ['options that are wrong', ['diff', 'ecr-docker-push', 'y'], /--repositories: missing/],
  ])('%s', async (_, args, message) => {
    const { code, stderr, stdout } = await postern(args);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    expect(stdout).toBe('');
  });

  test.each([
    ['no policy', '{"a":1}', /holds no policy that can be told/],
    ['Terraform configuration', '{"resource":{}}', /`terraform show -json PLAN`/],
    ['half a document', '{"Statement":[', /not JSON/],
    ['nothing', '', /is empty/],
    ['two keys of one name', '{"Statement":[],"Statement":[]}', /`Statement`/],
  ])('%s in a file', async (_, content, message) => {
    const { code, stderr } = await postern(['diff', file('bad.json', content), a]);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});

describe('diff --pairs', () => {
  test.each([['autoscaling:Describe*'], ['elasticloadbalancing:describe*'], ['ec2:*Addresses']])(
    'the request for %s is one that AWS has, however many actions the service has',
    async (action) => {
      const allowing = (...Action: string[]) => ({ Effect: 'Allow', Action, Resource: '*' });
      const [a, b] = [policy(allowing('iam:*', 's3:*')), policy(allowing('iam:PassRole', action))];
      const stdin = JSON.stringify({ id: 1, a, b });
      const { stdout } = await postern(['diff', '--pairs'], { stdin });
      expect(JSON.parse(stdout)).toMatchObject({ relation: 'incomparable', gained: { inReference: true } });
    },
  );

  const pairs = (lines: unknown[]) =>
    lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\r\n');

  test('answers line by line, in order; a bad line has its error and the exit is 2', async () => {
    const stdin = pairs([
      { id: 'first', a: policy(read), b: [policy(read), policy(write)] },
      '',
      'no json',
      { id: 3, a: policy(read) },
      { id: 4, a: policy(read), b: 5 },
      { id: 5, a: policy({ ...read, NotPrincipal: '*' }), b: policy(read) },
      { id: 6, a: policy(read), b: policy(read) },
    ]);
    const { code, stdout, stderr } = await postern(['diff', '--pairs'], { stdin });
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.map(({ id, relation }) => [id, relation])).toEqual([
      ['first', 'wider'],
      [null, undefined],
      [3, undefined],
      [4, undefined],
      [5, 'unknown'],
      [6, 'equal'],
    ]);
    expect(Object.keys(lines[0]!)).toEqual(['id', 'relation', 'gained', 'lost', 'reason']);
    expect(lines[1]).toEqual({ id: null, error: expect.stringContaining('line 3: not JSON') as string });
    expect(lines[2]!['error']).toContain('`b` is missing');
    expect(lines[3]!['error']).toContain('`b` is no policy document');
    expect(code).toBe(2);
    expect(stderr).toBe('postern: 4 of 6 pairs could not be read: see `error` or `reason` in their lines\n');
  });

  test('its witnesses are requests that AWS can receive', async () => {
    const wide = { Effect: 'Allow', Action: 'ecr:Batch*', Resource: '*' };
    const stdin = pairs([{ id: 1, a: policy(read), b: policy(read, wide) }]);
    const { stdout } = await postern(['diff', '--pairs'], { stdin });
    const { gained } = JSON.parse(stdout) as { gained: { action: string; resource: string; inReference: boolean } };
    expect(gained.action).toMatch(/^ecr:Batch[A-Z]/);
    expect(gained).toMatchObject({ resource: expect.stringMatching(/:repository\//) as string, inReference: true });
  });

  test('shares are apart and together all', async () => {
    const stdin = pairs(Array.from({ length: 10 }, (_, id) => ({ id, a: policy(read), b: policy(read) })));
    const ids: unknown[] = [];
    for (const shard of ['1/3', '2/3', '3/3']) {
      const { stdout } = await postern(['diff', '--pairs', '--shard', shard], { stdin });
      ids.push(
        ...stdout
          .trim()
          .split('\n')
          .map((line) => (JSON.parse(line) as { id: number }).id),
      );
    }
    expect(ids).toEqual([0, 3, 6, 9, 1, 4, 7, 2, 5, 8]);
    expect((await postern(['diff', '--pairs', '--shard', '4/3'], { stdin })).stderr).toContain('is no share');
  });

  test('--fail-on counts the pairs that are so', async () => {
    const stdin = pairs([
      { a: policy(read), b: policy(write) },
      { a: policy(read), b: policy(read) },
    ]);
    const { code, stderr } = await postern(['diff', '--pairs', '--fail-on', 'wider'], { stdin });
    expect(code).toBe(1);
    expect(stderr).toContain('1 of 2 pairs');
  });
});

describe('who may assume a role', () => {
  const host = 'token.actions.githubusercontent.com';
  const trust = (sub: string) => ({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${host}` },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: { StringLike: { [`${host}:sub`]: sub } },
      },
    ],
  });
  const reading = { Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }], Version: '2012-10-17' };
  const template = (sub: string, more: object = {}) => ({
    Resources: {
      Ci: {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: 'ci',
          AssumeRolePolicyDocument: trust(sub),
          Policies: [{ PolicyName: 'p', PolicyDocument: reading }],
        },
      },
      ...more,
    },
  });
  const plan = (sub: string) => ({
    format_version: '1.2',
    planned_values: {
      root_module: {
        resources: [
          {
            address: 'aws_iam_role.ci',
            type: 'aws_iam_role',
            values: { name: 'ci', assume_role_policy: JSON.stringify(trust(sub)) },
          },
        ],
      },
    },
  });
  const account = (sub: string) => ({
    RoleDetailList: [
      { RoleName: 'ci', AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(trust(sub))), RolePolicyList: [] },
    ],
  });
  const [narrow, wide] = ['repo:acme/shop:environment:production', 'repo:acme/shop:*'] as const;

  test.each([
    ['a template', template, 'Ci'],
    ['a template, by the name of the role', template, 'ci'],
    ['a plan', plan, 'aws_iam_role.ci'],
    ['account details', account, 'role/ci'],
  ])('in %s', async (_, make: (sub: string) => object, name) => {
    const [before, after] = [file('before.json', make(narrow)), file('after.json', make(wide))];
    const { stdout } = await postern(['diff', `${before}#${name}`, `${after}#${name}`, '--type', 'trust', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      relation: 'wider',
      gained: { action: 'sts:AssumeRoleWithWebIdentity' },
    });
    // A file with one role needs no name.
    const { stdout: unnamed } = await postern(['diff', before, after, '--type', 'trust', '--json']);
    expect(JSON.parse(unnamed)).toMatchObject({ relation: 'wider' });
  });

  test('a name that only a trust policy has needs no type, and one that both have is what the role may do', async () => {
    const [before, after] = [file('before.json', plan(narrow)), file('after.json', plan(wide))];
    const { stdout } = await postern(['diff', `${before}#aws_iam_role.ci`, `${after}#aws_iam_role.ci`, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ relation: 'wider' });
    const [one, other] = [file('one.json', template(narrow)), file('other.json', template(wide))];
    const { stdout: same } = await postern(['diff', `${one}#Ci`, `${other}#Ci`, '--json']);
    expect(JSON.parse(same)).toMatchObject({ relation: 'equal' });
  });

  test('a template without a role', async () => {
    const { code, stderr } = await postern([
      'diff',
      file('none.json', { Resources: { B: { Type: 'AWS::S3::Bucket' } } }),
      file('role.json', template(wide)),
      '--type',
      'trust',
    ]);
    expect(code).toBe(2);
    expect(stderr).toContain('holds no trust policy');
  });

  test('the policy of a bucket', async () => {
    const make = (Principal: unknown) =>
      template(narrow, {
        Policy: {
          Type: 'AWS::S3::BucketPolicy',
          Properties: {
            PolicyDocument: {
              Version: '2012-10-17',
              Statement: [{ Effect: 'Allow', Principal, Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' }],
            },
          },
        },
      });
    const [before, after] = [file('b.json', make({ AWS: '111122223333' })), file('a.json', make('*'))];
    const { stdout } = await postern(['diff', `${before}#Policy`, `${after}#Policy`, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ relation: 'wider', gained: { action: 's3:GetObject' } });
  });
});
