import { randomBytes } from 'node:crypto';
import { ServiceError, type Call, type Check, type Operation, type Rule } from '../../server/call.js';
import type { DeploymentGroup } from './state.js';
import { arnOf } from '../../world/world.js';
import { unsupported } from '../unsupported.js';
import { defineService } from '../define.js';
import { described } from './described.js';
import model from './model.json' with { type: 'json' };

const reference = 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscodedeploy.html';
const creation = 'https://github.com/aws-actions/amazon-ecs-deploy-task-definition README, CodeDeploy permissions';

function arn(call: Call, resource: string): string {
  return arnOf(call.world, 'codedeploy', call.region, call.principal.account, resource);
}

const application = (call: Call) => String(call.input['applicationName'] ?? '');
const group = (call: Call) => String(call.input['deploymentGroupName'] ?? '');
const groupArn = (call: Call, of: { application: string; name: string }) =>
  arn(call, `deploymentgroup:${of.application}/${of.name}`);

function findGroup(call: Call): DeploymentGroup | undefined {
  const { groups } = call.world.deployments;
  const id = `${application(call)}/${group(call)}`;
  const found = groups.get(id);
  if (found !== undefined || !call.world.assumeExisting) return found;
  const made: DeploymentGroup = {
    application: application(call),
    name: group(call),
    config: 'CodeDeployDefault.ECSAllAtOnce',
    service: deployedBy(call),
  };
  groups.set(id, made);
  call.world.assumed.set(
    `the deployment group \`${id}\` is taken to deploy with \`${made.config}\`: \`aws deploy get-deployment-group --application-name ${made.application} --deployment-group-name ${made.name}\` names its configuration`,
    `deploymentconfig:${made.config}`,
  );
  return made;
}

/**
 * The service of a group that nobody has described: the one that the names of `aws ecs deploy` spell, else the one that was
 * looked at last, as a client does before it deploys.
 */
function deployedBy(call: Call): string {
  const known = [...call.world.containers.services.values()];
  const named = known.find(({ cluster, name }) => application(call) === `AppECS-${cluster}-${name}`);
  const { cluster, name } = named ?? known.at(-1) ?? { cluster: 'default', name: 'service' };
  return `${cluster}/${name}`;
}

const onGroup = (name: string): Rule => ({
  source: reference,
  checks: (call) => [
    { action: `codedeploy:${name}`, resource: groupArn(call, { application: application(call), name: group(call) }) },
  ],
});

const onApplication = (name: string): Rule => ({
  source: reference,
  checks: (call) => [{ action: `codedeploy:${name}`, resource: arn(call, `application:${application(call)}`) }],
});

const rules: Readonly<Record<string, Rule>> = {
  GetApplication: onApplication('GetApplication'),
  RegisterApplicationRevision: onApplication('RegisterApplicationRevision'),
  GetDeploymentGroup: onGroup('GetDeploymentGroup'),
  GetDeploymentConfig: {
    source: reference,
    checks: (call) => [
      {
        action: 'codedeploy:GetDeploymentConfig',
        resource: arn(call, `deploymentconfig:${String(call.input['deploymentConfigName'] ?? '')}`),
      },
    ],
  },
  CreateDeployment: {
    source: `${reference}; the configuration and the revision it carries are checked too: ${creation}`,
    checks: (call) => {
      const named = call.input['deploymentConfigName'];
      const config = typeof named === 'string' ? named : (findGroup(call)?.config ?? 'CodeDeployDefault.ECSAllAtOnce');
      const revision: Check[] =
        call.input['revision'] === undefined
          ? []
          : [
              {
                action: 'codedeploy:RegisterApplicationRevision',
                resource: arn(call, `application:${application(call)}`),
              },
            ];
      return [
        {
          action: 'codedeploy:CreateDeployment',
          resource: groupArn(call, { application: application(call), name: group(call) }),
        },
        { action: 'codedeploy:GetDeploymentConfig', resource: arn(call, `deploymentconfig:${config}`) },
        ...revision,
      ];
    },
  },
  GetDeployment: {
    source: reference,
    checks: (call) => {
      const found = call.world.deployments.deployments.get(String(call.input['deploymentId'] ?? ''));
      const resource = groupArn(call, { application: found?.application ?? '*', name: found?.group ?? '*' });
      return [{ action: 'codedeploy:GetDeployment', resource }];
    },
  },
  StopDeployment: {
    source: `${reference}: no resource type`,
    checks: () => [{ action: 'codedeploy:StopDeployment', resource: '*' }],
  },
};

