import { reference, vendor } from '../../../use-case/evidence.js';
import { list, single, type TextForm } from '../../../use-case/option.js';
import { all, any, given, matches, not, when } from '../../../use-case/predicate.js';
import { template, text } from '../../../use-case/template.js';
import { defineTrust } from '../../../use-case/trust.js';
import { namePart, word } from '../../principals/names.js';
import { assumeWithToken, audienceForm, federated, webIdentity } from '../../principals/web-identity.js';

const name = (title: string, example: string) =>
  namePart({
    title,
    example,
    says: 'letters, digits and `._-`, spelled as Pulumi Cloud shows it',
    pattern: '^[A-Za-z0-9][A-Za-z0-9._-]*$',
    longest: 100,
    refuse: [
      { pattern: '^https?://', say: 'is a URL: write the name alone' },
      { pattern: '/', say: 'holds a slash: write the name alone' },
    ],
  });

const environmentForm: TextForm = {
  title: 'ESC environment',
  example: 'website/prod',
  pattern: '^([A-Za-z0-9][A-Za-z0-9._-]*/)?[A-Za-z0-9][A-Za-z0-9._-]*$',
  says: 'PROJECT/ENVIRONMENT, or the name alone for one of the default project',
  shortest: 1,
  longest: 200,
  refuse: [
    {
      pattern: '^([^/]+)/([^/]+)/([^/]+)$',
      say: 'names the organization too: write project and environment',
      here: '`$2/$3`',
    },
    { pattern: '@', say: 'names a version, which no token does: write the environment alone' },
  ],
};

const deployments = any(given('project'), given('stacks'), given('operation'));

export const pulumiCloudTrust = defineTrust({
  id: 'pulumi-cloud',
  title: 'Pulumi Deployments and Pulumi ESC',
  summary: 'Lets one operation of stacks in that Pulumi Deployments runs, or environments of Pulumi ESC.',
  excludes: 'Lets in no other stack, environment or operation, and never Deployments and ESC into the same role.',
  options: {
    organization: single(name('Pulumi organization', 'acme'), 'The organization.', { required: true }),
    project: single(name('project', 'website'), 'The project that the stacks are of.'),
    stacks: list(name('stack', 'prod'), 'The stacks that Pulumi Deployments runs.'),
    operation: single(
      word('operation', ['preview', 'update', 'refresh', 'destroy']),
      'What the role is for: preview runs code of pull requests.',
    ),
    environments: list(environmentForm, 'The environments of Pulumi ESC that open the role.'),
    audience: single(audienceForm, 'What the tokens are for, where they have an audience of their own.'),
    ...webIdentity,
  },
  refuse: [
    {
      path: 'stacks',
      if: not(any(given('stacks'), given('environments'))),
      say: 'missing, and so is `environments`, of which one says who gets in',
    },
    {
      path: 'environments',
      if: all(given('environments'), deployments),
      say: 'and what Pulumi Deployments runs exclude each other: give each a role of its own',
    },
    {
      path: 'project',
      if: all(given('stacks'), not(given('project'))),
      say: 'missing: in the subject it stands before the stack',
    },
    {
      path: 'operation',
      if: all(given('stacks'), not(given('operation'))),
      say: 'missing: a preview runs code that nobody has reviewed, so that each operation has a role of its own',
    },
  ],
  notes: [
    {
      if: matches('operation', '^preview$'),
      say: 'a preview runs code of pull requests, with a token whose scope is `write` all the same: let this role only read',
    },
    {
      if: given('environments'),
      say: 'whoever may open the environment gets the credentials: its access in Pulumi Cloud decides',
    },
  ],
  widenings: [
    'AWS has no key for ids of Pulumi Cloud: who registers the name of an organization again, once it is free, has the same subject and audience.',
    'A token of ESC does not say who opened the environment.',
  ],
  issuer: ['api.pulumi.com/oidc'],
  ownClaims: {
    language: 'sh',
    code: `# In a pre-run command of Pulumi Deployments.
cut -d. -f2 /mnt/pulumi/pulumi.oidc | tr '_-' '/+' | base64 -d 2>/dev/null || true`,
    say: 'The second part alone is printed, without the signature, so that nobody can use it.',
  },
  statements: [
    {
      sid: 'AssumeFromPulumiCloud',
      principal: federated,
      actions: assumeWithToken,
      conditions: [
        {
          operator: 'StringEquals',
          key: 'ISSUER:aud',
          values: [
            when(given('audience'), text('audience')),
            when(all(not(given('audience')), given('stacks')), text('organization')),
            when(all(not(given('audience')), given('environments')), template`aws:${text('organization')}`),
          ],
          reason: 'only tokens that were made for this audience, which names the organization',
        },
        {
          operator: 'StringEquals',
          key: 'ISSUER:sub',
          values: [
            template`pulumi:deploy:org:${text('organization')}:project:${text('project')}:stack:${text('stacks')}:operation:${text('operation')}:scope:write`,
            template`pulumi:environments:org:${text('organization')}:env:${text('environments')}`,
          ],
          reason: 'only this operation of these stacks, or these environments',
        },
      ],
      evidence: [
        reference('sts'),
        vendor(
          'Pulumi Cloud, configure OpenID Connect for AWS',
          'https://www.pulumi.com/docs/pulumi-cloud/access-management/oidc/provider/aws/',
        ),
      ],
    },
  ],
});
