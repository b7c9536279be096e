import type { CellOptions, Step } from '../../src/scenario.js';
import { StepFailure, type Stage } from '../../src/stage.js';
import {
  definitionsIn,
  expectDeployed,
  expectDeregistered,
  expectRegistered,
  expectTask,
  familyOf,
  taskDefinition,
  tags,
  volumes,
} from '../../src/use-cases/ecs-service-deployment/definition.js';

/** Where the calls of each client were read. */
const sources = {
  'aws-actions': 'aws-actions/amazon-ecs-deploy-task-definition at c465972: index.js, run',
  'ecs-deploy': 'silinternational/ecs-deploy at 2025-08-29: ecs-deploy',
  fabfuel: 'fabfuel/ecs-deploy at 2025-03-26: ecs_deploy/ecs.py',
} as const;

/** A client whose calls are made here with the AWS SDK. */
export type ReplayedSource = keyof typeof sources;

type ServiceAnswer = Record<string, unknown>;

/** The calls of one client, as steps. */
class Replay {
  constructor(
    readonly client: ReplayedSource,
    readonly options: CellOptions,
  ) {}

  step(name: string, run: (stage: Stage) => Promise<void>): Step {
    return { name, tool: 'replay', source: sources[this.client], run };
  }

  get cluster(): string {
    return this.options.name('cluster')!;
  }

  readonly family = () => familyOf(this.options);

  describeServices(name = 'read the service'): Step[] {
    const services = this.options.names('services');
    if (services.length === 0) return [];
    return [
      this.step(name, async (stage) => {
        const answer = await stage.call('ECS', 'DescribeServices', { cluster: this.cluster, services });
        if ((answer['services'] as unknown[]).length !== services.length) throw new StepFailure('a service is missing');
      }),
    ];
  }

  readDefinition(): Step {
    return this.step('read the task definition', async (stage) => {
      await stage.call('ECS', 'DescribeTaskDefinition', { taskDefinition: this.family(), include: ['TAGS'] });
    });
  }

  register(): Step {
    return this.step('register a revision', async (stage) => {
      await stage.call('ECS', 'RegisterTaskDefinition', taskDefinition(this.options));
      expectRegistered(stage, this.options);
    });
  }

  updateServices(): Step[] {
    const registers = this.options.is('newTaskDefinition', true);
    return this.options.names('services').map((service) =>
      this.step('update the service', async (stage) => {
        const what = registers ? { taskDefinition: this.family() } : { forceNewDeployment: true };
        const volumeConfigurations = volumes(this.options);
        const input = {
          cluster: this.cluster,
          service,
          ...what,
          ...(volumeConfigurations && { volumeConfigurations }),
        };
        await stage.call('ECS', 'UpdateService', input);
        expectDeployed(stage, this.options, service);
      }),
    );
  }

  watchTasks(): Step[] {
    return this.options.names('services').map((serviceName) =>
      this.step('watch the tasks', async (stage) => {
        const { taskArns } = await stage.call('ECS', 'ListTasks', { cluster: this.cluster, serviceName });
        const { tasks } = await stage.call('ECS', 'DescribeTasks', { cluster: this.cluster, tasks: taskArns });
        if (!(tasks as ServiceAnswer[]).every(({ lastStatus }) => lastStatus === 'RUNNING'))
          throw new StepFailure('a task does not run');
      }),
    );
  }

  deregister({ lists = false } = {}): Step {
    return this.step('deregister the old revision', async (stage) => {
      if (lists) {
        const { taskDefinitionArns } = await stage.call('ECS', 'ListTaskDefinitions', { familyPrefix: this.family() });
        if ((taskDefinitionArns as unknown[]).length < 2) throw new StepFailure('the old revision is not listed');
      }
      const [old] = definitionsIn(stage, this.options);
      await stage.call('ECS', 'DeregisterTaskDefinition', { taskDefinition: `${old!.family}:${old!.revision}` });
      expectDeregistered(stage, this.options);
    });
  }

