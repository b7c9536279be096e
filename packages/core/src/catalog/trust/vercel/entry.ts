import { reference, vendor } from '../../../use-case/evidence.js';
import { list, single, toggle } from '../../../use-case/option.js';
import { all, is, matches, not, when } from '../../../use-case/predicate.js';
import { template, text } from '../../../use-case/template.js';
import { defineTrust } from '../../../use-case/trust.js';
import { namePart } from '../../principals/names.js';
import { access, assumeWithToken, federated, webIdentity } from '../../principals/web-identity.js';

const name = (title: string, example: string) =>
  namePart({
    title,
    example,
    says: 'the slug as the address of its page has it',
    pattern: '^[a-z0-9][a-z0-9._-]*$',
    longest: 100,
    refuse: [
      { pattern: '^https?://vercel\\.com/([^/]+)/?$', say: 'is a URL: write the slug in it alone', here: '`$1`' },
      { pattern: '/', say: 'holds a slash: write the slug alone' },
    ],
  });

const shared = is('globalIssuer', true);
const unreviewed = matches('environments', '^preview$');

export const vercelTrust = defineTrust({
  id: 'vercel',
  title: 'Functions and builds of Vercel',
  summary: 'Lets deployments of single projects of one team in, by environment.',
  excludes: 'Lets in no other project or team, and no preview unless asked to.',
  options: {
    team: single(name('Vercel team', 'acme'), 'The slug of the team.', { required: true }),
    projects: list(name('Vercel project', 'shop'), 'The projects.', { required: true }),
    environments: list(
      name('environment', 'production'),
      'The environments: production, preview, development, or one of your own.',
      { required: true },
    ),
    globalIssuer: toggle('The tokens have the issuer that all teams share, as the setting of the team says.'),
    access,
    ...webIdentity,
  },
  refuse: [
    {
      path: 'environments',
      if: all(unreviewed, not(is('access', 'read'))),
      say: 'holds `preview`, which deploys code that nobody has reviewed, and asks for a role that only reads: set `access` to read, and give the role no permission to write',
    },
  ],
  notes: [
    {
      if: unreviewed,
      say: 'previews of every branch get in, so code that nobody has reviewed: give the role only what everybody may read',
      code: 'T05',
    },
    {
      if: matches('environments', '^development$'),
      say: 'tokens for development are on the machines of every member of the team',
    },
  ],
  widenings: [
    'The token names neither branch nor commit: every deployment to the environment gets in.',
    'Team and project are told by their slugs: who takes over the slug of a team, once it is free, has the same subject.',
  ],
  issuer: [when(not(shared), template`oidc.vercel.com/${text('team')}`), when(shared, 'oidc.vercel.com')],
  ownClaims: {
    language: 'sh',
    code: `# In the build command.
printf '%s' "$VERCEL_OIDC_TOKEN" | cut -d. -f2 | tr '_-' '/+' | base64 -d 2>/dev/null || true`,
    say: 'The second part alone is printed, without the signature, so that nobody can use it.',
  },
  statements: [
    {
      sid: 'AssumeFromVercel',
      principal: federated,
      actions: assumeWithToken,
      conditions: [
        {
          operator: 'StringEquals',
          key: 'ISSUER:aud',
          values: [template`https://vercel.com/${text('team')}`],
          reason: 'only tokens for the audience that Vercel gives them, which names the team',
        },
        {
          operator: 'StringEquals',
          key: 'ISSUER:sub',
          values: [template`owner:${text('team')}:project:${text('projects')}:environment:${text('environments')}`],
          reason: 'only these environments of these projects',
        },
      ],
      evidence: [reference('sts'), vendor('Vercel, OpenID Connect federation', 'https://vercel.com/docs/oidc/aws')],
    },
  ],
});
