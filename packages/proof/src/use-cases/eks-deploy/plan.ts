import { eksDeploy } from '@postern/core';
import type { CellOptions, HostileRequest, ProofPlan } from '../../scenario.js';
import { neighbours } from '../ecr-image-pull/repositories.js';
import { cells } from './cells.js';
import { prepare } from './chart.js';
import { chartSteps, clustersOf, kubeconfigSteps, roleArn } from './steps.js';

const given = (options: CellOptions, option: string) => options.name(option) !== undefined;
const resource = 'resource';

const first = (options: CellOptions) => clustersOf(options)[0]!.name;
const describe = (
  which: string,
  scopes: readonly string[],
  name: (options: CellOptions) => string,
  place: { readonly region?: string } = {},
): HostileRequest => ({
  name: `describe ${which}`,
  sid: 'DescribeClusters',
  fence: resource,
  applies: (options) => options.is('scope', ...scopes),
  prepare,
  send: (call, options) => call('EKS', 'DescribeCluster', { name: name(options) }, place),
});

const assume = (which: string, change: (arn: string, options: CellOptions) => string): HostileRequest => ({
  name: `assume ${which}`,
  sid: 'AssumeRoles',
  fence: resource,
  send: (call, options) => {
    const own = roleArn(options, 'tokenRole') ?? roleArn(options, 'describeRole')!;
    return call('STS', 'AssumeRole', { RoleArn: change(own, options), RoleSessionName: 'EKSGetTokenAuth' });
  },
});

const everywhere = ['exact', 'pattern', 'account'];
const imageIds = [{ imageTag: '1.2.3' }];
const layerDigest = `sha256:${'0'.repeat(64)}`;
const charts = (what: string, operation: string, input: object) =>
  neighbours('PullCharts', what, operation, input, 'chartRepositories');

export const eksDeployProof: ProofPlan = {
  useCase: eksDeploy,
  cells,
  scenarios: [
    {
      name: 'aws-cli',
      title: 'the AWS CLI lists clusters, writes a kubeconfig, waits and gets tokens',
      applies: (options) => !given(options, 'describeRole'),
      prepare,
      steps: (options) => kubeconfigSteps('aws', options),
    },
    {
      name: 'aws-cli 1',
      title: 'the current AWS CLI, version 1, does the same, and describes clusters as another role',
      applies: (options) => given(options, 'describeRole') || given(options, 'tokenRole'),
      prepare,
      steps: (options) => kubeconfigSteps('aws-1', options),
    },
    {
      name: 'helm',
      title: 'Helm pulls charts from ECR, after the AWS CLI has got the password',
      applies: (options) => given(options, 'chartRepositories'),
      prepare,
      steps: chartSteps,
    },
  ],
  hostile: [
    describe('another cluster', ['exact', 'pattern'], () => 'other'),
    describe('a cluster whose name only begins alike', ['exact'], (options) => `${first(options)}-old`),
    describe('the cluster of the same name in another region', everywhere, first, { region: 'us-west-2' }),
    assume('another role', (_own, { partition, account }) => `arn:${partition}:iam::${account}:role/admin`),
    assume('a role whose name only begins alike', (own) => `${own}-admin`),
    assume('the role of the same name in another account', (own) => own.replace(/:[0-9]{12}:/, ':999999999999:')),
    ...charts('read the manifest', 'BatchGetImage', { imageIds }),
    ...charts('read the chart', 'GetDownloadUrlForLayer', { layerDigest }),
  ],
  unshown: [],
};
