import { dirname } from 'node:path';
import type { CellOptions, Step } from '../../scenario.js';
import { errorOf, StepFailure, type Outcome, type Stage } from '../../stage.js';
import { buildsImages, dockerOf, repositoryOf } from './docker.js';
import {
  addPast,
  age,
  bucketOf,
  expectStatus,
  functionOf,
  givenBucket,
  imageFunctions,
  isVersioned,
  oldest,
  prefixOf,
  reads,
  removes,
  serviceOf,
  stackKey,
  stackOf,
  stagesOf,
  writeService,
} from './project.js';

const step = (name: string, run: (stage: Stage) => Promise<void>): Step => ({ name, tool: 'serverless', run });

/** The same where it may push an image, which what stands in for docker does with crane. */
const building = (options: CellOptions, one: Step): Step =>
  buildsImages(options) ? { ...one, starts: ['crane'] } : one;

/** As users set it in CI; events are asked for more often than every five seconds, and what it compiles is kept for all runs. */
const envOf = ({ folder }: Stage) => ({
  CI: '1',
  SLS_SCHEMA_CACHE_BASE_DIR: dirname(folder),
  SLS_TELEMETRY_DISABLED: '1',
  SLS_NOTIFICATIONS_MODE: 'off',
  SLS_DISABLE_AUTO_UPDATE: '1',
  SLS_AWS_MONITORING_FREQUENCY: '20',
  NODE_NO_WARNINGS: '1',
});

/** @throws {StepFailure} where the command does not succeed, or does not say what it must */
async function serverless(
  stage: Stage,
  options: CellOptions,
  to: string,
  words: readonly string[],
  says = /(?:)/,
): Promise<void> {
  const place = ['--stage', to, '--region', options.region];
  const docker = buildsImages(options) ? dockerOf(stage) : {};
  const outcome = await stage.run('serverless', [...words, ...place], { env: { ...envOf(stage), ...docker.env } });
  if (outcome.code !== 0) throw new StepFailure(errorOf(outcome));
  if (!says.test(textOf(outcome))) throw new StepFailure(`Serverless does not say \`${says.source}\``);
}

const textOf = ({ stdout, stderr }: Outcome) => `${stdout}\n${stderr}`;

const keysIn = (stage: Stage, options: CellOptions, to: string) => [
  ...stage.sandbox.world.objects.buckets.get(bucketOf(options, to))!.objects.keys(),
];

/** A service; where the bucket is given and the stack is new, its change too, which asks for more. */
export function deploySteps(options: CellOptions, to: string): Step[] {
  const deploy = (version: string) => async (stage: Stage) => {
    addPast(stage.sandbox.world, options, to);
    writeService(stage, options, version);
    await serverless(stage, options, to, ['deploy'], /Service deployed to stack/);
    expectStatus(
      stage,
      options,
      stackOf(options, to),
      isNew && version === 'one' ? 'CREATE_COMPLETE' : 'UPDATE_COMPLETE',
    );
    if (keysIn(stage, options, to).some((key) => key.startsWith(oldest(options, to))))
      throw new StepFailure('packages of an old deployment are still there');
  };
  const isNew = givenBucket(options) !== undefined;
  return [
    building(options, step(`deploy a service to ${to}`, deploy('one'))),
    ...(isNew ? [building(options, step(`deploy a change to ${to}`, deploy('two')))] : []),
  ];
}

/** What is deployed again without a change; functions are looked at to see that nothing is to be done. */
const unchanged = (options: CellOptions, to: string): Step =>
  step(`deploy what has not changed to ${to}`, async (stage) => {
    age(stage, options, to);
    await serverless(stage, options, to, ['deploy'], /No changes to deploy/);
  });

/** One cell rolls back for all: it needs nothing that a deployment does not. */
export const rollsBack = (options: CellOptions) => options.name('deploymentPrefix') !== 'serverless';

const rollback = (options: CellOptions, to: string): Step =>
  step(`roll back ${to}`, async (stage) => {
    const start = `${prefixOf(options, to)}/`;
    const times = keysIn(stage, options, to).map((key) => key.slice(start.length).split('-')[0]!);
    await serverless(stage, options, to, ['rollback', '--timestamp', times.sort()[0]!], /rolled back/);
  });

