import { createHash } from 'node:crypto';
import { populate, type World } from '@postern/sandbox';
import type { CellOptions } from '../../scenario.js';
import { dockerfile, imageName } from './docker.js';

export const deploys = (options: CellOptions) => options.is('access', 'deploy');
export const syncs = (options: CellOptions) => options.is('sync', true);
export const syncsImages = (options: CellOptions) => options.is('syncImages', true);
export const deletes = (options: CellOptions) => options.is('deleteStacks', true);
export const failed = (options: CellOptions) => options.is('deleteFailed', true);
export const isWhole = (options: CellOptions) => options.is('wholeBucket', true);
export const hasCompanion = (options: CellOptions) => options.is('images', 'companion');
export const hasImages = (options: CellOptions) => options.is('images', 'given', 'companion');
export const resolves = (options: CellOptions) => options.is('resolveS3', 'existing', 'create');
export const makesBucket = (options: CellOptions) => options.is('resolveS3', 'create');
export const prefixOf = (options: CellOptions) => options.names('prefixes')[0];

export const managedStack = 'aws-sam-cli-managed-default';
const managedBucket = `${managedStack}-samclisourcebucket-1a2b3c4d5e6f`;

/** The bucket of the artifacts: the one that is named, else the one that SAM manages; undefined where there is none before. */
export const bucketOf = (options: CellOptions) =>
  options.name('bucket') ?? (options.is('resolveS3', 'existing') ? managedBucket : undefined);

/** Whether the name of the bucket is not in the policy. */
export const isMadeUp = (options: CellOptions) => resolves(options) && options.name('bucket') === undefined;

export const keyArn = (options: CellOptions, id = options.name('kmsKey')) =>
  id === undefined ? undefined : `arn:${options.partition}:kms:${options.region}:${options.account}:key/${id}`;

export const roleArn = (options: CellOptions, name = options.name('serviceRole')) =>
  name === undefined ? undefined : `arn:${options.partition}:iam::${options.account}:role/${name}`;

const md5 = (text: string) => createHash('md5').update(text).digest('hex');
const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '');
const marked = (name: string) => `${plain(name)}${md5(name).slice(0, 8)}`;

export const companionOf = (stack: string) => `${stack}-${md5(stack).slice(0, 8)}-CompanionStack`;
/** The repository that SAM makes for a function. */
export const repositoryOf = (stack: string, name: string) => `${marked(stack)}/${marked(name)}repo`;
/** By which SAM knows that a stack may be synced from a template. */
export const optedIn = (template: string, stack: string) => md5(`${template}${stack}`);

/** The functions of the app that are images. */
export const imageFunctions = ['First', 'Second'] as const;

/** The registry's own name for a repository. */
export const imageUri = (options: CellOptions, { dnsSuffix }: World, repository: string) =>
  `${options.account}.dkr.ecr.${options.region}.${dnsSuffix}/${repository}`;

/** What an app is at one point of its life. */
export interface Revision {
  /** Told in the configuration of what it makes. */
  readonly version: string;
  /** The functions that are images. */
  readonly images?: readonly string[];
}

/** The template of the app, with a function from a folder where there is a bucket for it, and one from an image. */
export function templateOf(options: CellOptions, { version, images = [] }: Revision): string {
  const transforms = ['Serverless-2016-10-31', ...options.names('transforms')].map((name) => `AWS::${name}`);
  const taken = options
    .names('parameters')
    .map((name, index): [string, object] => [
      `Value${index}`,
      { Type: 'AWS::SSM::Parameter::Value<String>', Default: name },
    ]);
  // Where images are synced, they alone are to change.
  const hasCode = (options.name('bucket') !== undefined || resolves(options)) && !syncsImages(options);
  const code = {
    Type: 'AWS::Serverless::Function',
    Metadata: { SkipBuild: true },
    Properties: {
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      CodeUri: 'src/',
      Description: version,
      // One that the SAM CLI does not know itself, so that it asks for all.
      ...(options.is('validateTemplates', true) ? { Policies: ['APolicyOfTomorrow'] } : {}),
      ...(options.is('publish', true) ? { AutoPublishAlias: 'live' } : {}),
    },
  };
  const image = {
    Type: 'AWS::Serverless::Function',
    // The SAM CLI syncs an image that it builds.
    ...(syncsImages(options) ? { Metadata: { Dockerfile: dockerfile, DockerContext: '.' } } : {}),
    Properties: { PackageType: 'Image', ImageUri: imageName, Description: version },
  };
  return JSON.stringify({
    Transform: transforms,
    ...(taken.length === 0 ? {} : { Parameters: Object.fromEntries(taken) }),
    Resources: {
      Topic: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: version } },
      ...(hasCode ? { Code: code } : {}),
      ...Object.fromEntries(images.map((name) => [name, image])),
    },
  });
}

/** A stack as SAM knows its own: by its tag. */
function addManagedStack(world: World, options: CellOptions, bucket: string): void {
  populate(world, { stacks: [{ name: managedStack, template: '{}', outputs: { SourceBucket: bucket } }] });
  const stack = world.stacks.get(`${options.account}/${options.region}/${managedStack}`)!;
  stack.deployed = { ...stack.deployed!, tags: [{ Key: 'ManagedStackSource', Value: 'AwsSamCli' }] };
}

/** Types of the stacks that SAM makes without a role, for which CloudFormation asks in the name of the job. */
const madeForJob = ['AWS::S3::Bucket', 'AWS::S3::BucketPolicy', 'AWS::ECR::Repository'];

/** What must be there before: the bucket, the repositories that SAM does not make, and functions that a stack is said to have. */
export function prepare(world: World, options: CellOptions): void {
  for (const type of madeForJob) world.askedFor.add(type);
  const bucket = bucketOf(options);
  if (bucket !== undefined) {
    const made = world.objects.create(bucket, options.account, options.region);
    const kmsKey = keyArn(options);
    if (kmsKey !== undefined) made.kmsKey = kmsKey;
    if (resolves(options)) addManagedStack(world, options, bucket);
  }
  // A review of a change: who only makes change sets finds a stack.
  if (!deploys(options)) populate(world, { stacks: options.names('stacks').map((name) => ({ name, template: '{}' })) });
  if (options.is('images', 'given'))
    for (const name of options.names('repositories')) world.registry.create(options.account, options.region, name);
  populate(world, { parameters: Object.fromEntries(options.names('parameters').map((name) => [name, 'value'])) });
  populate(world, {
    functions: options.names('functions').map((name) => ({ name, versions: 1, aliases: { live: '1' } })),
  });
}
