import type { World } from '@postern/sandbox';
import type { CellOptions, Step } from '../../scenario.js';
import { StepFailure, type Stage } from '../../stage.js';
import { bucketOf, deploys, reads, templateKey, templateUrl } from './stack.js';

export const ownSet = (options: CellOptions) => options.names('stackSets')[0]!;
export const hasSets = (options: CellOptions) => options.names('stackSets').length > 0;
export const isManaged = (options: CellOptions) => options.is('stackSetPermissions', 'service-managed');
export const changesInstances = (options: CellOptions) => hasSets(options) && options.is('stackInstances', true);
export const deletesSets = (options: CellOptions) => hasSets(options) && options.is('deleteStackSets', true);

export const adminRole = (options: CellOptions, name = options.name('stackSetRole')) =>
  name === undefined ? undefined : `arn:${options.partition}:iam::${options.account}:role/${name}`;

/** A template with one resource of each of these types: those of the options, or a topic. */
export function setTemplate(options: CellOptions, version: string, types = options.names('stackSetTypes')): string {
  const declared = types.length === 0 ? ['AWS-SNS-Topic'] : types;
  return JSON.stringify({
    Description: version,
    Resources: Object.fromEntries(
      declared.map((type, index) => [`Resource${index}`, { Type: type.replaceAll('-', '::') }]),
    ),
  });
}

/** A stack set with instances where the options say. */
export function addStackSet(world: World, options: CellOptions, name: string, region = options.region): void {
  const instances = targets(options).flatMap((target) =>
    options.names('stackSetRegions').map((where) => `${target}/${where}`),
  );
  world.stackSets.set(`${options.account}/${region}/${name}`, {
    name,
    id: `${name}:1234abcd-12ab-34cd-56ef-1234567890ab`,
    permissions: isManaged(options) ? 'SERVICE_MANAGED' : 'SELF_MANAGED',
    template: setTemplate(options, 'before'),
    role: adminRole(options),
    tags: [],
    instances: new Set(options.is('access', 'read') ? ['210987654321/eu-west-1'] : instances),
    operations: [{ id: 'before', action: 'UPDATE', time: new Date(0), instances: [] }],
  });
}

/** The stack sets that the job does not make itself, and one of somebody else. */
export function prepareSets(world: World, options: CellOptions): void {
  for (const name of [...(options.is('createStackSets', true) ? [] : options.names('stackSets')), 'their-set'])
    addStackSet(world, options, name);
}

const targets = (options: CellOptions) => (isManaged(options) ? options.names('stackSetTargets') : ['210987654321']);

const step = (name: string, run: (stage: Stage) => Promise<unknown>): Step => ({
  name,
  tool: 'aws',
  run: async (stage) => void (await run(stage)),
});

const cloudformation = (stage: Stage, ...words: string[]) =>
  stage.succeed('aws', ['cloudformation', ...words, '--output', 'text']);

/** A deployment of stack sets, or a look at them, with the AWS CLI. */
export function stackSetSteps(options: CellOptions): Step[] {
  return options.names('stackSets').flatMap((name) => {
    const of = ['--stack-set-name', name];
    return reads(options) ? readSteps(of) : deploys(options) ? changeSteps(options, name, of) : [];
  });
}

function readSteps(of: readonly string[]): Step[] {
  const operation = ['--operation-id', 'before'];
  const instance = ['--stack-instance-account', '210987654321', '--stack-instance-region', 'eu-west-1'];
  const commands: readonly (readonly [command: string, ...words: string[]])[] = [
    ['describe-stack-set'],
    ['list-stack-instances'],
    ['describe-stack-instance', ...instance],
    ['list-stack-set-operations'],
    ['describe-stack-set-operation', ...operation],
    ['list-stack-set-operation-results', ...operation],
  ];
  return commands.map(([command, ...words]) =>
    step(command, (stage) => cloudformation(stage, command, ...of, ...words)),
  );
}

/** The stack set as it is in the sandbox. */
function found({ sandbox }: Stage, options: CellOptions, name: string) {
  return sandbox.world.stackSets.get(`${options.account}/${options.region}/${name}`);
}

/** Runs a command that begins an operation, and waits for it as a script does. */
async function operate(stage: Stage, options: CellOptions, of: readonly string[], ...words: string[]): Promise<void> {
  const id = await stage.succeed('aws', ['cloudformation', ...words, '--query', 'OperationId', '--output', 'text']);
  const operation = ['--operation-id', id.trim()];
  await cloudformation(stage, 'describe-stack-set-operation', ...of, ...operation);
  if (options.is('readEvents', true))
    await cloudformation(stage, 'list-stack-set-operation-results', ...of, ...operation);
}

function changeSteps(options: CellOptions, name: string, of: readonly string[]): Step[] {
  const role = adminRole(options);
  const withRole = role === undefined ? [] : ['--administration-role-arn', role];
  const tags = options.is('stackTags', true) ? ['--tags', 'Key=team,Value=web'] : [];
  const model = isManaged(options)
    ? ['--permission-model', 'SERVICE_MANAGED', '--auto-deployment', 'Enabled=false']
    : [];
  const where = [
    ...(isManaged(options) ? ['--deployment-targets', targetWords(options)] : ['--accounts', ...targets(options)]),
    '--regions',
    ...options.names('stackSetRegions'),
  ];
  const template = (stage: Stage, version: string) => {
    if (bucketOf(options) !== undefined)
      return ['--template-url', templateUrl(options, stage.sandbox, templateKey(options))];
    stage.write('set.json', setTemplate(options, version));
    return ['--template-body', 'file://set.json'];
  };
  const instances = (command: string, ...words: string[]) =>
    step(command, (stage) => operate(stage, options, of, command, ...of, ...where, ...words));
  return [
    ...(options.is('createStackSets', true)
      ? [
          step('create-stack-set', (stage) =>
            cloudformation(stage, 'create-stack-set', ...of, ...template(stage, 'new'), ...withRole, ...model, ...tags),
          ),
        ]
      : []),
    step('describe-stack-set', (stage) => cloudformation(stage, 'describe-stack-set', ...of)),
    ...(changesInstances(options) ? [instances('create-stack-instances'), instances('update-stack-instances')] : []),
    step('update-stack-set', async (stage) => {
      const managed = isManaged(options) ? where : [];
      await operate(
        stage,
        options,
        of,
        'update-stack-set',
        ...of,
        ...template(stage, 'newer'),
        ...withRole,
        ...managed,
        ...tags,
      );
    }),
    ...(deletesSets(options)
      ? [
          instances('delete-stack-instances', '--no-retain-stacks'),
          step('delete-stack-set', async (stage) => {
            await cloudformation(stage, 'delete-stack-set', ...of);
            if (found(stage, options, name) !== undefined) throw new StepFailure('the stack set is still there');
          }),
        ]
      : []),
  ];
}

/** Accounts and organizational units in the words of the AWS CLI. */
function targetWords(options: CellOptions): string {
  const [accounts, units] = [/^[0-9]/, /^[a-z]/].map((form) => targets(options).filter((one) => form.test(one)));
  return JSON.stringify({
    ...(accounts!.length === 0 ? {} : { Accounts: accounts }),
    ...(units!.length === 0 ? {} : { OrganizationalUnitIds: units }),
  });
}
