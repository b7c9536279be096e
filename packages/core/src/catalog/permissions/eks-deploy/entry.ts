import { reference, source, vendor } from '../../../use-case/evidence.js';
import { list, place, scope, single, toggle } from '../../../use-case/option.js';
import { all, given, is, not } from '../../../use-case/predicate.js';
import { arn } from '../../../use-case/template.js';
import { defineUseCase, unscoped } from '../../../use-case/use-case.js';
import { ecrRepository } from '../../resources/ecr.js';
import { eksCluster } from '../../resources/eks.js';
import { iamRole } from '../../resources/iam.js';
import { vendors } from './vendor.js';

const updateKubeconfig = source('aws/aws-cli', '2.36.7', 'awscli/customizations/eks/update_kubeconfig.py');
const getToken = source('aws/aws-cli', '2.36.7', 'awscli/customizations/eks/get_token.py');
const commands = source('aws/aws-cli', '2.36.7', 'awscli/botocore/data/eks/2017-11-01/service-2.json');
const helm = source('helm/helm', 'v3.22.0', 'pkg/registry/client.go', 'Pull');
const guide = 'https://docs.aws.amazon.com/eks/latest/userguide';

export const eksDeploy = defineUseCase({
  id: 'eks-deploy',
  title: 'Deploy to EKS',
  summary:
    'Writes a kubeconfig for clusters of EKS, gets tokens for them, and pulls Helm charts from ECR, for kubectl and helm to deploy with.',
  excludes:
    'Does not create, change or upgrade clusters, node groups, add-ons and access entries, and pushes no images or charts; what the job may do in Kubernetes is no matter of IAM policies.',
  options: {
    clusters: list(eksCluster, 'Clusters the job deploys to; one in another region is named by its ARN.', {
      required: true,
      scoped: true,
      elsewhere: true,
    }),
    describeRole: single(
      iamRole,
      'The role with which the clusters are described (`update-kubeconfig --assume-role-arn`), instead of the job itself.',
      { anchors: ['partition'], elsewhere: true },
    ),
    tokenRole: single(
      iamRole,
      'The role that is in the kubeconfig (`--role-arn`): kubectl and helm act as it, and not as the job.',
      { anchors: ['partition'], elsewhere: true },
    ),
    listClusters: toggle('List the names of all clusters in the account and region with ListClusters.'),
    chartRepositories: list(
      ecrRepository,
      'ECR repositories whose charts or images the job pulls; one in another account or region is named by its ARN.',
      { elsewhere: true },
    ),
    scope,
    ...place,
  },
  notes: [
    {
      if: not(given('tokenRole')),
      say: 'in the cluster the job is the role that it runs as: it needs an access entry there (or a line in aws-auth), with an access policy for its namespaces alone; no IAM policy stands for that',
    },
    {
      if: given('tokenRole'),
      say: 'in the cluster the job is `tokenRole`, which needs the access entry; its trust policy must let the job assume it',
    },
    {
      if: given('describeRole'),
      say: 'the trust policy of `describeRole` must let the job assume it, and its own policy eks:DescribeCluster',
    },
    {
      say: '`aws eks get-token` asks for nothing but sts:GetCallerIdentity, which needs no permission; eks:AccessKubernetesApi is for the console, and kubectl does not use it',
    },
    {
      say: 'where the API server has no public address, a job outside of its network cannot reach it whatever its policies say: that looks like a refusal, and is none',
    },
    {
      if: given('chartRepositories'),
      say: 'where the job runs in another account than the repositories, their repository policies must allow it too; the images of the pods are pulled by the nodes, with permissions of their own',
    },
    {
      if: all(given('describeRole'), is('listClusters', true)),
      say: '`listClusters` is for the job itself, and not for `describeRole`',
    },
  ],
  widenings: [
    'DescribeCluster shows the address, the certificate, the network and the tags of a cluster as well as that it is there: no condition key tells one use from another.',
    'ListClusters has no resource type: who may call it sees the names of all clusters in the account and region.',
    'ecr:GetAuthorizationToken has no resource type: what its token may do is decided by the other statements.',
  ],
  escalation:
    'Who has these credentials can do in the cluster whatever the access entry of the job, or of `tokenRole`, lets them do: with AmazonEKSClusterAdminPolicy that is everything, also the roles of every pod that uses IRSA or Pod Identity. In AWS itself they only read where the clusters are, assume the named roles, and read the charts; they give themselves no access entry.',
  vendors,
  statements: [
    {
      sid: 'DescribeClusters',
      when: not(given('describeRole')),
      actions: {
        'eks:DescribeCluster': 'read the address and the certificate of the cluster, or wait until it is active',
      },
      resources: [arn('clusters')],
      evidence: [reference('eks'), updateKubeconfig, commands],
    },
    {
      sid: 'ListClusters',
      when: is('listClusters', true),
      actions: { 'eks:ListClusters': 'list the clusters there are' },
      resources: unscoped('the action has no resource type'),
      evidence: [reference('eks'), commands],
    },
    {
      sid: 'AssumeRoles',
      actions: { 'sts:AssumeRole': 'describe the clusters, or sign tokens for them, as another role' },
      resources: [arn('describeRole'), arn('tokenRole')],
      evidence: [reference('sts'), updateKubeconfig, getToken],
    },
    {
      sid: 'LogIn',
      when: given('chartRepositories'),
      actions: { 'ecr:GetAuthorizationToken': 'trade AWS credentials for a registry password' },
      resources: unscoped('the action has no resource type; what the token may do is decided by the other statements'),
      evidence: [reference('ecr'), vendor('EKS user guide, Helm', `${guide}/helm.html`), helm],
    },
    {
      sid: 'PullCharts',
      actions: {
        'ecr:BatchGetImage': 'read the manifest of a chart',
        'ecr:GetDownloadUrlForLayer': 'read the chart itself',
      },
      resources: [arn('chartRepositories')],
      evidence: [
        reference('ecr'),
        vendor(
          'ECR user guide, OCI artifacts',
          'https://docs.aws.amazon.com/AmazonECR/latest/userguide/ECR_on_EKS.html',
        ),
        helm,
      ],
    },
  ],
});
