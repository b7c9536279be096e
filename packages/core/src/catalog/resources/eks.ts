import type { ResourceForm } from '../../use-case/option.js';
import { itself } from '../../use-case/template.js';

/** @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html */
export const eksCluster: ResourceForm<'AWS::EKS::Cluster'> = {
  types: ['AWS::EKS::Cluster'],
  title: 'EKS cluster',
  example: 'production',
  pattern: '^[A-Za-z0-9][A-Za-z0-9_-]*$',
  wildcardPattern: '^[A-Za-z0-9_*?-]+$',
  says: 'letters, digits, `_` and `-`, with a letter or digit first',
  shortest: 1,
  longest: 100,
  refuse: [
    {
      pattern: '^cluster/([^:/]+)$',
      say: 'is the end of an ARN: write the name alone',
      here: '`$1`',
    },
    {
      pattern: '^https?://',
      say: 'is the address of an API server: write the name of the cluster, which `aws eks list-clusters` shows',
    },
    {
      pattern: '^[^@]+@([A-Za-z0-9_-]+)[.][a-z0-9-]+[.]eksctl[.]io$',
      say: 'is a context of eksctl: write the name of the cluster in it',
      here: '`$1`',
    },
    {
      pattern: '^([A-Za-z0-9_-]+)[.][a-z0-9-]+[.]eksctl[.]io$',
      say: 'is what eksctl calls a cluster in a kubeconfig: write its name alone',
      here: '`$1`',
    },
    {
      pattern: '^arn:[^:]*:ecs:',
      say: 'is a cluster of ECS, another service: name a cluster of EKS',
    },
  ],
  arn: { service: 'eks', regional: true, account: true, resource: ['cluster/', itself] },
};
