import { populate, type World } from '@postern/sandbox';
import {
  assetBucket,
  assetRepository,
  assetKey,
  templateOf,
  versionParameter,
  type AssemblySettings,
  type CdkPlace,
} from '../../cdk-assembly.js';
import type { CellOptions } from '../../scenario.js';

/** What the app looks up. */
export const lookedUp = { provider: 'ssm', props: { parameterName: '/app/domain' } } as const;

/** The code of the function, before and after. */
const code = (revision: number) => Buffer.from(`code ${revision} `.repeat(10));

export const swaps = (options: CellOptions) => options.names('hotswapFunctions').length > 0;
const isNamed = (options: CellOptions) => options.names('assumeRoles').length > 0;

/** Whether the command assumes the lookup role. */
export const looks = (options: CellOptions) =>
  options.is('lookups', true) || options.is('mode', 'diff', 'diff-template') || isNamed(options);

export function placesOf(options: CellOptions): CdkPlace[] {
  const accounts = options.names('targetAccounts');
  const regions = options.names('targetRegions');
  return (accounts.length === 0 ? [options.account] : accounts).flatMap((account) =>
    (regions.length === 0 ? [options.region] : regions).map((region) => ({ account, region })),
  );
}

/** The app of a cell at a revision. */
export function appOf(options: CellOptions, revision: number): AssemblySettings {
  const [stack = 'app'] = options.names('hotswapStacks');
  const app = {
    places: placesOf(options),
    partition: options.partition,
    qualifier: options.name('qualifier')!,
    stack,
    revision,
    image: options.is('imageAssets', true) && options.is('mode', 'deploy'),
    sessionTags: options.names('sessionTags'),
    ...(isNamed(options)
      ? { named: { deploy: 'cdk/deployer', 'file-publishing': 'publisher', lookup: 'reader' } }
      : {}),
  };
  if (!swaps(options)) return app;
  const Function = {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Description: `revision ${revision}`,
      Code: { S3Bucket: assetBucket(app, app.places[0]!), S3Key: assetKey(code(revision), 'zip') },
    },
  };
  const Version = { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Function' } } };
  const target = { FunctionName: { Ref: 'Function' }, FunctionVersion: { 'Fn::GetAtt': ['Version', 'Version'] } };
  const Alias = { Type: 'AWS::Lambda::Alias', Properties: { Name: 'live', ...target } };
  return {
    ...app,
    // Only what is swapped may differ, or the stack is deployed as a whole.
    revision: 0,
    files: { 'code.zip': code(revision) },
    resources: { Function, ...(options.is('hotswapVersions', true) ? { Version, Alias } : {}) },
  };
}

/** What `cdk bootstrap` leaves in each place, and the parameter that the app looks up. */
function bootstrapped(world: World, app: AssemblySettings): void {
  for (const place of app.places) {
    world.objects.create(assetBucket(app, place), place.account, place.region);
    world.registry.create(place.account, place.region, assetRepository(app, place));
  }
  world.parameters.set(versionParameter(app.qualifier), '32');
  world.parameters.set(lookedUp.props.parameterName, 'example.com');
}

/** The places bootstrapped, and the first revision deployed where the command needs a stack. */
export async function prepare(world: World, options: CellOptions): Promise<void> {
  const app = appOf(options, 1);
  bootstrapped(world, app);
  const [name] = options.names('hotswapFunctions');
  if (options.is('mode', 'deploy') && name === undefined) return;
  const functions = name === undefined ? [] : [{ name, versions: 1, aliases: { live: '1' } }];
  const resources = name === undefined ? {} : { Function: name };
  await populate(world, { stacks: [{ name: app.stack, template: templateOf(app), resources }], functions });
}
