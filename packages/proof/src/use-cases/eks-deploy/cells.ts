import type { ProofPlan } from '../../scenario.js';

const place = { account: '123456789012', region: 'eu-west-1' };
const base = { clusters: ['production'], ...place };
const charts = { chartRepositories: ['charts/web'] };

/** Each thing by itself and all together; what is elsewhere, and another partition. */
export const cells: ProofPlan['cells'] = [
  { name: 'clusters', options: base },
  { name: 'list', options: { ...base, listClusters: true } },
  { name: 'token role', options: { ...base, tokenRole: 'ci/deployer' } },
  { name: 'describe role', options: { ...base, describeRole: 'eks-reader' } },
  { name: 'both roles', options: { ...base, describeRole: 'eks-reader', tokenRole: 'ci/deployer' } },
  { name: 'charts', options: { ...base, ...charts } },
  {
    name: 'elsewhere',
    options: {
      ...base,
      clusters: ['production', 'arn:aws:eks:us-east-1:123456789012:cluster/production-2'],
      tokenRole: 'arn:aws:iam::210987654321:role/deployer',
      chartRepositories: ['arn:aws:ecr:us-east-1:210987654321:repository/charts/shared'],
    },
  },
  { name: 'pattern', options: { ...base, clusters: ['preview-*'], scope: 'pattern' } },
  { name: 'account', options: { scope: 'account', ...place } },
  { name: 'another partition', options: { ...base, ...charts, tokenRole: 'deployer', region: 'cn-north-1' } },
];
