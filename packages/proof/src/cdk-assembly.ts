import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Stage } from './stage.js';

/** Where a stack of an assembly goes. */
export interface CdkPlace {
  readonly account: string;
  readonly region: string;
}

/** A cloud assembly as an app's synthesis leaves it. */
export interface AssemblySettings {
  readonly places: readonly CdkPlace[];
  readonly partition: string;
  readonly qualifier: string;
  /** The name of each stack. */
  readonly stack: string;
  /** What the stack has in it: another number is another template. */
  readonly revision: number;
  /** More resources of the template. */
  readonly resources?: object;
  readonly terminationProtection?: boolean;
  /** Files that the stack needs besides its template. */
  readonly files?: Readonly<Record<string, Buffer>>;
  /** Whether it needs an image. */
  readonly image?: boolean;
  /** Keys of session tags that the app wants set. */
  readonly sessionTags?: readonly string[];
  /** Names of a customized bootstrap stack, by what they are of. */
  readonly named?: Partial<Record<BootstrapName, string>>;
}

export type BootstrapRole = 'deploy' | 'file-publishing' | 'image-publishing' | 'lookup' | 'cfn-exec';
export type BootstrapName = BootstrapRole | 'bucket' | 'repository';

type AssemblyNames = Pick<AssemblySettings, 'partition' | 'qualifier' | 'named'>;

/** The ARN of a role of the bootstrap stack. */
export function bootstrapRole(
  { partition, qualifier, named }: AssemblyNames,
  role: BootstrapRole,
  place: CdkPlace,
): string {
  const { account, region } = place;
  return `arn:${partition}:iam::${account}:role/${named?.[role] ?? `cdk-${qualifier}-${role}-role-${account}-${region}`}`;
}

export const assetBucket = ({ qualifier, named }: AssemblyNames, { account, region }: CdkPlace): string =>
  named?.bucket ?? `cdk-${qualifier}-assets-${account}-${region}`;

export const assetRepository = ({ qualifier, named }: AssemblyNames, { account, region }: CdkPlace): string =>
  named?.repository ?? `cdk-${qualifier}-container-assets-${account}-${region}`;

export const versionParameter = (qualifier: string): string => `/cdk-bootstrap/${qualifier}/version`;

const hash = (content: string | Buffer) => createHash('sha256').update(content).digest('hex');

/** The key of a file in the bucket. */
export const assetKey = (content: string | Buffer, ending: string): string => `${hash(content)}.${ending}`;

/** The tag of the image that an assembly needs. */
export const imageTag = hash('image');

/** The artifact of the stack in a place: its own name where there is one place. */
const artifactOf = ({ places, stack }: AssemblySettings, { account, region }: CdkPlace): string =>
  places.length === 1 ? stack : `${stack}-${account}-${region}`;

/**
 * Writes a cloud assembly, as `cdk synth` does.
 * @returns the folder in which it is
 */
export function writeAssembly(stage: Stage, settings: AssemblySettings, folder = 'cdk.out'): string {
  const artifacts = settings.places.map((place) => writeStack(stage, settings, folder, place));
  const manifest = { version: '36.0.0', artifacts: Object.assign({}, ...artifacts) as object };
  stage.write(join(folder, 'manifest.json'), JSON.stringify(manifest));
  return folder;
}

/** What the app asks for beside the role. */
const assumeOptions = ({ sessionTags = [] }: AssemblySettings) =>
  sessionTags.length === 0
    ? {}
    : { assumeRoleAdditionalOptions: { Tags: sessionTags.map((Key) => ({ Key, Value: 'x' })) } };

/** The template of the stack. */
export function templateOf({ qualifier, revision, resources }: AssemblySettings): string {
  const Queue = { Type: 'AWS::SQS::Queue', Properties: { DelaySeconds: revision } };
  const BootstrapVersion = { Type: 'AWS::SSM::Parameter::Value<String>', Default: versionParameter(qualifier) };
  return JSON.stringify({ Resources: { Queue, ...resources }, Parameters: { BootstrapVersion } });
}

