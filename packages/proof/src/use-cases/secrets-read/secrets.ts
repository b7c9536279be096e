import type { CellOptions, Step } from '../../scenario.js';
import { StepFailure, type Stage } from '../../stage.js';
import type { ProgramName } from '../../tools.js';
import { foundOf, secretsOf, valueOf, type StoredSecret } from './values.js';

interface SecretAnswer {
  readonly SecretString?: string;
  readonly VersionId?: string;
  readonly Name?: string;
  readonly SecretList?: readonly { readonly Name: string }[];
  readonly SecretValues?: readonly { readonly SecretString: string }[];
  readonly Errors?: readonly { readonly Message: string }[];
}

const filterOf = (prefix: string) => ({ Key: 'name', Values: [prefix] });

/** @throws {StepFailure} where another value was read */
function expectValue(found: string | undefined, expected: string): void {
  if (found !== expected) throw new StepFailure(`${found ?? 'nothing'} was read instead of ${expected}`);
}

const step = (tool: ProgramName, name: string, run: (stage: Stage) => Promise<void>): Step => ({ name, tool, run });

async function ask(stage: Stage, tool: ProgramName, ...words: readonly string[]): Promise<SecretAnswer> {
  return JSON.parse(await stage.succeed(tool, ['secretsmanager', ...words, '--output', 'json'])) as SecretAnswer;
}

/** Secrets as scripts read them, with the AWS CLI; version 1 reads batches, which the version 2 at hand is too old for. */
export function secretSteps(options: CellOptions): Step[] {
  const named = secretsOf(options);
  const found = foundOf(options);
  const stages = options.names('versionStages');
  return [
    ...options.names('secretPrefixes').map((prefix) =>
      step('aws', `find secrets by ${prefix}`, async (stage) => {
        const { SecretList = [] } = await ask(stage, 'aws', 'list-secrets', '--filters', `Key=name,Values=${prefix}`);
        const names = SecretList.map(({ Name }) => Name);
        const expected = found.filter(({ name }) => name.startsWith(prefix)).map(({ name }) => name);
        if (names.join() !== expected.join()) throw new StepFailure(`${names.join(', ')} was found`);
      }),
    ),
    ...(options.is('listSecrets', true)
      ? [
          step('aws', 'list the secrets', async (stage) => {
            const { SecretList = [] } = await ask(stage, 'aws', 'list-secrets');
            if (![...named, ...found].every(({ name }) => SecretList.some(({ Name }) => Name === name)))
              throw new StepFailure('a secret is not listed');
          }),
        ]
      : []),
    ...[...named, ...found].flatMap((secret) => readSteps(options, secret, stages)),
    ...(options.is('batch', true) ? batchSteps(options, named) : []),
  ];
}

function readSteps(options: CellOptions, { name, id, region }: StoredSecret, stages: readonly string[]): Step[] {
  const where = ['--secret-id', id, '--region', region];
  return [
    step('aws', `read ${name}`, async (stage) => {
      const { SecretString } = await ask(stage, 'aws', 'get-secret-value', ...where);
      expectValue(SecretString, valueOf(name));
    }),
    ...(stages.length === 0 ? ['AWSCURRENT'] : stages).map((label) =>
      step('aws', `read ${label} of ${name}`, async (stage) => {
        const { SecretString } = await ask(stage, 'aws', 'get-secret-value', ...where, '--version-stage', label);
        expectValue(SecretString, valueOf(name, label));
      }),
    ),
    ...(options.is('versionIds', true)
      ? [
          step('aws', `read a version of ${name} by its id`, async (stage) => {
            const { VersionId = '' } = await ask(stage, 'aws', 'get-secret-value', ...where);
            const { SecretString } = await ask(stage, 'aws', 'get-secret-value', ...where, '--version-id', VersionId);
            expectValue(SecretString, valueOf(name));
          }),
        ]
      : []),
    ...(options.is('describeSecrets', true)
      ? [
          step('aws', `describe ${name}`, async (stage) => {
            const { Name } = await ask(stage, 'aws', 'describe-secret', ...where);
            expectValue(Name, name);
          }),
        ]
      : []),
  ];
}

function batchSteps(options: CellOptions, named: readonly StoredSecret[]): Step[] {
  const batch = async (stage: Stage, count: number, ...words: readonly string[]) => {
    const { SecretValues = [], Errors = [] } = await ask(stage, 'aws-1', 'batch-get-secret-value', ...words);
    // A secret that is refused is an entry of the answer.
    const [error] = Errors;
    if (error !== undefined) throw new StepFailure(error.Message);
    if (SecretValues.length !== count) throw new StepFailure(`${SecretValues.length} secrets were read`);
  };
  const found = foundOf(options);
  return [
    ...(named.length > 0
      ? [
          step('aws-1', 'read secrets together', (stage) =>
            batch(stage, named.length, '--secret-id-list', ...named.map(({ id }) => id)),
          ),
        ]
      : []),
    ...options.names('secretPrefixes').map((prefix) =>
      step('aws-1', `read what ${prefix} finds together`, (stage) => {
        const count = found.filter(({ name }) => name.startsWith(prefix)).length;
        return batch(stage, count, '--filters', JSON.stringify([filterOf(prefix)]));
      }),
    ),
  ];
}

const source = 'aws-actions/aws-secretsmanager-get-secrets at 022e891: src/utils.ts';

/** What the action does for names, ARNs and prefixes: it finds what a prefix means, and reads each secret. */
export function actionSteps(options: CellOptions): Step[] {
  const replay = (name: string, run: (stage: Stage) => Promise<void>): Step => ({ name, tool: 'replay', source, run });
  const read = async (stage: Stage, id: string, name: string, region: string) => {
    const { SecretString } = await stage.call('SecretsManager', 'GetSecretValue', { SecretId: id }, { region });
    expectValue(String(SecretString), valueOf(name));
  };
  return [
    ...secretsOf(options).map(({ id, name, region }) =>
      replay(`export ${name}`, (stage) => read(stage, id, name, region)),
    ),
    ...options.names('secretPrefixes').map((prefix) =>
      replay(`export what ${prefix} finds`, async (stage) => {
        const filter = { Filters: [filterOf(prefix)], MaxResults: 100 };
        const { SecretList } = await stage.call('SecretsManager', 'ListSecrets', filter);
        const list = (SecretList ?? []) as readonly { readonly Name: string }[];
        if (list.length === 0) throw new StepFailure('no secret was found');
        for (const { Name } of list) await read(stage, Name, Name, options.region);
      }),
    ),
  ];
}
