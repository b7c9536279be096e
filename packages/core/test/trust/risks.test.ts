import { describe, expect, test } from 'vitest';
import { assume, parse, trustRisks, type DocumentSource } from '../../src/index.js';

type Json = Record<string, unknown>;

const github = 'token.actions.githubusercontent.com';

function statement(issuer: string, Condition: Json, more: Json = {}): Json {
  const Principal = { Federated: `arn:aws:iam::111122223333:oidc-provider/${issuer}` };
  return { Effect: 'Allow', Principal, Action: 'sts:AssumeRoleWithWebIdentity', Condition, ...more };
}

function like(issuer: string, subject: unknown, audience = 'x', more: Json = {}): Json {
  return statement(issuer, {
    StringEquals: { [`${issuer}:aud`]: audience, ...more },
    StringLike: { [`${issuer}:sub`]: subject },
  });
}

function policy(...statements: Json[]): DocumentSource {
  return { Version: '2012-10-17', Statement: statements };
}

function codesOf(...statements: Json[]): string {
  const { document } = parse(policy(...statements));
  return [...new Set(trustRisks(document!).map(({ code }) => code))].sort().join(' ');
}

/** What each subject lets in, by the provider of the token. */
const subjects: Readonly<Record<string, readonly (readonly [subject: string, codes: string])[]>> = {
  [github]: [
    ['*', 'T02'],
    ['repo:*', 'T02'],
    ['repo:acme*', 'T03 T14'],
    ['repo:acme-*/*', 'T03 T14'],
    ['repo:acme/*', 'T04 T14'],
    ['repo:acme/*:ref:refs/heads/main', 'T04 T14'],
    ['repo:acme/app-*:*', 'T04 T14'],
    ['repo:acme/app:*', 'T05 T14'],
    ['repo:acme/app:ref:refs/heads/*', 'T05 T14'],
    ['repo:acme/app:environment:*', 'T05 T14'],
    ['repo:acme/app:ref:refs/heads/release/*', 'T14'],
    ['repo:acme/app:ref:refs/tags/v*', 'T14'],
    ['repo:acme/app:environment:prod', 'T14'],
    ['repo:acme/app:pull_request', 'T06 T14'],
    ['repo:acme@41/app@77:*', 'T05'],
    ['repo:acme@41/app@77:ref:refs/heads/main', ''],
    ['repo:acme@*/app@*:*', 'T05 T15'],
    ['repository_owner:acme:repository_visibility:private', 'T04 T14'],
    ['repo:acme/app:environment:prod:job_workflow_ref:acme/app/.github/workflows/x.yml@refs/heads/main', ''],
    ['environment:prod:ref:refs/heads/main', 'T20'],
  ],
  [`${github}/acme`]: [['repo:acme/*', 'T04 T14']],
  'ghe.example.com/_services/token': [
    ['repo:*', 'T04'],
    ['repo:acme/app:*', 'T05'],
    ['repo:acme/app:ref:refs/heads/main', ''],
  ],
  'gitlab.com': [
    ['project_path:*', 'T02'],
    ['project_path:acme*', 'T03 T14'],
    ['project_path:acme/*:ref_type:branch:ref:main', 'T04 T14'],
    ['project_path:acme/app:ref_type:branch:ref:*', 'T05 T14'],
    ['project_path:acme/sub/app:ref_type:branch:ref:main', 'T14'],
  ],
  'gitlab.example.com': [
    ['project_path:acme/*', 'T04'],
    ['project_path:acme/app:*', 'T05'],
  ],
  'app.terraform.io': [
    ['organization:*:*', 'T02 T19'],
    ['organization:acme*:project:p:workspace:w:run_phase:apply', 'T03'],
    ['organization:acme:*', 'T04 T19'],
    ['organization:acme:project:p:workspace:w:run_phase:*', 'T19'],
    ['organization:acme:project:p:workspace:*:run_phase:plan', 'T04'],
    ['organization:acme:project:p:workspace:w:run_phase:apply', ''],
    ['organization:acme:workspace:w:run_phase:apply', 'T23'],
  ],
  'agent.buildkite.com': [
    ['organization:acme:*', 'T04'],
    ['organization:acme:pipeline:p:*', 'T05'],
    ['organization:acme:pipeline:p:ref:refs/heads/main:*', ''],
  ],
  'api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc': [
    ['*:{8068b4df}:*', 'T04'],
    ['{ff6fa93a}:*', 'T05'],
    ['{ff6fa93a}*', 'T05'],
    ['{ff6fa93a}:{8068b4df}:*', ''],
    ['acme:shop:*', 'T23'],
    ['{ff6fa93a}:main', 'T23'],
  ],
  'oidc.circleci.com/org/57df': [
    ['org/57df/*', 'T04'],
    ['org/57df/project/51f5/*', 'T05'],
    ['org/57df/project/51f5/user/*/vcs-origin/github.com/acme/app/vcs-ref/refs/heads/main', ''],
  ],
  'scalr.io': [
    ['account:*:environment:e:workspace:w', 'T02'],
    ['account:a:environment:*:workspace:*', 'T04'],
  ],
  'oidc.codefresh.io': [
    ['account:a:*', 'T04'],
    ['account:a:pipeline:p:*', 'T05'],
  ],
  'oidc.eks.eu-west-1.amazonaws.com/id/A': [
    ['system:serviceaccount:ci:*', 'T04'],
    ['system:serviceaccount:ci:runner', ''],
  ],
  'vstoken.dev.azure.com/x': [
    ['sc://acme/p/*', 'T04'],
    ['sc://acme/p/c', ''],
  ],
  'acme.app.spacelift.io': [
    ['space:s:*', 'T04 T19'],
    ['space:s:stack:x:run_type:*:scope:*', 'T19'],
    ['space:s:stack:x:run_type:*:scope:write', ''],
  ],
  'acme.semaphoreci.com': [
    ['org:acme:*', 'T04'],
    ['org:acme:project:p:repo:r:*', 'T05'],
  ],
  'app.harness.io/ng/api/oidc/account/a': [
    ['account/a:org/o:project/p*', 'T04'],
    ['account/a:org/o:project/p', ''],
  ],
  'oidc.vercel.com/acme': [
    ['owner:acme:project:*:environment:production', 'T04'],
    ['owner:acme:project:p:environment:*', 'T05'],
  ],
  'ci.example.com/oidc': [
    ['https://ci.example.com/job/x/*', 'T04'],
    ['https://ci.example.com/job/x/', ''],
  ],
};