  runTask(): Step[] {
    let task = '';
    return [
      this.step('run a task', async (stage) => {
        const volumeConfigurations = volumes(this.options);
        const answer = await stage.call('ECS', 'RunTask', {
          cluster: this.cluster,
          taskDefinition: this.family(),
          ...(this.options.is('tagTask', true) ? { tags } : {}),
          ...(volumeConfigurations && { volumeConfigurations }),
        });
        task = String((answer['tasks'] as ServiceAnswer[])[0]!['taskArn']);
        expectTask(stage, this.options);
      }),
      this.step('wait for the task', async (stage) => {
        const { tasks } = await stage.call('ECS', 'DescribeTasks', { cluster: this.cluster, tasks: [task] });
        if ((tasks as ServiceAnswer[])[0]?.['lastStatus'] !== 'STOPPED')
          throw new StepFailure('the task does not stop');
      }),
    ];
  }

  /** A deployment carries its AppSpec, in which the new revision is named. */
  deployBlueGreen(): Step[] {
    const applicationName = this.options.name('codeDeployApplication')!;
    const deploymentGroupName = this.options.name('codeDeployDeploymentGroup')!;
    const config = this.options.name('codeDeployDeploymentConfig');
    let deploymentId = '';
    return [
      this.step('read the deployment group', async (stage) => {
        await stage.call('CodeDeploy', 'GetDeploymentGroup', { applicationName, deploymentGroupName });
      }),
      this.step('create the deployment', async (stage) => {
        const newest = definitionsIn(stage, this.options).at(-1)!;
        const arn = `arn:${this.options.partition}:ecs:${this.options.region}:${this.options.account}:task-definition/${newest.family}:${newest.revision}`;
        const content = JSON.stringify({ Resources: [{ TargetService: { Properties: { TaskDefinition: arn } } }] });
        const answer = await stage.call('CodeDeploy', 'CreateDeployment', {
          applicationName,
          deploymentGroupName,
          ...(config === undefined ? {} : { deploymentConfigName: config }),
          revision: { revisionType: 'AppSpecContent', appSpecContent: { content } },
        });
        deploymentId = String(answer['deploymentId']);
        for (const service of this.options.names('services')) expectDeployed(stage, this.options, service);
      }),
      this.step('wait for the deployment', async (stage) => {
        const { deploymentInfo } = await stage.call('CodeDeploy', 'GetDeployment', { deploymentId });
        if ((deploymentInfo as ServiceAnswer)['status'] !== 'Succeeded')
          throw new StepFailure('the deployment did not succeed');
      }),
    ];
  }
}

/** The calls a client makes, in its order. */
export function replaySteps(client: ReplayedSource, options: CellOptions): Step[] {
  const replay = new Replay(client, options);
  const runs = options.is('runTask', true) ? replay.runTask() : [];
  const services = options.names('services');
  switch (client) {
    case 'aws-actions':
      return [
        ...(options.is('readTaskDefinition', true) ? [replay.readDefinition()] : []),
        replay.register(),
        ...runs,
        ...replay.describeServices(),
        ...(options.name('codeDeployApplication') === undefined
          ? [...replay.updateServices(), ...replay.describeServices('wait until the service is stable')]
          : replay.deployBlueGreen()),
        ...(options.is('deregisterOld', true) ? [replay.deregister()] : []),
      ];
    case 'ecs-deploy':
      if (options.is('newTaskDefinition', false))
        return [...replay.updateServices(), ...replay.describeServices('check the deployments'), ...runs];
      return [
        ...replay.describeServices(),
        replay.readDefinition(),
        replay.register(),
        ...replay.updateServices(),
        ...replay.watchTasks(),
        ...(options.is('deregisterOld', true) ? [replay.deregister({ lists: true })] : []),
        ...replay.describeServices('check the deployments'),
        ...runs,
      ];
    case 'fabfuel': {
      const deregisters =
        options.is('deregisterOld', true) || (services.length > 0 && !options.is('deregisterOld', false));
      return [
        ...replay.describeServices(),
        replay.readDefinition(),
        replay.register(),
        ...replay.updateServices(),
        ...replay.describeServices('wait until the service is stable'),
        ...replay.watchTasks(),
        ...(deregisters ? [replay.deregister()] : []),
        ...runs,
      ];
    }
  }
}
