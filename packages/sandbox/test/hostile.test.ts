import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startSandbox, type Sandbox } from '../src/index.js';
import { account, authorization, json, query, region, send, type RawRequest } from './http.js';

let sandbox: Sandbox;
let key: string;
beforeAll(async () => {
  sandbox = await startSandbox({ assumeExisting: true });
  key = sandbox.principals.add({ policies: 'everything' }).accessKeyId;
});
beforeEach(() => sandbox.log.clear());
afterAll(() => sandbox.close());

const rest = (method: string, path: string, headers = {}, body?: string | Buffer): RawRequest => ({
  method,
  path,
  headers,
  ...(body === undefined ? {} : { body }),
});
const target = (name: string, body = '{}', method = 'POST', path = '/') =>
  rest(method, path, { 'x-amz-target': name }, method === 'GET' ? undefined : body);
const ecs = 'AmazonEC2ContainerServiceV20141113';
const role = `arn:aws:iam::${account}:role/replicate`;
const replication = (text: string) => rest('PUT', '/state?replication', {}, text);
const nested = (letter: string, times: number) => `${`<${letter}>`.repeat(times)}${`</${letter}>`.repeat(times)}`;
const deepAttribute = `${'{"L":['.repeat(2000)}{"S":"a"}${']}'.repeat(2000)}`;
const assume = { RoleArn: `arn:aws:iam::${account}:role/a`, RoleSessionName: 'ab' };
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const code = '/2015-03-31/functions/app/code';

