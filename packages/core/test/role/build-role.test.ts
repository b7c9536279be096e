import { describe, expect, test } from 'vitest';
import {
  accountPrincipalTrust,
  buildRole,
  compare,
  decide,
  ecrDockerPush,
  ecrImagePull,
  ecsServiceDeployment,
  forgejoTrust,
  gitlabTrust,
  OptionsError,
  quotas,
  s3BuildCache,
  size,
  terraformRemoteStateS3,
  tryBuild,
  tryBuildRole,
  type PolicyDocument,
  type RoleInput,
  type RolePolicy,
} from '../../src/index.js';
import { entries } from '../catalog/entries.js';
import { account, production, trustFor } from './trusts.js';

const place = { account, region: 'eu-west-1' };
const push = { entry: ecrDockerPush, options: { repositories: ['my-app'] } };
const pull = { entry: ecrImagePull, options: { repositories: ['base'] } };
const role: RoleInput = { trust: production, permissions: [push, pull], roleName: 'deploy', ...place };

function problemsOf(input: Partial<RoleInput>): string[] {
  return tryBuildRole({ ...role, ...input }).problems.map(({ path, message }) => `${path}: ${message}`);
}

describe('a role', () => {
  test('holds its trust policy, its permissions in one policy, and what it is called', () => {
    const { policies, trust, roleName, path, maxSessionDuration, boundary, place: where } = buildRole(role);
    expect({ roleName, path, maxSessionDuration, boundary }).toEqual({
      roleName: 'deploy',
      path: '/',
      maxSessionDuration: 3600,
      boundary: undefined,
    });
    expect(where).toEqual({ account, region: 'eu-west-1', partition: 'aws' });
    expect(trust.Statement.map(({ Sid }) => Sid)).toEqual(['AssumeFromGitHubActions']);
    expect(policies.map(({ name }) => name)).toEqual(['deploy']);
    const [policy] = policies;
    const parts = [push, pull].map(({ entry, options }) => tryBuild(entry, { ...place, ...options }).document);
    expect(compare(parts, policy!.document).relation).toBe('equal');
  });

  test('keeps the statements of its use cases as they are, once, with Sids of their own and the reasons for them', () => {
    const { policies, explanations } = buildRole(role);
    const sids = policies[0]!.document.Statement.map(({ Sid }) => Sid);
    expect(new Set(sids).size).toBe(sids.length);
    expect(explanations.permissions.map(({ sid }) => sid)).toEqual(sids);
    const login = policies[0]!.document.Statement.filter(({ Action }) => Action?.includes('ecr:GetAuthorizationToken'));
    expect(login).toHaveLength(1);
  });

  test('of every pair of entries allows exactly what both allow', () => {
    const chosen = entries.map(({ useCase, samples }) => ({ entry: useCase, options: samples[0]!.options }));
    for (const [index, one] of chosen.entries()) {
      const other = chosen[(index + 1) % chosen.length]!;
      const built = buildRole({ trust: production, permissions: [one, other], ...place, boundary: true });
      const parts = [one, other].map(({ entry, options }) => tryBuild(entry, options, { place }).document);
      const documents = built.policies.map(({ document }) => document);
      expect(compare(parts, documents).relation, `${one.entry.id} and ${other.entry.id}`).toBe('equal');
      expect(compare(built.boundary!.policy!.document, documents).relation).toMatch(/narrower|equal/);
    }
  });

  test('takes its place from its trust policy or its options, and each use case may say another region', () => {
    const { policies } = buildRole({
      ...role,
      region: 'eu-west-1',
      permissions: [
        push,
        { entry: s3BuildCache, options: { bucket: 'cache', prefixes: ['main'], region: 'us-east-1' } },
      ],
    });
    expect(JSON.stringify(policies)).toContain('arn:aws:ecr:eu-west-1:123456789012:repository/my-app');
  });

  test('is not taken to be in the account of a role that assumes it', () => {
    const trust = { entry: accountPrincipalTrust, options: { roles: ['ci-runner'], account: '210987654321' } };
    const own = { entry: ecrDockerPush, options: { repositories: ['my-app'], ...place } };
    const { problems } = tryBuildRole({ trust, permissions: [own], region: 'eu-west-1', boundary: true });
    expect(problems.map(({ message }) => message)).toEqual([
      'the boundary needs to know where the role is: give its `account`, and its `region` or `partition`',
    ]);
    const { boundary, trust: document } = buildRole({ ...role, trust, boundary: true });
    expect(boundary!.arn).toBe(`arn:aws:iam::${account}:policy/deploy-boundary`);
    expect(JSON.stringify(document)).toContain('arn:aws:iam::210987654321:role/ci-runner');
  });

  test('may be assumed in several ways', () => {
    const { trust } = buildRole({
      ...role,
      trust: [production, { document: trustFor(['repo:acme/shop:ref:refs/heads/main']) }],
    });
    expect(trust.Statement.map(({ Sid }) => Sid)).toEqual(['AssumeFromGitHubActions', 'AssumeFromGitHubActions2']);
  });
});

