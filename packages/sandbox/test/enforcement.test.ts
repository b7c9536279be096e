import { connect, type Socket } from 'node:net';
import { request as httpRequest } from 'node:http';
import { connect as connectTls } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { actionsWithoutPermission, decide, type PolicyDocument } from '@postern/core';
import { createCertificateAuthority } from '../src/server/certificate-authority.js';
import { startSandbox, type Sandbox } from '../src/index.js';
import { createClients } from './sdk-clients.js';
import { account, authorization, json, query, region, send } from './http.js';

const allow = (Action: string | string[], Resource: string | string[], more: object = {}): PolicyDocument =>
  ({
    Version: '2012-10-17',
    Statement: [{ Sid: 'Given', Effect: 'Allow', Action: [Action].flat(), Resource: [Resource].flat(), ...more }],
  }) as PolicyDocument;

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

const caller = (...policies: PolicyDocument[]) => sandbox.principals.add({ policies });

describe('refusals', () => {
  test("are in S3's own words and shape", async () => {
    sandbox.world.objects.create('words', account, region);
    const { accessKeyId, arn } = caller(allow('s3:GetObject', 'arn:aws:s3:::words/a'));
    const response = await send(sandbox, accessKeyId, 's3', { method: 'PUT', path: '/words/a', body: 'x' });
    expect(response.status).toBe(403);
    expect(await response.text()).toContain(
      `<Code>AccessDenied</Code><Message>User: ${arn} is not authorized to perform: s3:PutObject on resource: &quot;arn:aws:s3:::words/a&quot; because no identity-based policy allows the s3:PutObject action</Message>`,
    );
  });

  test('name an explicit deny as such', async () => {
    const deny = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Deny', Action: ['sts:*'], Resource: ['*'] }],
    } as PolicyDocument;
    const { accessKeyId } = caller(allow('*', '*'), deny);
    const fields = { RoleArn: `arn:aws:iam::${account}:role/x`, RoleSessionName: 'run' };
    const response = await send(sandbox, accessKeyId, 'sts', query('AssumeRole', fields));
    expect(response.status).toBe(403);
    expect(await response.text()).toContain('with an explicit deny in an identity-based policy');
  });

  test('of JSON services are what the SDK reads', async () => {
    const keys = caller(allow('ecr:GetAuthorizationToken', '*'));
    const clients = createClients(sandbox.endpoint, keys, region);
    const error = await clients
      .call('ECR', 'DescribeImages', { repositoryName: 'my-app' })
      .catch((thrown: Error) => thrown);
    await clients.close();
    expect(error).toMatchObject({ name: 'AccessDeniedException', $metadata: { httpStatusCode: 400 } });
    expect((error as Error).message).toContain('is not authorized to perform: ecr:DescribeImages');
  });

  test('of the registry are what container clients read', async () => {
    const keys = caller(allow('ecr:GetAuthorizationToken', '*'));
    const token = await send(sandbox, keys.accessKeyId, 'ecr', json('GetAuthorizationToken', {}));
    const { authorizationData } = (await token.json()) as { authorizationData: { authorizationToken: string }[] };
    const headers = { authorization: `Basic ${authorizationData[0]!.authorizationToken}` };
    expect((await fetch(`${sandbox.endpoint}/v2/`, { headers })).status).toBe(200);
    const refused = await fetch(`${sandbox.endpoint}/v2/my-app/blobs/uploads/`, { method: 'POST', headers });
    expect(refused.status).toBe(403);
    const body = (await refused.json()) as { errors: { code: string; message: string }[] };
    expect(body.errors[0]).toMatchObject({
      code: 'DENIED',
      message: expect.stringContaining('ecr:InitiateLayerUpload') as string,
    });
    const unsigned = await fetch(`${sandbox.endpoint}/v2/`);
    expect(unsigned.status).toBe(401);
    expect(unsigned.headers.get('www-authenticate')).toContain('Basic');
  });

  test('of a missing object depend on whether the bucket may be listed', async () => {
    sandbox.world.objects.create('lists', account, region);
    const read = allow('s3:GetObject', 'arn:aws:s3:::lists/*');
    const reader = caller(read);
    const lister = caller(read, allow('s3:ListBucket', 'arn:aws:s3:::lists'));
    const ask = async (key: string) => (await send(sandbox, key, 's3', { method: 'HEAD', path: '/lists/none' })).status;
    expect(await ask(reader.accessKeyId)).toBe(403);
    expect(await ask(lister.accessKeyId)).toBe(404);
  });
});

