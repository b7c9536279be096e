import { fileURLToPath } from 'node:url';
import { readFileSync } from 'node:fs';
import {
  buildPair,
  buildRole,
  compare,
  ecrDockerPush,
  ecrImagePull,
  githubActionsTrust,
  quotas,
  size,
  terraformRemoteStateS3,
  type PolicyDocument,
  type RoleInput,
} from '@postern/core';
import { beforeAll, describe, expect, test } from 'vitest';
import { mirror, plan, type Plan } from '../src/terraform-plan.js';
import { moduleArguments, terraformVersion } from '../src/terraform.js';

const packageFolder = fileURLToPath(new URL('../../../packages/terraform/', import.meta.url));
const place = { account: '123456789012', region: 'eu-west-1' };
const shop = { owner: 'acme', repository: 'shop', environments: ['production'] };
const names = (start: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${start}/service-${index}`);

const module = (name: string, source: string, lines: string) =>
  `module "${name}" {\n  source = "${packageFolder}/${source}"\n  ${lines}\n}\n`;
const called = (name: string, source: string, options: object) =>
  module(name, source, moduleArguments(options as Record<string, unknown>));
const state = { bucket: 'acme-state', keys: ['shop.tfstate'] };
const planned = { owner: 'acme', repository: 'shop', pullRequests: true, access: 'read' } as const;
const lists = (trust: string, ...permissions: string[]) =>
  `trust = [module.${trust}.json]\n  permissions = [${permissions.map((name) => `module.${name}.json`).join(', ')}]`;
const halves = (plan: string, apply: string) =>
  `plan_trust = [module.${plan}.json]\n  plan_permissions = [module.reading.json]\n  apply_trust = [module.${apply}.json]\n  apply_permissions = [module.writing.json]`;

const documents = [
  called('trust', '/documents/trust-github-actions', { ...shop, account: place.account, partition: 'aws' }),
  called('planned', '/documents/trust-github-actions', { ...planned, account: place.account, partition: 'aws' }),
  called('reading', '/documents/terraform-remote-state-s3', { ...state, access: 'plan', ...place }),
  called('writing', '/documents/terraform-remote-state-s3', { ...state, access: 'apply', ...place }),
  called('elsewhere', '/documents/trust-github-actions', { ...shop, account: '999999999999', partition: 'aws' }),
  called('push', '/documents/ecr-docker-push', { repositories: ['shop'], ...place }),
  called('more', '/documents/ecr-docker-push', { repositories: names('team', 45), ...place }),
  called('pull', '/documents/ecr-image-pull', { repositories: names('base', 40), ...place }),
  called('whole', '/documents/ecr-docker-push', { repositories: names('all', 120), ...place }),
  ...Array.from({ length: 12 }, (_, index) =>
    called(`part${index}`, '/documents/ecr-image-pull', { repositories: names(`part${index}`, 60), ...place }),
  ),
].join('');

if (mirror === undefined)
  console.log('SKIPPED: no mirror of the AWS provider, so the module of a role was not planned');

describe.skipIf(mirror === undefined || terraformVersion() === undefined)(
  'the module of a role, with the AWS provider',
  () => {
    let changes: Plan['resource_changes'];
    const of = (module: string, type: string) =>
      changes
        .filter((one) => one.address.startsWith(`module.${module}.`) && one.type === type)
        .map(({ change }) => change.after);
    const parsed = (text: unknown) => JSON.parse(String(text)) as PolicyDocument;

    beforeAll(async () => {
      const roles = [
        module(
          'deploy',
          '/modules/ci-role',
          `name = "deploy"\n  path = "/ci/"\n  boundary = true\n  max_session_duration = 7200\n  ${lists('trust', 'push', 'pull')}`,
        ),
        module('large', '/modules/ci-role', `name = "large"\n  ${lists('trust', 'push', 'more', 'pull')}`),
        module('pair', '/modules/ci-role-pair', `name = "state"\n  boundary = true\n  ${halves('planned', 'trust')}`),
        module('none', '/modules/ci-role', `create = false\n  ${lists('trust', 'push')}`),
      ];
      changes = (await plan(documents + roles.join(''))).resource_changes;
    }, 600_000);

    const input: RoleInput = {
      trust: { entry: githubActionsTrust, options: shop },
      permissions: [
        { entry: ecrDockerPush, options: { repositories: ['shop'] } },
        { entry: ecrImagePull, options: { repositories: names('base', 40) } },
      ],
      roleName: 'deploy',
      path: '/ci/',
      boundary: true,
      ...place,
    };

    test('plans the role of core: trust policy, permissions and boundary', () => {
      const expected = buildRole(input);
      const [role] = of('deploy', 'aws_iam_role');
      expect(role).toMatchObject({ name: 'deploy', path: '/ci/', max_session_duration: 7200 });
      expect(parsed(role!['assume_role_policy'])).toEqual(expected.trust);
      const policies = new Map(of('deploy', 'aws_iam_policy').map(({ name, policy }) => [name, parsed(policy)]));
      expect([...policies.keys()].sort()).toEqual(['deploy', 'deploy-boundary']);
      expect(policies.get('deploy')).toEqual(expected.policies[0]!.document);
      expect(policies.get('deploy-boundary')).toEqual(expected.boundary!.policy!.document);
    });

    test('divides permissions over policies that fit, are attached, and together give the same', () => {
      const more = { entry: ecrDockerPush, options: { repositories: names('team', 45) } };
      const expected = buildRole({ ...input, boundary: false, permissions: [...input.permissions, more] });
      const policies = of('large', 'aws_iam_policy').map(({ policy }) => parsed(policy));
      expect(policies.length).toBeGreaterThan(1);
      for (const policy of policies) expect(size(policy)).toBeLessThanOrEqual(quotas.managedPolicy.characters);
      expect(
        compare(
          expected.policies.map(({ document }) => document),
          policies,
        ).relation,
      ).toBe('equal');
      expect(of('large', 'aws_iam_role_policy_attachment')).toHaveLength(policies.length);
      expect(of('large', 'aws_iam_policy').map(({ name }) => name)).toEqual(
        policies.map((_, index) => (index === 0 ? 'large' : `large-${index + 1}`)),
      );
    });

    test('plans the pair of core: two roles that exclude each other, each with its permissions and its boundary', () => {
      const pair = buildPair({
        plan: { trust: { entry: githubActionsTrust, options: planned } },
        apply: { trust: { entry: githubActionsTrust, options: shop } },
        permissions: [{ entry: terraformRemoteStateS3, options: state }],
        roleName: 'state',
        boundary: true,
        ...place,
      });
      for (const half of ['plan', 'apply'] as const) {
        const { roleName, trust, policies, boundary } = pair[half];
        const [role] = of(`pair.module.${half}`, 'aws_iam_role');
        expect(role!.name).toBe(roleName);
        expect(parsed(role!['assume_role_policy'])).toEqual(trust);
        const got = new Map(
          of(`pair.module.${half}`, 'aws_iam_policy').map(({ name, policy }) => [name, parsed(policy)]),
        );
        const wanted = [...policies, boundary!.policy!].map(({ name, document }) => [name, document] as const);
        expect(got).toEqual(new Map(wanted));
      }
    });

    test('makes nothing where create is false', () => {
      expect(changes.filter(({ address }) => address.startsWith('module.none.'))).toEqual([]);
    });

    test('plans the examples of the README', { timeout: 600_000 }, async () => {
      const readme = readFileSync(`${packageFolder}README.md`, 'utf8');
      const all = [...readme.matchAll(/```hcl\n(.*?)```/gs)].map(([, text]) => text!);
      // What asks the program needs a provider of its own: external-data.test.ts plans it with that, and config-files.test.ts
      // evaluates it on an answer of the program.
      const examples = all.filter((text) => !text.includes('data "external"'));
      expect(all.length - examples.length).toBe(1);
      expect(examples.length).toBeGreaterThan(2);
      const { resource_changes: made } = await plan(
        examples.join('\n').replaceAll('./packages/terraform//', `${packageFolder}/`),
      );
      const roles = made.filter(({ type }) => type === 'aws_iam_role').map(({ change }) => change.after.name);
      expect(roles.sort()).toEqual(['shop-deploy', 'shop-state-apply', 'shop-state-plan']);
    });

    /** What a plan of roles says, blanks folded. */
    async function refusalOf(...roles: string[]): Promise<string> {
      const error: unknown = await plan(documents + roles.join('')).then(
        () => new Error('it was planned'),
        (reason: unknown) => reason,
      );
      const { stderr = '', message } = error as { readonly stderr?: string; readonly message: string };
      return `${message}\n${stderr}`.replace(/\s+|│/g, ' ').replace(/ +/g, ' ');
    }

    test('refuses variables that cannot be, all at once', { timeout: 600_000 }, async () => {
      const wrong =
        'name = "ci-*"\n  path = "ci"\n  max_session_duration = 900\n  boundary_arn = "arn:aws:iam::123456789012:role/x"';
      const said = await refusalOf(module('wrong', '/modules/ci-role', `${wrong}\n  ${lists('trust', 'push')}`));
      for (const text of [
        'name has 1 to 64 letters, digits and +=,.@_-, without wildcards and slashes.',
        'path begins and ends with a slash, such as /ci/',
        'max_session_duration is 3600 to 43200 seconds.',
        'boundary_arn is the ARN of a managed policy',
      ])
        expect(said).toContain(text);
    });

    test('refuses a pair of which nothing shows that nobody gets into both', { timeout: 600_000 }, async () => {
      const long = `name = "${'x'.repeat(59)}"\n  ${halves('planned', 'trust')}`;
      expect(await refusalOf(module('long', '/modules/ci-role-pair', long))).toContain('name has 1 to 58 letters');
      const same = `name = "same"\n  ${halves('trust', 'trust')}`;
      expect(await refusalOf(module('same', '/modules/ci-role-pair', same))).toContain(
        'nothing shows that nobody gets into this role and into one of apart_from, by AssumeFromGitHubActions and AssumeFromGitHubActions: tell plan and apply apart',
      );
    });

    test('refuses a role that lets pull requests in and writes', { timeout: 600_000 }, async () => {
      const says =
        'the trust policy lets pull requests in, by repo:acme/shop:pull_request, so code that nobody has reviewed, and the permissions can write by';
      for (const [name, permissions] of [
        ['pushing', 'push'],
        ['applying', 'writing'],
      ] as const) {
        const lines = `name = "${name}"\n  ${lists('planned', permissions)}`;
        expect(await refusalOf(module(name, '/modules/ci-role', lines))).toContain(says);
      }
      const allowed = `name = "push"\n  allow_writes_for_pull_requests = true\n  ${lists('planned', 'push')}`;
      const reading = `name = "pull"\n  ${lists('planned', 'pull', 'reading')}`;
      const { resource_changes: made } = await plan(
        documents + module('pushing', '/modules/ci-role', allowed) + module('pulling', '/modules/ci-role', reading),
      );
      expect(made.filter(({ type }) => type === 'aws_iam_role')).toHaveLength(2);
    });

    test('refuses what does not fit or belongs elsewhere, with what to do', { timeout: 600_000 }, async () => {
      const parts = Array.from({ length: 12 }, (_, index) => `part${index}`);
      const said = await refusalOf(
        module('foreign', '/modules/ci-role', `name = "foreign"\n  ${lists('elsewhere', 'push')}`),
        module('statement', '/modules/ci-role', `name = "statement"\n  ${lists('trust', 'whole')}`),
        module('many', '/modules/ci-role', `name = "many"\n  ${lists('trust', ...parts)}`),
        module(
          'fenced',
          '/modules/ci-role',
          `name = "fenced"\n  boundary = true\n  ${lists('trust', ...parts.slice(0, 3))}`,
        ),
      );
      for (const text of [
        'an identity provider or the boundary is in another account or partition than the role: arn:aws:iam::999999999999:oidc-provider/',
        'a statement of the permissions is larger than a managed policy, which has 6144 characters',
        'the permissions need more than the 10 managed policies that a role takes',
        'the boundary has more than 6144 characters, and a boundary is one policy',
      ])
        expect(said).toContain(text);
    });
  },
);
