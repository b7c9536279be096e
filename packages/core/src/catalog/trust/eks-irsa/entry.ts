import { reference, vendor } from '../../../use-case/evidence.js';
import { list, place, single, type TextForm } from '../../../use-case/option.js';
import { all, given, not, when } from '../../../use-case/predicate.js';
import { dnsSuffix, region, template, text } from '../../../use-case/template.js';
import { defineTrust } from '../../../use-case/trust.js';
import { namespaceForm, serviceAccountForm } from '../../principals/kubernetes.js';
import { assumeWithToken, audienceForm, audienceTest, federated, webIdentity } from '../../principals/web-identity.js';

const clusterForm: TextForm = {
  title: 'id of the OIDC issuer of a cluster',
  example: '77EB5A47B0401767B248833B97C15C45',
  pattern: '^[0-9A-F]{32}$',
  says: '32 hexadecimal digits in capitals, the end of what `aws eks describe-cluster --query cluster.identity.oidc.issuer` shows',
  shortest: 32,
  longest: 32,
  refuse: [
    {
      pattern: '^(?:https://)?oidc\\.eks\\..*/id/([0-9A-F]{32})/?$',
      say: 'is a whole issuer: write its last part alone',
      here: '`$1`',
    },
    {
      pattern: '^arn:[^:]*:eks:',
      say: 'is the ARN of the cluster, which its issuer does not hold: write the id of the issuer',
    },
  ],
};

export const eksIrsaTrust = defineTrust({
  id: 'eks-irsa',
  title: 'Service accounts of an EKS cluster',
  summary: 'Lets pods of single service accounts in, by the OIDC issuer of their cluster (IRSA).',
  excludes: 'Lets in no other service account, namespace or cluster.',
  options: {
    clusterId: single(clusterForm, 'The last part of the issuer of the cluster.'),
    namespace: single(namespaceForm, 'The namespace of the service accounts.', { required: true }),
    serviceAccounts: list(serviceAccountForm, 'The service accounts.', { required: true }),
    audience: single(audienceForm, 'What the tokens are for, as the webhook of EKS asks for it.', {
      default: 'sts.amazonaws.com',
    }),
    sessionTags: webIdentity.sessionTags,
    sourceIdentity: webIdentity.sourceIdentity,
    provider: webIdentity.provider,
    ...place,
  },
  refuse: [
    {
      path: 'clusterId',
      if: all(not(given('clusterId')), not(given('provider'))),
      say: 'missing, and no `provider` is given',
    },
  ],
  notes: [
    {
      say: 'every pod gets in that may run under the service account, so everybody who may create pods in the namespace: keep runners of a CI system apart, one service account for each kind of job',
    },
  ],
  widenings: [
    'The token names the service account and neither pod nor job: every job that runs under it has the role.',
    'A cluster that is deleted takes its issuer along: the id of another is never the same.',
  ],
  issuer: [
    when(given('clusterId'), template`oidc.eks.${region}.${dnsSuffix}/id/${text('clusterId')}`),
    when(all(not(given('clusterId')), given('provider')), template`${text('provider')}`),
  ],
  ownClaims: {
    language: 'sh',
    code: `cut -d. -f2 "$AWS_WEB_IDENTITY_TOKEN_FILE" | tr '_-' '/+' | base64 -d 2>/dev/null || true`,
    say: 'In a pod of the service account; the second part alone is printed, without the signature, so that nobody can use it.',
  },
  statements: [
    {
      sid: 'AssumeFromEksServiceAccount',
      principal: federated,
      actions: assumeWithToken,
      conditions: [
        audienceTest,
        {
          operator: 'StringEquals',
          key: 'ISSUER:sub',
          values: [template`system:serviceaccount:${text('namespace')}:${text('serviceAccounts')}`],
          reason: 'only pods of these service accounts',
        },
      ],
      evidence: [
        reference('sts'),
        vendor(
          'EKS user guide, IAM roles for service accounts',
          'https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html',
        ),
      ],
    },
  ],
});
