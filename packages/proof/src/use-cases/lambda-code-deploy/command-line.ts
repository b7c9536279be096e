import type { CellOptions, Step } from '../../scenario.js';
import { StepFailure, type Stage } from '../../stage.js';
import {
  bucketOf,
  configures,
  creates,
  emptyZip,
  expectDeployed,
  imagesOf,
  keysOf,
  layerArns,
  roleArn,
  uploads,
  zip,
} from './function.js';

/** A deployment with the AWS CLI, from the upload of the package to a call of the function. */
export function commandLineSteps(options: CellOptions): Step[] {
  const bucket = bucketOf(options);
  return [
    ...(uploads(options)
      ? keysOf(options).map((key) =>
          step('upload the package', async (stage) => {
            stage.write('package.zip', zip);
            await stage.succeed('aws', ['s3', 'cp', 'package.zip', `s3://${bucket}/${key}`, '--no-progress']);
          }),
        )
      : []),
    ...options.names('functions').flatMap((name) => functionSteps(options, name)),
  ];
}

const step = (name: string, run: (stage: Stage) => Promise<unknown>): Step => ({
  name,
  tool: 'aws',
  run: async (stage) => void (await run(stage)),
});

function functionSteps(options: CellOptions, name: string): Step[] {
  const lambda = (stage: Stage, command: string, ...words: string[]) =>
    stage.succeed('aws', ['lambda', command, '--function-name', name, ...words, '--output', 'text']);
  const wait = (stage: Stage, waiter: string, ...words: string[]) =>
    stage.succeed('aws', ['lambda', 'wait', waiter, '--function-name', name, ...words]);
  const waits = !options.is('waiter', 'none');
  const second = options.is('waiter', 'v2');
  const waitSteps = waits
    ? [step('wait', (stage) => wait(stage, second ? 'function-updated-v2' : 'function-updated'))]
    : [];
  const [role] = options.names('passRoles');
  const layers = layerArns(options);
  const settings = [
    ...(role === undefined ? [] : ['--role', roleArn(options, role)]),
    ...(layers.length === 0 ? [] : ['--layers', ...layers]),
  ];
  return [
    ...(creates(options)
      ? [
          step('create the function', async (stage) => {
            stage.write('package.zip', emptyZip);
            const tags = options.is('tagFunction', true) ? ['--tags', 'team=web'] : [];
            const how = ['--runtime', 'nodejs22.x', '--handler', 'index.handler', '--zip-file', 'fileb://package.zip'];
            await lambda(stage, 'create-function', ...how, ...settings, ...tags);
          }),
        ]
      : []),
    ...(configures(options)
      ? [
          step('change the configuration', (stage) =>
            lambda(stage, 'update-function-configuration', '--memory-size', '256', ...settings),
          ),
          ...waitSteps,
        ]
      : []),
    ...codesOf(options).map((code) =>
      step('update the code', async (stage) => {
        stage.write('package.zip', emptyZip);
        await lambda(stage, 'update-function-code', ...code(stage));
        expectDeployed(stage, options, name);
      }),
    ),
    ...waitSteps,
    ...(options.is('publish', true)
      ? [
          step('publish a version', async (stage) => {
            const version = (await lambda(stage, 'publish-version', '--query', 'Version')).trim();
            if (!waits) return;
            await wait(stage, second ? 'function-active-v2' : 'published-version-active', '--qualifier', version);
          }),
        ]
      : []),
    ...(options.is('createAliases', true)
      ? [step('create an alias', (stage) => lambda(stage, 'create-alias', '--name', 'new', '--function-version', '1'))]
      : []),
    ...(options.is('moveAliases', true)
      ? [
          step('look where the alias points', (stage) => lambda(stage, 'get-alias', '--name', 'live')),
          step('move the alias', (stage) => lambda(stage, 'update-alias', '--name', 'live', '--function-version', '1')),
        ]
      : []),
    ...(options.is('invoke', true)
      ? [
          step('invoke the function', (stage) => lambda(stage, 'invoke', 'answer.json')),
          ...options
            .names('aliases')
            .map((alias) =>
              step('invoke an alias', (stage) => lambda(stage, 'invoke', 'answer.json', '--qualifier', alias)),
            ),
        ]
      : []),
    ...(waits && !options.is('publish', true)
      ? options.names('aliases').map((alias) =>
          step('look what the alias has', async (stage) => {
            const command = second ? 'get-function' : 'get-function-configuration';
            const query = second ? 'Configuration.Version' : 'Version';
            const version = await lambda(stage, command, '--qualifier', alias, '--query', query);
            if (version.trim() !== '1') throw new StepFailure(`the alias has version ${version.trim()}`);
          }),
        )
      : []),
  ];
}

/** Where the code comes from, each as the words of a command. */
function codesOf(options: CellOptions): ((stage: Stage) => string[])[] {
  if (options.is('package', 'zip')) return [() => ['--zip-file', 'fileb://package.zip']];
  if (options.is('package', 'image'))
    return options
      .names('repositories')
      .map((_, index) => (stage) => ['--image-uri', imagesOf(options, stage.sandbox.world.dnsSuffix)[index]!]);
  const version = options.is('versionedPackage', true) ? ['--s3-object-version', 'v1'] : [];
  return keysOf(options).map((key) => () => ['--s3-bucket', bucketOf(options)!, '--s3-key', key, ...version]);
}
