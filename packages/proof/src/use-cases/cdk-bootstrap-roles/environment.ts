import { populate, type World } from '@postern/sandbox';
import {
  assetBucket,
  assetRepository,
  bootstrapRole,
  templateOf,
  versionParameter,
  type AssemblySettings,
  type BootstrapRole,
  type CdkPlace,
} from '../../cdk-assembly.js';
import type { CellOptions } from '../../scenario.js';
import { addNetworks } from './networks.js';

export const stranger = '999999999999';
export const isRole = (options: CellOptions, role: BootstrapRole) => options.is('role', role);
export const placeOf = ({ account, region }: CellOptions): CdkPlace => ({ account, region });

export const keyArn = (options: CellOptions, id = options.name('kmsKey')) =>
  id === undefined ? undefined : `arn:${options.partition}:kms:${options.region}:${options.account}:key/${id}`;

/** The app of a cell at a revision, with the names that the options say. */
export function appOf(options: CellOptions, revision: number, stack = options.names('stacks')[0] ?? 'app') {
  const [executor, bucket, repository] = [
    options.name('executionRole'),
    options.name('bucket'),
    options.name('repository'),
  ];
  const app: AssemblySettings = {
    places: [placeOf(options)],
    partition: options.partition,
    qualifier: options.name('qualifier')!,
    stack,
    revision,
    image: isRole(options, 'image-publishing'),
    named: {
      ...(executor === undefined ? {} : { 'cfn-exec': executor }),
      ...(bucket === undefined ? {} : { bucket }),
      ...(repository === undefined ? {} : { repository }),
    },
  };
  return app;
}

/** The roles that the command assumes, the one with the policy first. */
export function assumedIn(options: CellOptions): [string, ...string[]] {
  const role = (name: BootstrapRole) => bootstrapRole(appOf(options, 1), name, placeOf(options));
  if (isRole(options, 'deploy')) return [role('deploy'), role('file-publishing')];
  if (isRole(options, 'image-publishing')) return [role('image-publishing'), role('file-publishing')];
  return [role(isRole(options, 'lookup') ? 'lookup' : 'file-publishing')];
}

export const bucketOf = (options: CellOptions) => assetBucket(appOf(options, 1), placeOf(options));
export const repositoryOf = (options: CellOptions) => assetRepository(appOf(options, 1), placeOf(options));

export const domain = 'example.com';

/** Private hosted zones of the same domain, each with a VPC of its own: the CDK reads all of them to find the one of a VPC. */
export const privateZones = (options: CellOptions) =>
  options.names('hostedZones').map((id, index) => ({ id, vpc: `vpc-0a1b2c3d${index}` }));

/** What `cdk bootstrap` leaves, what apps look up, and a stack that the lookup role compares with. */
export async function prepare(world: World, options: CellOptions): Promise<void> {
  const { account, region } = options;
  const bucket = world.objects.create(bucketOf(options), account, region);
  const key = keyArn(options);
  if (key !== undefined) bucket.kmsKey = key;
  world.registry.create(account, region, repositoryOf(options));
  addNetworks(world, options);
  const app = appOf(options, 1);
  await populate(world, {
    stacks: isRole(options, 'lookup') ? [{ name: app.stack, template: templateOf(app) }] : [],
    parameters: { [versionParameter(app.qualifier)]: '32', '/app/domain': 'example.com' },
    hostedZones: [
      { id: 'Z0PUBLIC', name: domain },
      ...privateZones(options).map(({ id, vpc }) => ({ id, name: domain, vpcs: [vpc] })),
    ],
    kmsAliases: { 'alias/app': '1234abcd-12ab-34cd-96ef-1234567890ab' },
  });
}
