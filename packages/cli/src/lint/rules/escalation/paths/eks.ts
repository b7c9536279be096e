import type { EscalationPath } from '../path.js';

export const eksPaths: readonly EscalationPath[] = [
  {
    id: 'eks-access-entry',
    actions: ['eks:CreateAccessEntry', 'eks:AssociateAccessPolicy'],
    gives: 'makes itself administrator of a cluster, and takes the roles of its pods',
    source: { aws: 'https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html' },
  },
  {
    id: 'eks-nodegroup',
    actions: ['iam:PassRole', 'eks:CreateNodegroup'],
    service: 'eks.amazonaws.com',
    gives: 'starts nodes with a role',
    source: { aws: 'https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html' },
  },
  {
    id: 'eks-fargate-profile',
    actions: ['iam:PassRole', 'eks:CreateFargateProfile'],
    service: 'eks-fargate-pods.amazonaws.com',
    gives: 'runs pods with a role',
    source: { aws: 'https://docs.aws.amazon.com/eks/latest/userguide/pod-execution-role.html' },
  },
  {
    id: 'eks-pod-identity',
    actions: ['iam:PassRole', 'eks:CreatePodIdentityAssociation'],
    service: 'pods.eks.amazonaws.com',
    gives: 'gives pods a role',
    source: { aws: 'https://docs.aws.amazon.com/eks/latest/userguide/pod-id-association.html' },
  },
];
