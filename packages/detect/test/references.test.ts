import { describe, expect, test } from 'vitest';
import { found } from './found.js';

const gitlab = (text: string) => found({ '.gitlab-ci.yml': text });

describe('a reference of GitLab', () => {
  test('to a list that stands alone, with the role that it takes on', () => {
    const { whole, jobs } = gitlab(`
variables: { WHO: "arn:aws:iam::$ACCOUNT:role/ship-it" }
.sign_in:
  - >
    export $(printf "AWS_ACCESS_KEY_ID=%s AWS_SESSION_TOKEN=%s"
    $(aws sts assume-role-with-web-identity --role-arn $WHO --web-identity-token $TOKEN
    --query 'Credentials.[AccessKeyId,SessionToken]' --output text))
ship:
  id_tokens: { TOKEN: { aud: https://gitlab.example.com } }
  before_script:
    - !reference [.sign_in]
  script:
    - aws ecs update-service --cluster main --service web --region eu-west-1
`);
    expect(jobs).toHaveLength(1);
    expect(whole.roles.map(({ name, trust }) => [name, trust.signsIn])).toEqual([['ship-it', 'oidc']]);
  });

  test('to a list within another list, and to one that refers on', () => {
    const { jobs } = gitlab(`
.read: { script: [ "aws ssm get-parameter --name /a", "aws ssm get-parameter --name /b" ] }
.both:
  - !reference [.read, script]
  - aws ssm get-parameter --name /c
ship:
  script:
    - [ !reference [.both] ]
`);
    expect(jobs).toEqual(['secrets-read call=get-parameter parameters=/a|/b|/c ?account ?region @2,5']);
  });

  test.each(['variables: !reference [.names, variables]', 'variables: { NAME: !reference [.names, variables, NAME] }'])(
    'to variables: %s',
    (variables) => {
      const { jobs } = gitlab(`
.names: { variables: { NAME: /shop/key } }
ship:
  ${variables}
  script: [ 'aws ssm get-parameter --name $NAME' ]
`);
      expect(jobs).toEqual(['secrets-read call=get-parameter parameters=/shop/key ?account ?region @5']);
    },
  );

  test('to rules, with their variables and what they are for', () => {
    const { jobs, whole } = gitlab(`
.merges: { rules: [ { if: '$CI_PIPELINE_SOURCE == "merge_request_event"', variables: { NAME: /shop/test } } ] }
ship:
  rules:
    - !reference [.merges, rules]
  script: [ 'aws ssm get-parameter --name $NAME' ]
`);
    expect(jobs).toEqual(['secrets-read call=get-parameter parameters=/shop/test ?account ?region @6']);
    expect(whole.roles[0]!.name).toContain('pull-requests');
  });

  test.each([
    ['one to itself', '.a: !reference [.a]'],
    ['a circle', '.a: [ !reference [.b] ]\n.b: [ !reference [.a] ]'],
    ['no name', '.a: !reference []'],
    ['a name that nothing has', '.a: !reference [__proto__, constructor]'],
  ])('that leads nowhere ends: %s', (_, text) => {
    const { jobs } = gitlab(`${text}\nship:\n  script: [ !reference [.a], aws ssm get-parameter --name /a ]\n`);
    expect(jobs).toEqual([expect.stringContaining('parameters=/a')]);
  });

  test('in references by the thousand ends', () => {
    const levels = Array.from({ length: 10 }, (_, at) => {
      const next = at === 9 ? '[ "true" ]' : `[ ${`!reference [.l${at + 1}], `.repeat(20)} ]`;
      return `.l${at}: ${next}\n`;
    });
    const { jobs } = gitlab(
      `${levels.join('')}ship:\n  script: [ aws ssm get-parameter --name /a, !reference [.l0] ]\n`,
    );
    expect(jobs).toHaveLength(1);
  });
});
