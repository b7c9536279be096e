import { defineRefused, defineSamples } from '../../cases.js';
import { eksDeploy } from './entry.js';

const place = { account: '123456789012', region: 'eu-west-1' } as const;
const cluster = 'arn:aws:eks:eu-west-1:123456789012:cluster/production';
const role = 'arn:aws:iam::123456789012:role';
const chart = 'arn:aws:ecr:eu-west-1:123456789012:repository/charts/web';
const base = { clusters: ['production'], ...place } as const;

export const samples = defineSamples(eksDeploy, [
  {
    name: 'default',
    options: base,
    allows: [{ actions: ['eks:DescribeCluster'], resource: cluster, why: 'aws eks update-kubeconfig' }],
    denies: [
      { actions: ['eks:DescribeCluster'], resource: `${cluster}-2`, why: 'a cluster whose name begins alike' },
      {
        actions: ['eks:DescribeCluster'],
        resource: 'arn:aws:eks:us-east-1:123456789012:cluster/production',
        why: 'the same name in another region',
      },
      {
        actions: ['eks:DescribeCluster'],
        resource: 'arn:aws:eks:eu-west-1:999999999999:cluster/production',
        why: 'the same name in another account',
      },
      { actions: ['eks:ListClusters'], resource: '*', why: 'update-kubeconfig lists nothing' },
      {
        actions: [
          'eks:CreateAccessEntry',
          'eks:UpdateClusterConfig',
          'eks:UpdateClusterVersion',
          'eks:AccessKubernetesApi',
          'eks:DeleteCluster',
        ],
        resource: cluster,
        why: 'it makes itself no administrator, and changes no cluster',
      },
      {
        actions: ['eks:AssociateAccessPolicy'],
        resource: 'arn:aws:eks:eu-west-1:123456789012:access-entry/production/role/123456789012/ci/0',
        why: 'the access entry of the job stays as it is',
      },
      { actions: ['sts:AssumeRole'], resource: `${role}/deployer`, why: 'no role is named' },
      { actions: ['ecr:GetAuthorizationToken'], resource: '*', why: 'no chart is pulled' },
      { actions: ['ecr:BatchGetImage'], resource: chart, why: 'no chart is pulled' },
    ],
  },
  {
    name: 'token-role',
    options: { ...base, tokenRole: 'ci/deployer', listClusters: true },
    allows: [
      { actions: ['eks:DescribeCluster'], resource: cluster, why: 'the job itself describes it' },
      { actions: ['sts:AssumeRole'], resource: `${role}/ci/deployer`, why: 'aws eks get-token --role-arn' },
      { actions: ['eks:ListClusters'], resource: '*', why: 'aws eks list-clusters' },
    ],
    denies: [
      { actions: ['sts:AssumeRole'], resource: `${role}/ci/deployer-admin`, why: 'another role' },
      {
        actions: ['sts:AssumeRole'],
        resource: 'arn:aws:iam::999999999999:role/ci/deployer',
        why: 'a role of another account',
      },
      { actions: ['sts:TagSession'], resource: `${role}/ci/deployer`, why: 'sessions carry no tags' },
      { actions: ['eks:DescribeClusterVersions'], resource: '*', why: 'clusters alone are listed' },
    ],
  },
  {
    name: 'describe-role',
    options: {
      ...base,
      describeRole: 'arn:aws:iam::210987654321:role/eks-reader',
      tokenRole: 'arn:aws:iam::210987654321:role/deployer',
    },
    allows: [
      {
        actions: ['sts:AssumeRole'],
        resource: 'arn:aws:iam::210987654321:role/eks-reader',
        why: 'update-kubeconfig --assume-role-arn',
      },
      { actions: ['sts:AssumeRole'], resource: 'arn:aws:iam::210987654321:role/deployer', why: 'get-token --role-arn' },
    ],
    denies: [
      { actions: ['eks:DescribeCluster'], resource: cluster, why: 'the role describes it, not the job' },
      { actions: ['sts:AssumeRole'], resource: `${role}/eks-reader`, why: 'a role of the same name in this account' },
    ],
  },
  {
    name: 'charts',
    options: {
      ...base,
      chartRepositories: ['charts/web', 'arn:aws:ecr:us-east-1:210987654321:repository/charts/shared'],
    },
    allows: [
      { actions: ['ecr:GetAuthorizationToken'], resource: '*', why: 'helm registry login' },
      {
        actions: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
        resource: chart,
        why: 'helm pull oci://',
      },
      {
        actions: ['ecr:BatchGetImage'],
        resource: 'arn:aws:ecr:us-east-1:210987654321:repository/charts/shared',
        why: 'a chart elsewhere',
      },
    ],
    denies: [
      {
        actions: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
        resource: `${chart}-old`,
        why: 'a repository whose name begins alike',
      },
      {
        actions: ['ecr:PutImage', 'ecr:InitiateLayerUpload', 'ecr:ListImages'],
        resource: chart,
        why: 'the chart is only read',
      },
      { actions: ['ecr:DescribeRegistry'], resource: '*', why: 'nothing is asked of the registry itself' },
    ],
  },
  {
    name: 'pattern',
    options: { ...base, clusters: ['preview-*'], scope: 'pattern' },
    allows: [
      {
        actions: ['eks:DescribeCluster'],
        resource: 'arn:aws:eks:eu-west-1:123456789012:cluster/preview-42',
        why: 'inside the pattern',
      },
    ],
    denies: [{ actions: ['eks:DescribeCluster'], resource: cluster, why: 'outside the pattern' }],
  },
]);

export const refused = defineRefused(eksDeploy, [
  {
    name: 'the address of an API server',
    options: { ...base, clusters: ['https://0123456789ABCDEF.gr7.eu-west-1.eks.amazonaws.com'] },
    says: /is the address of an API server: write the name of the cluster/,
  },
  {
    name: 'a context of eksctl',
    options: { ...base, clusters: ['ci@production.eu-west-1.eksctl.io'] },
    says: 'clusters[0]: `ci@production.eu-west-1.eksctl.io` is a context of eksctl: write the name of the cluster in it, here `production`',
  },
  {
    name: 'the end of an ARN',
    options: { ...base, clusters: ['cluster/production'] },
    says: 'clusters[0]: `cluster/production` is the end of an ARN: write the name alone, here `production`',
  },
  {
    name: 'a session instead of a role',
    options: { ...base, tokenRole: 'arn:aws:sts::123456789012:assumed-role/deployer/ci' },
    says: /is the ARN of a session/,
  },
  {
    name: 'a cluster of ECS',
    options: { ...base, clusters: ['arn:aws:ecs:eu-west-1:123456789012:cluster/production'] },
    says: /is a cluster of ECS/,
  },
  {
    name: 'what eksctl calls a cluster',
    options: { ...base, clusters: ['production.eu-west-1.eksctl.io'] },
    says: /^clusters\[0\]: .* is what eksctl calls a cluster in a kubeconfig: write its name alone, here `production`$/,
  },
]);
