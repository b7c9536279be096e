import { setTimeout as wait } from 'node:timers/promises';
import type { CellOptions, Step } from '../../scenario.js';
import { errorOf, StepFailure, type RunSettings, type Stage } from '../../stage.js';
import {
  companionOf,
  deletes,
  deploys,
  failed,
  hasCompanion,
  hasImages,
  imageFunctions,
  imageUri,
  isWhole,
  keyArn,
  managedStack,
  optedIn,
  prefixOf,
  resolves,
  roleArn,
  syncs,
  syncsImages,
  templateOf,
  type Revision,
} from './app.js';
import { codeFile, dockerfile, withDocker } from './docker.js';

const quiet = { SAM_CLI_TELEMETRY: '0', SAM_CLI_POLL_DELAY: '0.1', NO_COLOR: '1' };
/** Where no daemon is: each command has the same variables, so that the client is loaded once for all of them. */
const noDocker = { DOCKER_HOST: 'tcp://127.0.0.1:1' };
const template = 'template.yaml';

/** Runs the SAM CLI, with a daemon beside it where there are images. */
async function run(stage: Stage, options: CellOptions, words: readonly string[], more: RunSettings = {}) {
  const call = ({ env }: RunSettings) =>
    stage.run('sam', [...words, '--region', options.region], { ...more, env: { ...quiet, ...more.env, ...env } });
  return hasImages(options) ? withDocker(stage, call) : call({ env: noDocker });
}

async function succeed(stage: Stage, options: CellOptions, words: readonly string[]): Promise<string> {
  const outcome = await run(stage, options, words);
  if (outcome.code !== 0) throw new StepFailure(errorOf(outcome));
  return outcome.stdout;
}

const stackIn = ({ sandbox: { world } }: Stage, { account, region }: CellOptions, name: string) =>
  world.stacks.get(`${account}/${region}/${name}`);

const revisionOf = ({ sandbox: { world } }: Stage, { account, region }: CellOptions, name = '') =>
  world.functions.get(`${account}/${region}/${name}`)?.revision;

/** @throws {StepFailure} where the stack is not in this state */
function expectStatus(stage: Stage, options: CellOptions, name: string, status: string | undefined): void {
  const found = stackIn(stage, options, name)?.status;
  if (found !== status) throw new StepFailure(`${name} is ${found ?? 'not there'}`);
}

/** Where a stack that SAM makes itself is refused what is in it, SAM says no more than that it failed: its state is looked at first. */
function expectOwnMade(stage: Stage, options: CellOptions, stack: string): void {
  for (const name of [managedStack, companionOf(stack)]) {
    const status = stackIn(stage, options, name)?.status;
    if (status?.includes('ROLLBACK') === true) throw new StepFailure(`${name} is ${status}`);
  }
}

/** The SAM CLI names a change set by the second: one that is made in the second of another that was left would have its name. */
async function waitForName(stage: Stage, options: CellOptions, stack: string): Promise<void> {
  const left = [...(stackIn(stage, options, stack)?.changeSets.values() ?? [])].filter(({ executed }) => !executed);
  const newest = Math.max(0, ...left.map(({ created }) => created.getTime()));
  await wait(Math.max(0, (Math.floor(newest / 1000) + 1) * 1000 - Date.now()));
}

/** Where the artifacts go. */
const places = (options: CellOptions): string[] => {
  const bucket = options.name('bucket');
  const prefix = prefixOf(options);
  const key = keyArn(options);
  return [
    ...(bucket === undefined || resolves(options) ? [] : ['--s3-bucket', bucket]),
    ...(prefix === undefined ? [] : ['--s3-prefix', prefix]),
    ...(key === undefined ? [] : ['--kms-key-id', key]),
  ];
};