/** Each was read as another request, or was served with less asked than it says. */
const unread: readonly (readonly [what: string, service: string, request: RawRequest, error: string])[] = [
  ['a target of an older API', 'dynamodb', target('DynamoDB_20111205.GetItem'), 'UnknownOperationException'],
  ['a target of another API', 'ecs', target('DynamoDB_20120810.ListClusters'), 'UnknownOperationException'],
  ['a target without a prefix', 'ecs', target('ListClusters'), 'UnknownOperationException'],
  ['a target in another case', 'ecs', target(`${ecs}.listClusters`), 'UnknownOperationException'],
  ['a target with GET', 'ecs', target(`${ecs}.ListClusters`, '', 'GET'), 'UnknownOperationException'],
  ['a target on a path', 'ecs', target(`${ecs}.ListClusters`, '{}', 'POST', '/x'), 'UnknownOperationException'],
  ['a name of every object', 'ecs', target(`${ecs}.constructor`), 'UnknownOperationException'],
  ['half a JSON body', 'ecs', target(`${ecs}.ListClusters`, '{'), 'SerializationException'],
  ['a JSON list', 'ecs', target(`${ecs}.ListClusters`, '[]'), 'SerializationException'],
  ['a member `__proto__`', 'ecs', target(`${ecs}.ListServices`, '{"__proto__":{"cluster":"x"}}'), 'NotImplemented'],
  ['a text for a map', 'dynamodb', json('BatchGetItem', { RequestItems: 'ab' }), 'SerializationException'],
  ['null in a list', 'dynamodb', json('BatchWriteItem', { RequestItems: { a: [null] } }), 'SerializationException'],
  ['a map for a list', 'dynamodb', json('TransactWriteItems', { TransactItems: { a: 1 } }), 'SerializationException'],
  ['a text for a structure', 'dynamodb', json('GetItem', { TableName: 'x', Key: 'abc' }), 'SerializationException'],
  ['a map for a text', 'dynamodb', json('GetItem', { TableName: { a: 1 }, Key: {} }), 'SerializationException'],
  [
    'a value in itself 2000 times',
    'dynamodb',
    target('DynamoDB_20120810.GetItem', `{"TableName":"x","Key":{"a":${deepAttribute}}}`),
    'SerializationException',
  ],
  [
    'a text for layers',
    'lambda',
    rest('PUT', code.replace('code', 'configuration'), {}, '{"Layers":"x"}'),
    'SerializationException',
  ],
  [
    'layers of numbers',
    'lambda',
    rest('PUT', code.replace('code', 'configuration'), {}, '{"Layers":[1]}'),
    'SerializationException',
  ],
  [
    'CBOR for a query service',
    'cloudformation',
    rest('POST', '/service/CloudFormation/operation/DescribeStacks', { 'smithy-protocol': 'rpc-v2-cbor' }),
    'NotImplemented',
  ],
  [
    'CBOR for a JSON service',
    'ecs',
    rest('POST', `/service/${ecs}/operation/ListClusters`, { 'smithy-protocol': 'rpc-v2-cbor' }),
    'NotImplemented',
  ],
  [
    'CBOR for S3',
    's3',
    rest('PUT', '/service/AmazonS3/operation/GetObject', { 'smithy-protocol': 'rpc-v2-cbor' }, 'x'),
    'NotImplemented',
  ],
  ['no action', 'iam', rest('POST', '/', form, 'Version=1'), 'MissingAction'],
  ['two actions', 'iam', rest('POST', '/?Action=ListUsers', form, 'Action=ListRoles'), 'InvalidAction'],
  [
    'a field twice',
    'sts',
    rest('POST', '/', form, `${new URLSearchParams({ Action: 'AssumeRole', ...assume }).toString()}&RoleArn=x`),
    'NotImplemented',
  ],
  [
    'a session policy in a flat list',
    'sts',
    query('AssumeRole', { ...assume, 'PolicyArns.1.arn': 'x' }),
    'NotImplemented',
  ],
  [
    'a session policy under a long number',
    'sts',
    query('AssumeRole', { ...assume, 'PolicyArns.member.00000001.arn': 'x' }),
    'NotImplemented',
  ],
  [
    'a session policy under no number',
    'sts',
    query('AssumeRole', { ...assume, 'PolicyArns.member.x.arn': 'x' }),
    'NotImplemented',
  ],
  [
    'a field of a structure of tomorrow',
    'sts',
    query('AssumeRole', { ...assume, 'Tags.member.1.Tomorrow': 'x' }),
    'NotImplemented',
  ],
  [
    'XML with a document type',
    's3',
    replication(
      `<!DOCTYPE a [<!ENTITY b "c">]><ReplicationConfiguration><Role>${role}</Role></ReplicationConfiguration>`,
    ),
    'MalformedXML',
  ],
  [
    'XML in UTF-16',
    's3',
    rest(
      'PUT',
      '/state?replication',
      {},
      Buffer.from(`<ReplicationConfiguration><Role>${role}</Role></ReplicationConfiguration>`, 'utf16le'),
    ),
    'MalformedXML',
  ],
  ['no XML', 's3', replication('{}'), 'MalformedXML'],
  ['XML in itself 20000 times', 's3', replication(nested('a', 20_000)), 'MalformedXML'],
  [
    'an element twice',
    's3',
    replication(`<ReplicationConfiguration><Role>${role}</Role><Role>x</Role></ReplicationConfiguration>`),
    'MalformedXML',
  ],
  [
    'a list twice',
    's3',
    rest(
      'PUT',
      '/new',
      {},
      '<CreateBucketConfiguration><Tags/><Tags><Tag><Key>a</Key></Tag></Tags></CreateBucketConfiguration>',
    ),
    'MalformedXML',
  ],
  [
    'an element of tomorrow',
    's3',
    rest('PUT', '/new', {}, '<CreateBucketConfiguration><Tomorrow/></CreateBucketConfiguration>'),
    'NotImplemented',
  ],
  ['a bucket with a slash', 's3', rest('PUT', '/a%2Fb/key', {}, 'x'), 'InvalidBucketName'],
  ['a bucket with a wildcard', 's3', rest('PUT', '/a%2A/key', {}, 'x'), 'InvalidBucketName'],
  ['the alias of an access point', 's3', rest('GET', '/my-point-abc-s3alias/key'), 'NotImplemented'],
  ['the alias of an object Lambda', 's3', rest('GET', '/my-point-abc--ol-s3/key'), 'NotImplemented'],
  ['a directory bucket', 's3', rest('GET', '/my--euw1-az1--x-s3/key'), 'NotImplemented'],
  ['a parameter twice', 's3', rest('GET', '/state/a?versionId=1&versionId=2'), 'NotImplemented'],
  ['a qualifier twice', 'lambda', rest('GET', '/2015-03-31/functions/app?Qualifier=a&Qualifier=b'), 'NotImplemented'],
  ['an address with empty parts', 'lambda', rest('GET', '/2015-03-31//functions/app'), 'NotImplemented'],
  [
    'an image of a public registry',
    'lambda',
    rest('PUT', code, {}, '{"ImageUri":"public.ecr.aws/x/y:z"}'),
    'NotImplemented',
  ],
  [
    'an image under another host',
    'lambda',
    rest('PUT', code, {}, `{"ImageUri":"${account}.dkr-ecr.${region}.on.aws/x:z"}`),
    'NotImplemented',
  ],
  ['a digest of something else', 's3', rest('PUT', '/state/a', { 'content-md5': 'AAAA' }, 'x'), 'BadDigest'],
  [
    'chunks that are none',
    's3',
    rest('PUT', '/state/a', { 'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD' }, 'x'),
    'IncompleteBody',
  ],
];

describe('a request that is read as no other one, and counted as not known', () => {
  test.each(unread)('%s', async (_what, service, request, error) => {
    const response = await send(sandbox, key, service, request);
    expect(response.status).toBeGreaterThanOrEqual(400);
    const bytes = Buffer.from(await response.arrayBuffer()).toString('utf8');
    expect(bytes).toContain(error);
    expect(sandbox.log.entries).toMatchObject([{ service, error, understood: false, checks: [] }]);
  });

  test.each([
    `point-${account}.s3-accesspoint.${region}.amazonaws.com`,
    `point-${account}.s3-accesspoint-fips.dualstack.${region}.amazonaws.com`,
    'mfzwi23gnjvgw.mrap.accesspoint.s3-global.amazonaws.com',
  ])('an access point by its host %s', async (host) => {
    const { hostname, port } = new URL(sandbox.endpoint);
    const status = await new Promise<number>((resolve, reject) => {
      httpRequest(
        { host: hostname, port, path: '/key', headers: { host, authorization: authorization(key, 's3') } },
        (response) => {
          response.resume();
          resolve(response.statusCode!);
        },
      )
        .on('error', reject)
        .end();
    });
    expect(status).toBe(501);
    expect(sandbox.log.entries).toMatchObject([{ service: 's3', understood: false, checks: [] }]);
  });

  test('a body that is too large', async () => {
    const response = await send(sandbox, key, 'ecs', target(`${ecs}.ListClusters`, ' '.repeat(64 * 2 ** 20 + 1)));
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ __type: 'EntityTooLarge' });
    expect(sandbox.log.entries).toMatchObject([{ service: 'ecs', operation: 'ListClusters', understood: false }]);
  });
});

