import { belongs, defineDetection, flag, input, shows } from '../../../use-case/detection.js';

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
    shows('orb circleci/aws-eks/update-kubeconfig-with-authenticator', {
      options: { clusters: input('cluster-name'), region: input('aws-region') },
    }),
  ],
});
