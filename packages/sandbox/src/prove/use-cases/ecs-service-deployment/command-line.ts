import type { CellOptions, Step } from '../../scenario.js';
import type { Stage } from '../../stage.js';
import {
  expectDeployed,
  expectDeregistered,
  expectRegistered,
  expectTask,
  familyOf,
  taskDefinition,
} from './definition.js';

function step(name: string, run: (stage: Stage) => Promise<void>): Step {
  return { name, tool: 'aws', run };
}

const aws = (stage: Stage, ...args: string[]) => stage.succeed('aws', args);

/** The AWS CLI itself. */
export function commandLineSteps(options: CellOptions): Step[] {
  const cluster = ['--cluster', options.name('cluster')!];
  const services = options.names('services');
  const family = familyOf(options);
  const registers = options.is('newTaskDefinition', true);
  const blueGreen = options.name('codeDeployApplication') !== undefined;
  return [
    ...(options.is('readTaskDefinition', true)
      ? [
          step('describe-task-definition', async (stage) => {
            await aws(stage, 'ecs', 'describe-task-definition', '--task-definition', family);
          }),
        ]
      : []),
    ...(blueGreen ? [deploy(options)] : []),
    ...(registers && !blueGreen
      ? [
          step('register-task-definition', async (stage) => {
            const file = stage.write('task-definition.json', JSON.stringify(taskDefinition(options)));
            await aws(stage, 'ecs', 'register-task-definition', '--cli-input-json', `file://${file}`);
            expectRegistered(stage, options);
          }),
        ]
      : []),
    ...(blueGreen ? [] : services).flatMap((service) => [
      step('update-service', async (stage) => {
        const what = registers ? ['--task-definition', family] : ['--force-new-deployment'];
        await aws(stage, 'ecs', 'update-service', ...cluster, '--service', service, ...what);
        expectDeployed(stage, options, service);
      }),
      step('wait services-stable', async (stage) => {
        await aws(stage, 'ecs', 'wait', 'services-stable', ...cluster, '--services', service);
      }),
    ]),
    ...(options.is('deregisterOld', true)
      ? [
          step('deregister-task-definition', async (stage) => {
            await aws(stage, 'ecs', 'deregister-task-definition', '--task-definition', `${family}:1`);
            expectDeregistered(stage, options);
          }),
        ]
      : []),
    ...(options.is('runTask', true) ? runTask(options, cluster) : []),
  ];
}

function deploy(options: CellOptions): Step {
  return step('deploy', async (stage) => {
    const definition = stage.write('task-definition.json', JSON.stringify(taskDefinition(options)));
    const specification = {
      version: 1,
      Resources: [
        {
          TargetService: {
            Type: 'AWS::ECS::Service',
            Properties: { TaskDefinition: 'filled in', LoadBalancerInfo: { ContainerName: 'app', ContainerPort: 80 } },
          },
        },
      ],
    };
    const [service] = options.names('services') as [string];
    await aws(
      stage,
      'ecs',
      'deploy',
      '--cluster',
      options.name('cluster')!,
      '--service',
      service,
      '--task-definition',
      definition,
      '--codedeploy-appspec',
      stage.write('appspec.json', JSON.stringify(specification)),
      '--codedeploy-application',
      options.name('codeDeployApplication')!,
      '--codedeploy-deployment-group',
      options.name('codeDeployDeploymentGroup')!,
    );
    expectRegistered(stage, options);
    expectDeployed(stage, options, service);
  });
}

function runTask(options: CellOptions, cluster: readonly string[]): Step[] {
  let task = '';
  const tagged = options.is('tagTask', true) ? ['--tags', 'key=team,value=web'] : [];
  return [
    step('run-task', async (stage) => {
      const query = ['--query', 'tasks[0].taskArn', '--output', 'text'];
      const family = familyOf(options);
      task = (await aws(stage, 'ecs', 'run-task', ...cluster, '--task-definition', family, ...tagged, ...query)).trim();
      expectTask(stage, options);
    }),
    step('wait tasks-stopped', async (stage) => {
      await aws(stage, 'ecs', 'wait', 'tasks-stopped', ...cluster, '--tasks', task);
    }),
  ];
}
