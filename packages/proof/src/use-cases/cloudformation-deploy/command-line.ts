import { storeObject } from '@postern/sandbox';
import type { CellOptions, Step } from '../../scenario.js';
import { errorOf, StepFailure, type Stage } from '../../stage.js';
import {
  bucketOf,
  deletes,
  deploys,
  expectStatus,
  isDirect,
  keyArn,
  prefixOf,
  reads,
  roleArn,
  templateKey,
  templateOf,
  templateUrl,
  uploads,
} from './stack.js';

const step = (name: string, run: (stage: Stage) => Promise<unknown>): Step => ({
  name,
  tool: 'aws',
  run: async (stage) => void (await run(stage)),
});

/** A deployment, a review or a look with the AWS CLI. */
export function commandLineSteps(options: CellOptions): Step[] {
  return options.names('stacks').flatMap((name) => (reads(options) ? readSteps(name) : changeSteps(options, name)));
}

const cloudformation = (stage: Stage, ...words: string[]) =>
  stage.succeed('aws', ['cloudformation', ...words, '--output', 'text']);

function readSteps(name: string): Step[] {
  const of = ['--stack-name', name];
  const commands = ['describe-stacks', 'describe-stack-events', 'list-stack-resources', 'describe-stack-resources'];
  return [
    ...[...commands, 'get-template', 'list-change-sets'].map((command) =>
      step(command, (stage) => cloudformation(stage, command, ...of)),
    ),
    step('describe-change-set', (stage) =>
      cloudformation(stage, 'describe-change-set', ...of, '--change-set-name', 'waiting'),
    ),
  ];
}

function changeSteps(options: CellOptions, name: string): Step[] {
  const of = ['--stack-name', name];
  const role = roleArn(options);
  const withRole = role === undefined ? [] : ['--role-arn', role];
  const change = isDirect(options) ? directSteps : changeSetSteps;
  return [
    ...(options.is('validateTemplates', true)
      ? [
          step('validate-template', (stage) => {
            stage.write('stack.json', templateOf(options, 'new'));
            return cloudformation(stage, 'validate-template', '--template-body', 'file://stack.json');
          }),
        ]
      : []),
    ...change(options, name, [...of, ...withRole]),
    ...(options.is('readEvents', true)
      ? [step('describe-stack-events', (stage) => cloudformation(stage, 'describe-stack-events', ...of))]
      : []),
    ...(deletes(options)
      ? [
          step('delete-stack', async (stage) => {
            await cloudformation(stage, 'delete-stack', ...of, ...withRole);
            await cloudformation(stage, 'wait', 'stack-delete-complete', ...of);
            expectStatus(stage, options, name, undefined);
          }),
        ]
      : []),
  ];
}

/** Puts another template where one is that the job only reads. */
function replaceStored({ sandbox }: Stage, options: CellOptions, version: string): void {
  const bucket = sandbox.world.objects.buckets.get(bucketOf(options)!)!;
  storeObject(bucket, templateKey(options), Buffer.from(templateOf(options, version)), { kmsKey: keyArn(options) });
}

/** What says where the template is. */
function templateWords(stage: Stage, options: CellOptions, version: string): string[] {
  if (bucketOf(options) === undefined) {
    stage.write('stack.json', templateOf(options, version));
    return ['--template-body', 'file://stack.json'];
  }
  replaceStored(stage, options, version);
  return ['--template-url', templateUrl(options, stage.sandbox)];
}

function directSteps(options: CellOptions, name: string, of: readonly string[]): Step[] {
  const change = (command: string, done: string, version: string, status: string) =>
    step(command, async (stage) => {
      const template = templateWords(stage, options, version);
      await cloudformation(stage, command, ...of, ...template, '--capabilities', 'CAPABILITY_AUTO_EXPAND');
      await cloudformation(stage, 'wait', done, '--stack-name', name);
      expectStatus(stage, options, name, status);
    });
  return [
    change('create-stack', 'stack-create-complete', 'new', 'CREATE_COMPLETE'),
    change('update-stack', 'stack-update-complete', 'newer', 'UPDATE_COMPLETE'),
  ];
}

function changeSetSteps(options: CellOptions, name: string, of: readonly string[]): Step[] {
  const byHand = bucketOf(options) !== undefined && !uploads(options);
  const make = byHand ? byHandSteps : deploySteps;
  return [
    ...(deploys(options) ? make(options, name, of, 'new') : []),
    ...make(options, name, of, 'newer'),
    ...(options.names('nestedStacks').length === 0 ? [] : make(options, name, of, 'flat')),
    ...(options.is('deleteChangeSets', true)
      ? [
          step('delete-change-set', async (stage) => {
            stage.write('stack.json', templateOf(options, 'unwanted'));
            const change = ['--stack-name', name, '--change-set-name', 'unwanted'];
            await cloudformation(stage, 'create-change-set', ...change, '--template-body', 'file://stack.json');
            await cloudformation(stage, 'delete-change-set', ...change);
          }),
        ]
      : []),
  ];
}

function deploySteps(options: CellOptions, name: string, of: readonly string[], version: string): Step[] {
  const bucket = bucketOf(options);
  const key = keyArn(options);
  const prefix = prefixOf(options);
  const upload =
    bucket === undefined
      ? []
      : [
          '--s3-bucket',
          bucket,
          ...(prefix === undefined ? [] : ['--s3-prefix', prefix]),
          ...(key === undefined ? [] : ['--kms-key-id', key]),
        ];
  const tags = options.is('stackTags', true) ? ['--tags', 'team=web'] : [];
  const only = deploys(options) ? [] : ['--no-execute-changeset'];
  return [
    step(`deploy the ${version} template`, async (stage) => {
      stage.write('stack.json', templateOf(options, version));
      const what = ['--template-file', 'stack.json', '--capabilities', 'CAPABILITY_AUTO_EXPAND'];
      const words = ['deploy', ...of, ...what, ...upload, ...tags, ...only];
      const done = version === 'new' ? 'CREATE_COMPLETE' : 'UPDATE_COMPLETE';
      if (options.names('nestedStacks').length > 0)
        await deployParent(stage, words, () => expectStatus(stage, options, name, done));
      else await cloudformation(stage, ...words);
      if (deploys(options)) expectStatus(stage, options, name, done);
    }),
  ];
}

/** Where a nested stack is refused, the command says no more than that its parent failed: the state of that is looked at first. */
async function deployParent(stage: Stage, words: readonly string[], check: () => void): Promise<void> {
  const outcome = await stage.run('aws', ['cloudformation', ...words, '--output', 'text']);
  check();
  if (outcome.code !== 0) throw new StepFailure(errorOf(outcome));
}

/** What `deploy` does, one command after the other. */
function byHandSteps(options: CellOptions, name: string, of: readonly string[], version: string): Step[] {
  const change = ['--stack-name', name, '--change-set-name', `by-hand-${version}`];
  return [
    step(`make a change set with the ${version} template`, async (stage) => {
      const kind = ['--change-set-type', version === 'new' ? 'CREATE' : 'UPDATE'];
      const template = templateWords(stage, options, version);
      await cloudformation(stage, 'create-change-set', ...of, ...change.slice(2), ...kind, ...template);
      await cloudformation(stage, 'wait', 'change-set-create-complete', ...change);
      if (!deploys(options)) return;
      await cloudformation(stage, 'execute-change-set', ...change);
      const done = version === 'new' ? 'stack-create-complete' : 'stack-update-complete';
      await cloudformation(stage, 'wait', done, '--stack-name', name);
    }),
  ];
}