describe.each(Object.entries(subjects))('%s', (issuer, rows) => {
  test.each(rows)('%s: %s', (subject, codes) => {
    expect(codesOf(like(issuer, subject))).toBe(codes);
  });
});

describe('what else is tested counts', () => {
  const aud = { [`${github}:aud`]: 'x' };
  test.each<[string, Json[], string]>([
    ['nothing', [statement(github, { StringEquals: aud })], 'T01'],
    ['not even the audience', [statement(github, {})], 'T01 T13'],
    ['an actor only', [statement(github, { StringEquals: { ...aud, [`${github}:actor`]: 'bob' } })], 'T01'],
    ['the branch', [like(github, 'repo:acme/app:*', 'x', { [`${github}:ref`]: 'refs/heads/main' })], 'T14'],
    ['the environment', [like(github, 'repo:acme/app:*', 'x', { [`${github}:environment`]: 'prod' })], 'T14'],
    [
      'the id of the owner only',
      [statement(github, { StringEquals: { ...aud, [`${github}:repository_owner_id`]: '4' } })],
      'T04',
    ],
    [
      'the id of the repository only',
      [statement(github, { StringEquals: { ...aud, [`${github}:repository_id`]: '7' } })],
      'T05',
    ],
    [
      'ids beside wildcards',
      [
        like(github, 'repo:*:ref:refs/heads/main', 'x', {
          [`${github}:repository_id`]: '7',
          [`${github}:repository_owner_id`]: '4',
        }),
      ],
      '',
    ],
    [
      'a workflow of any branch',
      [
        statement(github, {
          StringEquals: aud,
          StringLike: { [`${github}:job_workflow_ref`]: 'acme/ci/.github/workflows/x.yml@*' },
        }),
      ],
      'T05 T14',
    ],
    [
      'a Deny of pull requests leaves branches',
      [
        like(github, 'repo:acme/app:*'),
        { ...statement(github, { StringLike: { [`${github}:sub`]: 'repo:acme/app:pull_request' } }), Effect: 'Deny' },
      ],
      'T05 T14',
    ],
    [
      'main and pull requests, said in full',
      [like(github, ['repo:acme/app:pull_request', 'repo:acme/app:ref:refs/heads/main'])],
      'T06 T14',
    ],
    [
      'an operator that only excludes',
      [statement(github, { StringEquals: aud, StringNotLike: { [`${github}:sub`]: 'repo:acme/app:pull_request' } })],
      'T01 T09',
    ],
    [
      'a second statement that is wider',
      [like(github, 'repo:acme/app:environment:prod'), like(github, 'repo:acme/*')],
      'T04 T14 T17',
    ],
  ])('%s', (_, statements, codes) => {
    expect(codesOf(...statements)).toBe(codes);
  });
});

test('every token that is shown is let in', () => {
  let shown = 0;
  for (const [issuer, rows] of Object.entries(subjects)) {
    for (const [subject] of rows) {
      const document = policy(like(issuer, subject));
      for (const { token, what } of trustRisks(parse(document).document!)) {
        if (token === undefined) continue;
        shown += 1;
        expect(assume(document, token).allowed, what).toBe(true);
      }
    }
  }
  expect(shown).toBeGreaterThan(50);
});

