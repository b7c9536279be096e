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
  ['not YAML', file('text.yaml', 'a: b: c: ['), /cannot be read as JSON or YAML/],
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
    /trust or resource policy/,
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
    const unreadable = policy({ ...allow('s3:*', '*'), Principal: '*' });
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