describe('who asks', () => {
  test('needs no grant to ask who it is', async () => {
    const { accessKeyId, arn } = caller();
    const response = await send(sandbox, accessKeyId, 'sts', query('GetCallerIdentity'));
    expect(response.status).toBe(200);
    expect(await response.text()).toContain(`<Arn>${arn}</Arn>`);
  });

  test.each(Object.keys(actionsWithoutPermission))(
    '%s is answered as decide has it: without a grant, and denied by none',
    async (action) => {
      const deny = { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: ['*'], Resource: ['*'] }] } as const;
      for (const policies of [[], [deny]]) {
        const [service, operation] = action.split(':') as [string, string];
        const { accessKeyId } = caller(...policies);
        const { status } = await send(sandbox, accessKeyId, service, query(operation));
        expect(status === 200).toBe(decide(policies, { action, resource: '*' }).decision === 'allowed');
        expect(status).toBe(200);
      }
    },
  );

  test.each(['s3', 'ecr', 'sts', 'dynamodb'])('is refused by %s where the key is not known', async (service) => {
    const response = await send(sandbox, 'AKIAUNKNOWN', service, { path: '/state' });
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(await response.text()).toMatch(/InvalidAccessKeyId|UnrecognizedClientException/);
  });

  test('is refused without a signature', async () => {
    const response = await fetch(`${sandbox.endpoint}/lists/none`);
    expect(response.status).toBe(403);
  });

  test('is another principal in a role that was assumed, with the policies of the role', async () => {
    const role = `arn:aws:iam::${account}:role/state`;
    const own = await startSandbox({ roles: { [role]: [allow('s3:ListBucket', 'arn:aws:s3:::roles')] } });
    own.world.objects.create('roles', account, region);
    const keys = own.principals.add({ policies: [allow('sts:AssumeRole', role)] });
    const clients = createClients(own.endpoint, keys, region);
    const { Credentials } = await clients.call('STS', 'AssumeRole', { RoleArn: role, RoleSessionName: 'run' });
    const { AccessKeyId } = Credentials as { AccessKeyId: string };
    expect((await send(own, keys.accessKeyId, 's3', { path: '/roles?list-type=2' })).status).toBe(403);
    expect((await send(own, AccessKeyId, 's3', { path: '/roles?list-type=2' })).status).toBe(200);
    expect((await send(own, AccessKeyId, 's3', { path: '/roles/x' })).status).toBe(403);
    await clients.close();
    await own.close();
  });

  test('is kept apart in 200 requests at once', async () => {
    sandbox.world.objects.create('crowd', account, region);
    const callers = Array.from({ length: 20 }, (_, index) => ({
      index,
      keys: caller(allow('s3:PutObject', `arn:aws:s3:::crowd/${index}/*`)),
    }));
    const results = await Promise.all(
      Array.from({ length: 200 }, async (_, number) => {
        const { index, keys } = callers[number % 20]!;
        const target = number % 3 === 0 ? (index + 1) % 20 : index;
        const path = `/crowd/${target}/${number}`;
        const { status } = await send(sandbox, keys.accessKeyId, 's3', { method: 'PUT', path, body: `${number}` });
        return status === (target === index ? 200 : 403);
      }),
    );
    expect(results).toEqual(results.map(() => true));
  });
});

describe('what the sandbox does not know', () => {
  test.each([
    ['s3', { method: 'GET', path: '/state?inventory' }],
    ['s3', { method: 'POST', path: '/state/key?select' }],
    ['ecr', json('DescribePullThroughCacheRules', {})],
    ['ecs', json('constructor', {})],
    ['sts', query('GetFederationToken')],
    ['lambda', { method: 'GET', path: '/2015-03-31/functions' }],
    ['ecs', { method: 'POST', headers: { 'smithy-protocol': 'rpc-v2-cbor' }, body: 'x' }],
  ])('is an error that says so: %s %j', async (service, request) => {
    const { accessKeyId } = sandbox.principals.add({ policies: 'everything' });
    const response = await send(sandbox, accessKeyId, service, request);
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(await response.text()).toMatch(/the sandbox/);
  });
});

