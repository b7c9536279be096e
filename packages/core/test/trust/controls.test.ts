import { describe, expect, test } from 'vitest';
import { refusedControls, type ConditionBlock, type PolicyDocument } from '../../src/index.js';

function trust(issuer: string, condition: ConditionBlock): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: [`arn:aws:iam::123456789012:oidc-provider/${issuer}`] },
        Action: ['sts:AssumeRoleWithWebIdentity'],
        Condition: condition,
      },
    ],
  };
}

const github = 'token.actions.githubusercontent.com';

describe('what AWS refuses to create', () => {
  test.each<[string, string, ConditionBlock, boolean]>([
    ['a subject', github, { StringEquals: { [`${github}:sub`]: ['repo:acme/shop:pull_request'] } }, true],
    ['a subject that begins literally', github, { StringLike: { [`${github}:sub`]: ['repo:acme/*'] } }, true],
    [
      'a workflow',
      github,
      { StringEquals: { [`${github}:job_workflow_ref`]: ['acme/ci/.github/workflows/x.yml@y'] } },
      true,
    ],
    ['a key in other letter case', github, { StringEquals: { [`${github}:Sub`]: ['repo:acme/shop:x'] } }, true],
    ['the audience alone', github, { StringEquals: { [`${github}:aud`]: ['sts.amazonaws.com'] } }, false],
    ['ids alone', github, { StringEquals: { [`${github}:repository_id`]: ['1'] } }, false],
    ['wildcards alone', github, { StringLike: { [`${github}:sub`]: ['*'] } }, false],
    ['wildcards and separators', github, { StringLike: { [`${github}:sub`]: ['*:*/?'] } }, false],
    ['one of two that is wildcards', github, { StringLike: { [`${github}:sub`]: ['repo:acme/*', '*'] } }, false],
    ['a subject that is excluded', github, { StringNotLike: { [`${github}:sub`]: ['repo:acme/*'] } }, false],
    ['nothing', github, {}, false],
    [
      'an issuer that Pulumi shares, by audience',
      'api.pulumi.com/oidc',
      { StringEquals: { 'api.pulumi.com/oidc:aud': ['acme'] } },
      true,
    ],
    [
      'the same by subject',
      'api.pulumi.com/oidc',
      { StringEquals: { 'api.pulumi.com/oidc:sub': ['pulumi:x'] } },
      false,
    ],
    [
      'the issuer of a team of Vercel',
      'oidc.vercel.com/acme',
      { StringEquals: { 'oidc.vercel.com/acme:sub': ['owner:x'] } },
      false,
    ],
    ['an issuer of one customer', 'ci.example.com', {}, true],
    ['the issuer of an enterprise', `${github}/acme`, {}, true],
  ])('%s', (_, issuer, condition, isCreated) => {
    expect(refusedControls(trust(issuer, condition)).length === 0).toBe(isCreated);
  });

  test('a Deny is not looked at, and the problem names the statement', () => {
    const [statement] = trust(github, {}).Statement;
    expect(refusedControls({ Statement: [{ ...statement!, Effect: 'Deny' }] })).toEqual([]);
    expect(refusedControls({ Statement: [statement!] })).toEqual([
      {
        path: 'Statement[0]',
        message: expect.stringMatching(/^AWS creates no role for `token\.actions.*`sub` or `job_workflow_ref`/),
      },
    ]);
  });
});
