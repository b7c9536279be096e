import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ECSClient, ListServiceDeploymentsCommand } from '@aws-sdk/client-ecs';
import { S3Client, GetBucketAccelerateConfigurationCommand } from '@aws-sdk/client-s3';
import { startSandbox, type Sandbox } from '../src/index.js';
import { serviceOfHost } from '../src/server/unserved/identify.js';
import { authorization, region, type RawRequest } from './http.js';

let sandbox: Sandbox;
let keys: ReturnType<Sandbox['principals']['add']>;
beforeAll(async () => {
  sandbox = await startSandbox({ assumeExisting: true });
  keys = sandbox.principals.add({ policies: 'everything' });
});
beforeEach(() => sandbox.log.clear());
afterAll(() => sandbox.close());

const form = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
const target = (name: string, version = '1.1') => ({
  'x-amz-target': name,
  'content-type': `application/x-amz-json-${version}`,
});

interface Unserved {
  readonly signedFor: string;
  readonly request: RawRequest;
  readonly service: string;
  readonly operation: string;
  readonly body: RegExp;
  readonly type: string;
}

const json = /^\{"__type":"NotImplemented","message":"the sandbox does not serve/;
const rest = /^\{"message":"the sandbox does not serve/;
const xml = /<ErrorResponse><Error><Type>Receiver<\/Type><Code>NotImplemented<\/Code>/;

const requests: readonly Unserved[] = [
  {
    signedFor: 'lambda',
    request: { path: '/2015-03-31/functions/' },
    service: 'lambda',
    operation: 'ListFunctions',
    body: rest,
    type: 'application/json',
  },
  {
    signedFor: 'lambda',
    request: { path: '/2015-03-31/functions/a%3Ab/policy' },
    service: 'lambda',
    operation: 'GetPolicy',
    body: rest,
    type: 'application/json',
  },
  {
    signedFor: 'lambda',
    request: { path: '/2019-09-30/functions/a/concurrency' },
    service: 'lambda',
    operation: 'GetFunctionConcurrency',
    body: rest,
    type: 'application/json',
  },
  {
    signedFor: 'eks',
    request: { path: '/clusters/x/node-groups' },
    service: 'eks',
    operation: 'ListNodegroups',
    body: rest,
    type: 'application/json',
  },
  {
    signedFor: 'ssm',
    request: { method: 'POST', headers: target('AmazonSSM.GetParameter'), body: '{}' },
    service: 'ssm',
    operation: 'GetParameter',
    body: json,
    type: 'application/x-amz-json-1.1',
  },
  {
    signedFor: 'secretsmanager',
    request: { method: 'POST', headers: target('secretsmanager.GetSecretValue'), body: '{}' },
    service: 'secretsmanager',
    operation: 'GetSecretValue',
    body: json,
    type: 'application/x-amz-json-1.1',
  },
  {
    signedFor: 'states',
    request: { method: 'POST', headers: target('AWSStepFunctions.StartExecution', '1.0'), body: '{}' },
    service: 'states',
    operation: 'StartExecution',
    body: json,
    type: 'application/x-amz-json-1.0',
  },
  {
    signedFor: 'monitoring',
    request: { method: 'POST', headers: form, body: 'Action=ListMetrics&Version=2010-08-01' },
    service: 'cloudwatch',
    operation: 'ListMetrics',
    body: xml,
    type: 'text/xml',
  },
  {
    signedFor: 'cloudformation',
    request: { method: 'POST', headers: form, body: 'Action=ListStackSets&Version=2010-05-15' },
    service: 'cloudformation',
    operation: 'ListStackSets',
    body: xml,
    type: 'text/xml',
  },
  {
    signedFor: 'sns',
    request: { path: '/?Action=ListTopics' },
    service: 'sns',
    operation: 'ListTopics',
    body: xml,
    type: 'text/xml',
  },
  {
    signedFor: 'ec2',
    request: { method: 'POST', headers: form, body: 'Action=DescribeInstances&Version=2016-11-15' },
    service: 'ec2',
    operation: 'DescribeInstances',
    body: /<Response><Errors><Error><Code>NotImplemented<\/Code>/,
    type: 'text/xml',
  },
  {
    signedFor: 'route53',
    request: { path: '/2013-04-01/hostedzone' },
    service: 'route53',
    operation: 'ListHostedZones',
    body: xml,
    type: 'text/xml',
  },
  {
    signedFor: 'cloudfront',
    request: { path: '/2020-05-31/origin-access-control', method: 'POST', body: '<x/>' },
    service: 'cloudfront',
    operation: 'CreateOriginAccessControl',
    body: xml,
    type: 'text/xml',
  },
  {
    signedFor: 'some-service',
    request: { path: '/v1/things/1', method: 'DELETE' },
    service: 'some-service',
    operation: 'DELETE /v1/things/1',
    body: rest,
    type: 'application/json',
  },
  {
    signedFor: 'some-service',
    request: { path: '/v1/things', headers: { 'user-agent': 'aws-cli/2.9.19 command/some-service.list-things' } },
    service: 'some-service',
    operation: 'ListThings',
    body: rest,
    type: 'application/json',
  },
];

describe('a request of a service that the sandbox does not have', () => {
  test.each(requests)('$signedFor $operation is named and answered in its own protocol', async (expected) => {
    const { signedFor, request, service, operation, body, type } = expected;
    const response = await fetch(`${sandbox.endpoint}${request.path ?? '/'}`, {
      method: request.method ?? 'GET',
      headers: { authorization: authorization(keys.accessKeyId, signedFor), ...request.headers },
      ...(request.body === undefined ? {} : { body: String(request.body) }),
    });
    expect(response.status).toBe(501);
    expect(response.headers.get('content-type')).toBe(type);
    expect((await response.text()).replace(/^<\?xml[^\n]*\n/, '')).toMatch(body);
    expect(sandbox.log.entries).toMatchObject([{ service, operation, principal: keys.arn, understood: false }]);
  });

  test('says in CBOR what it cannot do', async () => {
    const response = await fetch(`${sandbox.endpoint}/service/GraniteServiceVersion20100801/operation/ListMetrics`, {
      method: 'POST',
      headers: { authorization: authorization(keys.accessKeyId, 'monitoring'), 'smithy-protocol': 'rpc-v2-cbor' },
    });
    expect(response.headers.get('content-type')).toBe('application/cbor');
    expect(response.headers.get('smithy-protocol')).toBe('rpc-v2-cbor');
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes[0]).toBe(0xa2);
    expect(bytes.toString('utf8')).toContain('NotImplemented');
    expect(sandbox.log.entries).toMatchObject([{ service: 'cloudwatch', operation: 'ListMetrics' }]);
  });

  test('of several regions (SigV4A) is no unsigned one', async () => {
    const scope = `AWS4-ECDSA-P256-SHA256 Credential=${keys.accessKeyId}/20260101/events/aws4_request, SignedHeaders=host, Signature=0`;
    await fetch(sandbox.endpoint, {
      method: 'POST',
      headers: { authorization: scope, ...target('AWSEvents.PutEvents') },
      body: '{}',
    });
    expect(sandbox.log.entries).toMatchObject([{ service: 'events', operation: 'PutEvents', principal: keys.arn }]);
  });

  test('without a signature is named by its target', async () => {
    await fetch(sandbox.endpoint, { method: 'POST', headers: target('AWSCognitoIdentityService.GetId'), body: '{}' });
    expect(sandbox.log.entries).toMatchObject([
      { service: 'cognito-identity', operation: 'GetId', principal: undefined, understood: false },
    ]);
  });

  test('of a service that it has, without a signature, names the operation', async () => {
    await fetch(`${sandbox.endpoint}/bucket/key`);
    expect(sandbox.log.entries).toMatchObject([{ service: 's3', operation: 'GetObject', principal: undefined }]);
  });

  test('is what real SDKs read', async () => {
    const settings = { endpoint: sandbox.endpoint, region, credentials: { ...keys, sessionToken: 'x' } };
    const ecs = new ECSClient(settings);
    const s3 = new S3Client({ ...settings, forcePathStyle: true });
    const errors = await Promise.all([
      ecs.send(new ListServiceDeploymentsCommand({ service: 's' })).catch((error: Error) => error),
      s3.send(new GetBucketAccelerateConfigurationCommand({ Bucket: 'b' })).catch((error: Error) => error),
    ]);
    ecs.destroy();
    s3.destroy();
    expect(errors[0]).toMatchObject({ name: 'UnknownOperationException' });
    expect(errors[1]).toMatchObject({ name: 'NotImplemented' });
    expect(sandbox.log.entries.every(({ understood, principal }) => !understood && principal === keys.arn)).toBe(true);
  });
});

describe('an operation that is known and not served', () => {
  const amplify: RawRequest = { path: '/apps' };
  const gateway: RawRequest = { path: '/restapis' };
  const parameter: RawRequest = { method: 'POST', headers: target('AmazonSSM.GetParameter'), body: '{"Name":"a"}' };
  const ecs: RawRequest = {
    method: 'POST',
    headers: target('AmazonEC2ContainerServiceV20141113.CreateCluster'),
    body: '{"clusterName":"a"}',
  };
  const statement = (Action: string, Resource = 'arn:aws:x:::y') => ({ Effect: 'Allow', Action, Resource });

  test.each([
    ['nothing allows it', 'amplify', amplify, [statement('s3:*', '*')], 403],
    ['something allows it somewhere', 'amplify', amplify, [statement('amplify:List*')], 501],
    [
      'everything else is allowed',
      'amplify',
      amplify,
      [{ Effect: 'Allow', NotAction: 'amplify:*', Resource: '*' }],
      403,
    ],
    [
      'it is denied for everything',
      'amplify',
      amplify,
      [statement('*'), { Effect: 'Deny', Action: 'amplify:*', Resource: '*' }],
      403,
    ],
    [
      'it is denied under a condition',
      'amplify',
      amplify,
      [
        statement('*'),
        { Effect: 'Deny', Action: '*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      ],
      501,
    ],
    ['nothing allows it of a service that is served', 'ecs', ecs, [statement('ecs:DescribeServices', '*')], 400],
    ['something allows it of a service that is served', 'ecs', ecs, [statement('ecs:CreateCluster')], 501],
    ['nothing allows it where the world names no parameter', 'ssm', parameter, [statement('s3:*', '*')], 400],
    ['something allows it where the world names no parameter', 'ssm', parameter, [statement('ssm:Get*')], 501],
    // IAM has no action of the name: it is apigateway:GET.
    ['its action has another name', 'apigateway', gateway, [], 501],
  ] as const)('is answered where %s: %s', async (_where, service, request, Statement, status) => {
    const { accessKeyId } = sandbox.principals.add({
      policies: [{ Version: '2012-10-17', Statement: [...Statement] }],
    });
    const response = await fetch(`${sandbox.endpoint}${request.path ?? '/'}`, {
      method: request.method ?? 'GET',
      headers: { authorization: authorization(accessKeyId, service), ...request.headers },
      ...(request.body === undefined ? {} : { body: String(request.body) }),
    });
    expect(response.status).toBe(status);
    // What else it needs is not known, whether it is refused or not.
    expect(sandbox.log.entries).toMatchObject([{ service, understood: false }]);
    const [entry] = sandbox.log.entries;
    expect(entry!.checks.length).toBe(status === 501 ? 0 : 1);
    if (status !== 501)
      expect(await response.text()).toContain(`is not authorized to perform: ${service}:${entry!.operation}`);
  });
});

test.each([
  ['ssm.eu-west-1.amazonaws.com', 'ssm'],
  ['api.ecr.eu-west-1.amazonaws.com', 'ecr'],
  ['my.bucket.s3.eu-west-1.amazonaws.com', 's3'],
  ['bucket.s3-eu-west-1.amazonaws.com', 's3'],
  ['s3.dualstack.eu-west-1.amazonaws.com', 's3'],
  ['sts.amazonaws.com', 'sts'],
  ['lambda-fips.us-gov-west-1.amazonaws.com', 'lambda'],
  ['dynamodb.cn-north-1.amazonaws.com.cn', 'dynamodb'],
  ['lambda.eu-west-1.api.aws', 'lambda'],
  ['abc.execute-api.eu-west-1.amazonaws.com', 'execute-api'],
  ['example.com', undefined],
])('the host %s is of %s', (host, service) => {
  expect(serviceOfHost(host)).toBe(service);
});