function repositories({ sandbox: { world } }: Stage, options: CellOptions, images: readonly string[]): string[] {
  if (images.length === 0) return [];
  if (hasCompanion(options)) return ['--resolve-image-repos'];
  const uris = options.names('repositories').map((name) => imageUri(options, world, name));
  return uris.length === 1
    ? ['--image-repository', uris[0]!]
    : images.flatMap((name, index) => ['--image-repositories', `${name}=${uris[index] ?? uris[0]!}`]);
}

function writeApp(stage: Stage, options: CellOptions, revision: Revision, code = revision.version): string {
  stage.write(codeFile, `export const handler = () => '${code}';\n`);
  if (syncsImages(options)) stage.write(dockerfile, `FROM scratch\nCOPY ${codeFile} /\n`);
  return stage.write(template, templateOf(options, revision));
}

const withRole = (options: CellOptions) => {
  const role = roleArn(options);
  return role === undefined ? [] : ['--role-arn', role];
};

function deployWords(stage: Stage, options: CellOptions, stack: string, revision: Revision): string[] {
  writeApp(stage, options, revision);
  return [
    ...['deploy', '--template-file', template, '--stack-name', stack, '--no-progressbar'],
    ...['--capabilities', 'CAPABILITY_IAM', 'CAPABILITY_AUTO_EXPAND', '--no-fail-on-empty-changeset'],
    ...withRole(options),
    ...(resolves(options) ? ['--resolve-s3'] : []),
    ...places(options),
    ...repositories(stage, options, revision.images ?? []),
    ...(hasCompanion(options) && revision.images?.length === 0 ? ['--resolve-image-repos'] : []),
    ...(options.is('stackTags', true) ? ['--tags', 'team=web'] : []),
    ...(deploys(options) ? [] : ['--no-execute-changeset']),
  ];
}

const step = (name: string, options: CellOptions, work: (stage: Stage) => Promise<unknown>): Step => ({
  name,
  tool: 'sam',
  ...(hasImages(options) ? { starts: ['crane'] as const } : {}),
  run: async (stage) => void (await work(stage)),
});

const deploy = (what: string, options: CellOptions, stack: string, revision: Revision, status: string): Step =>
  step(`deploy ${what}`, options, async (stage) => {
    await waitForName(stage, options, stack);
    const outcome = await run(stage, options, deployWords(stage, options, stack, revision));
    expectOwnMade(stage, options, stack);
    if (outcome.code !== 0) throw new StepFailure(errorOf(outcome));
    if (deploys(options)) expectStatus(stage, options, stack, status);
  });

/** A stack whose first deployment fails, and one whose update fails, as CloudFormation would say of them. */
const fail = (options: CellOptions, stack: string, version: string, status: string): Step =>
  step(`deploy what ends ${status}`, options, async (stage) => {
    await waitForName(stage, options, stack);
    const words = [...deployWords(stage, options, stack, { version }), '--on-failure', 'DELETE'];
    const running = run(stage, options, words, { env: { SAM_CLI_POLL_DELAY: '1' } });
    let ended = false;
    void running.finally(() => (ended = true));
    const before = stackIn(stage, options, stack)?.events.length ?? 1;
    while (!ended) {
      const found = stackIn(stage, options, stack);
      if (found !== undefined && found.events.length > before && /^(?:CREATE|UPDATE)_COMPLETE$/.test(found.status)) {
        found.status = status;
        found.events.push({ status, time: new Date(Date.now() + 1) });
        break;
      }
      await wait(10);
    }
    const outcome = await running;
    const said = errorOf(outcome);
    if (/not authorized/.test(`${outcome.stdout}${outcome.stderr}`)) throw new StepFailure(said);
    expectStatus(stage, options, stack, status === 'CREATE_FAILED' ? undefined : 'UPDATE_ROLLBACK_COMPLETE');
  });

const remove = (options: CellOptions, stack: string): Step =>
  step('delete the stack', options, async (stage) => {
    await succeed(stage, options, ['delete', '--no-prompts', '--stack-name', stack]);
    expectStatus(stage, options, stack, undefined);
    expectStatus(stage, options, companionOf(stack), undefined);
  });

