import { reference, source } from '../../../use-case/evidence.js';
import { list, single, toggle } from '../../../use-case/option.js';
import { all, any, given, is, not, when } from '../../../use-case/predicate.js';
import { template, text } from '../../../use-case/template.js';
import { defineTrust } from '../../../use-case/trust.js';
import { branch, namePart, tag, uuid } from '../../principals/names.js';
import {
  assumeWithToken,
  audienceForm,
  audienceTest,
  federated,
  trustScope,
  webIdentity,
} from '../../principals/web-identity.js';

const slug = (title: string, example: string, where: string) =>
  namePart({
    title,
    example,
    says: `the slug in lower case, ${where}`,
    pattern: '^[a-z0-9][a-z0-9-]*$',
    longest: 100,
    refuse: [
      { pattern: '^https?://', say: `is a URL: write the slug alone, ${where}` },
      { pattern: '/', say: `holds a slash: write the slug alone, ${where}` },
    ],
  });

const refs = any(given('branches'), given('tags'));
const byId = is('subjectIsPipelineId', true);
const build = template`organization:${text('organization')}:pipeline:${text('pipeline')}`;

export const buildkiteTrust = defineTrust({
  id: 'buildkite',
  title: 'Jobs of Buildkite',
  summary: 'Lets jobs of one pipeline in, by branch or tag and step.',
  excludes: 'Lets in no other pipeline, no fork, and no other branch, tag or cluster.',
  options: {
    organization: single(
      slug('Buildkite organization', 'acme', 'the first part behind `https://buildkite.com/`'),
      'The slug of the organization.',
      { required: true },
    ),
    pipeline: single(
      slug('Buildkite pipeline', 'release', 'the second part behind `https://buildkite.com/`'),
      'The slug of the pipeline.',
      { required: true },
    ),
    branches: list(branch, 'Branches that the builds are of.', { scoped: true }),
    tags: list(tag, 'Tags that the builds are of.', { scoped: true }),
    steps: list(
      namePart({
        title: 'step key',
        example: 'deploy',
        says: 'the `key` of the step',
        pattern: '^[A-Za-z0-9_-]+$',
        longest: 100,
      }),
      'The keys of the steps, where not every one may; a step without a key has none.',
    ),
    organizationId: single(
      uuid('organization id', '0e8c1877-512c-3ff1-f711-db17c3361d1c'),
      'The id of the organization: another one of the same slug has another.',
    ),
    pipelineId: single(
      uuid('pipeline id', 'bea8ba8b-c6e5-528e-4265-ea55b4248695'),
      'The id of the pipeline: another one of the same slug has another.',
    ),
    clusterId: single(
      uuid('cluster id', '5b7d939b-71be-2455-1cfa-068ce0bc552c'),
      'The cluster whose agents run the jobs.',
    ),
    subjectIsPipelineId: toggle('The tokens are asked for with `--subject-claim pipeline_id`.'),
    audience: single(audienceForm, 'What the tokens are for, as `--audience` says.', { default: 'sts.amazonaws.com' }),
    scope: trustScope,
    ...webIdentity,
  },
  refuse: [
    { path: 'branches', if: not(refs), say: 'missing, and so is `tags`, of which one says which builds get in' },
    {
      path: 'pipelineId',
      if: all(byId, not(given('pipelineId'))),
      say: 'missing: with `subjectIsPipelineId` it is the subject',
    },
    {
      path: 'tags',
      if: all(byId, given('tags')),
      say: 'and `subjectIsPipelineId` exclude each other, since AWS has a key for the branch and none for the tag: leave one out',
    },
    {
      path: 'steps',
      if: all(byId, given('steps')),
      say: 'and `subjectIsPipelineId` exclude each other, since only the usual subject names the step: leave one out',
    },
  ],
  notes: [
    {
      if: any(given('organizationId'), given('pipelineId'), given('clusterId'), byId),
      say: 'tokens have ids only where they are asked for: `buildkite-agent oidc request-token --audience sts.amazonaws.com --claim organization_id --claim pipeline_id --claim cluster_id`, with a `--claim` for each id that is given here, and with `--claim build_branch --subject-claim pipeline_id` for `subjectIsPipelineId`',
    },
    {
      if: not(all(given('organizationId'), given('pipelineId'))),
      say: 'only slugs are tested: who takes over the slug of the organization once it is free gets in; `organizationId` and `pipelineId` tell them apart',
    },
    {
      say: 'branch and commit of a build are chosen by whoever may create builds of the pipeline: restrict that in Buildkite',
    },
    {
      if: is('scope', 'pattern'),
      say: 'who may make a branch or tag that is like a pattern gets in: protect these names',
    },
  ],
  widenings: [
    'Who may create builds chooses branch and commit: AWS cannot tell such a build from a push.',
    'Commit and step stand behind the branch in the subject and are left free, unless steps are named.',
  ],
  issuer: ['agent.buildkite.com'],
  ownClaims: {
    language: 'sh',
    code: `buildkite-agent oidc request-token --audience sts.amazonaws.com \\
  --claim organization_id --claim pipeline_id --claim cluster_id |
  cut -d. -f2 | tr '_-' '/+' | base64 -d 2>/dev/null || true`,
    say: 'The second part alone is printed, without the signature, so that nobody can use it.',
  },
  statements: [
    {
      sid: 'AssumeFromBuildkite',
      principal: federated,
      actions: assumeWithToken,
      conditions: [
        audienceTest,
        {
          operator: 'StringLike',
          key: 'ISSUER:sub',
          when: not(byId),
          values: [
            when(not(given('steps')), template`${build}:ref:refs/heads/${text('branches')}:commit:*:step:*`),
            when(not(given('steps')), template`${build}:ref:refs/tags/${text('tags')}:commit:*:step:*`),
            template`${build}:ref:refs/heads/${text('branches')}:commit:*:step:${text('steps')}`,
            template`${build}:ref:refs/tags/${text('tags')}:commit:*:step:${text('steps')}`,
          ],
          reason: 'only builds of these branches and tags of the pipeline, whatever their commit',
        },
        {
          operator: 'StringEquals',
          key: 'ISSUER:sub',
          when: byId,
          values: [text('pipelineId')],
          reason: 'only this pipeline, which alone is the subject',
        },
        {
          operator: { exact: 'StringEquals', wildcards: 'StringLike' },
          key: 'ISSUER:build_branch',
          when: byId,
          values: [text('branches')],
          reason: 'only these branches: the subject does not name them',
        },
        {
          operator: 'StringEquals',
          key: 'ISSUER:organization_id',
          when: given('organizationId'),
          values: [text('organizationId')],
          reason: 'another organization that takes over the slug has another id',
        },
        {
          operator: 'StringEquals',
          key: 'ISSUER:pipeline_id',
          when: given('pipelineId'),
          values: [text('pipelineId')],
          reason: 'another pipeline that takes over the slug has another id',
        },
        {
          operator: 'StringEquals',
          key: 'ISSUER:cluster_id',
          when: given('clusterId'),
          values: [text('clusterId')],
          reason: 'only agents of this cluster',
        },
      ],
      evidence: [reference('sts'), source('buildkite/docs', '35cf0294', 'pages/pipelines/security/oidc/aws.md')],
    },
  ],
});
