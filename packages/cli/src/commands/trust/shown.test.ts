import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assume, trustEntries, tryBuild, type TrustEntry } from '@postern/core';
import { describe, expect, test } from 'vitest';

interface ShownSet {
  readonly set: string;
  readonly partition: string;
  readonly identity_providers: readonly { readonly url: string; readonly client_ids: readonly string[] }[];
  readonly tokens: readonly {
    readonly name: string;
    readonly issuer: string;
    readonly claims: Record<string, unknown>;
    readonly allowed: boolean;
  }[];
}

/** Sets of tokens with right answers, for the least-privilege trust of the parameters below. */
const sets = readFileSync(join(import.meta.dirname, '../assume/cases/tokens.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as ShownSet);

/** The parameters of each set, as options of the entry. */
const asked: Readonly<Record<string, readonly [id: string, options: Readonly<Record<string, unknown>>]>> = {
  'github-environment-legacy-a': [
    'github-actions',
    {
      owner: 'cedarline',
      repository: 'invoicing',
      ownerId: '50110021',
      repositoryId: '730020031',
      environments: ['live'],
      branches: ['release'],
    },
  ],
  'github-branch-immutable-a': [
    'github-actions',
    {
      owner: 'maplecross',
      repository: 'search-api',
      ownerId: '50330063',
      repositoryId: '730060093',
      subjectForm: 'immutable',
      branches: ['main'],
    },
  ],
  'github-enterprise-issuer-a': [
    'github-actions',
    {
      owner: 'pinebrook',
      repository: 'telemetry',
      ownerId: '50220042',
      repositoryId: '730040062',
      subjectForm: 'immutable',
      environments: ['prod-eu'],
      branches: ['main'],
      enterpriseSlug: 'cedarline-group',
    },
  ],
  'ghe.com-branch-immutable-a': [
    'github-actions',
    {
      owner: 'birchwood-io',
      repository: 'edge-router',
      ownerId: '50440084',
      repositoryId: '730080124',
      subjectForm: 'immutable',
      branches: ['trunk'],
      subdomain: 'halvorsen',
    },
  ],
  'github-shared-workflow-a': [
    'github-actions',
    {
      owner: 'larchmont',
      ownerId: '50550105',
      jobWorkflowRef: 'larchmont/platform-ci/.github/workflows/deploy.yml@refs/heads/main',
    },
  ],
  'ghes-environment-a': [
    'github-actions',
    { host: 'git.kestrelworks.example', owner: 'warehouse', repository: 'pricing', environments: ['production'] },
  ],
  'gitlab.com-deploy-a': [
    'gitlab',
    { projectPath: 'riverstone/billing-core', projectId: '63110011', namespaceId: '90110011', branches: ['main'] },
  ],
  'gitlab-self-hosted-deploy-a': [
    'gitlab',
    {
      host: 'gitlab.kestrelworks.example',
      projectPath: 'ops/terraform',
      branches: ['main'],
      audience: 'https://gitlab.kestrelworks.example',
    },
  ],
  'circleci-branch-a': [
    'circleci',
    {
      organizationId: 'b74494ec-04d2-b880-c3ea-89b1e3cb06bd',
      projectId: 'b93e1ba7-8f05-a362-ca91-6c8a67c545b0',
      vcsOrigin: 'github.com/willowtech/orders',
      branches: ['main'],
    },
  ],
  'bitbucket-deployment-a': [
    'bitbucket-pipelines',
    {
      workspace: 'thistlework',
      workspaceId: '8d814c46-ba20-9eb0-a616-63d3e0c42ffc',
      repositoryId: '5c5d58f9-14d9-55b7-4148-1de70974567d',
      environmentIds: ['8068b4df-7332-7c64-bd08-a8c45a051c5b'],
    },
  ],
  'buildkite-branch-a': [
    'buildkite',
    {
      organization: 'osprey-labs',
      organizationId: '0e8c1877-512c-3ff1-f711-db17c3361d1c',
      pipeline: 'ship',
      pipelineId: 'bea8ba8b-c6e5-528e-4265-ea55b4248695',
      clusterId: '5b7d939b-71be-2455-1cfa-068ce0bc552c',
      branches: ['main'],
    },
  ],
  'terraform-enterprise-apply-a': [
    'hcp-terraform',
    {
      host: 'tfe.kestrelworks.example',
      organization: 'core',
      project: 'shared',
      workspaces: ['vpc'],
      runPhase: 'apply',
    },
  ],
  'spacelift-apply-a': [
    'spacelift',
    {
      accountName: 'fennelco',
      spaceId: 'prod-01JABCDE0000000000000000F1',
      stacks: ['edge'],
      runType: 'TRACKED',
      runScope: 'write',
    },
  ],
  'pulumi-deployments-a': [
    'pulumi-cloud',
    { organization: 'yew-inc', project: 'web', stacks: ['prod'], operation: 'update' },
  ],
  'pulumi-esc-a': ['pulumi-cloud', { organization: 'yew-inc', environments: ['web/prod'] }],
  'azure-devops-service-connection-a': [
    'azure-devops',
    {
      organizationId: 'a6c70ffc-2f73-0d9a-bcd8-b67a647a813a',
      organization: 'cormorant',
      project: 'Retail',
      serviceConnections: ['aws-live'],
    },
  ],
  'jenkins-job-a': ['jenkins-oidc', { jenkins: 'ci.kestrelworks.example', jobs: ['job/shop/job/main/'] }],
  'semaphore-branch-a': [
    'semaphore',
    {
      organization: 'dahlia',
      projectId: '273515db-02c0-bdb4-fa91-7047a75ec217',
      repository: 'orders',
      branches: ['main'],
    },
  ],
  'harness-project-a': [
    'harness',
    { accountId: 'kP3xT9vQ2mR7nL5wB8zC1d', organization: 'default', project: 'storefront' },
  ],
  'env0-project-a': [
    'env0',
    { organizationSubject: 'auth0|71bb22cc33dd44ee55ff6601', projectIds: ['b3131322-f067-a801-b799-a51a0249a923'] },
  ],
  'scalr-workspace-a': [
    'scalr',
    { accountName: 'teasel', environment: 'prod', workspaces: ['vpc'], audience: 'teasel-aws' },
  ],
  'codefresh-branch-a': [
    'codefresh',
    {
      accountId: 'a5d7a3c0b1c4ffd30b644c90',
      pipelineId: 'bde2e918255f53be601012ac',
      repositoryUrl: 'https://github.com/yarrow/app',
      branches: ['main'],
    },
  ],
  'google-service-account-a': ['google-cloud', { serviceAccountId: '112233445566778899001', audience: 'acme-orders' }],
  'eks-irsa-a': [
    'eks-irsa',
    {
      clusterId: '77EB5A47B0401767B248833B97C15C45',
      region: 'eu-central-1',
      namespace: 'runners',
      serviceAccounts: ['deploy'],
    },
  ],
  'hcp-terraform-apply-a': [
    'hcp-terraform',
    { organization: 'brackenfall', project: 'Default Project', workspaces: ['network'], runPhase: 'apply' },
  ],
  'hcp-terraform-plan-a': [
    'hcp-terraform',
    { organization: 'brackenfall', project: 'Default Project', workspaces: ['network'], runPhase: 'plan' },
  ],
};

test('every set is asked', () => {
  expect(sets.map(({ set }) => set).sort()).toEqual(Object.keys(asked).sort());
});

describe('the policy that is generated answers every token of the set rightly', () => {
  test.each(sets.map((one) => [one.set, one] as const))('%s', (set, { partition, identity_providers, tokens }) => {
    const [id, options] = asked[set]!;
    const entry: TrustEntry = trustEntries.find((one) => one.id === id)!;
    const place = 'account' in entry.options ? { account: '222233334444', partition } : {};
    const { document, problems } = tryBuild(entry, { ...options, ...place });
    expect(problems).toEqual([]);
    for (const { name, issuer, claims, allowed } of tokens) {
      const provider = identity_providers.find(({ url }) => url === issuer);
      const isKnown = provider !== undefined || issuer === 'https://accounts.google.com';
      const where = { account: '222233334444', partition, clientIds: provider?.client_ids };
      const answer = assume(document, { issuer, claims }, where);
      expect(answer.allowed && isKnown, `${name}: ${answer.reason}`).toBe(allowed);
    }
  });
});
