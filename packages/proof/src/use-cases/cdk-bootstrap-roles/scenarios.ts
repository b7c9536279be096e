import { populate } from '@postern/sandbox';
import { cdk, runCdk } from '../../cdk.js';
import {
  imageTag,
  writeAssembly,
  writeLookingApp,
  type AssemblySettings,
  type ContextLookup,
} from '../../cdk-assembly.js';
import type { CellOptions, Step } from '../../scenario.js';
import { errorOf, StepFailure, type Outcome, type Stage } from '../../stage.js';
import { dockerOf } from './docker.js';
import { appOf, bucketOf, domain, isRole, privateZones, repositoryOf } from './environment.js';
import { balancerLookups, imageLookup, networkLookups } from './networks.js';

const step = (name: string, run: (stage: Stage) => Promise<void>): Step => ({ name, tool: 'cdk', run });

function stackIn({ sandbox: { world } }: Stage, { account, region }: CellOptions, name: string) {
  return world.stacks.get(`${account}/${region}/${name}`);
}

function expectStatus(stage: Stage, options: CellOptions, { stack }: AssemblySettings, status: string): void {
  const found = stackIn(stage, options, stack)?.status;
  if (found !== status) throw new StepFailure(`the stack ${stack} is ${found}, not ${status}`);
}

const deploy = (name: string, options: CellOptions, app: AssemblySettings, status: string, method: string): Step =>
  step(name, async (stage) => {
    const command = ['deploy', '--require-approval', 'never', `--method=${method}`];
    await cdk(stage, command, writeAssembly(stage, app));
    expectStatus(stage, options, app, status);
    if (stackIn(stage, options, app.stack)?.protection !== (app.terminationProtection ?? false))
      throw new StepFailure('the termination protection is not as the app says');
  });

const destroy = (options: CellOptions): Step =>
  step('destroy', async (stage) => {
    const app = appOf(options, 1);
    await cdk(stage, ['destroy', '--force'], writeAssembly(stage, app));
    if (stackIn(stage, options, app.stack) !== undefined) throw new StepFailure('the stack is still there');
  });

/** A stack that is left failed, as CloudFormation leaves it with `--no-rollback`. */
const rollBack = (options: CellOptions, status: string): Step =>
  step(`roll back a stack that is ${status}`, async (stage) => {
    const app = appOf(options, 1);
    await populate(stage.sandbox.world, { stacks: [{ name: app.stack, status }] });
    await cdk(stage, ['rollback'], writeAssembly(stage, app));
    expectStatus(stage, options, app, 'UPDATE_ROLLBACK_COMPLETE');
  });

function deploySteps(options: CellOptions): Step[] {
  const [first = 'app', second = first] = options.names('stacks');
  const byChangeSet = options.is('method', 'change-set', 'both');
  const directly = options.is('method', 'direct', 'both');
  const protects = options.is('terminationProtection', true);
  const app = (stack: string, revision: number) => ({
    ...appOf(options, revision, stack),
    terminationProtection: protects && revision === 2,
  });
  if (options.is('rollback', true))
    return [
      deploy('deploy a new stack', options, app(first, 1), 'CREATE_COMPLETE', 'change-set'),
      deploy('deploy a change', options, app(first, 2), 'UPDATE_COMPLETE', 'change-set'),
      rollBack(options, 'UPDATE_FAILED'),
      rollBack(options, 'UPDATE_ROLLBACK_FAILED'),
    ];
  return [
    ...(byChangeSet
      ? [
          deploy('deploy a new stack', options, app(first, 1), 'CREATE_COMPLETE', 'change-set'),
          deploy('deploy a change', options, app(first, 2), 'UPDATE_COMPLETE', 'change-set'),
        ]
      : []),
    ...(directly
      ? [
          deploy('deploy a new stack directly', options, app(second, 1), 'CREATE_COMPLETE', 'direct'),
          deploy('deploy a change directly', options, app(second, 2), 'UPDATE_COMPLETE', 'direct'),
        ]
      : []),
    ...(options.is('destroy', true) ? [destroy(options)] : []),
  ];
}

/** More than five megabytes are uploaded in parts. */
const large = 6 * 1024 * 1024;

