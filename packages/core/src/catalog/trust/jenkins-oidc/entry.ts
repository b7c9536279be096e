import { reference, vendor } from '../../../use-case/evidence.js';
import { list, single, type TextForm } from '../../../use-case/option.js';
import { all, any, given, not, when } from '../../../use-case/predicate.js';
import { template, text } from '../../../use-case/template.js';
import { defineTrust } from '../../../use-case/trust.js';
import { assumeWithToken, audienceForm, audienceTest, federated, webIdentity } from '../../principals/web-identity.js';

const hostPattern = '^[a-z0-9-]+(\\.[a-z0-9-]+)+(:[0-9]+)?(/[^/\\s*?]+)*$';

const jenkinsForm: TextForm = {
  title: 'address of Jenkins',
  example: 'ci.example.com',
  pattern: hostPattern,
  says: 'the Jenkins URL without `https://` and without a slash at its end',
  shortest: 3,
  longest: 253,
  refuse: [
    { pattern: '^https://(.+?)/?$', say: 'has a scheme, which is added: write it without', here: '`$1`' },
    { pattern: '^http://', say: 'is not encrypted, and AWS fetches keys over HTTPS alone: give Jenkins an https URL' },
    { pattern: '^(.+)/$', say: 'ends with a slash: write it without', here: '`$1`' },
  ],
};

const issuerForm: TextForm = {
  title: 'issuer',
  example: 'ci.example.com/job/team/oidc',
  pattern: hostPattern,
  says: 'the `iss` of the tokens without `https://`',
  shortest: 3,
  longest: 253,
  refuse: [
    { pattern: '^https://(.+?)/?$', say: 'has a scheme, which is added: write it without', here: '`$1`' },
    { pattern: '^http://', say: 'is not encrypted, and AWS fetches keys over HTTPS alone: give it an https URL' },
  ],
};

const jobForm: TextForm = {
  title: 'path of a job',
  example: 'job/shop/job/main/',
  pattern: '^(job/[^/*?\\x00-\\x1f]+/)+$',
  says: 'what stands behind the Jenkins URL in that of the job, with `job/` before each name and a slash at the end',
  shortest: 6,
  longest: 1000,
  refuse: [
    {
      pattern: '^https?://[^/]+/(job/.+/)$',
      say: 'is a URL: write what stands behind the Jenkins URL',
      here: '`$1`',
    },
    { pattern: '^https?://', say: 'is a URL: write what stands behind the Jenkins URL, with a slash at the end' },
    {
      pattern: '/job/PR-[0-9]+/?$',
      say: 'is the job of a pull request, so of code that nobody has reviewed: name the job of a branch',
    },
    {
      pattern: '^(job/(?:[^/*?]+/job/)*[^/*?]+)$',
      say: 'has no slash at its end, which the subject has: write it so',
      here: '`$1/`',
    },
    { pattern: '^/(job/.+)$', say: 'begins with a slash: write it without', here: '`$1`' },
    { pattern: '^[^/*?]+$', say: 'is a name: write `job/` before it and a slash behind it', here: '`job/$&/`' },
  ],
};

const customForm: TextForm = {
  title: 'subject of a claim template',
  example: 'jenkins:shop:main',
  pattern: '^[^*?\\x00-\\x1f]+$',
  says: 'the whole `sub` of the token',
  shortest: 1,
  longest: 1000,
};

export const jenkinsOidcTrust = defineTrust({
  id: 'jenkins-oidc',
  title: 'Builds of Jenkins',
  summary: 'Lets builds of single jobs in, by the OpenID Connect Provider plugin.',
  excludes: 'Lets in no other job, no job below one that is named, and no job of a pull request.',
  options: {
    jenkins: single(jenkinsForm, 'The Jenkins URL without its scheme.', { required: true }),
    jobs: list(jobForm, 'The jobs by their paths.'),
    customSubjects: list(customForm, 'Whole subjects, where a claim template makes them.'),
    issuer: single(
      issuerForm,
      'The issuer, where it is not that of the whole Jenkins: that of a folder, or of files that stand elsewhere.',
    ),
    audience: single(audienceForm, 'What the tokens are for, as the credential says.', {
      default: 'sts.amazonaws.com',
    }),
    ...webIdentity,
  },
  refuse: [
    {
      path: 'jobs',
      if: not(any(given('jobs'), given('customSubjects'))),
      say: 'missing, and so is `customSubjects`, of which one says which builds get in',
    },
    {
      path: 'jobs',
      if: all(given('jobs'), given('customSubjects')),
      say: 'and `customSubjects` exclude each other: leave one out',
    },
  ],
  notes: [
    {
      if: given('jobs'),
      say: 'jobs of a multibranch project are named after their branches: whoever may push the branch runs the job',
    },
    {
      if: given('customSubjects'),
      say: 'a claim template that holds a branch or a build variable holds what contributors choose: let it begin with the job',
    },
  ],
  widenings: [
    'The token names neither build nor person: every build of the job gets in, whoever started it.',
    'A job that is deleted and made again under its name has the same subject.',
  ],
  issuer: [
    when(given('issuer'), template`${text('issuer')}`),
    when(not(given('issuer')), template`${text('jenkins')}/oidc`),
  ],
  ownClaims: {
    language: 'groovy',
    code: `withCredentials([string(credentialsId: 'aws-oidc', variable: 'TOKEN')]) {
  sh '''set +x; printf '%s' "$TOKEN" | cut -d. -f2 | tr '_-' '/+' | base64 -d 2>/dev/null || true'''
}`,
    say: 'The second part alone is printed, without the signature, so that nobody can use it.',
  },
  statements: [
    {
      sid: 'AssumeFromJenkins',
      principal: federated,
      actions: assumeWithToken,
      conditions: [
        audienceTest,
        {
          operator: 'StringEquals',
          key: 'ISSUER:sub',
          values: [template`https://${text('jenkins')}/${text('jobs')}`, template`${text('customSubjects')}`],
          reason: 'only builds of these jobs',
        },
      ],
      evidence: [
        reference('sts'),
        vendor('Jenkins, OpenID Connect Provider plugin', 'https://plugins.jenkins.io/oidc-provider/'),
      ],
    },
  ],
});
