import { reference, vendor } from '../../../use-case/evidence.js';
import { list, place, single, type ResourceForm } from '../../../use-case/option.js';
import { given } from '../../../use-case/predicate.js';
import { arn, itself, text } from '../../../use-case/template.js';
import { defineTrust } from '../../../use-case/trust.js';
import { namespaceForm, serviceAccountForm } from '../../principals/kubernetes.js';
import { confusedDeputy, service, sourceAccount, sourceArn } from '../../principals/service.js';

/** @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html */
const cluster: ResourceForm<'AWS::EKS::Cluster'> = {
  types: ['AWS::EKS::Cluster'],
  title: 'EKS cluster',
  example: 'ci',
  pattern: '^[A-Za-z0-9][A-Za-z0-9_-]*$',
  says: 'letters, digits, `-` and `_`',
  shortest: 1,
  longest: 100,
  arn: { service: 'eks', regional: true, account: true, resource: ['cluster/', itself] },
};

export const eksPodIdentityTrust = defineTrust({
  id: 'eks-pod-identity',
  title: 'Pods with EKS Pod Identity',
  summary: 'Lets EKS take the role for pods of single service accounts of these clusters.',
  excludes: 'Lets in no other cluster, namespace or service account.',
  options: {
    clusters: list(cluster, 'The clusters whose pods have the role.', { required: true }),
    namespace: single(namespaceForm, 'The namespace of the service accounts.', { required: true }),
    serviceAccounts: list(serviceAccountForm, 'The service accounts; every one of the namespace otherwise.'),
    ...place,
  },
  notes: [
    {
      say: 'the association of the service account with the role is made in EKS besides, and its session tags must not be switched off',
    },
    {
      say: 'every pod gets in that may run under the service account, so everybody who may create pods in the namespace: keep runners of a CI system apart',
    },
  ],
  widenings: ['EKS names the service account and neither job nor person: every job that runs under it has the role.'],
  statements: [
    {
      sid: 'AssumeFromEksPods',
      principal: service('pods.eks.amazonaws.com', 'EKS Pod Identity'),
      actions: {
        'sts:AssumeRole': 'give a pod the credentials of the role',
        'sts:TagSession': 'say which cluster, namespace and service account the pod is of',
      },
      conditions: [
        sourceAccount('clusters'),
        sourceArn([arn('clusters')], 'only for these clusters'),
        {
          operator: 'StringEquals',
          key: 'aws:RequestTag/kubernetes-namespace',
          values: [text('namespace')],
          reason: 'only pods of this namespace',
        },
        {
          operator: 'StringEquals',
          key: 'aws:RequestTag/kubernetes-service-account',
          when: given('serviceAccounts'),
          values: [text('serviceAccounts')],
          reason: 'only pods of these service accounts',
        },
      ],
      evidence: [
        reference('sts'),
        confusedDeputy,
        vendor('EKS user guide, Pod Identity', 'https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html'),
      ],
    },
  ],
});