describe('the partition of a role', () => {
  const trust = (more: object = {}) => ({
    entry: gitlabTrust,
    options: { projectPath: 'acme/shop', branches: ['main'], ...more },
  });
  const state = { entry: terraformRemoteStateS3, options: { bucket: 'acme-state', keys: ['shop'] } };
  const inChina = { entry: ecrDockerPush, options: { repositories: ['my-app'], account, region: 'cn-north-1' } };
  const nowhere = { entry: ecrDockerPush, options: { repositories: ['my-app'] } };
  const open = { account: undefined, region: undefined, partition: undefined };

  test.each<[string, Partial<RoleInput>]>([
    ['the permissions', { trust: trust({ account }), permissions: [inChina] }],
    ['the last of the permissions', { trust: trust({ account }), permissions: [state, inChina] }],
    ['the last trust', { trust: [trust({ account }), trust({ partition: 'aws-cn' })], permissions: [state] }],
    ['an ARN', { trust: trust({ account }), permissions: [withBucketArn('aws-cn')] }],
  ])('is said for all by %s', (_, input) => {
    const { role: built, problems } = tryBuildRole({ ...role, ...open, ...input });
    expect(problems).toEqual([]);
    expect(built.place.partition).toBe('aws-cn');
    expect(JSON.stringify(built)).not.toMatch(/arn:aws:|arn::/);
  });

  test.each<[string, Partial<RoleInput>, string[]]>([
    [
      'a region that is missing',
      { trust: trust({ account }), permissions: [{ ...nowhere, options: { ...nowhere.options, account } }] },
      ['permissions[0].region: missing: for example `region: eu-west-1`'],
    ],
    [
      'a region that is none',
      {
        trust: trust({ account }),
        permissions: [{ ...inChina, options: { ...inChina.options, region: 'cn-nort-1' } }],
      },
      [
        'permissions[0].region: `cn-nort-1` is no region known on 2026-11-23, did you mean `cn-north-1`? a newer one needs `partition` and `allowUnknownRegion`',
      ],
    ],
    [
      'permissions that are missing',
      { trust: trust({ account }), permissions: [] },
      ['permissions: missing: say what the role may do, with one use case at least'],
    ],
    [
      'an account that nobody says',
      { trust: trust(), permissions: [nowhere] },
      [
        'trust.account: missing: for example `account: 123456789012`',
        'permissions[0].account: missing: for example `account: 123456789012`',
        'permissions[0].region: missing: for example `region: eu-west-1`',
      ],
    ],
    [
      'sources in two partitions',
      { trust: trust({ account }), permissions: [inChina, withBucketArn('aws-us-gov')] },
      [
        'permissions[1]: `s3-build-cache` is for the partition `aws-us-gov` and the role is in `aws-cn`: make a role in each',
      ],
    ],
    [
      'nobody who says it',
      { trust: trust({ account }), permissions: [{ document: buildRole(role).policies[0]!.document }] },
      ['trust.partition: missing: for example `partition: aws`'],
    ],
  ])('is not asked for besides %s', (_, input, problems) => {
    expect(problemsOf({ ...open, ...input })).toEqual(problems);
  });
});

function withBucketArn(partition: string) {
  return { entry: s3BuildCache, options: { bucket: `arn:${partition}:s3:::acme-cache`, prefixes: ['main'] } };
}

