import { defineRefused } from '../../cases.js';
import { carriesBoth, carriesMore, defineTokens } from '../../tokens.js';
import { eksIrsaTrust } from './entry.js';

const place = { account: '123456789012', region: 'eu-central-1' } as const;
const id = '77EB5A47B0401767B248833B97C15C45';
const runners = { clusterId: id, namespace: 'runners', serviceAccounts: ['deploy'], ...place } as const;
const issuer = `https://oidc.eks.eu-central-1.amazonaws.com/id/${id}`;

/** Every claim that EKS documents. */
const pod = {
  iss: issuer,
  aud: ['sts.amazonaws.com'],
  sub: 'system:serviceaccount:runners:deploy',
  'kubernetes.io': {
    namespace: 'runners',
    pod: { name: 'runner-0', uid: '0a1b2c3d-0000-4000-8000-000000000001' },
    serviceaccount: { name: 'deploy', uid: '0a1b2c3d-0000-4000-8000-000000000002' },
  },
  iat: 1_793_000_000,
  nbf: 1_793_000_000,
  exp: 1_793_086_400,
};

export const samples = defineTokens(eksIrsaTrust, [
  {
    name: 'default',
    options: runners,
    token: pod,
    honest: [{ why: 'a pod of the service account' }],
    hostile: [
      { change: { sub: 'system:serviceaccount:runners:default' }, why: 'another service account of the namespace' },
      { change: { sub: 'system:serviceaccount:runners:deploy-2' }, why: 'one whose name begins alike' },
      { change: { sub: 'system:serviceaccount:dev:deploy' }, why: 'the name in another namespace' },
      { change: { sub: 'system:serviceaccount:runners2:deploy' }, why: 'a namespace whose name begins alike' },
      { change: { sub: 'system:serviceaccount:kube-system:coredns' }, why: 'an account of the system' },
      { change: { sub: null }, why: 'no subject' },
      { change: { iss: issuer.replace(id, '395DF8F7C51F007019CB30201C49E884') }, why: 'another cluster' },
      { change: { iss: issuer.replace('eu-central-1', 'ap-south-1') }, why: 'an issuer of another region' },
      { change: { iss: `https://s3.eu-central-1.amazonaws.com/oidc-${id}` }, why: 'an issuer that somebody made' },
      { change: { aud: ['vault'] }, why: 'another audience' },
      { change: { aud: ['https://kubernetes.default.svc'] }, why: 'a token for the API server' },
      { change: { aud: null }, why: 'no audience' },
      ...carriesMore,
    ],
    alike: [{ change: { jti: 'other' }, why: 'another job under the service account' }],
  },
  {
    name: 'china',
    options: { ...runners, region: 'cn-north-1' },
    token: { ...pod, iss: `https://oidc.eks.cn-north-1.amazonaws.com.cn/id/${id}` },
    honest: [{ why: 'a pod of the service account' }],
    hostile: [
      { change: { iss: `https://oidc.eks.cn-north-1.amazonaws.com/id/${id}` }, why: 'the suffix of another partition' },
    ],
  },
  {
    name: 'given-provider',
    options: {
      namespace: 'runners',
      serviceAccounts: ['deploy', 'plan'],
      sessionTags: true,
      sourceIdentity: true,
      provider: `arn:aws:iam::123456789012:oidc-provider/${issuer.slice(8)}`,
    },
    token: { ...pod, sub: 'system:serviceaccount:runners:plan' },
    honest: [{ why: 'a pod of the second service account' }, ...carriesBoth],
    hostile: [{ change: { aud: ['vault'] }, why: 'another audience' }],
  },
  {
    name: 'provider-and-cluster',
    options: { ...runners, provider: `arn:aws:iam::123456789012:oidc-provider/${issuer.slice(8)}` },
    token: pod,
    honest: [{ why: 'a pod of the service account' }],
    hostile: [{ change: { sub: 'system:serviceaccount:runners:plan' }, why: 'another service account' }],
  },
]);

export const refused = defineRefused(eksIrsaTrust, [
  { name: 'every namespace', options: { ...runners, namespace: '*' }, says: /^namespace: .*wildcard/ },
  {
    name: 'every service account',
    options: { ...runners, serviceAccounts: ['*'] },
    says: /^serviceAccounts\[0\]: .*wildcard/,
  },
  {
    name: 'a whole subject',
    options: { ...runners, serviceAccounts: ['system:serviceaccount:runners:deploy'] },
    says: /^serviceAccounts\[0\]: .*here `deploy`$/,
  },
  {
    name: 'a namespace with its account',
    options: { ...runners, namespace: 'runners:deploy' },
    says: /^namespace: .*here `runners`$/,
  },
  {
    name: 'a whole issuer',
    options: { ...runners, clusterId: issuer },
    says: new RegExp(`^clusterId: .*here \`${id}\`$`),
  },
  {
    name: 'the ARN of the cluster',
    options: { ...runners, clusterId: 'arn:aws:eks:eu-central-1:123456789012:cluster/ci' },
    says: /^clusterId: .*is the ARN of the cluster/,
  },
  {
    name: 'no cluster',
    options: { namespace: 'runners', serviceAccounts: ['deploy'], ...place },
    says: /^clusterId: missing, and no `provider` is given/,
  },
  {
    name: 'a provider of another cluster',
    options: {
      ...runners,
      provider:
        'arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/395DF8F7C51F007019CB30201C49E884',
    },
    says: /^provider: .*is the provider of/,
  },
]);
