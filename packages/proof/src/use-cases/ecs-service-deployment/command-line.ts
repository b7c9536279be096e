import type { CellOptions, Step } from '../../scenario.js';
import type { Stage } from '../../stage.js';
import {
  expectDeployed,
  expectDeregistered,
  expectRegistered,
  expectTask,
  familyOf,
  taskDefinition,
  taskIn,
  volumes,
} from './definition.js';

/** The AWS CLI of Debian, version 2, and the current version 1, which knows options that came later. */
export type CommandLine = 'aws' | 'aws-1';

/** The AWS CLI itself. */
export function commandLineSteps(tool: CommandLine, options: CellOptions): Step[] {
  const step = (name: string, run: (stage: Stage) => Promise<void>): Step => ({ name, tool, run });
  const aws = (stage: Stage, ...args: string[]) => stage.succeed(tool, args);
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
    ...(blueGreen ? [deploy(tool, options)] : []),
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
        const what = registers ? ['--task-definition', family, ...volumesOf(options)] : ['--force-new-deployment'];
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
    ...(options.is('runTask', true) ? runTaskSteps(tool, options, cluster) : []),
  ];
}

function deploy(tool: CommandLine, options: CellOptions): Step {
  const run = async (stage: Stage) => {
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
    await stage.succeed(tool, [
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
    ]);
    expectRegistered(stage, options);
    expectDeployed(stage, options, service);
  };
  return { name: 'deploy', tool, run };
}

/** A task is run, and waited for. */
export function runTaskSteps(tool: CommandLine, options: CellOptions, cluster: readonly string[]): Step[] {
  const tagged = options.is('tagTask', true) ? ['--tags', 'key=team,value=web'] : [];
  return [
    {
      name: 'run-task',
      tool,
      run: async (stage) => {
        const more = [...tagged, ...volumesOf(options)];
        await stage.succeed(tool, ['ecs', 'run-task', ...cluster, '--task-definition', familyOf(options), ...more]);
        expectTask(stage, options);
      },
    },
    {
      name: 'wait tasks-stopped',
      tool,
      run: async (stage) => {
        const task = taskIn(stage);
        await stage.succeed(tool, ['ecs', 'wait', 'tasks-stopped', ...cluster, '--tasks', task]);
      },
    },
  ];
}

const volumesOf = (options: CellOptions) => {
  const given = volumes(options);
  return given === undefined ? [] : ['--volume-configurations', JSON.stringify(given)];
};
