import type { CellOptions, Step } from '../../scenario.js';
import { StepFailure, type Stage } from '../../stage.js';
import { bucketOf, deletes, deploys, expectStatus, prefixOf, reads, roleArn, templateOf, uploads } from './stack.js';

const source = 'aws-actions/aws-cloudformation-github-deploy at 197fa4a: src/deploy.ts and src/main.ts';

const step = (name: string, run: (stage: Stage) => Promise<unknown>): Step => ({
  name,
  tool: 'replay',
  source,
  run: async (stage) => void (await run(stage)),
});

/** The calls of the action aws-cloudformation-github-deploy, in its order. */
export function actionSteps(options: CellOptions): Step[] {
  if (reads(options)) return [];
  return options
    .names('stacks')
    .flatMap((name) => [
      ...(deploys(options) ? runSteps(options, name, 'new') : []),
      ...runSteps(options, name, 'newer'),
      ...failedSteps(options, name),
    ]);
}

async function describe(stage: Stage, StackName: string): Promise<string | undefined> {
  try {
    const { Stacks } = await stage.call('CloudFormation', 'DescribeStacks', { StackName });
    return (Stacks as readonly { readonly StackStatus: string }[])[0]?.StackStatus;
  } catch (error) {
    if ((error as Error).name === 'ValidationError') return undefined;
    throw error;
  }
}

/** A refusal of events is a warning. */
async function showEvents(stage: Stage, input: object): Promise<void> {
  try {
    await stage.call('CloudFormation', 'DescribeEvents', input);
  } catch {
    return;
  }
}

/** The template of a run: its own text, or what it has put into the bucket. */
async function templateFor(stage: Stage, options: CellOptions, version: string): Promise<object> {
  const Bucket = bucketOf(options);
  if (Bucket === undefined || !uploads(options)) return { TemplateBody: templateOf(options, version) };
  const Key = [prefixOf(options), `${version}.json`].filter((part) => part !== undefined).join('/');
  await stage.call('S3', 'PutObject', { Bucket, Key, Body: templateOf(options, version) });
  return { TemplateURL: `https://${Bucket}.s3.amazonaws.com/${Key}` };
}

function runSteps(options: CellOptions, StackName: string, version: string): Step[] {
  const change = { StackName, ChangeSetName: `${StackName}-CS` };
  const execute = [
    step('execute the change set', (stage) => stage.call('CloudFormation', 'ExecuteChangeSet', change)),
    step('wait for the stack', async (stage) => {
      await describe(stage, StackName);
      expectStatus(stage, options, StackName, version === 'new' ? 'CREATE_COMPLETE' : 'UPDATE_COMPLETE');
    }),
  ];
  return [
    step(`make a change set with the ${version} template`, async (stage) => {
      let status = await describe(stage, StackName);
      if (status === 'ROLLBACK_COMPLETE' && deletes(options)) {
        await stage.call('CloudFormation', 'DeleteStack', { StackName });
        status = await describe(stage, StackName);
        if (status !== undefined) throw new StepFailure('the stack is still there');
      }
      const template = await templateFor(stage, options, version);
      const ChangeSetType = status === undefined ? 'CREATE' : 'UPDATE';
      const more = { ChangeSetType, RoleARN: roleArn(options), Capabilities: ['CAPABILITY_AUTO_EXPAND'] };
      await stage.call('CloudFormation', 'CreateChangeSet', { ...change, ...more, ...template });
    }),
    step('wait for the change set', (stage) => stage.call('CloudFormation', 'DescribeChangeSet', change)),
    step('read the change set', (stage) => stage.call('CloudFormation', 'DescribeChangeSet', change)),
    ...(options.is('readEvents', true) ? [step('show what goes on', (stage) => showEvents(stage, { StackName }))] : []),
    ...(deploys(options) ? execute : []),
  ];
}

/** A change set without changes fails, and is deleted. */
function failedSteps(options: CellOptions, StackName: string): Step[] {
  const change = { StackName, ChangeSetName: `${StackName}-empty` };
  return [
    step('make a change set without changes', async (stage) => {
      const template = deploys(options) ? await templateFor(stage, options, 'newer') : { TemplateBody: '{}' };
      const more = { ChangeSetType: 'UPDATE', RoleARN: roleArn(options) };
      await stage.call('CloudFormation', 'CreateChangeSet', { ...change, ...more, ...template });
      await stage.call('CloudFormation', 'DescribeChangeSet', change);
    }),
    step('delete the change set that failed', (stage) => stage.call('CloudFormation', 'DeleteChangeSet', change)),
  ];
}
