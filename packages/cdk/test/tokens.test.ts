import { Table, AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { AccountRootPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { Alias, Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import {
  Aws,
  CfnParameter,
  CustomResource,
  Fn,
  Lazy,
  Stack,
  Token,
  type App,
  type CfnResource,
} from 'aws-cdk-lib/core';
import { describe, expect, test } from 'vitest';
import { EcrDockerPushPolicy, EcsServiceDeploymentPolicy, TerraformRemoteStateS3Policy } from '../src/index.js';
import { env, makeStack, resourcesIn, statementsOf } from './stack.js';

function roleIn(stack: Stack, id = 'TaskRole'): Role {
  return new Role(stack, id, { assumedBy: new AccountRootPrincipal() });
}

function passing(stack: Stack, passRoles: readonly string[]): string {
  new EcsServiceDeploymentPolicy(stack, 'P', {
    cluster: 'production',
    services: ['web'],
    taskDefinitionFamilies: ['web'],
    passRoles,
  });
  return resourcesIn(stack, 'PassTaskRoles');
}

describe('an ARN that is a token is an ARN', () => {
  test('of a role, also from another stack', () => {
    const stack = makeStack();
    const other = new Stack(stack.node.root as App, 'Other');
    const text = passing(stack, [roleIn(stack).roleArn, roleIn(other).roleArn]);
    expect(text).toMatch(/^\[\{"Fn::GetAtt":\["TaskRole\w+","Arn"\]\},\{"Fn::ImportValue":"Other:[^"]*Arn[^"]*"\}\]$/);
  });

  test('of a repository', () => {
    const stack = makeStack();
    new EcrDockerPushPolicy(stack, 'P', { repositories: [new Repository(stack, 'App').repositoryArn] });
    expect(resourcesIn(stack, 'PushImages')).toMatch(/^\[\{"Fn::GetAtt":\["App\w+","Arn"\]\}\]$/);
  });

  test('of a bucket, a table and a key; their names are known too', () => {
    const stack = makeStack();
    const table = new Table(stack, 'Locks', { partitionKey: { name: 'LockID', type: AttributeType.STRING } });
    new TerraformRemoteStateS3Policy(stack, 'P', {
      bucket: new Bucket(stack, 'State').bucketArn,
      keys: ['k'],
      lock: 'dynamodb',
      lockTable: table.tableArn,
      kmsKey: new Key(stack, 'Key').keyArn,
    });
    expect(resourcesIn(stack, 'ListBucket')).toMatch(/^\[\{"Fn::GetAtt":\["State\w+","Arn"\]\}\]$/);
    expect(resourcesIn(stack, 'LockItems')).toMatch(/^\[\{"Fn::GetAtt":\["Locks\w+","Arn"\]\}\]$/);
    expect(resourcesIn(stack, 'StateKey')).toMatch(/^\[\{"Fn::GetAtt":\["Key\w+","Arn"\]\}\]$/);
    expect(JSON.stringify(statementsOf(stack))).toMatch(/\{"Fn::Join":\["",\[\{"Ref":"State\w+"\},"\/k"\]\]\}/);
  });

  test('of a resource of the first level, and by its name', () => {
    const stack = makeStack();
    const first = roleIn(stack).node.defaultChild as CfnResource;
    expect(passing(stack, [first.getAtt('Arn').toString()])).toMatch(/^\[\{"Fn::GetAtt":\["TaskRole\w+","Arn"\]\}\]$/);
    const again = makeStack();
    expect(passing(again, [roleIn(again).roleName])).toMatch(/"Fn::GetAtt":\["TaskRole\w+","Arn"\]/);
  });

  test.each([
    ['formatArn', (of: Stack) => of.formatArn({ service: 'ecr', resource: 'repository', resourceName: 'app' })],
    ['Fn::Sub', () => Fn.sub('arn:${AWS::Partition}:ecr:${AWS::Region}:${AWS::AccountId}:repository/app')],
    [
      'Fn::Join',
      () =>
        Fn.join(':', ['arn', Aws.PARTITION, 'ecr', Aws.REGION, Aws.ACCOUNT_ID, Fn.join('/', ['repository', 'app'])]),
    ],
  ])('written with %s', (_, make) => {
    const stack = makeStack();
    new EcrDockerPushPolicy(stack, 'P', { repositories: [make(stack)] });
    const parts = ['arn:', { Ref: 'AWS::Partition' }, ':ecr:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }];
    expect(JSON.parse(resourcesIn(stack, 'PushImages'))).toEqual([{ 'Fn::Join': ['', [...parts, ':repository/app']] }]);
  });

  test('of a bucket whose name is a token in it', () => {
    const stack = makeStack();
    const bucket = `arn:aws:s3:::${new CfnParameter(stack, 'Name').valueAsString}`;
    new TerraformRemoteStateS3Policy(stack, 'P', { bucket, keys: ['k'], lock: 'dynamodb', lockTable: 'locks' });
    expect(JSON.stringify(statementsOf(stack))).toContain('{"Fn::Join":["",[{"Ref":"Name"},"/k"]]}');
  });

  test('of an attribute that a custom resource calls so', () => {
    const stack = makeStack();
    const custom = new CustomResource(stack, 'Custom', {
      serviceToken: 'arn:aws:lambda:eu-west-1:123456789012:function:f',
    });
    expect(passing(stack, [custom.getAttString('RoleArn')])).toBe('[{"Fn::GetAtt":["Custom","RoleArn"]}]');
  });
});

describe('what may be a name or an ARN is asked for', () => {
  const asked =
    /repositories\[0\]: `\$\{Token\[[^`]*` is known only at deployment, and may be a name or an ARN: write `\{ name: … \}` or `\{ arn: … \}`/;

  test.each([
    ['an import', () => Fn.importValue('x')],
    ['a parameter', (of: Stack) => new CfnParameter(of, 'Name').valueAsString],
    ['a lazy text', () => Lazy.string({ produce: () => 'app' })],
    ['a part of a list', () => Fn.select(0, Fn.split(',', Fn.importValue('x')))],
    ['a choice', () => Token.asString(Fn.conditionIf('C', 'a', 'b'))],
    ['the output of a nested stack', () => Fn.getAtt('Nested', 'Outputs.App').toString()],
    ['a parameter with text after it', (of: Stack) => `${new CfnParameter(of, 'Name').valueAsString}-app`],
  ])('%s', (_, make) => {
    const stack = makeStack();
    const make_ = () => new EcrDockerPushPolicy(stack, 'P', { repositories: [make(stack)] });
    expect(make_).toThrow(asked);
  });

  test('and is taken once it is said', () => {
    const stack = makeStack({ in: env });
    const [name, arn] = [new CfnParameter(stack, 'Name').valueAsString, Fn.importValue('x')];
    new EcrDockerPushPolicy(stack, 'P', { repositories: [{ name }, { arn }] });
    expect(JSON.parse(resourcesIn(stack, 'PushImages'))).toEqual([
      {
        'Fn::Join': ['', ['arn:aws:ecr:eu-west-1:123456789012:repository/', { Ref: 'Name' }]],
      },
      { 'Fn::ImportValue': 'x' },
    ]);
  });

  test('unless text before it, or a pseudo parameter, shows that it is a name', () => {
    const stack = makeStack({ in: env });
    const name = new CfnParameter(stack, 'Name').valueAsString;
    new EcrDockerPushPolicy(stack, 'P', { repositories: [`my-${name}`, `${Aws.STACK_NAME}/app`] });
    expect(resourcesIn(stack, 'PushImages')).toContain('repository/my-",{"Ref":"Name"}');
    expect(resourcesIn(stack, 'PushImages')).toContain('repository/",{"Ref":"AWS::StackName"},"/app"');
  });
});

describe('a token that cannot be meant is refused', () => {
  const wrong: readonly [string, (stack: Stack) => unknown, RegExp][] = [
    [
      'the ARN of another kind',
      (of) => new Queue(of, 'Q').queueArn,
      /attribute `Arn` of `Stack\/Q\/Resource`, an `AWS::SQS::Queue`/,
    ],
    ['the name of another kind', (of) => new Bucket(of, 'B').bucketName, /an `AWS::S3::Bucket`/],
    [
      'an address',
      (of) => new Repository(of, 'R').repositoryUri,
      /is the address of an image: give the repository itself/,
    ],
    [
      'an address said to be a name',
      (of) => ({ name: new Repository(of, 'R').repositoryUri }),
      /is the address of an image/,
    ],
    ['an ARN inside other text', (of) => `app-${roleIn(of).roleArn}`, /holds an ARN inside other text/],
    ['text behind an ARN', (of) => `${new Repository(of, 'R').repositoryArn}/*`, /adds text to an ARN/],
    ['an ARN said to be a name', (of) => ({ name: new Repository(of, 'R').repositoryArn }), /`name` is the ARN/],
    ['an ARN of another service', () => `arn:aws:iam::${Aws.ACCOUNT_ID}:role/x`, /is no ECR repository ARN/],
    ['an ARN of another form', () => `arn:aws:ecr:${Aws.REGION}:${Aws.ACCOUNT_ID}:image/x`, /is no ECR repository ARN/],
    [
      'an ARN without its end',
      (of) => `arn:aws:ecr:${Aws.REGION}:${Aws.ACCOUNT_ID}:${new CfnParameter(of, 'E').valueAsString}`,
      /may be the ARN of something else/,
    ],
    ['a wildcard beside a token', () => `${Aws.STACK_NAME}/*`, /wildcard/],
    ['a wildcard in an ARN with tokens', () => `arn:aws:ecr:${Aws.REGION}:${Aws.ACCOUNT_ID}:repository/*`, /wildcard/],
    ['a character that no name has', () => `My-${Aws.STACK_NAME}`, /`M` cannot stand in one/],
    ['a number', () => Token.asNumber(Fn.ref('N')), /is a number that is known only at deployment/],
  ];

  test.each(wrong)('%s', (_, make, message) => {
    const stack = makeStack();
    const repositories = [make(stack)] as never;
    expect(() => new EcrDockerPushPolicy(stack, 'P', { repositories })).toThrow(message);
  });

  test('a stream of a table', () => {
    const stack = makeStack();
    const table = new Table(stack, 'T', {
      partitionKey: { name: 'LockID', type: AttributeType.STRING },
      stream: 'KEYS_ONLY' as never,
    });
    const options = { bucket: 'acme', keys: ['k'], lock: 'dynamodb', lockTable: table.tableStreamArn! } as const;
    expect(() => new TerraformRemoteStateS3Policy(stack, 'P', options)).toThrow(/neither its name nor its ARN/);
  });

  test('an alias of a key, by its ARN and by its name', () => {
    const stack = makeStack();
    const alias = new Alias(stack, 'A', { aliasName: 'alias/state', targetKey: new Key(stack, 'K') });
    for (const [index, kmsKey] of [
      alias.keyArn,
      alias.aliasName,
      alias.aliasArn,
      `alias/${Aws.STACK_NAME}`,
    ].entries()) {
      const make = () => new TerraformRemoteStateS3Policy(stack, `P${index}`, { bucket: 'acme', keys: ['k'], kmsKey });
      expect(make, String(index)).toThrow(/^Stack\/P\d: terraform-remote-state-s3: kmsKey: /);
    }
  });
});

describe('lists of tokens', () => {
  const refused = /the list is known only at deployment|is a list that is known only at deployment/;
  test.each([
    ['Token.asList', () => Token.asList(Fn.ref('Names'))],
    ['Fn.split', () => Fn.split(',', Fn.importValue('x'))],
    ['a CommaDelimitedList', (of: Stack) => new CfnParameter(of, 'L', { type: 'CommaDelimitedList' }).valueAsList],
    ['among others', () => ['app', ...Fn.split(',', Fn.importValue('x'))]],
    ['a lazy list', () => Lazy.list({ produce: () => ['a-a'] })],
    ['a resolvable', () => Fn.getAtt('R', 'Names') as never],
  ])('%s is refused, for names and for texts', (_, make) => {
    const stack = makeStack();
    expect(() => new EcrDockerPushPolicy(stack, 'P', { repositories: make(stack) })).toThrow(refused);
    const again = makeStack();
    const keys = make(again);
    expect(() => new TerraformRemoteStateS3Policy(again, 'P', { bucket: 'acme', keys })).toThrow(refused);
  });
});

describe('tokens in texts', () => {
  test('are kept, and what is known beside them is checked', () => {
    const stack = makeStack();
    const name = new CfnParameter(stack, 'Name').valueAsString;
    new TerraformRemoteStateS3Policy(stack, 'P', {
      bucket: 'acme',
      keys: [`app/${name}.tfstate`],
      resourceAccount: Aws.ACCOUNT_ID,
      account: new CfnParameter(stack, 'Account').valueAsString,
      region: new CfnParameter(stack, 'Region').valueAsString,
    });
    expect(JSON.stringify(statementsOf(stack))).toContain('"aws:ResourceAccount":[{"Ref":"AWS::AccountId"}]');
    const wrong: readonly [string, RegExp][] = [
      [`/${name}`, /begins or ends with a slash/],
      [`${name}//x`, /holds an empty or dot segment/],
      [`${name}/x.tflock`, /is the key of a lock object/],
      [`${name}/*`, /holds a character that IAM reads as a wildcard/],
      [roleIn(stack).roleArn, /holds an ARN/],
    ];
    for (const [index, [key, message]] of wrong.entries()) {
      const make = () => new TerraformRemoteStateS3Policy(stack, `P${index}`, { bucket: 'acme', keys: [key] });
      expect(make, key).toThrow(message);
    }
  });
});
