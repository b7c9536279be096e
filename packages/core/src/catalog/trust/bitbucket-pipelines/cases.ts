import { defineRefused } from '../../cases.js';
import { carriesBoth, carriesMore, defineTokens } from '../../tokens.js';
import { bitbucketPipelinesTrust } from './entry.js';

const place = { account: '123456789012', partition: 'aws' } as const;
const workspaceId = '8d814c46-ba20-9eb0-a616-63d3e0c42ffc';
const repositoryId = '5c5d58f9-14d9-55b7-4148-1de70974567d';
const environment = '8068b4df-7332-7c64-bd08-a8c45a051c5b';
const step = '3f9dd3f7-f7bb-0e14-156c-45913b7f4b47';
const other = 'baf94469-7bae-45a4-897c-fdec87538a54';
const of = (workspace: string) =>
  `https://api.bitbucket.org/2.0/workspaces/${workspace}/pipelines-config/identity/oidc`;
const repository = { workspace: 'acme', workspaceId, repositoryId, ...place } as const;

/** Every claim that Bitbucket documents. */
const deployment = {
  iss: of('acme'),
  aud: `ari:cloud:bitbucket::workspace/${workspaceId}`,
  sub: `{${repositoryId}}:{${environment}}:{${step}}`,
  workspaceUuid: `{${workspaceId}}`,
  repositoryUuid: `{${repositoryId}}`,
  deploymentEnvironmentUuid: `{${environment}}`,
  pipelineUuid: '{11111111-0000-4000-8000-000000000001}',
  stepUuid: `{${step}}`,
  branchName: 'main',
  iat: 1_793_000_000,
  exp: 1_793_003_600,
};

export const samples = defineTokens(bitbucketPipelinesTrust, [
  {
    name: 'default',
    options: { ...repository, environmentIds: [environment] },
    token: deployment,
    honest: [
      { why: 'a step that deploys to the environment' },
      { change: { sub: `{${repositoryId}}:{${environment}}:{${other}}` }, why: 'another step of it' },
    ],
    hostile: [
      { change: { sub: `{${repositoryId}}:{${step}}` }, why: 'a step without a deployment' },
      { change: { sub: `{${repositoryId}}:{${other}}:{${step}}` }, why: 'another environment' },
      { change: { sub: `{${other}}:{${environment}}:{${step}}` }, why: 'another repository' },
      { change: { sub: `{${environment}}:{${repositoryId}}:{${step}}` }, why: 'repository and environment exchanged' },
      { change: { sub: `${repositoryId}:${environment}:${step}` }, why: 'a subject without braces' },
      { change: { sub: null }, why: 'no subject' },
      { change: { iss: of('mallory') }, why: 'another workspace' },
      { change: { iss: of('acme-hq') }, why: 'the workspace renamed, until the policy says so' },
      { change: { aud: 'https://vault.example.com' }, why: 'an audience that a step may ask for' },
      { change: { aud: null }, why: 'no audience' },
      ...carriesMore,
    ],
    alike: [{ change: { branchName: 'feature/x' }, why: 'a deployment from another branch' }],
  },
  {
    name: 'every-step',
    options: { ...repository, everyStep: true },
    token: { ...deployment, sub: `{${repositoryId}}:{${step}}` },
    honest: [{ why: 'a step without a deployment' }, { change: { sub: deployment.sub }, why: 'one with' }],
    hostile: [{ change: { sub: `{${other}}:{${step}}` }, why: 'another repository' }],
  },
  {
    name: 'own-audience',
    options: {
      workspace: 'acme',
      repositoryId,
      environmentIds: [environment],
      audience: 'sts.amazonaws.com',
      sessionTags: true,
      sourceIdentity: true,
      provider: `arn:aws:iam::123456789012:oidc-provider/${of('acme').slice(8)}`,
    },
    token: { ...deployment, aud: 'sts.amazonaws.com' },
    honest: [{ why: 'a step that asks for the audience' }, ...carriesBoth],
    hostile: [{ change: { aud: deployment.aud }, why: 'the audience of the workspace' }],
  },
]);

const one = { ...repository, environmentIds: [environment] };

export const refused = defineRefused(bitbucketPipelinesTrust, [
  {
    name: 'an id in braces',
    options: { ...one, repositoryId: `{${repositoryId}}` },
    says: new RegExp(`^repositoryId: .*here \`${repositoryId}\`$`),
  },
  {
    name: 'a name for an id',
    options: { ...one, repositoryId: 'shop' },
    says: /^repositoryId: `shop` is no repository id/,
  },
  {
    name: 'a wildcard for the workspace',
    options: { ...one, workspace: 'ac*' },
    says: /^workspace: .*holds a wildcard/,
  },
  {
    name: 'a workspace with a repository',
    options: { ...one, workspace: 'acme/shop' },
    says: /^workspace: .*here `acme`$/,
  },
  {
    name: 'a URL for the workspace',
    options: { ...one, workspace: 'https://bitbucket.org/acme/shop' },
    says: /^workspace: .*here `acme`$/,
  },
  {
    name: 'a wildcard for an environment',
    options: { ...one, environmentIds: ['*'] },
    says: /^environmentIds\[0\]: .*wildcard/,
  },
  { name: 'no environment', options: repository, says: /^environmentIds: missing, and `everyStep` is not set/ },
  {
    name: 'every step beside an environment',
    options: { ...one, everyStep: true },
    says: /^environmentIds: and `everyStep` exclude/,
  },
  {
    name: 'two audiences',
    options: { ...one, audience: 'x' },
    says: /^workspaceId: and `audience` exclude each other/,
  },
  {
    name: 'a provider of another workspace',
    options: { ...one, provider: `arn:aws:iam::123456789012:oidc-provider/${of('mallory').slice(8)}` },
    says: /^provider: .*is the provider of/,
  },
]);