describe('the boundary of a role', () => {
  const { policies, boundary } = buildRole({ ...role, path: '/ci/', boundary: true });
  const { arn, policy } = boundary!;

  test('is a managed policy of the role, and contains what it may do', () => {
    expect(arn).toBe(`arn:aws:iam::${account}:policy/ci/deploy-boundary`);
    expect(policy).toMatchObject({ name: 'deploy-boundary', path: '/ci/' });
    expect(compare(policy!.document, policies[0]!.document).relation).toMatch(/narrower|equal/);
    expect(size(policy!.document)).toBeLessThanOrEqual(quotas.managedPolicy.characters);
  });

  test.each([
    ['iam:CreatePolicyVersion', arn],
    ['iam:DeletePolicyVersion', arn],
    ['iam:SetDefaultPolicyVersion', arn],
    ['iam:DeletePolicy', arn],
    ['iam:DeleteRolePermissionsBoundary', `arn:aws:iam::${account}:role/ci/deploy`],
    ['iam:PutRolePermissionsBoundary', `arn:aws:iam::${account}:role/ci/deploy`],
  ])('denies %s, whatever the role is given', (action, resource) => {
    const everything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
    const request = { action, resource, context: {} };
    expect(decide(everything, request).decision).toBe('allowed');
    expect(decide([policy!.document, everything], request).decision).toBe('explicitDeny');
  });

  test('may be one that is there, also one that AWS keeps', () => {
    const own = `arn:aws:iam::${account}:policy/boundary`;
    expect(buildRole({ ...role, boundary: own }).boundary).toEqual({ arn: own });
    expect(problemsOf({ boundary: 'arn:aws:iam::aws:policy/PowerUserAccess' })).toEqual([]);
  });

  test('that does not fit is refused with what to do', () => {
    const many = Array.from({ length: 120 }, (_, index) => `service-${index}-${'x'.repeat(30)}`);
    const permissions = [{ entry: ecrDockerPush, options: { repositories: many } }];
    expect(problemsOf({ permissions, boundary: true })).toEqual([
      expect.stringMatching(/^boundary: the boundary has [0-9]+ characters and a managed policy holds 6144/),
    ]);
  });
});

describe('permissions that are too many for one policy', () => {
  const repositories = (count: number) => Array.from({ length: count }, (_, index) => `team/service-${index}`);
  const large = (count: number): RoleInput => withRepositories(repositories(count));
  const withRepositories = (pushed: readonly string[]): RoleInput => ({
    ...role,
    permissions: [
      { entry: ecrDockerPush, options: { repositories: pushed } },
      { entry: ecsServiceDeployment, options: ecsOptions },
      { entry: ecrImagePull, options: { repositories: repositories(60) } },
      { entry: s3BuildCache, options: { bucket: 'acme-cache', prefixes: ['main'] } },
    ],
  });
  const ecsOptions = entries.find(({ useCase }) => useCase.id === 'ecs-service-deployment')!.samples[0]!.options;

  test('are divided over several that fit, are called by number, and give the same', () => {
    const input = large(150);
    const { policies } = buildRole(input);
    expect(policies.length).toBeGreaterThan(1);
    expect(policies.map(({ name }) => name)).toEqual(
      policies.map((_, index) => (index === 0 ? 'deploy' : `deploy-${index + 1}`)),
    );
    for (const { document } of policies) expect(size(document)).toBeLessThanOrEqual(quotas.managedPolicy.characters);
    const parts = input.permissions.map((source) =>
      'entry' in source ? tryBuild(source.entry, source.options, { place }).document : source.document,
    );
    expect(
      compare(
        parts as never,
        policies.map(({ document }) => document),
      ).relation,
    ).toBe('equal');
  });

  test('stay where they are where one more repository comes, at any place of the list', () => {
    const moved: number[] = [];
    const told: number[] = [];
    for (let count = 15; count < 160; count += 18) {
      const before = buildRole(large(count)).policies.map(({ document }) => document);
      for (const at of [0, count >> 1, count]) {
        const more = repositories(count).toSpliced(at, 0, 'another/repository-of-a-team');
        const after = (previous: typeof before) => buildRole(withRepositories(more), {}, { previous }).policies;
        moved.push(shareMoved(before, after([])));
        told.push(shareMoved(before, after(before)));
      }
    }
    const mean = moved.reduce((sum, one) => sum + one, 0) / moved.length;
    const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
    console.log(
      `one more repository moved ${percent(mean)} of the permissions on average, ${percent(Math.max(...moved))} at most; where the policies before are told ${percent(Math.max(...told))} at most`,
    );
    expect(mean).toBeLessThan(0.015);
    expect(Math.max(...moved)).toBeLessThan(0.05);
    expect(Math.max(...told)).toBeLessThan(0.05);
  });

  test('that need more than ten policies are refused with what is largest', () => {
    const permissions = [push, { entry: ecrImagePull, options: { repositories: repositories(1500) } }];
    expect(problemsOf({ permissions })).toEqual([
      expect.stringMatching(
        /^: the permissions need [0-9]+ managed policies, and a role takes 10: narrow what is largest, `permissions\[1\]` \(ecr-image-pull\) with [0-9]+ characters, by fewer names/,
      ),
    ]);
  });
});

