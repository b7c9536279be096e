import { query, region, type Row, type ServiceRows } from '../row.js';

const all = (name: string): Row => [
  name,
  query(name, { 'Filter.1.Name': 'tag:team', 'Filter.1.Value.1': 'web' }),
  [`ec2:${name} * ec2:Region=${region}`],
];

export const rows: readonly Row[] = [
  ...['DescribeImages', 'DescribeRouteTables', 'DescribeSubnets', 'DescribeVpcs', 'DescribeVpnGateways'].map(all),
  [
    'DescribeAvailabilityZones',
    query('DescribeAvailabilityZones'),
    [`ec2:DescribeAvailabilityZones * ec2:Region=${region}`],
  ],
  [
    'DescribeSecurityGroups',
    query('DescribeSecurityGroups', { 'GroupId.1': 'sg-1' }),
    [`ec2:DescribeSecurityGroups * ec2:Region=${region}`],
  ],
];

export const setUp: ServiceRows['setUp'] = ({ networks }) => {
  networks.set('SecurityGroups', [{ GroupId: 'sg-1' }]);
};
