import { belongs, defineDetection, flag, input, mayShow, shows } from '../../../use-case/detection.js';

export const eksDeployDetection = defineDetection({
  signs: [
    shows('$ aws eks update-kubeconfig', {
      options: {
        clusters: flag('--name'),
        region: flag('--region'),
        describeRole: flag('--assume-role-arn'),
        tokenRole: flag('--role-arn'),
      },
    }),
    shows('$ aws eks get-token', {
      options: { clusters: flag(['--cluster-name', '--cluster-id']), tokenRole: flag('--role-arn') },
    }),
    belongs('$ aws eks describe-cluster', { options: { clusters: flag('--name'), region: flag('--region') } }),
    belongs('$ aws eks wait cluster-active', { options: { clusters: flag('--name') } }),
    belongs('$ aws eks list-clusters', { sets: { listClusters: true } }),
    mayShow('$ eksctl utils write-kubeconfig', { options: { clusters: flag(['--cluster', '--name']) } }),
    shows(['uses ianbelcher/eks-kubectl-action', 'uses bitovi/github-actions-deploy-eks-helm'], {
      options: { clusters: input(['cluster_name', 'cluster-name']), region: input(['aws_region', 'aws-region']) },
    }),
    // They take a kubeconfig that something else has written.
    belongs(['uses koslib/helm-eks-action', 'uses kodermax/kubectl-aws-eks']),
    shows(['pipe atlassian/aws-eks-kubectl-run', 'pipe atlassian/aws-eks-helm-deploy'], {
      options: { clusters: input('CLUSTER_NAME'), region: input('AWS_DEFAULT_REGION') },
    }),
    shows(
      [
        'orb circleci/aws-eks/update-kubeconfig-with-authenticator',
        'orb circleci/aws-eks/update-container-image',
        'orb circleci/aws-eks/install-helm-chart',
      ],
      { options: { clusters: input('cluster-name'), region: input('aws-region') } },
    ),
  ],
});
