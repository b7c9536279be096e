import { defineRefused } from '../../cases.js';
import { defineTokens } from '../../tokens.js';
import { eksPodIdentityTrust } from './entry.js';

const place = { account: '123456789012', region: 'eu-west-1' } as const;
const ci = 'arn:aws:eks:eu-west-1:123456789012:cluster/ci';
const runners = { clusters: ['ci'], namespace: 'runners', serviceAccounts: ['deploy'], ...place } as const;

/** Every tag that EKS sets. */
const pod = {
  principal: { Service: 'pods.eks.amazonaws.com' },
  actions: ['sts:AssumeRole', 'sts:TagSession'],
  context: {
    'aws:SourceAccount': '123456789012',
    'aws:SourceArn': ci,
    'aws:RequestTag/eks-cluster-arn': ci,
    'aws:RequestTag/eks-cluster-name': 'ci',
    'aws:RequestTag/kubernetes-namespace': 'runners',
    'aws:RequestTag/kubernetes-service-account': 'deploy',
    'aws:RequestTag/kubernetes-pod-name': 'runner-0',
    'aws:RequestTag/kubernetes-pod-uid': '0a1b2c3d-0000-4000-8000-000000000001',
  },
} as const;

export const samples = defineTokens(eksPodIdentityTrust, [
  {
    name: 'default',
    options: runners,
    token: pod,
    honest: [{ why: 'a pod of the service account' }],
    hostile: [
      { change: { 'aws:RequestTag/kubernetes-service-account': 'default' }, why: 'another service account' },
      { change: { 'aws:RequestTag/kubernetes-service-account': 'deploy-2' }, why: 'one whose name begins alike' },
      { change: { 'aws:RequestTag/kubernetes-service-account': null }, why: 'an association without session tags' },
      { change: { 'aws:RequestTag/kubernetes-namespace': 'dev' }, why: 'the name in another namespace' },
      { change: { 'aws:SourceArn': ci.replace('cluster/ci', 'cluster/lab') }, why: 'another cluster' },
      { change: { 'aws:SourceArn': ci.replace('123456789012', '999999999999') }, why: 'a cluster of another account' },
      { change: { 'aws:SourceAccount': '999999999999' }, why: 'EKS, asked by another account' },
      { principal: { Service: 'eks.amazonaws.com' }, why: 'another service' },
    ],
    alike: [
      { change: { 'aws:RequestTag/kubernetes-pod-name': 'other' }, why: 'another job under the service account' },
    ],
  },
  {
    name: 'namespace',
    options: { clusters: ['ci'], namespace: 'runners', ...place },
    token: pod,
    honest: [
      { why: 'a pod of the namespace' },
      { change: { 'aws:RequestTag/kubernetes-service-account': 'plan' }, why: 'of another service account' },
    ],
    hostile: [
      { change: { 'aws:RequestTag/kubernetes-namespace': 'runners2' }, why: 'a namespace whose name begins alike' },
    ],
  },
]);

export const refused = defineRefused(eksPodIdentityTrust, [
  { name: 'every cluster', options: { ...runners, clusters: ['*'] }, says: /^clusters\[0\]: .*wildcard/ },
  { name: 'every namespace', options: { ...runners, namespace: '*' }, says: /^namespace: .*wildcard/ },
  {
    name: 'a cluster in another region',
    options: { ...runners, clusters: [ci.replace('eu-west-1', 'us-east-1')] },
    says: /^clusters\[0\]: .*make them agree$/,
  },
  {
    name: 'a whole subject',
    options: { ...runners, serviceAccounts: ['system:serviceaccount:runners:deploy'] },
    says: /^serviceAccounts\[0\]: .*here `deploy`$/,
  },
  { name: 'no namespace', options: { clusters: ['ci'], ...place }, says: /^namespace: missing/ },
]);