/** Syncs a new stack, a change of it, and then code, or an image, that alone has changed. */
function syncSteps(options: CellOptions, stack: string): Step[] {
  const [code] = options.names('functions');
  const [first] = imageFunctions;
  const images = syncsImages(options) ? [first] : [];
  const sync = (stage: Stage, version: string, source = version) => {
    const file = writeApp(stage, options, { version, images }, source);
    stage.write(
      '.aws-sam/metadata.json',
      JSON.stringify({ lastVersionCheck: Date.now() / 1000, accelerateOptInStacks: [optedIn(file, stack)] }),
    );
    return succeed(stage, options, [
      ...['sync', '--template-file', template, '--stack-name', stack, '--no-dependency-layer', '--no-express'],
      ...withRole(options),
      ...places(options),
      ...repositories(stage, options, images),
    ]);
  };
  return [
    step('sync a new stack', options, async (stage) => {
      await sync(stage, 'new');
      expectStatus(stage, options, stack, 'CREATE_COMPLETE');
    }),
    step('sync a change of the stack', options, async (stage) => {
      await sync(stage, 'newer');
      expectStatus(stage, options, stack, 'UPDATE_COMPLETE');
    }),
    step(`sync a change of ${images.length === 0 ? 'the code' : 'the image'}`, options, async (stage) => {
      const { resources, events } = stackIn(stage, options, stack)!;
      // The names that CloudFormation made up.
      if (code !== undefined) resources.set(images.length === 0 ? 'Code' : first, code);
      const before = events.length;
      const revision = revisionOf(stage, options, code);
      await sync(stage, 'newer', 'changed');
      if (events.length > before) throw new StepFailure('the stack was updated, not the code alone');
      if (code !== undefined && revisionOf(stage, options, code) === revision)
        throw new StepFailure(`${code} has the code that it had`);
    }),
  ];
}

/** Whether the options are about more than stacks and a bucket. */
const more = (options: CellOptions) =>
  !deploys(options) ||
  failed(options) ||
  resolves(options) ||
  hasImages(options) ||
  isWhole(options) ||
  keyArn(options) !== undefined ||
  !options.is('scope', 'exact') ||
  options.is('validateTemplates', true);

/** Deploys a new stack and a change of it, which takes the functions of a companion away one after the other. */
function stackSteps(options: CellOptions, stack: string): Step[] {
  const [first] = imageFunctions;
  const companion = hasCompanion(options);
  const given = options.is('images', 'given') ? [first] : [];
  // Where nothing else is shown, that nothing happens; and the last images of a companion go.
  const once = more(options) && !companion;
  return [
    deploy(
      'a new stack',
      options,
      stack,
      { version: 'new', images: companion ? imageFunctions : given },
      'CREATE_COMPLETE',
    ),
    deploy('a change', options, stack, { version: 'newer', images: companion ? [first] : given }, 'UPDATE_COMPLETE'),
    ...(once || deletes(options)
      ? []
      : [deploy('what has not changed', options, stack, { version: 'newer', images: given }, 'UPDATE_COMPLETE')]),
  ];
}

/** What the job does with its stacks, one after the other. */
export function steps(options: CellOptions): Step[] {
  return options.names('stacks').flatMap((stack) => [
    ...(options.is('validateTemplates', true)
      ? [
          step('validate', options, async (stage) => {
            writeApp(stage, options, { version: 'new' });
            await succeed(stage, options, ['validate', '--template-file', template]);
          }),
        ]
      : []),
    ...(failed(options) ? [fail(options, stack, 'bad', 'CREATE_FAILED')] : []),
    ...(syncs(options) ? syncSteps(options, stack) : stackSteps(options, stack)),
    ...(failed(options) ? [fail(options, stack, 'worse', 'UPDATE_FAILED')] : []),
    ...(deletes(options) ? [remove(options, stack)] : []),
  ]);
}
