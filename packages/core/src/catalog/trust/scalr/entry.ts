import { reference, vendor } from '../../../use-case/evidence.js';
import { list, single } from '../../../use-case/option.js';
import { template, text } from '../../../use-case/template.js';
import { defineTrust } from '../../../use-case/trust.js';
import { namePart } from '../../principals/names.js';
import { assumeWithToken, audienceForm, audienceTest, federated, webIdentity } from '../../principals/web-identity.js';

const name = (title: string, example: string) =>
  namePart({
    title,
    example,
    says: 'letters, digits, `-` and `_`, spelled as Scalr shows it',
    pattern: '^[A-Za-z0-9][A-Za-z0-9_-]*$',
    longest: 100,
    refuse: [
      {
        pattern: '^(?:https?://)?([a-z0-9-]+)\\.scalr\\.io(?:/.*)?$',
        say: 'is a host: write what stands before `.scalr.io` alone',
        here: '`$1`',
      },
      { pattern: '/', say: 'holds a slash: write the name alone' },
    ],
  });

export const scalrTrust = defineTrust({
  id: 'scalr',
  title: 'Runs of Scalr',
  summary: 'Lets runs of single workspaces of one environment in.',
  excludes: 'Lets in no other workspace, environment or account.',
  options: {
    accountName: single(name('Scalr account', 'acme'), 'The account, as its address has it.', { required: true }),
    environment: single(name('environment', 'prod'), 'The environment of the workspaces.', { required: true }),
    workspaces: list(name('workspace', 'network'), 'The workspaces.', { required: true }),
    audience: single(audienceForm, 'What the tokens are for, as the provider configuration in Scalr says.', {
      required: true,
    }),
    ...webIdentity,
  },
  notes: [
    {
      say: 'plan and apply of a workspace have the same subject: a workspace with runs of pull requests needs a role that only reads',
    },
  ],
  widenings: [
    'Scalr names accounts, environments and workspaces, and no ids: who registers the name of an account again, once it is free, has the same subject.',
    'Plan and apply of a workspace cannot be told apart.',
  ],
  issuer: ['scalr.io'],
  ownClaims: {
    language: 'sh',
    code: `# In a custom hook before the plan: the names of what holds a token, and no value.
env | cut -d= -f1 | grep -i -E 'token|identity'
# With the name in the place of NAME.
printf '%s' "$NAME" | cut -d. -f2 | tr '_-' '/+' | base64 -d 2>/dev/null || true`,
    say: 'The second part alone is printed, without the signature, so that nobody can use it. What Scalr calls the variable was not found in its documentation.',
  },
  statements: [
    {
      sid: 'AssumeFromScalr',
      principal: federated,
      actions: assumeWithToken,
      conditions: [
        audienceTest,
        {
          operator: 'StringEquals',
          key: 'ISSUER:sub',
          values: [
            template`account:${text('accountName')}:environment:${text('environment')}:workspace:${text('workspaces')}`,
          ],
          reason: 'only these workspaces: the issuer is that of all customers',
        },
      ],
      evidence: [
        reference('sts'),
        vendor('Scalr, AWS provider configurations with OIDC', 'https://docs.scalr.io/docs/aws'),
      ],
    },
  ],
});
