import { ServiceError, type Call, type Operation, type Rule } from '../../server/call.js';
import { defineService } from '../define.js';
import { passes, type Filters } from './filters.js';
import model from './model.json' with { type: 'json' };

const reference = 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html';

interface DescribedList {
  /** The member of the answer, and of the world. */
  readonly list: string;
  /** The member of a request that names them, and of each that has its name. */
  readonly names?: readonly [input: string, member: string];
  readonly filters: Filters;
  /** What EC2 says of a name that it does not know. */
  readonly missing?: string;
}

/** What the operations look up, with the filters that the CDK sends, and those like them. */
const described: Readonly<Record<string, DescribedList>> = {
  DescribeAvailabilityZones: {
    list: 'AvailabilityZones',
    names: ['ZoneNames', 'ZoneName'],
    filters: { state: ['State'], 'zone-name': ['ZoneName'] },
    missing: 'InvalidParameterValue',
  },
  DescribeImages: {
    list: 'Images',
    names: ['ImageIds', 'ImageId'],
    filters: {
      architecture: ['Architecture'],
      'image-id': ['ImageId'],
      'image-type': ['ImageType'],
      name: ['Name'],
      'owner-id': ['OwnerId'],
      platform: ['Platform'],
      state: ['State'],
      'virtualization-type': ['VirtualizationType'],
    },
    missing: 'InvalidAMIID.NotFound',
  },
  DescribeRouteTables: {
    list: 'RouteTables',
    names: ['RouteTableIds', 'RouteTableId'],
    filters: { 'vpc-id': ['VpcId'], 'association.subnet-id': ['Associations', 'SubnetId'] },
    missing: 'InvalidRouteTableID.NotFound',
  },
  DescribeSecurityGroups: {
    list: 'SecurityGroups',
    names: ['GroupIds', 'GroupId'],
    filters: { 'group-id': ['GroupId'], 'group-name': ['GroupName'], 'vpc-id': ['VpcId'] },
    missing: 'InvalidGroup.NotFound',
  },
  DescribeSubnets: {
    list: 'Subnets',
    names: ['SubnetIds', 'SubnetId'],
    filters: {
      'availability-zone': ['AvailabilityZone'],
      state: ['State'],
      'subnet-id': ['SubnetId'],
      'vpc-id': ['VpcId'],
    },
    missing: 'InvalidSubnetID.NotFound',
  },
  DescribeVpcs: {
    list: 'Vpcs',
    names: ['VpcIds', 'VpcId'],
    filters: {
      cidr: ['CidrBlock'],
      isDefault: ['IsDefault'],
      'is-default': ['IsDefault'],
      'owner-id': ['OwnerId'],
      state: ['State'],
      'vpc-id': ['VpcId'],
    },
    missing: 'InvalidVpcID.NotFound',
  },
  DescribeVpnGateways: {
    list: 'VpnGateways',
    names: ['VpnGatewayIds', 'VpnGatewayId'],
    filters: {
      'attachment.state': ['VpcAttachments', 'State'],
      'attachment.vpc-id': ['VpcAttachments', 'VpcId'],
      state: ['State'],
      'vpn-gateway-id': ['VpnGatewayId'],
    },
    missing: 'InvalidVpnGatewayID.NotFound',
  },
};

const rules: Readonly<Record<string, Rule>> = Object.fromEntries(
  Object.keys(described).map((name) => [
    name,
    {
      source: `${reference}: no resource type`,
      checks: ({ region }) => [{ action: `ec2:${name}`, resource: '*', context: { 'ec2:Region': region } }],
    } satisfies Rule,
  ]),
);

/** Images of the owners that a request says; `self` is who asks, and other words are owners by name. */
function isOwned({ input, principal }: Call, image: Readonly<Record<string, unknown>>): boolean {
  const owners = (input['Owners'] ?? []) as readonly string[];
  return (
    owners.length === 0 ||
    owners.some(
      (owner) =>
        owner === image['ImageOwnerAlias'] || (owner === 'self' ? principal.account : owner) === image['OwnerId'],
    )
  );
}

function lookUp(call: Call, { list, names: [input, member] = ['', ''], filters, missing }: DescribedList) {
  const all = (call.world.networks.get(list) ?? []).filter((one) => list !== 'Images' || isOwned(call, one));
  const named = (call.input[input] ?? []) as readonly string[];
  const unknown = named.find((name) => !all.some((one) => one[member] === name));
  if (unknown !== undefined)
    throw new ServiceError(missing ?? 'InvalidParameterValue', `The ID '${unknown}' does not exist`);
  return {
    [list]: all.filter(
      (one) =>
        (named.length === 0 || named.includes(String(one[member]))) && passes(one, call.input['Filters'], filters),
    ),
  };
}

const operations: Readonly<Record<string, Operation>> = Object.fromEntries(
  Object.entries(described).map(([name, about]) => [name, (call: Call) => lookUp(call, about)]),
);

/** EC2, as far as the CDK looks up networks, security groups and images. */
export const ec2 = defineService({ name: 'ec2', model, rules, operations });
