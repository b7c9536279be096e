import { AccountRootPrincipal, Effect, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { App } from 'aws-cdk-lib/core';
import { build, ecrDockerPush } from '@postern/core';
import { describe, expect, test } from 'vitest';
import { EcrDockerPushPolicy } from '../src/index.js';
import { env, makeStack, statementsOf } from './stack.js';

const expected = build(ecrDockerPush, { repositories: ['app'], ...env }).Statement;

function statement(sid?: string, resources = ['*']): PolicyStatement {
  return new PolicyStatement({
    effect: Effect.ALLOW,
    actions: ['sns:Publish'],
    resources,
    ...(sid === undefined ? {} : { sid }),
  });
}

describe('statements added later are in the template, behind those of the use case', () => {
  test.each<[string, (policy: EcrDockerPushPolicy, bucket: Bucket) => void, string]>([
    ['managedPolicy.addStatements', ({ managedPolicy }) => managedPolicy.addStatements(statement()), 'sns:Publish'],
    ['document.addStatements', ({ managedPolicy }) => managedPolicy.document.addStatements(statement()), 'sns:Publish'],
    ['a grant to the managed policy', ({ managedPolicy }, bucket) => bucket.grantRead(managedPolicy), 's3:GetObject*'],
    ['a grant to the construct', (policy, bucket) => bucket.grantRead(policy), 's3:GetObject*'],
  ])('%s', (_, add, action) => {
    const stack = makeStack({ in: env });
    const policy = new EcrDockerPushPolicy(stack, 'P', { repositories: ['app'] });
    add(policy, new Bucket(stack, 'B'));
    const statements = statementsOf(stack);
    expect(statements.slice(0, expected.length)).toEqual(expected);
    expect(JSON.stringify(statements.slice(expected.length))).toContain(action);
  });

  test('of an inline policy too, and what is attached later is attached', () => {
    const stack = makeStack({ in: env });
    const [one, two] = ['One', 'Two'].map((id) => new Role(stack, id, { assumedBy: new AccountRootPrincipal() }));
    const policy = new EcrDockerPushPolicy(stack, 'P', { repositories: ['app'], inline: true, roles: [one!] });
    policy.inlinePolicy.addStatements(statement());
    policy.inlinePolicy.attachToRole(two!);
    expect(statementsOf(stack, 'AWS::IAM::Policy')).toHaveLength(expected.length + 1);
  });

  test('a Sid that is there already, and a document that grew over its quota, are errors', () => {
    const stack = makeStack({ in: env });
    const policy = new EcrDockerPushPolicy(stack, 'P', { repositories: ['app'] });
    policy.managedPolicy.addStatements(statement('LogIn'));
    const long = Array.from(
      { length: 100 },
      (_, index) => `arn:aws:sns:eu-west-1:123456789012:a-long-topic-name-${index}`,
    );
    policy.managedPolicy.addStatements(statement(undefined, long));
    const synth = () => (stack.node.root as App).synth();
    expect(synth).toThrow(/Sid `LogIn`, which is there already/);
    expect(synth).toThrow(/with the added statements the document has \d+ characters, and managed policy at most 6144/);
  });

  test('the policy that is not there says so', () => {
    const stack = makeStack({ in: env });
    const managed = new EcrDockerPushPolicy(stack, 'M', { repositories: ['app'] });
    expect(() => managed.inlinePolicy).toThrow(/^Stack\/M: the policy is managed/);
    const roles = [new Role(stack, 'R', { assumedBy: new AccountRootPrincipal() })];
    const inline = new EcrDockerPushPolicy(stack, 'I', { repositories: ['app'], inline: true, roles });
    expect(() => inline.managedPolicy).toThrow(/^Stack\/I: the policy is inline/);
    expect(() => inline.managedPolicyArn).toThrow(/^Stack\/I: an inline policy has no ARN/);
  });
});