function writeStack(stage: Stage, settings: AssemblySettings, folder: string, place: CdkPlace): object {
  const { account, region } = place;
  const { qualifier, image = false, files = {} } = settings;
  const id = artifactOf(settings, place);
  const version = { bootstrapStackVersionSsmParameter: versionParameter(qualifier) };
  const assumed = (role: BootstrapRole) => bootstrapRole(settings, role, place);
  const options = assumeOptions(settings);
  const template = templateOf(settings);
  const upload = (path: string, content: string | Buffer, ending: string) => {
    stage.write(join(folder, path), content);
    const objectKey = assetKey(content, ending);
    const bucketName = assetBucket(settings, place);
    const current = { bucketName, objectKey, region, assumeRoleArn: assumed('file-publishing'), ...options };
    return { [hash(content)]: { source: { path, packaging: 'file' }, destinations: { current } } };
  };
  const templateFile = `${id}.template.json`;
  const assets = {
    version: '36.0.0',
    files: Object.assign(
      upload(templateFile, template, 'json'),
      ...Object.entries(files).map(([path, content]) => upload(path, content, 'zip')),
    ) as object,
    dockerImages: image
      ? {
          [imageTag]: {
            source: { directory: 'image' },
            destinations: {
              current: {
                repositoryName: assetRepository(settings, place),
                imageTag,
                region,
                assumeRoleArn: assumed('image-publishing'),
                ...options,
              },
            },
          },
        }
      : {},
  };
  if (image) stage.write(join(folder, 'image', 'Dockerfile'), 'FROM scratch\n');
  stage.write(join(folder, `${id}.assets.json`), JSON.stringify(assets));
  return {
    [`${id}.assets`]: {
      type: 'cdk:asset-manifest',
      properties: { file: `${id}.assets.json`, requiresBootstrapStackVersion: 6, ...version },
    },
    [id]: {
      type: 'aws:cloudformation:stack',
      environment: `aws://${account}/${region}`,
      properties: {
        templateFile,
        stackName: settings.stack,
        terminationProtection: settings.terminationProtection ?? false,
        validateOnSynth: false,
        assumeRoleArn: assumed('deploy'),
        ...options,
        cloudFormationExecutionRoleArn: assumed('cfn-exec'),
        stackTemplateAssetObjectUrl: `s3://${assetBucket(settings, place)}/${assetKey(template, 'json')}`,
        requiresBootstrapStackVersion: 6,
        ...version,
        additionalDependencies: [`${id}.assets`],
        lookupRole: { arn: assumed('lookup'), ...options, requiresBootstrapStackVersion: 8, ...version },
      },
      dependencies: [`${id}.assets`],
      displayName: id,
    },
  };
}

/** What an app asks the CDK to look up: the provider's name and what it is asked. */
export interface ContextLookup {
  readonly provider:
    | 'ami'
    | 'availability-zones'
    | 'hosted-zone'
    | 'key-provider'
    | 'load-balancer'
    | 'load-balancer-listener'
    | 'security-group'
    | 'ssm'
    | 'vpc-provider';
  readonly props: Readonly<Record<string, unknown>>;
}

/**
 * Writes an app that looks something up before it has its assembly: the CDK asks for it with the lookup role.
 * @param assembly the folder that it gives once it knows the values
 * @returns the command that runs it
 */
export function writeLookingApp(
  stage: Stage,
  settings: AssemblySettings,
  lookups: readonly ContextLookup[],
  assembly: string,
): string {
  const missing = settings.places.flatMap((place) =>
    lookups.map(({ provider, props }) => ({
      key: `${provider}:${JSON.stringify({ ...place, ...props })}`,
      provider,
      props: {
        ...place,
        ...props,
        lookupRoleArn: bootstrapRole(settings, 'lookup', place),
        ...assumeOptions(settings),
      },
    })),
  );
  stage.write('app.mjs', lookingApp(missing, assembly));
  return `${process.execPath} app.mjs`;
}

const lookingApp = (missing: readonly { readonly key: string }[], assembly: string) => `
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';

const context = JSON.parse(process.env.CDK_CONTEXT_JSON ?? '{}');
const folder = process.env.CDK_OUTDIR ?? 'cdk.out';
const missing = ${JSON.stringify(missing)}.filter(({ key }) => !(key in context));
for (const value of Object.values(context)) {
  if (value?.$providerError === undefined) continue;
  console.error(value.$providerError);
  process.exit(1);
}
mkdirSync(folder, { recursive: true });
if (missing.length > 0) writeFileSync(folder + '/manifest.json', JSON.stringify({ version: '36.0.0', missing }));
else cpSync(${JSON.stringify(assembly)}, folder, { recursive: true });
`;
