import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { allow, policy, temporaryFolder } from './files.js';
import { place, postern } from './terminal.js';

const { folder, file } = temporaryFolder();
const good = file('good.json', policy(allow('s3:GetObject', '*')));
mkdirSync(join(folder, 'empty'));

const managed = { Type: 'AWS::IAM::ManagedPolicy' };
const shapes: [string, string, RegExp][] = [
  ['not JSON', file('text.json', '{"Statement": ['), /not JSON/],
  ['not YAML', file('text.yaml', 'a: b: c: ['), /cannot be read as JSON or YAML \(.*[^:.]\): give a policy document/],
  ['an empty file', file('empty.json', ''), /is empty/],
  ['white space', file('blank.json', ' \r\n\t'), /is empty/],
  ['a byte order mark alone', file('bom.json', '\uFEFF'), /is empty/],
  ['a folder', join(folder, 'empty'), /is a folder without `manifest.json`/],
  ['bytes', file('binary', new Uint8Array([0x80, 0xff, 0x00, 0xfe])), /is not UTF-8 text/],
  ['no file', join(folder, 'nowhere.json'), /there is no such file/],
  ['a number', file('number.json', '5'), /holds no policy that can be told/],
  ['null', file('null.json', 'null'), /holds no policy that can be told/],
  ['an empty list', file('list.json', '[]'), /holds no identity policy/],
  ['an object of another kind', file('other.json', '{"a":1}'), /holds no policy that can be told/],
  ['a Statement that is none', file('statement.json', { Statement: 5 }), /Statement/],
  ['a statement without Effect', file('effect.json', policy({ Action: 's3:*', Resource: '*' })), /`Effect` is missing/],
  [
    'a statement without an action',
    file('action.json', policy({ Effect: 'Allow', Resource: '*' })),
    /has neither `Action` nor `NotAction`/,
  ],
  ['both', file('both.json', policy(allow('s3:*', '*', { NotAction: 'iam:*' }))), /has both `Action` and `NotAction`/],
  [
    'an operator that is none',
    file('operator.json', policy(allow('s3:*', '*', { Condition: { Like: { a: 'b' } } }))),
    /Like/,
  ],
  [
    'a trust policy',
    file('trust.json', policy({ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' })),
    /trust (or resource )?polic/,
  ],
  ['keys twice', file('twice.json', '{"Statement":[],"Statement":[]}'), /`Statement`/],
  [
    'a template without policies',
    file('template.json', { Resources: { B: { Type: 'AWS::S3::Bucket' } } }),
    /holds no identity policy/,
  ],
  ['an account without roles', file('account.json', { RoleDetailList: [] }), /holds no identity policy/],
  [
    'a plan without policies',
    file('plan.json', { format_version: '1.2', planned_values: { root_module: {} } }),
    /holds no identity policy/,
  ],
  ...(['%7B', 'no policy', '', 5, null, undefined, [1]] as unknown[]).flatMap(
    (broken, index): [string, string, RegExp][] => {
      const said = `${JSON.stringify(broken)} beside a policy`;
      const PolicyDocument = policy(allow('s3:GetObject', '*'));
      const both = [
        { PolicyName: 'a', PolicyDocument },
        { PolicyName: 'b', PolicyDocument: broken },
      ];
      const attached = {
        RoleName: 'r',
        AttachedManagedPolicies: [{ PolicyArn: 'x' }],
        RolePolicyList: both.slice(0, 1),
      };
      const Policies = [{ Arn: 'x', PolicyVersionList: [{ IsDefaultVersion: true, Document: broken }] }];
      const role = { Type: 'AWS::IAM::Role', Properties: { Policies: both } };
      const files: [string, unknown][] = [
        ['an inline policy of an account', { RoleDetailList: [{ RoleName: 'r', RolePolicyList: both }] }],
        ['an attached policy of an account', { RoleDetailList: [attached], Policies }],
        // A template whose policy is left out is refused by CloudFormation; one that is empty is none.
        ...(broken === undefined ? [] : [['a policy of a template', { Resources: { R: role } }] as [string, unknown]]),
      ];
      return files.map(([kind, content]) => [
        `${kind} that is ${said}`,
        file(`${index} ${kind}.json`, content),
        /not JSON|is a JSON object/,
      ]);
    },
  ),
  [
    'a policy of a plan that is no JSON',
    file('plan-text.json', {
      format_version: '1.2',
      planned_values: {
        root_module: { resources: [{ type: 'aws_iam_policy', address: 'a', values: { policy: 'nonsense' } }] },
      },
    }),
    /not JSON/,
  ],
  ['Terraform configuration', file('main.tf.json', { resource: {} }), /terraform show -json/],
  ['a policy that is not there', `${good}#nothing`, /has no policy `nothing`/],
  [
    'a role that is not there',
    `${file('roles.json', { Resources: { P: { ...managed, Properties: { PolicyDocument: policy(allow('s3:*', '*')) } } } })}#role/x`,
    /has no policy `role\/x`/,
  ],
  [
    'an assembly whose template is gone',
    dirOf('cdk.out/manifest.json', {
      artifacts: { S: { type: 'aws:cloudformation:stack', properties: { templateFile: 'gone.json' } } },
    }),
    /gone.json`, which the CDK assembly names, cannot be read/,
  ],
  ['an assembly whose manifest is none', dirOf('broken.out/manifest.json', '[]'), /is no JSON object/],
];

function dirOf(name: string, content: unknown): string {
  return file(name, content).replace(/\/[^/]*$/, '');
}

describe('what cannot be read ends with 2', () => {
  describe.each(shapes)('%s', (_, input, message) => {
    const job = ['--use-case', 'ecr-docker-push', '--repositories', 'my-app', ...place];

    test.each([
      ['diff, before', ['diff', input, good]],
      ['diff, after', ['diff', good, input]],
      ['diff --fail-on', ['diff', good, input, '--fail-on', 'wider']],
      ['diff --json', ['diff', good, input, '--json']],
      ['diff --markdown', ['diff', input, good, '--markdown']],
      ['check', ['check', input, ...job]],
      ['check --fail-on', ['check', input, ...job, '--fail-on', 'missing']],
      ['check --sarif', ['check', input, ...job, '--sarif']],
      ['check --fix', ['check', input, ...job, '--fix']],
    ])('%s', async (_name, args) => {
      const { code, stdout, stderr } = await postern(args);
      expect(stderr).toMatch(message);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).not.toMatch(/document \d|neither .* and |undefined|\[object/);
      for (const line of stderr.trimEnd().split('\n')) expect(line).toMatch(/^(postern|note): /);
    });
  });

  test('all of them at once, each with its place', async () => {
    const two = file(
      'two.json',
      policy({ Effect: 'Allow', Resource: '*' }, { Effect: 'allow', Action: 's3:*', Resource: '*' }),
    );
    const { stderr } = await postern(['diff', two, good]);
    expect(stderr).toContain('Statement[0]: the statement has neither');
    expect(stderr).toContain('Statement[1].Effect: `allow` is no effect');
  });

  test('standard input is named so', async () => {
    const { code, stderr } = await postern(['diff', '-', good], { stdin: '{"Statement":[{}]}' });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^postern: standard input: Statement\[0\]/);
  });

  test('a pair whose meaning cannot be known', async () => {
    const unreadable = policy({ ...allow('s3:*', '*'), NotPrincipal: '*' });
    const stdin = JSON.stringify({ id: 1, a: policy(), b: unreadable });
    const { code, stdout } = await postern(['diff', '--pairs'], { stdin });
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      id: 1,
      relation: 'unknown',
      reason: expect.stringMatching(/^the second policy cannot be read: `Statement/) as string,
    });
  });
});

test('the inline policies of a role of a plan are read, and that others are not is said', async () => {
  const document = JSON.stringify(policy(allow('s3:GetObject', '*')));
  const values = {
    inline_policy: [
      { name: 'a', policy: document },
      { name: '', policy: '' },
    ],
  };
  const resources = [{ type: 'aws_iam_role', address: 'aws_iam_role.ci', values }];
  const plan = file('plan-role.json', { format_version: '1.2', planned_values: { root_module: { resources } } });
  const { code, stdout, stderr } = await postern(['diff', plan, good]);
  expect([code, stdout.slice(0, 19)]).toEqual([0, 'Nothing is gained a']);
  expect(stderr).toContain('aws_iam_role.ci: only its `inline_policy` blocks are looked at');
});
