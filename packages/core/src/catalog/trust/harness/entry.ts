import { reference, vendor } from '../../../use-case/evidence.js';
import { list, single } from '../../../use-case/option.js';
import { given, not, when } from '../../../use-case/predicate.js';
import { template, text } from '../../../use-case/template.js';
import { defineTrust } from '../../../use-case/trust.js';
import { hostForm, namePart } from '../../principals/names.js';
import { assumeWithToken, audienceForm, audienceTest, federated, webIdentity } from '../../principals/web-identity.js';

const identifier = (title: string, example: string) =>
  namePart({
    title,
    example,
    says: 'the identifier, letters, digits, `_` and `$`, as the address of its page has it',
    pattern: '^[A-Za-z_][A-Za-z0-9_$]*$',
    longest: 128,
    refuse: [{ pattern: '/', say: 'holds a slash: write the identifier alone' }],
  });

const byPipeline = given('pipelines');
const start = template`account/${text('accountId')}:org/${text('organization')}:project/${text('project')}`;

export const harnessTrust = defineTrust({
  id: 'harness',
  title: 'Projects of Harness',
  summary: 'Lets connectors of one project in, or pipelines of it where their subject names them.',
  excludes: 'Lets in no other project, and no connector of an organization or of the whole account.',
  options: {
    accountId: single(
      namePart({
        title: 'Harness account id',
        example: 'kP3xT9vQ2mR7nL5wB8zC1d',
        says: '22 letters, digits, `-` and `_`, from the address of any page',
        pattern: '^[A-Za-z0-9_-]{22}$',
        longest: 22,
      }),
      'The id of the account.',
      { required: true },
    ),
    organization: single(identifier('organization', 'default'), 'The organization of the project.', {
      default: 'default',
    }),
    project: single(identifier('project', 'storefront'), 'The project.', { required: true }),
    pipelines: list(
      identifier('pipeline', 'deploy'),
      'The pipelines, where Harness names them in the subject (a feature flag of the account).',
    ),
    audience: single(audienceForm, 'What the tokens are for.', { default: 'sts.amazonaws.com' }),
    host: single(
      hostForm('Harness host', 'app3.harness.io', 'harness.io'),
      'The host of the cluster that the account is on.',
      {
        default: 'app.harness.io',
      },
    ),
    ...webIdentity,
  },
  notes: [
    {
      if: not(byPipeline),
      say: 'every pipeline and connector of the project gets in, also when a person tests the connector: keep what deploys in a project of its own',
    },
    {
      if: byPipeline,
      say: 'the subject names pipelines only where CDS_ENABLE_PIPELINE_SCOPED_OIDC_SUB is on for the account',
    },
  ],
  widenings: [
    'A connector that a person of the project tests has the same subject as a run.',
    'The token names neither branch nor environment.',
  ],
  issuer: [template`${text('host')}/ng/api/oidc/account/${text('accountId')}`],
  ownClaims: {
    language: 'sh',
    code: `# In a step that has an OIDC token: the names of what holds it, and no value.
env | cut -d= -f1 | grep -i oidc
# With the name in the place of NAME.
printf '%s' "$NAME" | cut -d. -f2 | tr '_-' '/+' | base64 -d 2>/dev/null || true`,
    say: 'The second part alone is printed, without the signature, so that nobody can use it. What Harness calls the variable has not been confirmed.',
  },
  statements: [
    {
      sid: 'AssumeFromHarness',
      principal: federated,
      actions: assumeWithToken,
      conditions: [
        audienceTest,
        {
          operator: 'StringEquals',
          key: 'ISSUER:sub',
          values: [when(not(byPipeline), start), template`${start}:pipeline/${text('pipelines')}`],
          reason: 'only this project, or only these pipelines of it',
        },
      ],
      evidence: [
        reference('sts'),
        vendor(
          'Harness, use OIDC with AWS connectors',
          'https://developer.harness.io/docs/platform/connectors/cloud-providers/ref-cloud-providers/aws-connector-settings-reference/',
        ),
      ],
    },
  ],
});