/** What cdk-assets says of the asset that failed, without what differs from run to run: who runs it, and what docker says. */
function failureIn(outcome: Outcome): string {
  const [, said] = /fail: ([^\n]*)/.exec(`${outcome.stderr}\n${outcome.stdout}`) ?? [];
  if (said === undefined) return errorOf(outcome);
  const [refused = said] = /^.*?no identity-based policy allows the \S+ action/.exec(said) ?? [];
  const timeless = refused.replace(/\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d/g, '...');
  return timeless.replace(/\/cdk-assets-[^ ]+/, '/cdk-assets').replace(/^\S*\/(?=docker )/, '');
}

/** cdk-assets knows no proxy, and takes an endpoint. */
const publish = (name: string, options: CellOptions, app: AssemblySettings, check: (stage: Stage) => void): Step => ({
  name,
  tool: 'cdk-assets',
  ...(app.image === true ? { starts: ['crane'] as const } : {}),
  run: async (stage) => {
    const assembly = writeAssembly(stage, app);
    const docker = app.image === true ? dockerOf(stage, options) : {};
    const outcome = await stage.run('cdk-assets', ['publish', '--path', `${assembly}/${app.stack}.assets.json`], {
      env: { ...docker.env, AWS_ENDPOINT_URL: stage.sandbox.endpoint, NODE_NO_WARNINGS: '1' },
    });
    if (outcome.code !== 0) throw new StepFailure(failureIn(outcome));
    check(stage);
  },
});

function fileSteps(options: CellOptions): Step[] {
  const isKeyed = options.name('kmsKey') !== undefined;
  const files = isKeyed ? { 'large.zip': Buffer.alloc(large, 'asset') } : {};
  return [
    publish('publish files', options, { ...appOf(options, 1), files }, (stage) => {
      const { size } = stage.sandbox.world.objects.buckets.get(bucketOf(options))!.objects;
      if (size !== (isKeyed ? 2 : 1)) throw new StepFailure(`${size} files were published`);
    }),
  ];
}

function imageSteps(options: CellOptions): Step[] {
  return [
    publish('publish an image', options, appOf(options, 1), (stage) => {
      const { account, region } = options;
      const found = stage.sandbox.world.registry.find(account, region, repositoryOf(options));
      if (found?.tags.has(imageTag) !== true) throw new StepFailure('no image was published');
    }),
  ];
}

/** The public zone of the domain, and each private one by its VPC. */
const zoneLookups = (options: CellOptions): ContextLookup[] => [
  { provider: 'hosted-zone', props: { domainName: domain } },
  ...privateZones(options).map(
    ({ vpc }): ContextLookup => ({
      provider: 'hosted-zone',
      props: { domainName: domain, privateZone: true, vpcId: vpc },
    }),
  ),
];

/** Compares templates, after looking up what the app asks for. */
function lookupSteps(options: CellOptions): Step[] {
  const lookups: ContextLookup[] = [
    ...options.names('parameters').map(
      (parameterName): ContextLookup => ({
        provider: 'ssm',
        props: { parameterName: `/${parameterName.replace(/^\//, '')}` },
      }),
    ),
    ...(options.is('lookUpKeys', true)
      ? [{ provider: 'key-provider', props: { aliasName: 'alias/app' } } as const]
      : []),
    ...(options.is('lookUpHostedZones', true) ? zoneLookups(options) : []),
    ...(options.is('lookUpNetworks', true) ? networkLookups : []),
    ...(options.is('lookUpImages', true) ? [imageLookup] : []),
    ...(options.is('lookUpLoadBalancers', true) ? balancerLookups : []),
  ];
  return [
    step('compare templates', async (stage) => {
      const app = appOf(options, 2);
      const assembly = writeAssembly(stage, app, 'assembly');
      const command = lookups.length === 0 ? assembly : writeLookingApp(stage, app, lookups, assembly);
      const outcome = await runCdk(stage, ['diff', '--method=template', '-v'], command);
      if (outcome.code !== 0) throw new StepFailure(errorOf(outcome));
      if (!/Number of stacks with differences: 1/.test(outcome.stdout + outcome.stderr))
        throw new StepFailure('no difference was found');
    }),
  ];
}

export function steps(options: CellOptions): Step[] {
  if (isRole(options, 'deploy')) return deploySteps(options);
  if (isRole(options, 'file-publishing')) return fileSteps(options);
  return isRole(options, 'image-publishing') ? imageSteps(options) : lookupSteps(options);
}
