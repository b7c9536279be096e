import { reference, source } from '../../../use-case/evidence.js';
import { list, single, toggle, type TextForm } from '../../../use-case/option.js';
import { all, any, given, is, not, when } from '../../../use-case/predicate.js';
import { template, text } from '../../../use-case/template.js';
import { defineTrust } from '../../../use-case/trust.js';
import { branchAlone, namePart } from '../../principals/names.js';
import {
  assumeWithToken,
  audienceForm,
  audienceTest,
  federated,
  trustScope,
  webIdentity,
} from '../../principals/web-identity.js';

const id = (title: string, example: string, where: string): TextForm => ({
  title,
  example,
  pattern: '^[0-9a-f]{24}$',
  says: `24 hexadecimal digits, ${where}`,
  shortest: 24,
  longest: 24,
});

const urlForm: TextForm = {
  title: 'URL of the repository',
  example: 'https://github.com/acme/shop',
  pattern: '^https://[a-z0-9.-]+(:[0-9]+)?(/[^/\\s*?:]+)+$',
  says: 'the address with its scheme and without `.git`, as the subject has it',
  shortest: 10,
  longest: 500,
  refuse: [
    { pattern: '^(https://.+)\\.git$', say: 'is written as git clones it: leave the ending out', here: '`$1`' },
    { pattern: '^(https://.+)/$', say: 'ends with a slash: write it without', here: '`$1`' },
    { pattern: '^git@', say: 'is written as git clones it: write `https://HOST/OWNER/REPOSITORY`' },
    { pattern: '^([a-z0-9.-]+\\.[a-z]+/.+)$', say: 'has no scheme: write it so', here: '`https://$1`' },
  ],
};

const cron = is('cron', true);
const start = template`account:${text('accountId')}:pipeline:${text('pipelineId')}`;

export const codefreshTrust = defineTrust({
  id: 'codefresh',
  title: 'Builds of Codefresh',
  summary: 'Lets builds of one pipeline in, by branch, by who starts them by hand, or by schedule.',
  excludes: 'Lets in no other pipeline, no pull request, and no other branch.',
  options: {
    accountId: single(
      id('Codefresh account id', 'a5d7a3c0b1c4ffd30b644c90', 'from the account settings'),
      'The id of the account.',
      { required: true },
    ),
    pipelineId: single(
      id('Codefresh pipeline id', 'bde2e918255f53be601012ac', 'from the settings of the pipeline'),
      'The id of the pipeline.',
      { required: true },
    ),
    repositoryUrl: single(urlForm, 'The repository whose pushes start the builds.'),
    branches: list(branchAlone, 'Branches of the repository.', { scoped: true }),
    initiators: list(
      namePart({
        title: 'user',
        example: 'mfontaine',
        says: 'the name of the Codefresh user',
        pattern: '^[^:/*?\\s]+$',
        longest: 100,
      }),
      'Users who may start a build by hand.',
    ),
    cron: toggle('Let builds in that a schedule starts.'),
    audience: single(audienceForm, 'What the tokens are for.', { default: 'https://g.codefresh.io' }),
    scope: trustScope,
    ...webIdentity,
  },
  refuse: [
    {
      path: 'branches',
      if: not(any(given('branches'), given('initiators'), cron)),
      say: 'missing, and so are `initiators` and `cron`, of which one says which builds get in',
    },
    {
      path: 'repositoryUrl',
      if: all(given('branches'), not(given('repositoryUrl'))),
      say: 'missing: in the subject it stands before the branch',
    },
    {
      path: 'repositoryUrl',
      if: all(given('repositoryUrl'), not(given('branches'))),
      say: 'says nothing without `branches`: name those that may get in',
    },
  ],
  notes: [
    {
      if: given('branches'),
      say: 'the subject does not say whether a branch or a tag is meant: protect tags of these names too',
    },
    {
      if: is('scope', 'pattern'),
      say: 'who may make a branch or tag that is like a pattern gets in: protect these names',
    },
  ],
  widenings: [
    'A tag named like the branch has the same subject: Codefresh does not say which it is.',
    'The user who pushed stands in the middle of the subject and is left free: everybody who may push to the branch gets in.',
  ],
  issuer: ['oidc.codefresh.io'],
  ownClaims: {
    language: 'yaml',
    code: `steps:
  token:
    type: obtain-oidc-id-token
  show:
    image: alpine
    commands:
      - echo "$ID_TOKEN" | cut -d. -f2 | tr '_-' '/+' | base64 -d 2>/dev/null || true`,
    say: 'The second part alone is printed, without the signature, so that nobody can use it.',
  },
  statements: [
    {
      sid: 'AssumeFromCodefresh',
      principal: federated,
      actions: assumeWithToken,
      conditions: [
        audienceTest,
        {
          operator: 'StringLike',
          key: 'ISSUER:sub',
          values: [
            template`${start}:scm_repo_url:${text('repositoryUrl')}:scm_user_name:*:scm_ref:${text('branches')}`,
            template`${start}:initiator:${text('initiators')}`,
            when(cron, start),
          ],
          reason: 'only these ways to start the pipeline; whoever pushed to the branch is left free',
        },
      ],
      evidence: [
        reference('sts'),
        source('codefresh-io/docs.codefresh.io', '0d0a6103', '_docs/integrations/oidc-pipelines.md'),
      ],
    },
  ],
});
