import { describe, expect, test } from 'vitest';
import { build, compare, ecrDockerPush, type DocumentSource, type PolicyDocument } from '@postern/core';
import { allow, policy, temporaryFolder } from '../../../test/files.js';
import { place, postern } from '../../../test/terminal.js';

const { file } = temporaryFolder();
const job = ['--use-case', 'ecr-docker-push', '--repositories', 'my-app', 'team/worker', ...place];
const needed = build(ecrDockerPush, {
  repositories: ['my-app', 'team/worker'],
  account: '123456789012',
  region: 'eu-west-1',
});
const repository = 'arn:aws:ecr:eu-west-1:123456789012:repository/';

let count = 0;
const written = (content: unknown) => file(`${(count += 1)}.json`, content);

function less(...actions: string[]): PolicyDocument {
  const kept = (action: string) => !actions.includes(action);
  return { ...needed, Statement: needed.Statement.map((one) => ({ ...one, Action: one.Action!.filter(kept) })) };
}

async function fixed(content: unknown, ...flags: string[]): Promise<DocumentSource[]> {
  const { code, stdout, stderr } = await postern(['check', written(content), ...job, '--fix', ...flags]);
  expect([code, stderr]).toEqual([0, expect.stringMatching(/proved by comparison/)]);
  const value = JSON.parse(stdout) as DocumentSource | DocumentSource[];
  return Array.isArray(value) ? (value as DocumentSource[]) : [value as DocumentSource];
}

describe('what is missing is grouped by statement, ready to paste', () => {
  test('the sources once, and a statement whose Sid is free', async () => {
    const { stdout } = await postern(['check', written(less('ecr:PutImage', 'ecr:UploadLayerPart')), ...job]);
    expect(stdout.match(/ {6}in {4}PushImages/g)).toHaveLength(1);
    expect(stdout.match(/ {6}from {2}AWS Service Authorization Reference, ecr/g)).toHaveLength(1);
    const pasted = JSON.parse(/ {6}add\n([\s\S]*)/.exec(stdout)![1]!) as object;
    expect(pasted).toEqual({
      Sid: 'PushImages2',
      Effect: 'Allow',
      Action: ['ecr:UploadLayerPart', 'ecr:PutImage'],
      Resource: [`${repository}my-app`, `${repository}team/worker`],
    });
  });

  test('on the resources where it is missing, and no others', async () => {
    const half = {
      ...needed,
      Statement: needed.Statement.map((one) =>
        one.Action!.includes('ecr:PutImage') ? { ...one, Resource: [`${repository}my-app`] } : one,
      ),
    };
    const { stdout } = await postern(['check', written(half), ...job, '--json']);
    const { add } = JSON.parse(stdout) as { add: { Resource: string[] }[] };
    expect(add.map(({ Resource }) => Resource)).toEqual([[`${repository}team/worker`]]);
  });

  test('a Deny that refuses it is named, and nothing is to be pasted', async () => {
    const deny = { Sid: 'NoPush', Effect: 'Deny', Action: 'ecr:Put*', Resource: '*' };
    const path = written({ ...needed, Statement: [...needed.Statement, deny] });
    const { stdout } = await postern(['check', path, ...job]);
    expect(stdout).toContain('the Deny of `NoPush` refuses it: narrow that');
    expect(stdout).not.toContain('      add');
    const { code, stdout: nothing, stderr } = await postern(['check', path, ...job, '--fix']);
    expect([code, nothing]).toEqual([1, '']);
    expect(stderr).toContain('cannot be fixed: the Deny of `NoPush` refuses what the job needs');
  });
});

describe('check --fix', () => {
  test.each([
    ['a policy that lacks some', less('ecr:PutImage')],
    ['one that lacks all', policy()],
    ['one with more', { ...less('ecr:PutImage'), Statement: [...less('ecr:PutImage').Statement, allow('s3:*', '*')] }],
    [
      'one with a Deny beside',
      {
        ...less('ecr:PutImage'),
        Statement: [...less('ecr:PutImage').Statement, { Effect: 'Deny', Action: 's3:*', Resource: '*' }],
      },
    ],
    ['one of the old version', { ...less('ecr:PutImage'), Version: '2008-10-17' }],
    [
      'one with Sids of the same name',
      policy(allow('s3:GetObject', '*', { Sid: 'PushImages' }), allow('s3:GetObject', '*', { Sid: 'LogIn' })),
    ],
  ])('adds what is missing to %s', async (_, before) => {
    const after = await fixed(before);
    expect(compare(after, needed).gained).toBeNull();
    expect(compare([before as DocumentSource, needed], after).relation).toBe('equal');
    const sids = after.flatMap((one) => (one as PolicyDocument).Statement.flatMap(({ Sid }) => Sid ?? []));
    expect(new Set(sids).size).toBe(sids.length);
  });

  test('adds a document where there are several', async () => {
    const list = [less('ecr:PutImage'), policy(allow('s3:GetObject', '*')) as DocumentSource];
    const after = await fixed(list);
    expect(after).toHaveLength(3);
    expect(compare([...list, needed], after).relation).toBe('equal');
  });

  test.each([
    ['everything', policy(allow('*', '*'))],
    ['a pattern around what is needed', policy(allow('ecr:*', `${repository}*`), allow('ecr:*', '*'))],
    [
      'an action beside',
      {
        ...needed,
        Statement: [...needed.Statement, allow(['s3:GetObject', 'ecr:GetAuthorizationToken'], '*', { Sid: 'Mixed' })],
      },
    ],
    [
      'resources beside',
      {
        ...needed,
        Statement: needed.Statement.map((one) => ({
          ...one,
          Resource: [...one.Resource!, 'arn:aws:ecr:us-east-1:123456789012:repository/x'],
        })),
      },
    ],
    ['NotAction', policy({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' })],
    ['two documents', [needed, policy(allow('s3:*', '*'))]],
    [
      'a Deny that hits nothing',
      {
        ...needed,
        Statement: [...needed.Statement, allow('s3:*', '*'), { Effect: 'Deny', Action: 's3:Put*', Resource: '*' }],
      },
    ],
  ])('--remove-extra takes out %s', async (_, before) => {
    const after = await fixed(before, '--remove-extra');
    expect(compare(needed, after).relation).toBe('equal');
    expect((await postern(['check', written(after), ...job])).code).toBe(0);
  });

  test('a policy that is right stays as it is', async () => {
    expect(await fixed(needed, '--remove-extra')).toEqual([needed]);
    expect(await fixed(needed)).toEqual([needed]);
  });

  test('is refused where something is known only after deployment', async () => {
    const Properties = { PolicyDocument: policy(allow('ecr:PutImage', { Ref: 'Arn' } as unknown as string)) };
    const template = {
      Parameters: { Arn: { Type: 'String' } },
      Resources: { P: { Type: 'AWS::IAM::ManagedPolicy', Properties } },
    };
    const { code, stdout, stderr } = await postern(['check', written(template), ...job, '--fix']);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('cannot be fixed: part of it is known only after deployment');
  });

  test.each([
    [['--remove-extra'], /`--remove-extra` goes with `--fix`/],
    [['--fix', '--json'], /`--fix` prints a policy: leave `--json` and `--sarif` out/],
    [['--fix', '--sarif'], /leave `--json` and `--sarif` out/],
  ])('%j', async (flags, message) => {
    const { code, stderr } = await postern(['check', written(needed), ...job, ...flags]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  });
});
