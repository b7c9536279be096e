import type { CellOptions, Step } from '../../scenario.js';
import { StepFailure, type Stage } from '../../stage.js';
import { hostOf, login, passwordOf, placesOf } from '../ecr-image-pull/repositories.js';
import { version } from './chart.js';

type CommandLine = 'aws' | 'aws-1';

/** The one role of an option, by its ARN wherever it is. */
export function roleArn(options: CellOptions, option: string): string | undefined {
  return options.arns(option, `arn:${options.partition}:iam::${options.account}:role/`)[0];
}

/** Clusters with the region of each. */
export function clustersOf(options: CellOptions): { name: string; region: string }[] {
  const own = `arn:${options.partition}:eks:${options.region}:${options.account}:cluster/`;
  const arns = options.arns('clusters', own);
  if (arns.length === 0) return options.names('clusters').map((name) => ({ name, region: options.region }));
  return arns.map((arn) => ({ name: arn.split('cluster/')[1]!, region: arn.split(':')[3]! }));
}

/** The kubeconfig is written for each cluster, and the token that kubectl and helm get with it is asked for. */
export function kubeconfigSteps(tool: CommandLine, options: CellOptions): Step[] {
  const describeRole = roleArn(options, 'describeRole');
  const tokenRole = roleArn(options, 'tokenRole');
  const step = (name: string, run: (stage: Stage) => Promise<void>): Step => ({ name, tool, run });
  return [
    ...(options.is('listClusters', true)
      ? [
          step('list-clusters', async (stage) => {
            await stage.succeed(tool, ['eks', 'list-clusters']);
          }),
        ]
      : []),
    ...clustersOf(options).flatMap(({ name, region }) => [
      step('update-kubeconfig', async (stage) => {
        const as = [
          ...(describeRole === undefined ? [] : ['--assume-role-arn', describeRole]),
          ...(tokenRole === undefined ? [] : ['--role-arn', tokenRole]),
        ];
        const file = ['--kubeconfig', `${stage.folder}/kubeconfig`];
        await stage.succeed(tool, ['eks', 'update-kubeconfig', '--name', name, '--region', region, ...file, ...as]);
      }),
      ...(describeRole === undefined
        ? [
            step('wait cluster-active', async (stage) => {
              await stage.succeed(tool, ['eks', 'wait', 'cluster-active', '--name', name, '--region', region]);
            }),
          ]
        : []),
      step('get-token', async (stage) => {
        const as = tokenRole === undefined ? [] : ['--role-arn', tokenRole];
        const words = ['eks', 'get-token', '--cluster-name', name, '--region', region, ...as];
        if (!(await stage.succeed(tool, words)).includes('k8s-aws-v1.')) throw new StepFailure('there is no token');
      }),
    ]),
  ];
}

/** Helm logs in to the registry of each repository and pulls a chart from it. */
export function chartSteps(options: CellOptions): Step[] {
  return [
    login,
    ...placesOf(options, 'chartRepositories').map(
      (place): Step => ({
        name: 'helm pull',
        tool: 'helm',
        run: async (stage) => {
          const host = hostOf(stage.sandbox, place);
          const credentials = ['--username', 'AWS', '--password', passwordOf(stage)];
          await stage.succeed('helm', ['pull', `oci://${host}/${place.name}`, '--version', version, ...credentials]);
        },
      }),
    ),
  ];
}
