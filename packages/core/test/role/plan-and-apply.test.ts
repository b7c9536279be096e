import { describe, expect, test } from 'vitest';
import {
  buildPair,
  decide,
  ecrDockerPush,
  excludeEachOther,
  terraformRemoteStateS3,
  tryBuild,
  tryBuildPair,
  type PairInput,
} from '../../src/index.js';
import { account, production, trustFor } from './trusts.js';

const place = { account, region: 'eu-west-1' };
const state = { entry: terraformRemoteStateS3, options: { bucket: 'acme-state', keys: ['shop.tfstate'] } };
const planners = { document: trustFor(['repo:acme/shop:pull_request', 'repo:acme/shop:ref:refs/heads/*']) };
const push = { entry: ecrDockerPush, options: { repositories: ['shop'] } };
const input: PairInput = {
  ...place,
  roleName: 'terraform',
  permissions: [state],
  plan: { trust: planners },
  apply: { trust: production, permissions: [push] },
};

function problemsOf(changed: Partial<PairInput>): string[] {
  return tryBuildPair({ ...input, ...changed }).problems.map(({ path, message }) => `${path}: ${message}`);
}

describe('a pair of roles', () => {
  test('plans with one and applies with the other', () => {
    const { plan, apply } = buildPair({ ...input, boundary: true });
    expect([plan.roleName, apply.roleName]).toEqual(['terraform-plan', 'terraform-apply']);
    expect([plan.boundary!.policy!.name, apply.boundary!.policy!.name]).toEqual([
      'terraform-plan-boundary',
      'terraform-apply-boundary',
    ]);
    const expected = (access: string) =>
      tryBuild(terraformRemoteStateS3, { ...state.options, ...place, access }).document;
    expect(plan.policies.map(({ document }) => document)).toEqual([expected('plan')]);
    expect(apply.policies[0]!.document.Statement.slice(0, 2)).toEqual(expected('apply').Statement.slice(0, 2));
    const write = { action: 's3:PutObject', resource: 'arn:aws:s3:::acme-state/shop.tfstate', context: {} };
    expect(
      decide(
        plan.policies.map(({ document }) => document),
        write,
      ).decision,
    ).toBe('implicitDeny');
    expect(
      decide(
        apply.policies.map(({ document }) => document),
        write,
      ).decision,
    ).toBe('allowed');
  });

  test('with a name for the boundary has one for each', () => {
    const { plan, apply } = buildPair({ ...input, boundary: { name: 'fence' } });
    expect([plan.boundary!.policy!.name, apply.boundary!.policy!.name]).toEqual(['fence-plan', 'fence-apply']);
  });

  test('is refused where somebody gets into both, with who', () => {
    const witness =
      /^plan\.trust: the trust policies do not exclude each other: who has .*`token\.actions\.githubusercontent\.com:sub` `repo:acme\/shop:environment:production`.* gets into both/;
    expect(problemsOf({ plan: { trust: production } })).toEqual([expect.stringMatching(witness)]);
    expect(problemsOf({ plan: { trust: { document: trustFor(['repo:acme/shop:*']) } } })).toEqual([
      expect.stringMatching(witness),
    ]);
    expect(problemsOf({ plan: { trust: [planners, production] } })).toEqual([expect.stringMatching(witness)]);
  });

  test.each<[string, Partial<PairInput>, string]>([
    [
      'a use case that does not tell plan from apply',
      { permissions: [state, push] },
      'permissions[1]: `ecr-docker-push` has no `access` that tells a plan from an apply, and both roles would get the same: give it under `plan` or under `apply`',
    ],
    [
      'an access for both',
      { permissions: [{ ...state, options: { ...state.options, access: 'apply' } }] },
      'permissions[0].access: `apply` is for one of the two roles: leave `access` out, or give the use case under `plan` or under `apply`',
    ],
    [
      'a document for both',
      {
        permissions: [
          state,
          {
            document: {
              Version: '2012-10-17',
              Statement: [{ Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' }],
            },
          },
        ],
      },
      'permissions[1]: this is a policy as it is, and both roles would get it: give it under `plan` or under `apply`',
    ],
    [
      'a problem of the shared use case, once',
      { permissions: [{ entry: terraformRemoteStateS3, options: { bucket: 'acme-state' } }] },
      'permissions[0].keys: missing: for example `keys: app/terraform.tfstate`',
    ],
    [
      'a problem of one role',
      { apply: { trust: production, permissions: [{ entry: ecrDockerPush, options: { repositories: ['UP'] } }] } },
      'apply.permissions[0].repositories[0]: ',
    ],
    [
      'a wrong trust policy',
      { plan: { trust: push } },
      'plan.trust: `ecr-docker-push` says what a role may do, so it belongs under `permissions`',
    ],
  ])('refuses %s', (_, changed, problem) => {
    const problems = problemsOf(changed);
    expect(problems).toHaveLength(1);
    expect(problems[0]!.slice(0, problem.length)).toBe(problem);
  });
});

describe('trust policies that exclude each other', () => {
  test('are told from those that do not', () => {
    expect(excludeEachOther(planners.document, production.document)).toEqual({ excludes: true });
    expect(excludeEachOther(production.document, production.document)).toMatchObject({ excludes: false });
  });

  test('are not known where the second denies', () => {
    const denying = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole' }],
    };
    expect(excludeEachOther(production.document, denying)).toMatchObject({ excludes: undefined });
  });
});