test('hostile patterns take no time', () => {
  const long = `repo:${'*a'.repeat(2000)}`;
  const before = Date.now();
  codesOf(like(github, [long, '?'.repeat(4000), '*'.repeat(4000)]));
  expect(Date.now() - before).toBeLessThan(10_000);
});

describe('code under review, by name', () => {
  const com = 'gitlab.com';
  const semaphore = 'acme.semaphoreci.com';
  const fresh = 'oidc.codefresh.io';
  const jenkins = 'jenkins.acme.io/oidc';
  const any = 'project_path:acme/shop:ref_type:branch:ref:*';
  const sources = (...pipeline_source: string[]) =>
    like(com, any, 'x', { [`${com}:pipeline_source`]: pipeline_source });

  const shown: [what: string, statement: Json, claims: Json][] = [
    ['GitHub', like(github, 'repo:acme/app:pull_request'), { sub: 'repo:acme/app:pull_request' }],
    ['GitHub, with ids', like(github, 'repo:acme@41/app@77:pull_request'), { sub: 'repo:acme@41/app@77:pull_request' }],
    [
      'a merge ref of GitHub',
      like(github, 'repo:acme/app:*', 'x', { [`${github}:ref`]: 'refs/pull/7/merge' }),
      { ref: 'refs/pull/7/merge' },
    ],
    ['merge requests of GitLab', sources('merge_request_event'), { pipeline_source: 'merge_request_event' }],
    ['merge requests among others', sources('push', 'merge_request_event'), { pipeline_source: 'merge_request_event' }],
    [
      'pull requests from elsewhere',
      sources('external_pull_request_event'),
      { pipeline_source: 'external_pull_request_event' },
    ],
    [
      'a customised subject of GitLab',
      like(com, 'project_path:acme/shop:pipeline_source:merge_request_event'),
      { sub: 'project_path:acme/shop:pipeline_source:merge_request_event' },
    ],
    [
      'Semaphore',
      like(semaphore, 'org:acme:project:59a07372:repo:shop:ref_type:pull-request:ref:refs/heads/x'),
      { sub: 'org:acme:project:59a07372:repo:shop:ref_type:pull-request:ref:refs/heads/x' },
    ],
    [
      'Codefresh',
      like(fresh, 'account:a:pipeline:b:scm_repo_url:u:scm_user_name:*:scm_ref:x:scm_pull_request_target_branch:main'),
      { sub: 'account:a:pipeline:b:scm_repo_url:u:scm_user_name:1:scm_ref:x:scm_pull_request_target_branch:main' },
    ],
    [
      'Jenkins',
      like(jenkins, 'https://jenkins.acme.io/job/shop/job/PR-12/'),
      { sub: 'https://jenkins.acme.io/job/shop/job/PR-12/' },
    ],
  ];
  test.each(shown)('%s: a token that gets in is shown', (_, one, claims) => {
    const { document } = parse(policy(one));
    const risks = trustRisks(document!).filter(({ code }) => code === 'T06');
    expect(risks).toHaveLength(1);
    expect(risks[0]!.token!.claims).toMatchObject(claims);
    expect(assume(policy(one), risks[0]!.token!).allowed).toBe(true);
  });

  test('merge requests alone are no open branch', () => {
    expect(codesOf(sources('merge_request_event'))).toBe('T06 T14');
    expect(codesOf(sources('push'))).toBe('T05 T14');
  });

  const others: [what: string, statement: Json][] = [
    ['the base of a pull request', like(github, 'repo:acme/app:pull_request_target')],
    ['a branch of that name', like(github, 'repo:acme/app:ref:refs/heads/pull_request')],
    ['an environment of that name', like(github, 'repo:acme/app:environment:pull_request')],
    ['a repository of that name', like(github, 'repo:acme/pull_request:ref:refs/heads/main')],
    ['what starts no merge request', sources('push', 'web')],
    ['a job that begins so', like(jenkins, 'https://jenkins.acme.io/job/PROD/job/main/')],
    [
      'all but pull requests',
      statement(github, { StringNotEquals: { [`${github}:sub`]: 'repo:acme/app:pull_request' } }),
    ],
  ];
  test.each(others)('not %s', (_, one) => {
    expect(codesOf(one)).not.toContain('T06');
  });

  test('what is never issued has no token', () => {
    const { document } = parse(policy(like(com, 'project_path:acme/shop:ref_type:mr:ref:*')));
    const risks = trustRisks(document!).filter(({ code }) => code === 'T06');
    expect(risks).toMatchObject([{ code: 'T06' }]);
    expect(risks[0]!.token).toBeUndefined();
  });
});
