import type { World } from '@postern/sandbox';
import type { ContextLookup } from '../../cdk-assembly.js';
import type { CellOptions } from '../../scenario.js';

const VpcId = 'vpc-0a1b2c3d';
const tags = { team: 'web' };
const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
const loadBalancerTags = Object.entries(tags).map(([key, value]) => ({ key, value }));
const balancer = { loadBalancerType: 'application', loadBalancerTags };

/** What `Vpc.fromLookup`, the availability zones of a stack and `SecurityGroup.fromLookupByName` ask the CDK for. */
export const networkLookups: readonly ContextLookup[] = [
  {
    provider: 'vpc-provider',
    props: { filter: { 'tag:team': 'web', isDefault: 'false' }, returnAsymmetricSubnets: true },
  },
  { provider: 'availability-zones', props: {} },
  { provider: 'security-group', props: { securityGroupName: 'web', vpcId: VpcId } },
];

/** What `MachineImage.lookup` asks for. */
export const imageLookup: ContextLookup = {
  provider: 'ami',
  props: { owners: ['amazon'], filters: { name: ['al2023-*'], state: ['available'] } },
};

/** What `ApplicationLoadBalancer.fromLookup` and that of a listener ask for. */
export const balancerLookups: readonly ContextLookup[] = [
  { provider: 'load-balancer', props: balancer },
  { provider: 'load-balancer-listener', props: { ...balancer, listenerPort: 443, listenerProtocol: 'HTTPS' } },
];

/** What apps look up by tags and names: each of a kind, beside another one that does not fit. */
export function addNetworks(
  { networks, loadBalancers, listeners }: World,
  { account, region, partition }: CellOptions,
): void {
  const zone = `${region}a`;
  networks.set('AvailabilityZones', [{ ZoneName: zone, State: 'available' }]);
  networks.set('Vpcs', [
    { VpcId, CidrBlock: '10.0.0.0/16', OwnerId: account, IsDefault: false, Tags },
    { VpcId: 'vpc-default', CidrBlock: '172.31.0.0/16', OwnerId: account, IsDefault: true, Tags },
  ]);
  networks.set('Subnets', [
    {
      SubnetId: 'subnet-1',
      VpcId,
      AvailabilityZone: zone,
      CidrBlock: '10.0.0.0/24',
      MapPublicIpOnLaunch: false,
      Tags: [],
    },
    { SubnetId: 'subnet-2', VpcId: 'vpc-default', AvailabilityZone: zone, CidrBlock: '172.31.0.0/20', Tags: [] },
  ]);
  networks.set('RouteTables', [
    {
      RouteTableId: 'rtb-1',
      VpcId,
      Associations: [{ Main: true }],
      Routes: [{ DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1' }],
    },
  ]);
  networks.set('VpnGateways', [
    { VpnGatewayId: 'vgw-1', State: 'available', VpcAttachments: [{ VpcId, State: 'attached' }] },
  ]);
  networks.set('SecurityGroups', [
    { GroupId: 'sg-1', GroupName: 'web', VpcId },
    { GroupId: 'sg-2', GroupName: 'web', VpcId: 'vpc-default' },
  ]);
  networks.set('Images', [
    {
      ImageId: 'ami-1',
      Name: 'al2023-ami-2023',
      State: 'available',
      ImageOwnerAlias: 'amazon',
      CreationDate: '2026-01-01T00:00:00.000Z',
    },
    { ImageId: 'ami-2', Name: 'other', State: 'available', ImageOwnerAlias: 'amazon' },
  ]);
  const arn = (what: string) => `arn:${partition}:elasticloadbalancing:${region}:${account}:${what}`;
  for (const [name, own] of [
    ['web', tags],
    ['other', {}],
  ] as const) {
    const LoadBalancerArn = arn(`loadbalancer/app/${name}/1234567890abcdef`);
    const ListenerArn = arn(`listener/app/${name}/1234567890abcdef/1234567890abcdef`);
    loadBalancers.set(LoadBalancerArn, {
      tags: own,
      about: {
        LoadBalancerArn,
        LoadBalancerName: name,
        Type: 'application',
        VpcId,
        DNSName: `${name}.example.com`,
        CanonicalHostedZoneId: 'Z1',
        SecurityGroups: ['sg-1'],
      },
    });
    listeners.set(ListenerArn, { tags: {}, about: { ListenerArn, LoadBalancerArn, Port: 443, Protocol: 'HTTPS' } });
  }
}