/** Where each permission is: action and resource under its conditions, and the number of its policy. */
function placesOf(documents: readonly PolicyDocument[]): Map<string, number> {
  const places = documents.flatMap(({ Statement }, number) =>
    Statement.flatMap(({ Action = [], Resource = [], Condition }) =>
      Action.flatMap((action) =>
        Resource.map((resource) => [`${action} ${resource} ${JSON.stringify(Condition)}`, number] as const),
      ),
    ),
  );
  return new Map(places);
}

function shareMoved(before: readonly PolicyDocument[], policies: readonly RolePolicy[]): number {
  const after = placesOf(policies.map(({ document }) => document));
  const places = [...placesOf(before)];
  return places.filter(([permission, number]) => after.get(permission) !== number).length / places.length;
}

describe('a role is refused', () => {
  test.each<[string, Partial<RoleInput>, string]>([
    [
      'a wildcard as a name',
      { roleName: 'ci-*' },
      'roleName: `ci-*` holds a wildcard, and a role has one name: write it in full',
    ],
    [
      'an ARN as a name',
      { roleName: `arn:aws:iam::${account}:role/ci` },
      `roleName: \`arn:aws:iam::${account}:role/ci\` is an ARN: write the name of the role alone, behind the last slash`,
    ],
    [
      'a path in the name',
      { roleName: 'ci/deploy' },
      'roleName: `ci/deploy` holds a slash: write what stands before the name under `path`',
    ],
    [
      'a name of 65 characters',
      { roleName: 'a'.repeat(65) },
      `roleName: \`${'a'.repeat(65)}\` has 65 characters, and the name of a role at most 64: shorten it`,
    ],
    ['an empty name', { roleName: '' }, 'roleName: `` is no name of a role: use letters, digits and `+=,.@_-`'],
    ['a path without slashes', { path: 'ci' }, 'path: `ci` is no path: begin and end it with a slash, such as `/ci/`'],
    ['a path with one slash', { path: '/ci' }, 'path: `/ci` is no path: begin and end it with a slash, such as `/ci/`'],
    [
      'a session that is too short',
      { maxSessionDuration: 900 },
      'maxSessionDuration: `900` is no length of a session: give 3600 to 43200 seconds',
    ],
    [
      'a session that is too long',
      { maxSessionDuration: 43_201 },
      'maxSessionDuration: `43201` is no length of a session: give 3600 to 43200 seconds',
    ],
    [
      'a session in words',
      { maxSessionDuration: '1h' as never },
      'maxSessionDuration: `1h` is no number of seconds: write one such as `3600`',
    ],
    [
      'a boundary of another account',
      { boundary: 'arn:aws:iam::999999999999:policy/b' },
      'boundary: `arn:aws:iam::999999999999:policy/b` is in the account `999999999999` and the role in `123456789012`: give one of the same account',
    ],
    [
      'a boundary of another partition',
      { boundary: `arn:aws-cn:iam::${account}:policy/b` },
      `boundary: \`arn:aws-cn:iam::${account}:policy/b\` is in the partition \`aws-cn\` and the role in \`aws\`: give one of the same partition`,
    ],
    [
      'a boundary that is a role',
      { boundary: `arn:aws:iam::${account}:role/b` },
      `boundary: \`arn:aws:iam::${account}:role/b\` is no ARN of a managed policy: give the ARN of a managed policy, or \`true\` to have one made`,
    ],
    [
      'a wildcard as the name of a boundary',
      { boundary: { name: 'b*' } },
      'boundary.name: `b*` holds a wildcard, and a managed policy has one name: write it in full',
    ],
    [
      'a provider of another account',
      { trust: { document: trustFor(['repo:a/b:environment:c'], { account: '999999999999', partition: 'aws' }) } },
      'trust: `arn:aws:iam::999999999999:oidc-provider/token.actions.githubusercontent.com` is in the account `999999999999` and the role in `123456789012`: give the identity provider of the same account',
    ],
    [
      'a provider of another partition',
      { trust: { document: trustFor(['repo:a/b:environment:c'], { account, partition: 'aws-us-gov' }) } },
      `trust: \`arn:aws-us-gov:iam::${account}:oidc-provider/token.actions.githubusercontent.com\` is in the partition \`aws-us-gov\` and the role in \`aws\`: give the identity provider of the same partition`,
    ],
    [
      'a use case of another partition',
      { permissions: [{ entry: ecrDockerPush, options: { repositories: ['x'.repeat(3)], region: 'cn-north-1' } }] },
      'permissions[0]: `ecr-docker-push` is for the partition `aws-cn` and the role is in `aws`: make a role in each',
    ],
    [
      'permissions as trust',
      { trust: push },
      'trust: `ecr-docker-push` says what a role may do, so it belongs under `permissions`',
    ],
    [
      'a trust policy as permissions',
      { permissions: [production] },
      'permissions[0]: this is not an identity policy: give one',
    ],
    [
      'an account of 11 digits',
      { account: '12345678901' },
      'account: `12345678901` is no AWS account id: use 12 digits',
    ],
    [
      'an account that is a number',
      { account: 123456789012 as never },
      'account: `123456789012` is no text: put quotation marks around it',
    ],
    [
      'a region that is none',
      { region: 'eu-wst-1' },
      'region: `eu-wst-1` is no region known on 2026-11-23, did you mean `eu-west-1`?',
    ],
    [
      'a partition that is none',
      { region: undefined, partition: 'aws-chn' },
      'partition: `aws-chn` is no partition known on 2026-11-23, did you mean `aws-cn`?',
    ],
    [
      'a partition of another region',
      { partition: 'aws-cn' },
      'partition: `aws-cn` is not the partition of `eu-west-1`: leave it out',
    ],
    ['no trust', { trust: [] }, 'trust: missing: say who may assume the role, for example jobs of `github-actions`'],
    [
      'no permissions',
      { permissions: [] },
      'permissions: missing: say what the role may do, with one use case at least',
    ],
  ])('%s', (_, input, problem) => {
    expect(problemsOf(input)).toEqual([problem]);
  });

  test('with every problem at once, each where it stands', () => {
    const wrong = { entry: ecrDockerPush, options: { repositories: ['Upper'], repository: 'x' } };
    const { problems } = tryBuildRole({ ...role, roleName: '*', path: 'x', permissions: [pull, wrong], boundary: 'x' });
    expect(problems.map(({ path }) => path)).toEqual([
      'roleName',
      'path',
      'boundary',
      'permissions[1].repository',
      'permissions[1].repositories[0]',
    ]);
    expect(problems[3]!.source).toEqual({ of: 'permissions', index: 1, option: 'repository' });
    expect(() => buildRole({ ...role, path: 'x' })).toThrow(OptionsError);
  });

  test('where its trust policy is larger than AWS takes at most, and a note is written where it must be asked', () => {
    const many = (count: number) => ({
      document: trustFor(Array.from({ length: count }, (_, index) => `repo:acme/shop-${index}:environment:production`)),
    });
    expect(buildRole({ ...role, trust: many(10) }).notes).not.toContainEqual(expect.stringContaining('higher quota'));
    expect(buildRole({ ...role, trust: many(60) }).notes).toContainEqual(
      expect.stringMatching(/AWS takes 2048 unless .* up to 8192$/),
    );
    expect(problemsOf({ trust: many(200) })).toEqual([
      expect.stringMatching(/^trust: the trust policy has [0-9]+ characters, and one has at most 8192/),
    ]);
  });
});

