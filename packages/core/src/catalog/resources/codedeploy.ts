import type { ResourceForm, TextForm } from '../../use-case/option.js';
import { itself, text } from '../../use-case/template.js';

/** @see https://docs.aws.amazon.com/codedeploy/latest/userguide/limits.html */
const codeDeployName: Omit<TextForm, 'title' | 'example'> = {
  pattern: '^[A-Za-z0-9+=,.@_-]+$',
  says: 'letters, digits and `+=,.@_-`',
  shortest: 1,
  longest: 100,
};

export const codeDeployApplication: ResourceForm<'AWS::CodeDeploy::Application'> = {
  types: ['AWS::CodeDeploy::Application'],
  ...codeDeployName,
  title: 'CodeDeploy application',
  example: 'AppECS-production-web',
  refuse: [
    {
      pattern: '^application[:/]([^:/]+)$',
      say: 'is the end of an ARN: write the name alone',
      here: '`$1`',
    },
    {
      pattern: '^(?:arn:[^:]*:codedeploy:[^:]*:[^:]*:deploymentgroup:)?([^:/]+)/([^:/]+)$',
      say: 'is a deployment group: write its application here, and the group as `codeDeployDeploymentGroup`',
      here: '`$1` and `$2`',
    },
  ],
  arn: { service: 'codedeploy', regional: true, account: true, resource: ['application:', itself] },
};

/** A deployment group of the application that the option `codeDeployApplication` names. */
export const codeDeployDeploymentGroup: ResourceForm<'AWS::CodeDeploy::DeploymentGroup'> = {
  types: ['AWS::CodeDeploy::DeploymentGroup'],
  ...codeDeployName,
  title: 'CodeDeploy deployment group',
  example: 'DgpECS-production-web',
  refuse: [
    {
      pattern: '^(?:deploymentgroup:)?([^:/]+)/([^:/]+)$',
      say: 'is an application and a group: write the group alone, and the application as `codeDeployApplication`',
      here: '`$2` and `$1`',
    },
  ],
  arn: {
    service: 'codedeploy',
    regional: true,
    account: true,
    resource: ['deploymentgroup:', text('codeDeployApplication'), '/', itself],
  },
};

export const codeDeployDeploymentConfig: ResourceForm<'AWS::CodeDeploy::DeploymentConfig'> = {
  types: ['AWS::CodeDeploy::DeploymentConfig'],
  ...codeDeployName,
  title: 'CodeDeploy deployment configuration',
  example: 'CodeDeployDefault.ECSAllAtOnce',
  refuse: [
    {
      pattern: '^deploymentconfig[:/]([^:/]+)$',
      say: 'is the end of an ARN: write the name alone',
      here: '`$1`',
    },
  ],
  arn: { service: 'codedeploy', regional: true, account: true, resource: ['deploymentconfig:', itself] },
};