function requireGroup(call: Call): DeploymentGroup {
  const found = findGroup(call);
  if (found === undefined)
    throw new ServiceError(
      'DeploymentGroupDoesNotExistException',
      `No Deployment Group found for name: ${group(call)}`,
    );
  return found;
}

function requireDeployment(call: Call) {
  const found = call.world.deployments.deployments.get(String(call.input['deploymentId'] ?? ''));
  if (found === undefined)
    throw new ServiceError('DeploymentDoesNotExistException', 'The deployment could not be found');
  return found;
}

const operations: Readonly<Record<string, Operation>> = {
  GetApplication: (call) => {
    const known = [...call.world.deployments.groups.values()].some((one) => one.application === application(call));
    if (!known && !call.world.assumeExisting)
      throw new ServiceError('ApplicationDoesNotExistException', `No application found for name: ${application(call)}`);
    return {
      application: { applicationName: application(call), applicationId: 'sandbox', computePlatform: 'ECS' },
    };
  },
  RegisterApplicationRevision: unsupported,
  GetDeploymentGroup: (call) => {
    const found = requireGroup(call);
    const [clusterName, serviceName] = found.service.split('/');
    return {
      deploymentGroupInfo: {
        applicationName: found.application,
        deploymentGroupName: found.name,
        deploymentConfigName: found.config,
        computePlatform: 'ECS',
        ecsServices: [{ clusterName, serviceName }],
        blueGreenDeploymentConfiguration: {
          deploymentReadyOption: { actionOnTimeout: 'CONTINUE_DEPLOYMENT', waitTimeInMinutes: 0 },
          terminateBlueInstancesOnDeploymentSuccess: { action: 'TERMINATE', terminationWaitTimeInMinutes: 0 },
        },
      },
    };
  },
  GetDeploymentConfig: (call) => ({
    deploymentConfigInfo: { deploymentConfigName: call.input['deploymentConfigName'], computePlatform: 'ECS' },
  }),
  CreateDeployment: (call) => {
    const found = requireGroup(call);
    const id = `d-${randomBytes(5).toString('hex').toUpperCase()}`;
    call.world.deployments.deployments.set(id, {
      id,
      application: found.application,
      group: found.name,
      config: found.config,
    });
    const service = call.world.containers.services.get(found.service);
    const content = (call.input['revision'] as { appSpecContent?: { content?: string } } | undefined)?.appSpecContent
      ?.content;
    const definition = /task-definition\/([A-Za-z0-9_-]+:[0-9]+)/.exec(content ?? '')?.[1];
    if (service !== undefined && definition !== undefined) {
      service.taskDefinition = definition;
      service.deployments += 1;
    }
    return { deploymentId: id };
  },
  GetDeployment: (call) => {
    const found = requireDeployment(call);
    return {
      deploymentInfo: {
        deploymentId: found.id,
        applicationName: found.application,
        deploymentGroupName: found.group,
        deploymentConfigName: found.config,
        status: 'Succeeded',
        computePlatform: 'ECS',
      },
    };
  },
  StopDeployment: (call) => {
    requireDeployment(call);
    return { status: 'Succeeded' };
  },
};

export const codedeploy = defineService({
  name: 'codedeploy',
  model,
  rules,
  operations,
  described,
});
