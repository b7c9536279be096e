import { reference, vendor } from '../../../use-case/evidence.js';
import { list, single } from '../../../use-case/option.js';
import { all, any, given, matches, not, when } from '../../../use-case/predicate.js';
import { template, text } from '../../../use-case/template.js';
import { defineTrust } from '../../../use-case/trust.js';
import { hostForm, namePart, word } from '../../principals/names.js';
import { assumeWithToken, audienceForm, audienceTest, federated, webIdentity } from '../../principals/web-identity.js';

const name = (title: string, example: string) =>
  namePart({
    title,
    example,
    says: 'letters, digits, `-` and `_`, spelled as HCP Terraform shows it',
    pattern: '^[A-Za-z0-9_-]+$',
    longest: 90,
    refuse: [
      { pattern: '^https?://', say: 'is a URL: write the name alone' },
      { pattern: '/', say: 'holds a slash: write the name alone' },
    ],
  });

const own = given('host');
const stack = given('stack');

export const hcpTerraformTrust = defineTrust({
  id: 'hcp-terraform',
  title: 'Runs of HCP Terraform and Terraform Enterprise',
  summary: 'Lets the plans or the applies of workspaces in, or of the deployments of a stack.',
  excludes: 'Lets in no other workspace, no test of a module, and never plan and apply into the same role.',
  options: {
    organization: single(name('organization', 'acme'), 'The organization.', { required: true }),
    project: single(
      namePart({
        title: 'project',
        example: 'Default Project',
        says: 'the name as HCP Terraform shows it, which is `Default Project` where nobody made one',
        pattern: '^[A-Za-z0-9_-][A-Za-z0-9_ -]*$',
        longest: 40,
      }),
      'The project that holds the workspaces or the stack.',
      { required: true },
    ),
    workspaces: list(name('workspace', 'network'), 'The workspaces.'),
    stack: single(name('stack', 'network'), 'The stack, in the place of workspaces.'),
    deployments: list(name('deployment', 'production'), 'The deployments of the stack.'),
    runPhase: single(
      word('run phase', ['plan', 'apply']),
      'What the role is for: plans, which run code of pull requests, or applies.',
      {
        required: true,
      },
    ),
    audience: single(audienceForm, 'What the tokens are for, as TFC_AWS_WORKLOAD_IDENTITY_AUDIENCE says.', {
      default: 'aws.workload.identity',
    }),
    host: single(
      hostForm('Terraform Enterprise host', 'tfe.example.com', 'app.terraform.io'),
      'The host of a Terraform Enterprise.',
    ),
    ...webIdentity,
  },
  refuse: [
    { path: 'workspaces', if: not(any(given('workspaces'), stack)), say: 'missing, and no `stack` is given' },
    { path: 'workspaces', if: all(given('workspaces'), stack), say: 'and `stack` exclude each other: leave one out' },
    { path: 'deployments', if: all(stack, not(given('deployments'))), say: 'missing: a stack is told by them' },
    {
      path: 'deployments',
      if: all(given('deployments'), not(stack)),
      say: 'belong to a `stack`, which is missing: name it',
    },
  ],
  notes: [
    {
      if: matches('runPhase', '^plan$'),
      say: 'a plan runs code of pull requests where the workspace has speculative plans: let this role only read',
    },
  ],
  widenings: [
    'AWS has no key for ids of HCP Terraform: who registers the name of an organization again, once it is free, has the same subject.',
    'Who may start runs of a workspace, or change its variables and code, runs with the role.',
  ],
  issuer: [when(not(own), 'app.terraform.io'), when(own, template`${text('host')}`)],
  ownClaims: {
    language: 'sh',
    code: `# In a hook of a self-hosted agent, with TFC_WORKLOAD_IDENTITY_AUDIENCE=aws.workload.identity in the workspace.
printf '%s' "$TFC_WORKLOAD_IDENTITY_TOKEN" | cut -d. -f2 | tr '_-' '/+' | base64 -d 2>/dev/null || true`,
    say: 'The second part alone is printed, without the signature, so that nobody can use it.',
  },
  statements: [
    {
      sid: 'AssumeFromTerraform',
      principal: federated,
      actions: assumeWithToken,
      conditions: [
        audienceTest,
        {
          operator: 'StringEquals',
          key: 'ISSUER:sub',
          values: [
            template`organization:${text('organization')}:project:${text('project')}:workspace:${text('workspaces')}:run_phase:${text('runPhase')}`,
            template`organization:${text('organization')}:project:${text('project')}:stack:${text('stack')}:deployment:${text('deployments')}:operation:${text('runPhase')}`,
          ],
          reason: 'only this phase of these workspaces or deployments',
        },
      ],
      evidence: [
        reference('sts'),
        vendor(
          'HCP Terraform, workload identity tokens',
          'https://developer.hashicorp.com/terraform/cloud-docs/workspaces/dynamic-provider-credentials/workload-identity-tokens',
        ),
      ],
    },
  ],
});