test.each([
  [
    'with a namespace',
    `<s3:ReplicationConfiguration xmlns:s3="x"><s3:Role>${role}</s3:Role></s3:ReplicationConfiguration>`,
  ],
  [
    'with a character by its number',
    `<ReplicationConfiguration><Role>${role.slice(0, -1)}&#101;</Role></ReplicationConfiguration>`,
  ],
  [
    'with CDATA and a comment',
    `<ReplicationConfiguration><!-- a --><Role><![CDATA[${role}]]></Role></ReplicationConfiguration>`,
  ],
  ['after a byte order mark', `\ufeff<ReplicationConfiguration><Role>${role}</Role></ReplicationConfiguration>`],
])('a role in XML %s is passed', async (_how, body) => {
  await send(sandbox, key, 's3', replication(body));
  expect(sandbox.log.entries[0]?.checks.map(({ action, resource }) => `${action} ${resource}`)).toContain(
    `iam:PassRole ${role}`,
  );
});

test('null is as good as nothing', async () => {
  const response = await send(sandbox, key, 'ecs', json('ListServices', { cluster: null }));
  expect(response.status).toBe(200);
  expect(sandbox.log.entries[0]?.checks[0]?.context?.['ecs:cluster']).toMatch(/cluster\/default$/);
});

test('of a served service in another protocol is said to be in that', async () => {
  const path = `/service/${ecs}/operation/ListClusters`;
  const request = rest('POST', path, { 'smithy-protocol': 'rpc-v2-cbor' });
  const text = await (await send(sandbox, key, 'ecs', request)).text();
  expect(text).toContain('does not serve `ecs:ListClusters` in rpc-v2-cbor');
  const nobody = sandbox.principals.add({ policies: [] }).accessKeyId;
  expect(await (await send(sandbox, nobody, 'ecs', request)).text()).toContain('perform: ecs:ListClusters');
  expect(sandbox.log.entries.map(({ operation }) => operation)).toEqual([
    'ListClusters in rpc-v2-cbor',
    'ListClusters in rpc-v2-cbor',
  ]);
});

describe('the name of a function', () => {
  const one = `arn:aws:lambda:${region}:${account}:function:app`;
  test.each([
    ['app', one],
    ['app:live', `${one}:live`],
    ['function:app', one],
    [`${account}:app:live`, `${one}:live`],
    [`${account}:function:app`, one],
    [one, one],
    [`${one}:$LATEST`, `${one}:$LATEST`],
  ])('%s is %s', async (name, arn) => {
    await send(sandbox, key, 'lambda', rest('GET', `/2015-03-31/functions/${encodeURIComponent(name)}`));
    expect(sandbox.log.entries[0]?.checks[0]?.resource).toBe(arn);
  });

  test.each(['app/code', 'arn:aws:lambda:x:y:z', 'a*', 'a b', 'app:live:more', 'app:live?Qualifier=other'])(
    '%s is none',
    async (name) => {
      const path = name.replace(/[^?=]+/g, encodeURIComponent);
      const response = await send(sandbox, key, 'lambda', rest('GET', `/2015-03-31/functions/${path}`));
      expect(response.status).toBe(400);
      expect(sandbox.log.entries[0]?.checks).toEqual([]);
    },
  );
});

test('the tags of a function are shown to who may list them', async () => {
  const functions = '/2015-03-31/functions';
  const body = { FunctionName: 'tagged', Role: role, Code: { ZipFile: 'UEs=' }, Tags: { team: 'web' } };
  await send(sandbox, key, 'lambda', rest('POST', functions, {}, JSON.stringify(body)));
  const ask = async (...Action: string[]) => {
    const Statement = [{ Effect: 'Allow' as const, Action, Resource: ['*'] }];
    const { accessKeyId } = sandbox.principals.add({ policies: [{ Version: '2012-10-17', Statement }] });
    return (await send(sandbox, accessKeyId, 'lambda', rest('GET', `${functions}/tagged`))).json();
  };
  const without = (await ask('lambda:GetFunction')) as object;
  expect(without).toMatchObject({ TagsError: { ErrorCode: 'AccessDeniedException' } });
  expect(without).not.toHaveProperty('Tags');
  expect(await ask('lambda:GetFunction', 'lambda:ListTags')).toMatchObject({ Tags: { team: 'web' } });
});