describe('values that are known only later', () => {
  const host = {
    deferred: (text: string) => text.includes('<'),
    pieces: (text: string) => text.split(/(<[^>]*>)/).map((piece, index) => ({ text: piece, known: index % 2 === 0 })),
    place: { account: '<account>', region: '<region>', partition: '<partition>' },
  };
  const later = { name: '<repository>' };
  const input: RoleInput = {
    trust: production,
    permissions: [
      {
        entry: ecrDockerPush,
        options: { repositories: [later, ...Array.from({ length: 150 }, (_, index) => `service-${index}`)] },
      },
      { entry: ecrImagePull, options: { repositories: ['base'] } },
    ],
    boundary: `arn:aws:iam::${account}:policy/b`,
  };

  test('stay as they are, also where the permissions are divided', () => {
    const { policies } = buildRole(input, host);
    expect(policies.length).toBeGreaterThan(1);
    const text = JSON.stringify(policies);
    expect(text).toContain('arn:<partition>:ecr:<region>:<account>:repository/<repository>');
    expect(text).not.toMatch(/[\u00a4\u00ac\u00b6]/);
  });

  test('stand in the ARN of the boundary', () => {
    const { boundary } = buildRole({ ...input, permissions: input.permissions.slice(1), boundary: true }, host);
    expect(boundary!.arn).toBe('arn:<partition>:iam::<account>:policy/ci-role-boundary');
    expect(boundary!.policy!.document.Statement.at(-2)!.Resource).toEqual([boundary!.arn]);
  });
});

