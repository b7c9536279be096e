import { reference, source } from '../../../use-case/evidence.js';
import { list, single, type TextForm } from '../../../use-case/option.js';
import { all, any, given, matches, not } from '../../../use-case/predicate.js';
import { template, text } from '../../../use-case/template.js';
import { defineTrust } from '../../../use-case/trust.js';
import { namePart, word } from '../../principals/names.js';
import { assumeWithToken, federated, webIdentity } from '../../principals/web-identity.js';

const accountForm = namePart({
  title: 'Spacelift account',
  example: 'acme',
  says: 'what stands before `.app.spacelift.io`',
  pattern: '^[a-z0-9][a-z0-9-]*$',
  longest: 63,
  refuse: [
    {
      pattern: '^(?:https?://)?([a-z0-9-]+)\\.app\\.spacelift\\.io(?:/.*)?$',
      say: 'is a whole host: write what stands before `.app.spacelift.io` alone',
      here: '`$1`',
    },
    { pattern: '[./:]', say: 'is a host: write what stands before `.app.spacelift.io` alone' },
  ],
});

const slug = (title: string, example: string) =>
  namePart({
    title,
    example,
    says: 'the id as the subject of a token has it',
    pattern: '^[A-Za-z0-9][A-Za-z0-9_-]*$',
    longest: 150,
  });

const customForm: TextForm = {
  title: 'customized subject',
  example: 'production|stack:edge|TRACKED|write',
  pattern: '^[^*?\\x00-\\x1f]+$',
  says: 'the whole `sub` of the token',
  shortest: 3,
  longest: 1000,
};

const parts = any(given('spaceId'), given('stacks'), given('modules'));

export const spaceliftTrust = defineTrust({
  id: 'spacelift',
  title: 'Runs of Spacelift',
  summary: 'Lets runs of stacks or modules of one space in, by their type and by whether they may write.',
  excludes: 'Lets in no other stack or space, and no run of another type or scope.',
  options: {
    accountName: single(accountForm, 'The account, as its address has it.', { required: true }),
    spaceId: single(
      slug('space id', 'production-01JABCDE0000000000000000F1'),
      'The id of the space, copied from a token: its name alone is not unique.',
    ),
    stacks: list(slug('stack', 'edge'), 'The stacks.'),
    modules: list(slug('module', 'network'), 'The modules, in the place of stacks.'),
    runType: single(word('run type', ['TRACKED', 'PROPOSED', 'TASK', 'TESTING', 'DESTROY']), 'The type of the runs.', {
      default: 'TRACKED',
    }),
    runScope: single(
      word('scope of a run', ['write', 'read']),
      'Whether the phase may write: plans and proposed runs read.',
      {
        required: true,
      },
    ),
    customSubjects: list(customForm, 'Whole subjects, where the account has a template of its own.'),
    ...webIdentity,
  },
  refuse: [
    {
      path: 'stacks',
      if: not(any(given('stacks'), given('modules'), given('customSubjects'))),
      say: 'missing, and so are `modules` and `customSubjects`, of which one says which runs get in',
    },
    {
      path: 'stacks',
      if: all(given('stacks'), given('modules')),
      say: 'and `modules` exclude each other: leave one out',
    },
    {
      path: 'spaceId',
      if: all(not(given('spaceId')), any(given('stacks'), given('modules'))),
      say: 'missing: in the subject it stands before the stack',
    },
    {
      path: 'customSubjects',
      if: all(given('customSubjects'), parts),
      say: 'and the names of spaces, stacks and modules exclude each other: leave one out',
    },
    {
      path: 'runScope',
      if: all(matches('runType', '^PROPOSED$'), matches('runScope', '^write$')),
      say: 'is never `write` for a proposed run, which runs code that nobody has reviewed: write `read`, for a role that only reads',
    },
  ],
  notes: [
    {
      if: matches('runType', '^PROPOSED$'),
      say: 'a proposed run is of a pull request, so of code that nobody has reviewed: give the role only what everybody may read',
    },
    {
      if: all(matches('runType', '^TRACKED$'), matches('runScope', '^write$')),
      say: 'a tracked run plans with the scope `read` where it does not deploy by itself: give plans a role of their own',
    },
    { if: given('customSubjects'), say: 'the subject is tested as it stands: it must name the space and the stack' },
  ],
  widenings: ['Who may start runs of the stack runs with the role: the subject does not name the person.'],
  issuer: [template`${text('accountName')}.app.spacelift.io`],
  ownClaims: {
    language: 'yaml',
    code: `before_plan:
  - cut -d. -f2 /mnt/workspace/spacelift.oidc | tr '_-' '/+' | base64 -d 2>/dev/null || true`,
    say: 'The second part alone is printed, without the signature, so that nobody can use it.',
  },
  statements: [
    {
      sid: 'AssumeFromSpacelift',
      principal: federated,
      actions: assumeWithToken,
      conditions: [
        {
          operator: 'StringEquals',
          key: 'ISSUER:aud',
          values: [template`${text('accountName')}.app.spacelift.io`],
          reason: 'only tokens for the audience that Spacelift gives them, the host without a scheme',
        },
        {
          operator: 'StringEquals',
          key: 'ISSUER:sub',
          values: [
            template`space:${text('spaceId')}:stack:${text('stacks')}:run_type:${text('runType')}:scope:${text('runScope')}`,
            template`space:${text('spaceId')}:module:${text('modules')}:run_type:${text('runType')}:scope:${text('runScope')}`,
            template`${text('customSubjects')}`,
          ],
          reason: 'only these stacks or modules, and runs of this type and scope',
        },
      ],
      evidence: [
        reference('sts'),
        source('spacelift-io/user-documentation', '6e9746fe', 'docs/integrations/cloud-providers/oidc/README.md'),
      ],
    },
  ],
});
