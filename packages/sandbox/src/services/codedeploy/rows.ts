import { account, json, region, type Row, type ServiceRows } from '../row.js';

const codeDeploy = `arn:aws:codedeploy:${region}:${account}`;

export const rows: readonly Row[] = [
  [
    'GetApplication',
    json('GetApplication', { applicationName: 'web' }),
    [`codedeploy:GetApplication ${codeDeploy}:application:web`],
  ],
  [
    'RegisterApplicationRevision',
    json('RegisterApplicationRevision', { applicationName: 'web' }),
    [`codedeploy:RegisterApplicationRevision ${codeDeploy}:application:web`],
  ],
  [
    'GetDeploymentGroup',
    json('GetDeploymentGroup', { applicationName: 'web', deploymentGroupName: 'live' }),
    [`codedeploy:GetDeploymentGroup ${codeDeploy}:deploymentgroup:web/live`],
  ],
  [
    'GetDeploymentConfig',
    json('GetDeploymentConfig', { deploymentConfigName: 'slow' }),
    [`codedeploy:GetDeploymentConfig ${codeDeploy}:deploymentconfig:slow`],
  ],
  [
    'CreateDeployment',
    json('CreateDeployment', { applicationName: 'web', deploymentGroupName: 'live', revision: {} }),
    [
      `codedeploy:CreateDeployment ${codeDeploy}:deploymentgroup:web/live`,
      `codedeploy:GetDeploymentConfig ${codeDeploy}:deploymentconfig:CodeDeployDefault.ECSAllAtOnce`,
      `codedeploy:RegisterApplicationRevision ${codeDeploy}:application:web`,
    ],
  ],
  [
    'GetDeployment',
    json('GetDeployment', { deploymentId: 'd-1' }),
    [`codedeploy:GetDeployment ${codeDeploy}:deploymentgroup:web/live`],
  ],
  ['StopDeployment', json('StopDeployment', { deploymentId: 'd-1' }), ['codedeploy:StopDeployment *']],
];

export const setUp: ServiceRows['setUp'] = ({ deployments }) => {
  const config = 'CodeDeployDefault.ECSAllAtOnce';
  deployments.groups.set('web/live', { application: 'web', name: 'live', config, service: 'a/b' });
  deployments.deployments.set('d-1', { id: 'd-1', application: 'web', group: 'live', config: 'x' });
};