describe('bad requests', () => {
  const everyone = () => sandbox.principals.add({ policies: 'everything' }).accessKeyId;

  test.each([
    ['ecr', { method: 'POST', headers: { 'x-amz-target': 'X.DescribeImages' }, body: '{' }],
    ['ecr', { method: 'POST', headers: { 'x-amz-target': 'X.DescribeImages' }, body: '[]' }],
    ['ecr', { method: 'POST', body: '{}' }],
    [
      's3',
      {
        method: 'PUT',
        path: '/state/key',
        headers: { 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' },
        body: 'zz\r\n',
      },
    ],
    ['s3', { method: 'PUT', path: '/state/key', headers: { 'content-md5': 'AAAA' }, body: 'x' }],
    ['s3', { method: 'GET', path: '/%E0%A4%A/%zz' }],
    ['s3', { method: 'POST', path: '/state?delete', body: '<!DOCTYPE a [<!ENTITY b "c">]><Delete/>' }],
    ['s3', { method: 'GET', path: '/state?list-type=2&max-keys=-1' }],
    ['dynamodb', json('GetItem', { TableName: '__proto__', Key: null })],
    ['dynamodb', json('BatchWriteItem', { RequestItems: { locks: { no: 'list' } } })],
    ['ecs', json('RunTask', { taskDefinition: { no: 'text' } })],
  ])('are answered with an error: %s %j', async (service, request) => {
    sandbox.world.objects.create('state', account, region);
    const response = await send(sandbox, everyone(), service, request);
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect((await send(sandbox, everyone(), 'sts', query('GetCallerIdentity'))).status).toBe(200);
  });

  test('that are no HTTP, or end in the middle, crash nothing', async () => {
    const port = Number(new URL(sandbox.endpoint).port);
    const talk = (text: string, drop: boolean) =>
      new Promise<void>((resolve) => {
        const socket = connect(port, '127.0.0.1', () => {
          socket.write(text);
          if (drop) setTimeout(() => socket.destroy(), 20);
        });
        socket.on('close', () => resolve());
        socket.on('error', () => resolve());
        socket.resume();
      });
    await talk('not http at all\r\n\r\n', false);
    await talk('PUT /state/x HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nonly this', true);
    await talk('CONNECT s3.eu-west-1.amazonaws.com:443 HTTP/1.1\r\nhost: x\r\n\r\nnot tls', true);
    expect((await send(sandbox, everyone(), 'sts', query('GetCallerIdentity'))).status).toBe(200);
  });

  test('with a huge body are refused, and not kept', async () => {
    sandbox.world.objects.create('state', account, region);
    const key = everyone();
    const status = await new Promise<number>((resolve, reject) => {
      const sent = httpRequest(
        `${sandbox.endpoint}/state/huge`,
        { method: 'PUT', headers: { authorization: authorization(key, 's3') } },
        (response) => {
          response.resume();
          resolve(response.statusCode!);
        },
      );
      sent.on('error', reject);
      const chunk = Buffer.alloc(2 ** 20);
      let left = 70;
      const write = () => {
        while (left > 0) {
          left -= 1;
          if (!sent.write(chunk)) return void sent.once('drain', write);
        }
        sent.end();
      };
      write();
    });
    expect(status).toBe(413);
    expect(sandbox.world.objects.buckets.get('state')!.objects.has('huge')).toBe(false);
  });
});

describe('the proxy', () => {
  const ownPassword = () => new URL(sandbox.proxy).password;

  function tunnel(host: string, password = ownPassword()): Promise<{ status: string; socket: Socket }> {
    const port = Number(new URL(sandbox.endpoint).port);
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () =>
        socket.write(
          `CONNECT ${host} HTTP/1.1\r\nhost: ${host}\r\nproxy-authorization: Basic ${Buffer.from(`postern:${password}`).toString('base64')}\r\n\r\n`,
        ),
      );
      socket.once('data', (data) => resolve({ status: data.toString().split('\r\n')[0]!, socket }));
      socket.once('error', reject);
    });
  }

  test("answers for AWS's host names under the run's own authority", async () => {
    sandbox.world.objects.create('state', account, region);
    const key = sandbox.principals.add({ policies: 'everything' }).accessKeyId;
    const host = 'state.s3.eu-west-1.amazonaws.com';
    const { status, socket } = await tunnel(`${host}:443`);
    expect(status).toContain('200');
    const { certificate } = await sandbox.authority();
    const text = await new Promise<string>((resolve, reject) => {
      const secure = connectTls({ socket, servername: host, ca: certificate }, () =>
        secure.write(
          `GET /?list-type=2 HTTP/1.1\r\nhost: ${host}\r\nauthorization: ${authorization(key, 's3')}\r\nconnection: close\r\n\r\n`,
        ),
      );
      let read = '';
      secure.on('data', (data) => (read += data.toString()));
      secure.on('end', () => resolve(read));
      secure.on('error', reject);
    });
    expect(text).toContain('200 OK');
    expect(text).toContain('<Name>state</Name>');
  });

  test('opens no tunnel without the password of the run, and shows no certificate for other names', async () => {
    for (const password of ['', 'x', `${ownPassword()}x`]) {
      const { status, socket } = await tunnel('sts.amazonaws.com:443', password);
      socket.destroy();
      expect(status).toContain('407');
    }
    const { socket } = await tunnel('sts.amazonaws.com:443');
    const { certificate } = await sandbox.authority();
    const shown = await new Promise<boolean>((resolve) => {
      const secure = connectTls({ socket, servername: 'bank.example.com', ca: certificate, rejectUnauthorized: false });
      secure.on('secureConnect', () => resolve(true));
      secure.on('error', () => resolve(false));
      secure.on('close', () => resolve(false));
    });
    socket.destroy();
    expect(shown).toBe(false);
  });

  test.each(['example.com:443', 'amazonaws.com.example.com:443', 's3.amazonaws.com:22', '169.254.169.254:80'])(
    'refuses %s',
    async (host) => {
      const { status, socket } = await tunnel(host);
      socket.destroy();
      expect(status).toContain('403');
      expect(sandbox.refusedHosts).toContain(host);
    },
  );
});

