import {
  GetHostedZoneCommand,
  ListHostedZonesByNameCommand,
  Route53Client,
  type ListHostedZonesByNameCommandInput,
} from '@aws-sdk/client-route-53';
import type { PolicyDocument } from '@postern/core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { populate, problemsOfWorld, startSandbox, type Sandbox } from '../src/index.js';

let sandbox: Sandbox;
const clients: Route53Client[] = [];
beforeEach(async () => {
  sandbox = await startSandbox();
  await populate(sandbox.world, {
    hostedZones: [
      { id: 'Z3', name: 'Example.com' },
      { id: 'Z1', name: 'www.example.com.' },
      { id: 'Z2', name: 'example.com.', vpcs: ['vpc-1', 'vpc-2'] },
      { id: 'Z4', name: 'example-a.com' },
      { id: 'Z5', name: 'zulu.aero' },
    ],
  });
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await sandbox.close();
});

function clientOf(policies: 'everything' | PolicyDocument[]): Route53Client {
  const { accessKeyId, secretAccessKey } = sandbox.principals.add({ policies });
  const client = new Route53Client({
    endpoint: sandbox.endpoint,
    region: 'eu-west-1',
    maxAttempts: 1,
    credentials: { accessKeyId, secretAccessKey },
  });
  clients.push(client);
  return client;
}

test('a private hosted zone says its VPCs, and a public one has none', async () => {
  const client = clientOf('everything');
  const one = await client.send(new GetHostedZoneCommand({ Id: '/hostedzone/Z2' }));
  expect(one.HostedZone).toMatchObject({ Id: '/hostedzone/Z2', Name: 'example.com.', Config: { PrivateZone: true } });
  expect(one.VPCs?.map(({ VPCId }) => VPCId)).toEqual(['vpc-1', 'vpc-2']);
  const other = await client.send(new GetHostedZoneCommand({ Id: 'Z3' }));
  expect(other.HostedZone).toMatchObject({
    Id: '/hostedzone/Z3',
    Name: 'example.com.',
    Config: { PrivateZone: false },
  });
  expect(other.VPCs).toBeUndefined();
  await expect(client.send(new GetHostedZoneCommand({ Id: 'Z9' }))).rejects.toMatchObject({ name: 'NoSuchHostedZone' });
});

test('hosted zones are listed by their labels from the last, page by page, beginning with a domain', async () => {
  const client = clientOf('everything');
  const list = async (input: ListHostedZonesByNameCommandInput) => {
    const found = await client.send(new ListHostedZonesByNameCommand(input));
    return { ...found, ids: found.HostedZones?.map(({ Id }) => Id?.replace('/hostedzone/', '')) };
  };
  expect((await list({})).ids).toEqual(['Z5', 'Z4', 'Z2', 'Z3', 'Z1']);
  expect((await list({ DNSName: 'EXAMPLE.com' })).ids).toEqual(['Z2', 'Z3', 'Z1']);
  expect((await list({ DNSName: 'example.net' })).ids).toEqual([]);
  const first = await list({ DNSName: 'example.com', MaxItems: 1 });
  expect(first).toMatchObject({ ids: ['Z2'], IsTruncated: true, NextDNSName: 'example.com.', NextHostedZoneId: 'Z3' });
  const rest = await list({ DNSName: first.NextDNSName, HostedZoneId: first.NextHostedZoneId });
  expect(rest).toMatchObject({ ids: ['Z3', 'Z1'], IsTruncated: false });
  await expect(list({ HostedZoneId: 'Z3' })).rejects.toMatchObject({ name: 'InvalidInput' });
  await expect(list({ MaxItems: 0 })).rejects.toMatchObject({ name: 'InvalidInput' });
});

test('a policy that names a hosted zone lets that one be read, and no other', async () => {
  const policy = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: ['route53:GetHostedZone'], Resource: ['arn:aws:route53:::hostedzone/Z2'] }],
  } satisfies PolicyDocument;
  const client = clientOf([policy]);
  await expect(client.send(new GetHostedZoneCommand({ Id: 'Z2' }))).resolves.toBeDefined();
  for (const Id of ['Z3', 'Z9'])
    await expect(client.send(new GetHostedZoneCommand({ Id }))).rejects.toMatchObject({ name: 'AccessDenied' });
  await expect(client.send(new ListHostedZonesByNameCommand({}))).rejects.toMatchObject({ name: 'AccessDenied' });
});

test('a hosted zone of a world file that is none is refused, with everything that is wrong', () => {
  const wrong = { hostedZones: [{ id: '/hostedzone/Z1', name: 'example..com' }, { id: 'Z1' }] };
  expect(problemsOfWorld(wrong)).toEqual([
    expect.stringMatching(/^hostedZones\[0\]\.id: .*`Z1PA6795UKMFR9`/),
    expect.stringMatching(/^hostedZones\[0\]\.name: .*`example\.com`/),
    expect.stringMatching(/^hostedZones\[1\]\.name: /),
  ]);
  const zone = { id: 'Z1', name: 'example.com' };
  expect(problemsOfWorld({ hostedZones: [zone, zone] })).toEqual([expect.stringContaining('`Z1` is there twice')]);
});
