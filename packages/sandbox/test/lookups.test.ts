import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSandbox, type Sandbox } from '../src/index.js';
import { account, query, region, send } from './http.js';

let sandbox: Sandbox;
let key: string;
const balancer = `arn:aws:elasticloadbalancing:${region}:${account}:loadbalancer/app/web/1`;
beforeAll(async () => {
  sandbox = await startSandbox();
  key = sandbox.principals.add({ policies: 'everything' }).accessKeyId;
  const { networks, loadBalancers, listeners } = sandbox.world;
  networks.set('Vpcs', [
    { VpcId: 'vpc-1', IsDefault: false, Tags: [{ Key: 'Name', Value: 'web-eu' }] },
    { VpcId: 'vpc-2', IsDefault: true },
  ]);
  networks.set('RouteTables', [
    { RouteTableId: 'rtb-1', Associations: [{ SubnetId: 'subnet-1' }, { SubnetId: 'subnet-2' }] },
  ]);
  networks.set('Images', [
    { ImageId: 'ami-1', OwnerId: account },
    { ImageId: 'ami-2', OwnerId: '210987654321', ImageOwnerAlias: 'amazon' },
  ]);
  loadBalancers.set(balancer, { tags: { team: 'web' }, about: { LoadBalancerArn: balancer, LoadBalancerName: 'web' } });
  listeners.set('listener', { tags: {}, about: { ListenerArn: 'listener', LoadBalancerArn: balancer, Port: 443 } });
});
afterAll(() => sandbox.close());

const ec2 = async (operation: string, fields: Readonly<Record<string, string>> = {}) =>
  (await send(sandbox, key, 'ec2', query(operation, fields))).text();
const balancers = async (operation: string, fields: Readonly<Record<string, string>> = {}) =>
  (await send(sandbox, key, 'elasticloadbalancing', query(operation, fields))).text();
const filter = (name: string, value: string) => ({ 'Filter.1.Name': name, 'Filter.1.Value.1': value });
const idsIn = (answer: string) => [...answer.matchAll(/<(?:vpcId|imageId|routeTableId)>(.*?)</g)].map(([, id]) => id);

test.each([
  [{}, ['vpc-1', 'vpc-2']],
  [filter('tag:Name', 'web-*'), ['vpc-1']],
  [filter('tag:Name', 'w?b-eu'), ['vpc-1']],
  [filter('tag:Name', '*b*e*u*'), ['vpc-1']],
  [filter('tag:Name', 'web'), []],
  [filter('is-default', 'true'), ['vpc-2']],
  [filter('isDefault', 'false'), ['vpc-1']],
  [{ 'VpcId.1': 'vpc-2' }, ['vpc-2']],
])('VPCs are found by filters and ids: %j', async (fields, found) => {
  expect(idsIn(await ec2('DescribeVpcs', fields))).toEqual(found);
});

test('a filter that is not known leaves nothing out in silence, and an id that is not there is an error', async () => {
  expect(await ec2('DescribeVpcs', filter('dhcp-options-id', 'x'))).toContain('<Code>NotImplemented</Code>');
  expect(await ec2('DescribeVpcs', filter('constructor', 'x'))).toContain('<Code>NotImplemented</Code>');
  expect(await ec2('DescribeVpcs', { 'VpcId.1': 'vpc-3' })).toContain('<Code>InvalidVpcID.NotFound</Code>');
});

test('a filter goes through lists, and a pattern of many stars does not take long', async () => {
  expect(idsIn(await ec2('DescribeRouteTables', filter('association.subnet-id', 'subnet-2')))).toEqual(['rtb-1']);
  const started = performance.now();
  expect(idsIn(await ec2('DescribeVpcs', filter('tag:Name', `${'*w'.repeat(5_000)}!`)))).toEqual([]);
  expect(performance.now() - started).toBeLessThan(2_000);
});

test('images are those of the owners that are asked for', async () => {
  expect(idsIn(await ec2('DescribeImages', { 'Owner.1': 'self' }))).toEqual(['ami-1']);
  expect(idsIn(await ec2('DescribeImages', { 'Owner.1': 'amazon' }))).toEqual(['ami-2']);
});

test('load balancers, their listeners and tags are found', async () => {
  const Version = '2015-12-01';
  expect(await balancers('DescribeLoadBalancers', { Version })).toContain('<LoadBalancerName>web</LoadBalancerName>');
  expect(await balancers('DescribeLoadBalancers', { Version, 'Names.member.1': 'other' })).not.toContain('web');
  expect(await balancers('DescribeListeners', { Version, LoadBalancerArn: balancer })).toContain('<Port>443</Port>');
  expect(await balancers('DescribeListeners', { Version, LoadBalancerArn: 'x' })).toContain('LoadBalancerNotFound');
  expect(await balancers('DescribeTags', { Version, 'ResourceArns.member.1': balancer })).toContain('<Key>team</Key>');
});

test('classic load balancers, whose operations have the same names, are not served', async () => {
  expect(await balancers('DescribeLoadBalancers', { Version: '2012-06-01' })).toContain('NotImplemented');
});
