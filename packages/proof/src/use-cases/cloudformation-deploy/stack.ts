import { populate, storeObject, type World } from '@postern/sandbox';
import type { CellOptions } from '../../scenario.js';
import { StepFailure, type Stage } from '../../stage.js';

export const isDirect = (options: CellOptions) => options.is('method', 'direct');
export const deploys = (options: CellOptions) => options.is('access', 'deploy');
export const reads = (options: CellOptions) => options.is('access', 'read');
export const byAction = (options: CellOptions) => options.is('client', 'aws-actions');
export const hasStacks = (options: CellOptions) => options.names('stacks').length > 0;
export const deletes = (options: CellOptions) => deploys(options) && options.is('deleteStacks', true);
export const uploads = (options: CellOptions) => options.is('upload', true);
export const bucketOf = (options: CellOptions) => options.name('bucket');
export const prefixOf = (options: CellOptions) => options.names('prefixes')[0];

export const keyArn = (options: CellOptions, id = options.name('kmsKey')) =>
  id === undefined ? undefined : `arn:${options.partition}:kms:${options.region}:${options.account}:key/${id}`;

export const roleArn = (options: CellOptions, name = options.name('serviceRole')) =>
  name === undefined ? undefined : `arn:${options.partition}:iam::${options.account}:role/${name}`;

/** What the ARNs of nested stacks begin with. */
export const nestedBelow = ({ partition, region, account }: CellOptions, parent: string, name: string) =>
  `arn:${partition}:cloudformation:${region}:${account}:stack/${parent}-${name}-`;

/** The key of a template that is there before, below the prefix where there is one. */
export const templateKey = (options: CellOptions) =>
  prefixOf(options) === undefined ? 'stack.json' : `${prefixOf(options)}/stack.json`;

export function templateUrl(
  options: CellOptions,
  { world }: { readonly world: World },
  key = templateKey(options),
): string {
  return `https://s3.${options.region}.${world.dnsSuffix}/${bucketOf(options)}/${key}`;
}

export const macroOf = (name: string) => name.replaceAll('-', '');

/** What a template of the job names besides transforms of AWS: macros, and nested stacks unless it is `flat`. */
function namedBesides(options: CellOptions, version: string) {
  const stored = `https://s3.${options.region}.amazonaws.com/${bucketOf(options)}/${templateKey(options)}`;
  const nested = version === 'flat' ? [] : options.names('nestedStacks');
  return {
    macros: options.names('macroFunctions').map(macroOf),
    nested: Object.fromEntries(
      nested.map((name) => [name, { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: stored } }]),
    ),
  };
}

/** A template with a topic, and with the transforms, macros, nested stacks and parameters that the options name. */
export function templateOf(
  options: CellOptions,
  version: string,
  transforms: readonly string[] = isDirect(options) ? [] : options.names('transforms'),
  parameters: readonly string[] = options.names('parameters'),
): string {
  const taken = parameters.map((name, index): [string, object] => [
    `Value${index}`,
    { Type: 'AWS::SSM::Parameter::Value<String>', Default: name },
  ]);
  const { macros, nested } = namedBesides(options, version);
  const named = [...transforms.map((name) => `AWS::${name}`), ...macros];
  return JSON.stringify({
    ...(named.length === 0 ? {} : { Transform: named }),
    Parameters: Object.fromEntries(taken),
    Resources: { Topic: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: version } }, ...nested },
  });
}

/** A stack with a change set that waits. */
function addStack(world: World, options: CellOptions, name: string, status?: string): void {
  populate(world, { stacks: [{ name, template: '{}', ...(status === undefined ? {} : { status }) }] });
  const stack = world.stacks.get(`${options.account}/${options.region}/${name}`)!;
  const id = `arn:${options.partition}:cloudformation:${options.region}:${options.account}:changeSet/waiting/${name}`;
  const deployed = { template: templateOf(options, 'waiting', [], []), parameters: [], tags: [], capabilities: [] };
  const about = { kind: 'UPDATE', deployed, role: undefined, created: new Date(0), empty: false, executed: false };
  stack.changeSets.set('waiting', { name: 'waiting', id, ...about });
}

/** The stacks where the job does not make them itself, and others; the templates that are not uploaded. */
export function prepare(world: World, options: CellOptions): void {
  for (const name of [...options.names('macroFunctions'), 'their-macro'])
    world.macros.set(
      macroOf(name),
      `arn:${options.partition}:lambda:${options.region}:${options.account}:function:${name}`,
    );
  for (const name of options.names('stacks')) {
    if (!deploys(options)) addStack(world, options, name);
    else if (byAction(options) && deletes(options)) addStack(world, options, name, 'ROLLBACK_COMPLETE');
  }
  addStack(world, options, 'theirs');
  const name = bucketOf(options);
  if (name === undefined) return;
  const bucket = world.objects.create(name, options.account, options.region);
  const kmsKey = keyArn(options);
  if (kmsKey !== undefined) bucket.kmsKey = kmsKey;
  for (const key of [templateKey(options), 'theirs/stack.json'])
    storeObject(bucket, key, Buffer.from(templateOf(options, 'stored')), { kmsKey });
  world.objects.create('other-bucket', options.account, options.region);
}

/** The same with a stack that is there, for who wants to change it. */
export function prepareBoth(world: World, options: CellOptions): void {
  prepare(world, options);
  for (const name of options.names('stacks')) addStack(world, options, name);
}

/** @throws {StepFailure} where the stack is not in this state */
export function expectStatus({ sandbox }: Stage, options: CellOptions, name: string, status: string | undefined): void {
  const found = sandbox.world.stacks.get(`${options.account}/${options.region}/${name}`)?.status;
  if (found !== status) throw new StepFailure(`${name} is ${found ?? 'not there'}`);
}