test('as a plain proxy too, it reaches no other host', async () => {
  const { hostname, port } = new URL(sandbox.endpoint);
  const status = await new Promise<number>((resolve, reject) => {
    const options = { host: hostname, port, path: 'http://example.com/secret', headers: { host: 'example.com' } };
    httpRequest(options, (response) => {
      response.resume();
      resolve(response.statusCode!);
    })
      .on('error', reject)
      .end();
  });
  expect(status).toBe(403);
  expect(sandbox.refusedHosts).toContain('example.com');
});

describe('S3', () => {
  const key = () => sandbox.principals.add({ policies: 'everything' }).accessKeyId;
  const put = (path: string, body: string, headers: Record<string, string> = {}) =>
    send(sandbox, key(), 's3', { method: 'PUT', path, body, headers });

  test('lists by prefix and delimiter, a page at a time', async () => {
    sandbox.world.objects.create('pages', account, region);
    for (const name of ['a', 'b/1', 'b/2', 'c/1', 'd']) await put(`/pages/${name}`, name);
    const list = async (path: string) => (await send(sandbox, key(), 's3', { path })).text();
    const first = await list('/pages?list-type=2&delimiter=%2F&max-keys=2');
    expect(first).toContain('<Key>a</Key>');
    expect(first).toContain('<CommonPrefixes><Prefix>b/</Prefix></CommonPrefixes>');
    expect(first).toContain('<IsTruncated>true</IsTruncated>');
    const token = /<NextContinuationToken>(.+)<\/NextContinuationToken>/.exec(first)![1]!;
    const second = await list(`/pages?list-type=2&delimiter=%2F&max-keys=2&continuation-token=${token}`);
    expect(second).toContain('<Prefix>c/</Prefix>');
    expect(second).toContain('<Key>d</Key>');
    expect(second).toContain('<IsTruncated>false</IsTruncated>');
    expect(await list('/pages?list-type=2&prefix=b%2F')).toMatch(/<Key>b\/1<\/Key>.*<Key>b\/2<\/Key>/s);
  });

  test('reads parts, and writes only where nothing is', async () => {
    sandbox.world.objects.create('parts', account, region);
    expect((await put('/parts/x', '0123456789', { 'if-none-match': '*' })).status).toBe(200);
    expect((await put('/parts/x', 'other', { 'if-none-match': '*' })).status).toBe(412);
    const part = await send(sandbox, key(), 's3', { path: '/parts/x', headers: { range: 'bytes=2-4' } });
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([206, 'bytes 2-4/10', '234']);
    const outside = await send(sandbox, key(), 's3', { path: '/parts/x', headers: { range: 'bytes=20-' } });
    expect(outside.status).toBe(416);
  });

  test('takes apart what was sent in chunks', async () => {
    sandbox.world.objects.create('chunks', account, region);
    const body = '5;chunk-signature=0\r\nhello\r\n6;chunk-signature=0\r\n world\r\n0;chunk-signature=0\r\n\r\n';
    await put('/chunks/x', body, {
      'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
      'content-encoding': 'aws-chunked',
    });
    expect(await (await send(sandbox, key(), 's3', { path: '/chunks/x' })).text()).toBe('hello world');
  });

  test('keeps the tags that are put on an object, and takes them away', async () => {
    const { objects } = sandbox.world.objects.create('tags', account, region);
    await put('/tags/x', 'x');
    const body = '<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>';
    expect((await put('/tags/x?tagging', body)).status).toBe(200);
    expect(objects.get('x')!.tags).toBe('a=b');
    await send(sandbox, key(), 's3', { method: 'DELETE', path: '/tags/x?tagging' });
    expect(objects.get('x')!.tags).toBeUndefined();
  });

  test('uploads in parts with the SDK, and gives versions once they are on', async () => {
    sandbox.world.objects.create('uploads', account, region);
    const keys = sandbox.principals.add({ policies: 'everything' });
    const clients = createClients(sandbox.endpoint, keys, region);
    const at = { Bucket: 'uploads', Key: 'big' };
    const { UploadId } = await clients.call('S3', 'CreateMultipartUpload', at);
    const parts = [];
    for (const PartNumber of [1, 2]) {
      const { ETag } = await clients.call('S3', 'UploadPart', {
        ...at,
        UploadId,
        PartNumber,
        Body: `part ${PartNumber};`,
      });
      parts.push({ ETag, PartNumber });
    }
    await clients.call('S3', 'CompleteMultipartUpload', { ...at, UploadId, MultipartUpload: { Parts: parts } });
    const { Body } = await clients.call('S3', 'GetObject', at);
    expect(await (Body as { transformToString(): Promise<string> }).transformToString()).toBe('part 1;part 2;');
    await clients.call('S3', 'PutBucketVersioning', {
      Bucket: 'uploads',
      VersioningConfiguration: { Status: 'Enabled' },
    });
    const { VersionId } = await clients.call('S3', 'PutObject', { ...at, Body: 'new' });
    await clients.call('S3', 'DeleteObject', at);
    const old = await clients.call('S3', 'GetObject', { ...at, VersionId });
    expect(await (old['Body'] as { transformToString(): Promise<string> }).transformToString()).toBe('new');
    await clients.close();
  });
});

