import type { CellOptions, Step } from '../../scenario.js';
import { StepFailure, type Stage } from '../../stage.js';
import {
  bucketOf,
  configures,
  creates,
  expectDeployed,
  imagesOf,
  keysOf,
  layerArns,
  roleArn,
  uploads,
} from './function.js';

const source = 'aws-actions/aws-lambda-deploy at 5ab3fe6: index.js, run';

/** The calls of the action aws-lambda-deploy, in its order. */
export function actionSteps(options: CellOptions): Step[] {
  const step = (name: string, run: (stage: Stage) => Promise<unknown>): Step => ({
    name,
    tool: 'replay',
    source,
    run: async (stage) => void (await run(stage)),
  });
  const [role] = options.names('passRoles');
  const layers = layerArns(options);
  const settings = {
    ...(role === undefined ? {} : { Role: roleArn(options, role) }),
    ...(layers.length === 0 ? {} : { Layers: layers }),
  };
  const Publish = options.is('publish', true);
  return options.names('functions').flatMap((FunctionName) => [
    step('look whether the function exists', async (stage) => {
      const found = await isThere(stage, FunctionName);
      if (found === creates(options)) throw new StepFailure(found ? 'it is there already' : 'it is not there');
    }),
    ...(creates(options)
      ? [
          step('create the function', (stage) =>
            stage.call('Lambda', 'CreateFunction', {
              FunctionName,
              Runtime: 'nodejs22.x',
              Handler: 'index.handler',
              Code: { ZipFile: Buffer.from('PK') },
              ...settings,
              ...(options.is('tagFunction', true) ? { Tags: { team: 'web' } } : {}),
            }),
          ),
          step('wait until it is active', (stage) =>
            stage.call('Lambda', 'GetFunctionConfiguration', { FunctionName }),
          ),
        ]
      : []),
    step('read the configuration', (stage) => stage.call('Lambda', 'GetFunctionConfiguration', { FunctionName })),
    step('change the configuration', (stage) =>
      stage.call('Lambda', 'UpdateFunctionConfiguration', { FunctionName, Environment: {}, ...settings }),
    ),
    step('wait until it is updated', (stage) => stage.call('Lambda', 'GetFunctionConfiguration', { FunctionName })),
    ...(uploads(options)
      ? keysOf(options).flatMap((Key) => [
          step('look for the bucket', (stage) => stage.call('S3', 'HeadBucket', { Bucket: bucketOf(options) })),
          step('upload the package', (stage) =>
            stage.call('S3', 'PutObject', {
              Bucket: bucketOf(options),
              Key,
              Body: 'PK',
              ExpectedBucketOwner: options.account,
            }),
          ),
        ])
      : []),
    ...codesOf(options).map((code) =>
      step('update the code', async (stage) => {
        await stage.call('Lambda', 'UpdateFunctionCode', { FunctionName, Publish, ...code });
        expectDeployed(stage, options, FunctionName);
      }),
    ),
    // A step behind the action waits for the version that it gives out.
    ...(Publish
      ? [
          {
            name: 'wait for the version',
            tool: 'aws' as const,
            run: async (stage: Stage) => {
              await stage.succeed('aws', ['lambda', 'publish-version', '--function-name', FunctionName]);
              const version = ['--function-name', FunctionName, '--qualifier', '1'];
              await stage.succeed('aws', ['lambda', 'wait', 'published-version-active', ...version]);
            },
          },
        ]
      : []),
  ]);
}

async function isThere(stage: Stage, FunctionName: string): Promise<boolean> {
  try {
    await stage.call('Lambda', 'GetFunctionConfiguration', { FunctionName });
    return true;
  } catch (error) {
    if ((error as Error).name === 'ResourceNotFoundException') return false;
    throw error;
  }
}

function codesOf(options: CellOptions): object[] {
  const S3Bucket = bucketOf(options);
  if (S3Bucket === undefined) return [{ ZipFile: Buffer.from('PK') }];
  return keysOf(options).map((S3Key) => ({ S3Bucket, S3Key }));
}

const program = 'appleboy/drone-lambda at v1.4.2: plugin.go, Exec and checkStatus';

/** The calls of the program behind appleboy/lambda-action, in its order. */
export function appleboySteps(options: CellOptions): Step[] {
  const step = (name: string, run: (stage: Stage) => Promise<unknown>): Step => ({
    name,
    tool: 'replay',
    source: program,
    run: async (stage) => void (await run(stage)),
  });
  const [role] = options.names('passRoles');
  const layers = layerArns(options);
  const settings = {
    MemorySize: 256,
    ...(role === undefined ? {} : { Role: roleArn(options, role) }),
    ...(layers.length === 0 ? {} : { Layers: layers }),
  };
  const codes = (stage: Stage): object[] =>
    options.is('package', 'image')
      ? imagesOf(options, stage.sandbox.world.dnsSuffix).map((ImageUri) => ({ ImageUri }))
      : codesOf(options);
  return options.names('functions').flatMap((FunctionName) => [
    ...(configures(options)
      ? [
          step('look, and wait for a change before', (stage) => settle(stage, FunctionName)),
          step('change the configuration', (stage) =>
            stage.call('Lambda', 'UpdateFunctionConfiguration', { FunctionName, ...settings }),
          ),
        ]
      : []),
    step('look, and wait for the change', (stage) => settle(stage, FunctionName)),
    step('update the code', async (stage) => {
      const S3ObjectVersion = options.is('versionedPackage', true) ? { S3ObjectVersion: 'v1' } : {};
      for (const code of codes(stage))
        await stage.call('Lambda', 'UpdateFunctionCode', { FunctionName, Publish: true, ...code, ...S3ObjectVersion });
      expectDeployed(stage, options, FunctionName);
    }),
  ]);
}

/** It looks once, and waits with another call where a change is under way. */
async function settle(stage: Stage, FunctionName: string): Promise<void> {
  const { LastUpdateStatus } = await stage.call('Lambda', 'GetFunctionConfiguration', { FunctionName });
  for (let status = LastUpdateStatus; status !== 'Successful'; ) {
    const { Configuration } = await stage.call('Lambda', 'GetFunction', { FunctionName });
    status = (Configuration as { readonly LastUpdateStatus?: string }).LastUpdateStatus;
  }
}
