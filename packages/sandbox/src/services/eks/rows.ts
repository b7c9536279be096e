import { account, region, rest, type Row, type ServiceRows } from '../row.js';

export const rows: readonly Row[] = [
  [
    'DescribeCluster',
    rest('GET', '/clusters/production'),
    [`eks:DescribeCluster arn:aws:eks:${region}:${account}:cluster/production`],
  ],
  ['ListClusters', rest('GET', '/clusters'), ['eks:ListClusters *']],
];

export const setUp: ServiceRows['setUp'] = ({ kubernetesClusters }) => {
  kubernetesClusters.add('production');
};