test('two sandboxes do not see each other', async () => {
  const [one, other] = await Promise.all([startSandbox(), startSandbox()]);
  const { accessKeyId } = one.principals.add({ policies: 'everything' });
  expect((await send(one, accessKeyId, 's3', { method: 'PUT', path: '/mine' })).status).toBe(200);
  expect((await send(other, accessKeyId, 's3', { path: '/mine' })).status).toBe(403);
  expect(other.world.objects.buckets.size).toBe(0);
  await Promise.all([one.close(), other.close()]);
});

describe('another user of the machine', () => {
  const webIdentity = new URLSearchParams({
    Action: 'AssumeRoleWithWebIdentity',
    Version: '2011-06-15',
    RoleArn: `arn:aws:iam::${account}:role/any`,
    RoleSessionName: 'other',
    WebIdentityToken: 'x',
  }).toString();
  const assume = (endpoint: string) =>
    fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: webIdentity,
    });

  test('gets no key without the secret of the run, which the job has', async () => {
    const refused = await assume(sandbox.endpoint);
    expect(refused.status).toBe(403);
    expect(await refused.text()).not.toContain('SecretAccessKey');
    for (const path of ['/x', `/${'0'.repeat(48)}`, `/?Action=AssumeRoleWithWebIdentity`])
      expect((await assume(`${sandbox.endpoint}${path}`)).status).toBe(403);
    const granted = await assume(sandbox.trustedEndpoint);
    expect(granted.status).toBe(200);
    expect(await granted.text()).toContain('SecretAccessKey');
  });

  test.each(['example.com', '127.0.0.1.example.com', 'amazonaws.com.example.com', 'localhost.example.com', '10.0.0.1'])(
    'is not answered under the name %s',
    async (host) => {
      const { hostname, port } = new URL(sandbox.endpoint);
      const key = sandbox.principals.add({ policies: 'everything' }).accessKeyId;
      const status = await new Promise<number>((resolve, reject) => {
        const headers = { host: `${host}:${port}`, authorization: authorization(key, 's3') };
        httpRequest({ host: hostname, port, path: '/', headers }, (response) => {
          response.resume();
          resolve(response.statusCode!);
        })
          .on('error', reject)
          .end();
      });
      expect(status).toBe(403);
    },
  );

  test('finds no port of DynamoDB', async () => {
    const ports = () => process.getActiveResourcesInfo().filter((handle) => handle === 'TCPServerWrap').length;
    const before = ports();
    const own = await startSandbox();
    await own.world.tables.create('locks', 'LockID');
    expect(ports() - before).toBe(1);
    await own.close();
  });

  test('cannot fill the memory with names', async () => {
    const authority = await createCertificateAuthority();
    const first = await authority.contextFor('a.amazonaws.com');
    expect(await authority.contextFor('a.amazonaws.com')).toBe(first);
    for (let index = 0; index < 300; index += 1) await authority.contextFor(`h${index}.amazonaws.com`);
    expect(await authority.contextFor('a.amazonaws.com')).not.toBe(first);
  });
});