describe('code that nobody has reviewed', () => {
  const requests = { document: trustFor(['repo:acme/shop:pull_request']) };
  const state = (access: string) => ({
    entry: terraformRemoteStateS3,
    options: { bucket: 'state', keys: ['a.tfstate'], access },
  });
  const policy = (...Statement: object[]) => ({ document: { Version: '2012-10-17', Statement } as PolicyDocument });
  const allow = (Action: string | string[], Resource = '*') => ({ Effect: 'Allow', Action, Resource });
  const says = 'and the trust of `deploy` lets pull requests in, so code that nobody has reviewed';

  test('does not write, in any use case: each is told', () => {
    expect(problemsOf({ trust: requests, permissions: [pull, push, state('apply')] })).toEqual([
      expect.stringMatching(new RegExp(`^permissions\\[1\\]: can write by \`ecr:InitiateLayerUpload\`.* ${says}`)),
      expect.stringMatching(new RegExp(`^permissions\\[2\\]: can write by \`s3:PutObject\`.* ${says}`)),
    ]);
    expect(problemsOf({ trust: [production, requests], permissions: [push] })).toHaveLength(1);
    expect(problemsOf({ trust: requests, permissions: [pull, state('plan')] })).toEqual([]);
    expect(problemsOf({ trust: production, permissions: [push] })).toEqual([]);
  });

  test.each([
    ['merge requests of GitLab', { entry: gitlabTrust, options: { projectPath: 'acme/shop', mergeRequests: true } }],
    [
      'pull requests of Forgejo',
      { entry: forgejoTrust, options: { host: 'git.acme.io', owner: 'acme', repository: 'shop', pullRequests: true } },
    ],
  ])('is told of %s', (_, { entry, options }) => {
    const trust = { entry, options: { ...options, access: 'read' } };
    expect(problemsOf({ trust, permissions: [push] })).toEqual([expect.stringContaining(says)]);
    expect(problemsOf({ trust, permissions: [pull] })).toEqual([]);
  });

  test.each([
    ['an action', allow('s3:PutObject'), true],
    ['an action in other letters', allow('S3:putobject'), true],
    ['a pattern', allow('s3:Put*'), true],
    ['everything', allow('*'), true],
    ['everything but', { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }, true],
    ['reading', allow(['s3:Get*', 'ecr:Describe*', 'kms:Decrypt']), false],
    ['what nobody knows', allow('brandnew:DoThings'), false],
    ['a lock', allow(['s3:PutObject', 's3:DeleteObject'], 'arn:aws:s3:::state/a.tflock'), false],
  ])('a policy that is there: %s', (_, statement, refused) => {
    expect(problemsOf({ trust: requests, permissions: [policy(statement)] })).toHaveLength(refused ? 1 : 0);
  });

  test('what is denied everywhere is no write', () => {
    const deny = { Effect: 'Deny', Action: 's3:Put*', Resource: '*' };
    expect(problemsOf({ trust: requests, permissions: [policy(allow('s3:PutObject'), deny)] })).toEqual([]);
    const fenced = { ...deny, Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
    expect(problemsOf({ trust: requests, permissions: [policy(allow('s3:PutObject'), fenced)] })).toHaveLength(1);
  });
});
