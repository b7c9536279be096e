import { account, query, region, type Row, type ServiceRows } from '../row.js';

const balancer = `arn:aws:elasticloadbalancing:${region}:${account}:loadbalancer/app/web/1234567890abcdef`;

export const rows: readonly Row[] = [
  [
    'DescribeLoadBalancers',
    query('DescribeLoadBalancers', { 'LoadBalancerArns.member.1': balancer }),
    ['elasticloadbalancing:DescribeLoadBalancers *'],
  ],
  [
    'DescribeListeners',
    query('DescribeListeners', { LoadBalancerArn: balancer }),
    ['elasticloadbalancing:DescribeListeners *'],
  ],
  [
    'DescribeTags',
    query('DescribeTags', { 'ResourceArns.member.1': balancer }),
    ['elasticloadbalancing:DescribeTags *'],
  ],
];

export const setUp: ServiceRows['setUp'] = ({ loadBalancers }) => {
  loadBalancers.set(balancer, { tags: {}, about: { LoadBalancerArn: balancer, LoadBalancerName: 'web' } });
};
