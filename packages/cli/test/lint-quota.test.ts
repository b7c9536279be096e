import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { postern } from './terminal.js';

const folder = mkdtempSync(join(tmpdir(), 'postern-lint-quota-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A policy of nearly as many characters. */
function ofLength(characters: number): { Version: string; Statement: object[] } {
  const base = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: [''] }] };
  const arn = (index: number) => `arn:aws:s3:::b/${String(index).padStart(6, '0')}/*`;
  const count = Math.floor((characters - JSON.stringify(base).length) / (arn(0).length + 3));
  return {
    ...base,
    Statement: [{ ...base.Statement[0]!, Resource: Array.from({ length: count }, (_, index) => arn(index)) }],
  };
}

async function quotaOf(content: unknown): Promise<string[]> {
  const path = join(folder, 'one.json');
  writeFileSync(path, JSON.stringify(content));
  const { stdout } = await postern(['lint', path, '--json']);
  const lines = stdout.split('\n').filter((line) => line.startsWith('{'));
  return lines
    .map((line) => JSON.parse(line) as { rule: string; level: string; message: string })
    .filter(({ rule }) => rule === 'quota')
    .map(({ level, message }) => `${level}: ${message}`);
}

const inline = (...sizes: number[]) =>
  sizes.map((size, index) => ({ PolicyName: `p${index}`, PolicyDocument: ofLength(size) }));
const resource = (Type: string, Properties: object, more: object = {}) => ({
  Resources: { It: { Type, Properties }, ...more },
});
const terraform = (type: string, size: number) => ({
  format_version: '1.0',
  values: {
    root_module: { resources: [{ address: 'a.b', type, values: { policy: JSON.stringify(ofLength(size)) } }] },
  },
});

describe('a document larger than what keeps it is an error', () => {
  test.each([
    [
      'a managed policy',
      6_144,
      (size: number) => resource('AWS::IAM::ManagedPolicy', { PolicyDocument: ofLength(size) }),
    ],
    [
      'a permission set',
      32_768,
      (size: number) => resource('AWS::SSO::PermissionSet', { InlinePolicy: ofLength(size) }),
    ],
    ['a role', 10_240, (size: number) => resource('AWS::IAM::Role', { Policies: inline(size) })],
    ['a role with two', 10_240, (size: number) => resource('AWS::IAM::Role', { Policies: inline(size / 2, size / 2) })],
    ['a group', 5_120, (size: number) => resource('AWS::IAM::Group', { Policies: inline(size / 2, size / 2) })],
    ['a user', 2_048, (size: number) => resource('AWS::IAM::User', { Policies: inline(size / 2, size / 2) })],
    [
      'a policy for users',
      2_048,
      (size: number) => resource('AWS::IAM::Policy', { Users: ['u'], PolicyDocument: ofLength(size) }),
    ],
    [
      'a policy for a role',
      10_240,
      (size: number) => resource('AWS::IAM::Policy', { Roles: ['r'], PolicyDocument: ofLength(size) }),
    ],
    [
      'a user policy',
      2_048,
      (size: number) => resource('AWS::IAM::UserPolicy', { UserName: 'u', PolicyDocument: ofLength(size) }),
    ],
    [
      'a role and a policy beside it',
      10_240,
      (size: number) =>
        resource(
          'AWS::IAM::Role',
          { Policies: inline(size / 2) },
          {
            P: { Type: 'AWS::IAM::Policy', Properties: { Roles: [{ Ref: 'It' }], PolicyDocument: ofLength(size / 2) } },
          },
        ),
    ],
    ['Terraform: a policy', 6_144, (size: number) => terraform('aws_iam_policy', size)],
    ['Terraform: of a role', 10_240, (size: number) => terraform('aws_iam_role_policy', size)],
    ['Terraform: of a user', 2_048, (size: number) => terraform('aws_iam_user_policy', size)],
    ['Terraform: of a group', 5_120, (size: number) => terraform('aws_iam_group_policy', size)],
  ] as const)('%s', async (_, most, make) => {
    expect(await quotaOf(make(most - 100))).toEqual([]);
    expect(await quotaOf(make(most + 200))).toEqual([
      expect.stringMatching(new RegExp(`^error: .* characters and .* holds? ${most}: `)) as string,
    ]);
  });
});

test('what AWS has saved is within its quota, and a managed policy counts not for its role', async () => {
  const saved = ofLength(40_000);
  expect(await quotaOf({ PolicyVersion: { Document: saved } })).toEqual([]);
  expect(await quotaOf({ RoleName: 'r', PolicyName: 'p', PolicyDocument: saved })).toEqual([]);
  const managed = {
    Type: 'AWS::IAM::ManagedPolicy',
    Properties: { Roles: [{ Ref: 'It' }], PolicyDocument: ofLength(6_000) },
  };
  expect(await quotaOf(resource('AWS::IAM::Role', { Policies: inline(9_000) }, { P: managed }))).toEqual([]);
});

test('white space inside of texts and what is known only after deployment are no error', async () => {
  const spaces = {
    Sid: 'A',
    Effect: 'Allow',
    Action: 's3:GetObject',
    Resource: `arn:aws:s3:::b/${' '.repeat(7_000)}x`,
  };
  const policy = { Version: '2012-10-17', Statement: [spaces] };
  expect(await quotaOf(resource('AWS::IAM::ManagedPolicy', { PolicyDocument: policy }))).toEqual([
    expect.stringMatching(/^warning/) as string,
  ]);
  const open = ofLength(6_400);
  open.Statement.push({ Effect: 'Allow', Action: 's3:GetObject', Resource: { 'Fn::ImportValue': 'x' } });
  expect(await quotaOf(resource('AWS::IAM::ManagedPolicy', { PolicyDocument: open }))).toEqual([
    expect.stringMatching(/^warning: .*about/) as string,
  ]);
});