function functionSteps(options: CellOptions, to: string): Step[] {
  return [
    step(`replace a function of ${to}`, async (stage) => {
      const replaced = stage.sandbox.world.functions.get(stackKey(options, functionOf(options, to)))!;
      const before = replaced.codeSha256;
      writeService(stage, options, 'three');
      await serverless(stage, options, to, ['deploy', 'function', '--function', 'hello'], /Function code deployed/);
      if (replaced.codeSha256 === before) throw new StepFailure('the function has its old code');
      if (!JSON.stringify(replaced.configuration).includes('three'))
        throw new StepFailure('the function has its old environment');
      const [layer] = options.names('layers');
      if (layer !== undefined && !JSON.stringify(replaced.configuration).includes(`:layer:${layer}:`))
        throw new StepFailure('the function has no layer');
    }),
    ...imageFunctions(options).map((name) => building(options, replaceImage(options, to, name))),
  ];
}

const replaceImage = (options: CellOptions, to: string, name: string): Step =>
  step(`replace the ${name} image of a function of ${to}`, async (stage) => {
    const replaced = stage.sandbox.world.functions.get(stackKey(options, `${serviceOf(options)}-${to}-${name}`))!;
    const before = replaced.codeSha256;
    writeService(stage, options, 'three');
    await serverless(stage, options, to, ['deploy', 'function', '--function', name], /Function code deployed/);
    if (replaced.codeSha256 === before) throw new StepFailure('the function has its old image');
  });

const remove = (options: CellOptions, to: string): Step =>
  step(`remove ${to}`, async (stage) => {
    await serverless(stage, options, to, ['remove'], /has been successfully removed/);
    expectStatus(stage, options, stackOf(options, to), undefined);
    const { account, region } = options;
    if (stage.sandbox.world.registry.find(account, region, repositoryOf(options, to)) !== undefined)
      throw new StepFailure('the repository is still there');
    const bucket = stage.sandbox.world.objects.buckets.get(bucketOf(options, to))!;
    if (bucket.objects.size > 0) throw new StepFailure('there is still something in the bucket');
    if (isVersioned(options) && [...bucket.versions.values()].some(({ object }) => object !== null))
      throw new StepFailure('there are still versions in the bucket');
  });

function readSteps(options: CellOptions, to: string): Step[] {
  const look = (words: readonly string[], says: RegExp) =>
    step(`${words.join(' ')} of ${to}`, (stage) => {
      writeService(stage, options, 'one');
      return serverless(stage, options, to, words, says);
    });
  return [look(['info'], /stack: /), look(['deploy', 'list'], /Timestamp: /)];
}

const listFunctions = (options: CellOptions, to: string): Step =>
  step(`list the functions of ${to}`, async (stage) => {
    writeService(stage, options, 'one');
    await serverless(stage, options, to, ['deploy', 'list', 'functions'], /versions: .*2/);
  });

/** A service that is not there: the stack is made with its bucket first, and then with all that it has. */
export const newSteps = (options: CellOptions): Step[] =>
  stagesOf(options).map((to) =>
    step(`deploy a new service to ${to}`, async (stage) => {
      writeService(stage, options, 'one');
      await serverless(stage, options, to, ['deploy'], /Service deployed to stack/);
      expectStatus(stage, options, stackOf(options, to), 'UPDATE_COMPLETE');
    }),
  );

/** A job with Serverless, stage by stage. */
export function steps(options: CellOptions): Step[] {
  return stagesOf(options).flatMap((to) => [
    ...(reads(options) ? readSteps(options, to) : deploySteps(options, to)),
    ...(options.is('skipUnchanged', true) ? [unchanged(options, to)] : []),
    ...(options.is('listFunctions', true) ? [listFunctions(options, to)] : []),
    ...(options.is('deployFunctions', true) ? functionSteps(options, to) : []),
    ...(rollsBack(options) ? [rollback(options, to)] : []),
    ...(removes(options) ? [remove(options, to)] : []),
  ]);
}
