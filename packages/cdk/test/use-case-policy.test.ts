import { App, Stack } from 'aws-cdk-lib/core';
import { Template } from 'aws-cdk-lib/assertions';
import { Table, AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { AccountRootPrincipal, Role, User } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { build, ecrDockerPush, terragrunt } from '@postern/core';
import { describe, expect, test } from 'vitest';
import { EcrDockerPushPolicy, TerraformRemoteStateS3Policy, UseCasePolicy } from '../src/index.js';

const env = { account: '123456789012', region: 'eu-west-1' };

function stack(settings: { env?: typeof env; minimize?: boolean } = {}): Stack {
  const context = settings.minimize ? { '@aws-cdk/aws-iam:minimizePolicies': true } : {};
  const app = new App({ builtinCloudFormationValidation: false, context } as ConstructorParameters<typeof App>[0]);
  return new Stack(app, 'Stack', settings.env === undefined ? {} : { env: settings.env });
}

type Resources = Record<string, { Type: string; Properties: Record<string, unknown> }>;

function resourcesOf(of: Stack, type: string): Resources[string][] {
  return Object.values(Template.fromStack(of).toJSON()['Resources'] as Resources).filter((one) => one.Type === type);
}

describe('the template', () => {
  test.each([false, true])('holds the document of core verbatim (minimizePolicies: %s)', (minimize) => {
    const of = stack({ env, minimize });
    new EcrDockerPushPolicy(of, 'Push', { repositories: ['b-b', 'a-a'], pull: true });
    const [policy] = resourcesOf(of, 'AWS::IAM::ManagedPolicy');
    const expected = build(ecrDockerPush, { repositories: ['b-b', 'a-a'], pull: true, ...env });
    expect(JSON.stringify(policy?.Properties['PolicyDocument'])).toBe(JSON.stringify(expected));
    expect(policy?.Properties['Description']).toBe('Push Docker images to ECR');
  });

  test('takes the place of the stack, as tokens where it has none', () => {
    const of = stack();
    new EcrDockerPushPolicy(of, 'Push', { repositories: ['my-app'] });
    const [policy] = resourcesOf(of, 'AWS::IAM::ManagedPolicy');
    const document = policy?.Properties['PolicyDocument'] as { Statement: { Resource: unknown[] }[] };
    expect(document.Statement[1]?.Resource).toEqual([
      {
        'Fn::Join': [
          '',
          [
            'arn:',
            { Ref: 'AWS::Partition' },
            ':ecr:',
            { Ref: 'AWS::Region' },
            ':',
            { Ref: 'AWS::AccountId' },
            ':repository/my-app',
          ],
        ],
      },
    ]);
  });

  test('takes constructs, own and imported, and uses their names where names are needed', () => {
    const of = stack({ env });
    const bucket = new Bucket(of, 'Bucket');
    const table = new Table(of, 'Locks', { partitionKey: { name: 'LockID', type: AttributeType.STRING } });
    const role = Role.fromRoleName(of, 'State', 'state-reader');
    new TerraformRemoteStateS3Policy(of, 'State policy', {
      bucket,
      keys: ['app/terraform.tfstate'],
      lock: 'dynamodb',
      lockTable: table,
      assumeRoles: [role],
    });
    const [policy] = resourcesOf(of, 'AWS::IAM::ManagedPolicy');
    const { Statement } = policy?.Properties['PolicyDocument'] as { Statement: Record<string, unknown>[] };
    const text = JSON.stringify(Statement.find(({ Sid }) => Sid === 'LockItems'));
    expect(text).toMatch(/"Fn::GetAtt":\["Locks\w+","Arn"\]/);
    expect(text).toMatch(/\{"Fn::Join":\["",\[\{"Ref":"Bucket\w+"\},"\/app\/terraform.tfstate"\]\]\}/);
    expect(JSON.stringify(Statement)).toContain(':iam::123456789012:role/state-reader');
  });

  test('the L2 can be attached to a role, or the role given', () => {
    const of = stack({ env });
    const role = new Role(of, 'Role', { assumedBy: new AccountRootPrincipal() });
    const { managedPolicy } = new EcrDockerPushPolicy(of, 'Push', { repositories: ['my-app'] });
    role.addManagedPolicy(managedPolicy);
    expect(resourcesOf(of, 'AWS::IAM::Role')[0]?.Properties['ManagedPolicyArns']).toHaveLength(1);
  });

  test('an inline policy goes to the identities', () => {
    const of = stack({ env });
    const role = new Role(of, 'Role', { assumedBy: new AccountRootPrincipal() });
    new UseCasePolicy(of, 'Lock', terragrunt, { bucket: 'acme', keys: ['k'], inline: true, roles: [role] });
    const [policy] = resourcesOf(of, 'AWS::IAM::Policy');
    expect(policy?.Properties['PolicyDocument']).toEqual(build(terragrunt, { bucket: 'acme', keys: ['k'], ...env }));
    expect(policy?.Properties['Roles']).toHaveLength(1);
    expect(resourcesOf(of, 'AWS::IAM::ManagedPolicy')).toEqual([]);
  });
});

describe('what fails at construction, with the path of the construct', () => {
  test('every problem in the options', () => {
    expect(() => new EcrDockerPushPolicy(stack({ env }), 'Push', { repositories: ['A', 'b-*'] })).toThrow(
      /^Stack\/Push: ecr-docker-push: repositories\[0\]: .*; repositories\[1\]: /,
    );
  });

  test('an imported repository of another region than the one given', () => {
    const of = stack({ env });
    const repository = Repository.fromRepositoryArn(of, 'R', 'arn:aws:ecr:us-east-1:123456789012:repository/x1');
    expect(() => new EcrDockerPushPolicy(of, 'Push', { repositories: [repository], region: 'eu-west-1' })).toThrow(
      /make them agree/,
    );
  });

  test('an inline policy without an identity', () => {
    expect(() => new EcrDockerPushPolicy(stack({ env }), 'Push', { repositories: ['a-a'], inline: true })).toThrow(
      /^Stack\/Push: an inline policy belongs to an identity/,
    );
  });

  test('an inline document over the quota of the identity', () => {
    const of = stack({ env });
    const repositories = Array.from({ length: 12 }, (_, index) => `team-with-a-long-name/application-${index}`);
    const user = User.fromUserName(of, 'User', 'ci');
    expect(() => new EcrDockerPushPolicy(of, 'Push', { repositories, inline: true, users: [user] })).toThrow(
      /^Stack\/Push: the document has \d+ characters, and inline policies of a user at most 2048: give fewer names/,
    );
  });

  test('a document over the quota', () => {
    const repositories = Array.from({ length: 60 }, (_, index) => `team-with-a-long-name/application-${index}`);
    expect(() => new EcrDockerPushPolicy(stack({ env }), 'Push', { repositories })).toThrow(
      /^Stack\/Push: the document has \d+ characters, and managed policy at most 6144: give fewer names/,
    );
  });
});
