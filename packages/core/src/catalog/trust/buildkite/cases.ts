import { defineRefused } from '../../cases.js';
import { carriesBoth, carriesMore, defineTokens } from '../../tokens.js';
import { buildkiteTrust } from './entry.js';

const place = { account: '123456789012', partition: 'aws' } as const;
const ids = {
  organizationId: '0e8c1877-512c-3ff1-f711-db17c3361d1c',
  pipelineId: 'bea8ba8b-c6e5-528e-4265-ea55b4248695',
  clusterId: '5b7d939b-71be-2455-1cfa-068ce0bc552c',
} as const;
const other = '99999999-0000-4000-8000-000000000009';
const pipeline = { organization: 'acme', pipeline: 'release', ...ids, ...place } as const;
const commit = 'd5126fc056ebbd8b4f0935f8122c8d864af03147';
const onMain = `organization:acme:pipeline:release:ref:refs/heads/main:commit:${commit}:step:deploy`;

/** Every claim that Buildkite documents, the optional ones asked for. */
const build = {
  iss: 'https://agent.buildkite.com',
  aud: 'sts.amazonaws.com',
  sub: onMain,
  organization_slug: 'acme',
  organization_id: ids.organizationId,
  pipeline_slug: 'release',
  pipeline_id: ids.pipelineId,
  cluster_id: ids.clusterId,
  cluster_name: 'default',
  queue_key: 'deploy',
  build_number: 41,
  build_branch: 'main',
  build_commit: commit,
  step_key: 'deploy',
  job_id: '0184990a-477b-4fa8-9968-496074483cee',
  agent_id: '0184990a-4782-42b5-afc1-16715b10b8ff',
  iat: 1_793_000_000,
  nbf: 1_793_000_000,
  exp: 1_793_000_300,
};

export const samples = defineTokens(buildkiteTrust, [
  {
    name: 'default',
    options: { ...pipeline, branches: ['main'] },
    token: build,
    honest: [
      { why: 'a build of the branch' },
      { change: { sub: onMain.replace('step:deploy', 'step:test') }, why: 'another step' },
      { change: { sub: onMain.replace('step:deploy', 'step:') }, why: 'a step without a key' },
    ],
    hostile: [
      {
        change: { organization_id: null, pipeline_id: null, cluster_id: null },
        why: 'a token asked for without claims',
      },
      { change: { sub: onMain.replace('heads/main', 'heads/x') }, why: 'another branch' },
      { change: { sub: onMain.replace('heads/main', 'heads/main-2') }, why: 'a branch whose name begins alike' },
      { change: { sub: onMain.replace('heads/main', 'tags/main') }, why: 'a tag named like the branch' },
      { change: { sub: onMain.replace('heads/main', 'heads/fork-user:main') }, why: 'a build of a fork' },
      {
        change: { sub: onMain.replace('release', 'release-2'), pipeline_id: other },
        why: 'a pipeline whose slug begins alike',
      },
      { change: { cluster_id: other }, why: 'agents of another cluster' },
      { change: { organization_id: other }, why: 'the slug of the organization taken over, with the pipeline' },
      { change: { pipeline_id: other }, why: 'the pipeline deleted and made again' },
      {
        change: { sub: onMain.replace('acme', 'acmex'), organization_id: other },
        why: 'an organization whose slug begins alike',
      },
      { change: { sub: ids.pipelineId }, why: 'a token with another subject claim' },
      { change: { aud: 'https://buildkite.com/acme' }, why: 'the usual audience' },
      { change: { aud: null }, why: 'no audience' },
      { change: { iss: 'https://agent.buildkite.example' }, why: 'another issuer' },
      ...carriesMore,
    ],
    alike: [{ change: { build_number: 42 }, why: 'a build that somebody created by hand, for the branch' }],
  },
  {
    name: 'steps',
    options: { ...pipeline, branches: ['main'], tags: ['v*'], steps: ['deploy'], scope: 'pattern' },
    token: build,
    honest: [
      { why: 'the step, for the branch' },
      { change: { sub: onMain.replace('heads/main', 'tags/v2') }, why: 'the step, for a tag' },
    ],
    hostile: [
      { change: { sub: onMain.replace('step:deploy', 'step:test') }, why: 'another step' },
      {
        change: { sub: onMain.replace('heads/main', 'tags/v2').replace('step:deploy', 'step:') },
        why: 'a step without a key',
      },
    ],
  },
  {
    name: 'tags',
    options: { organization: 'acme', pipeline: 'release', tags: ['v1.4.2'], ...place },
    token: { ...build, sub: onMain.replace('heads/main', 'tags/v1.4.2') },
    honest: [
      { why: 'a build of the tag' },
      { change: { organization_id: null, pipeline_id: null }, why: 'without ids' },
    ],
    hostile: [{ change: { sub: onMain }, why: 'a build of a branch' }],
    alike: [{ change: { organization_id: other }, why: 'the slug of the organization taken over' }],
  },
  {
    name: 'subject-is-pipeline-id',
    options: { ...pipeline, branches: ['main'], subjectIsPipelineId: true },
    token: { ...build, sub: ids.pipelineId },
    honest: [{ why: 'a build of the branch' }],
    hostile: [
      { change: { build_branch: 'x' }, why: 'another branch' },
      { change: { build_branch: null }, why: 'a token that names no branch' },
      { change: { sub: other }, why: 'another pipeline' },
      { change: { sub: onMain }, why: 'the usual subject' },
    ],
  },
  {
    name: 'given-provider',
    options: {
      organization: 'acme',
      pipeline: 'release',
      ...ids,
      branches: ['main'],
      sessionTags: true,
      sourceIdentity: true,
      provider: 'arn:aws:iam::123456789012:oidc-provider/agent.buildkite.com',
    },
    token: build,
    honest: [{ why: 'a build of the branch' }, ...carriesBoth],
    hostile: [{ change: { aud: null }, why: 'no audience' }],
  },
]);

const one = { ...pipeline, branches: ['main'] };

export const refused = defineRefused(buildkiteTrust, [
  {
    name: 'a wildcard in the organization',
    options: { ...one, organization: 'acme*' },
    says: /^organization: .*wildcard/,
  },
  {
    name: 'an organization with its pipeline',
    options: { ...one, organization: 'acme/release' },
    says: /^organization: .*holds a slash/,
  },
  {
    name: 'a URL for the pipeline',
    options: { ...one, pipeline: 'https://buildkite.com/acme/release' },
    says: /^pipeline: .*is a URL/,
  },
  {
    name: 'an id that is none',
    options: { ...one, pipelineId: 'release' },
    says: /^pipelineId: `release` is no pipeline id/,
  },
  {
    name: 'every branch',
    options: { ...one, branches: ['*'], scope: 'pattern' },
    says: /^branches\[0\]: `\*` lets every branch in/,
  },
  { name: 'no branch', options: pipeline, says: /^branches: missing, and so is `tags`/ },
  { name: 'a step key with a colon', options: { ...one, steps: ['a:b'] }, says: /^steps\[0\]: .*holds a colon/ },
  {
    name: 'a tag that no key names',
    options: { ...pipeline, branches: ['main'], tags: ['v1'], subjectIsPipelineId: true },
    says: /^tags: and `subjectIsPipelineId` exclude/,
  },
  {
    name: 'a provider of another issuer',
    options: { ...one, provider: 'arn:aws:iam::123456789012:oidc-provider/buildkite.com' },
    says: /^provider: .*is the provider of/,
  },
]);
