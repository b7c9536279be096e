import { attempt } from './resource.js';

type Properties = Readonly<Record<string, unknown>>;

/** What a property of a resource of the first level names. */
export interface WrittenProperty {
  readonly property: string;
  readonly value: unknown;
}

/** By type, and by the type that is asked for: the paths of the properties that name one; `*` is each item of a list. */
const paths: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'AWS::S3::Bucket': {
    'AWS::KMS::Key': [
      'bucketEncryption.serverSideEncryptionConfiguration.*.serverSideEncryptionByDefault.kmsMasterKeyId',
    ],
  },
  'AWS::DynamoDB::Table': { 'AWS::KMS::Key': ['sseSpecification.kmsMasterKeyId'] },
  'AWS::DynamoDB::GlobalTable': { 'AWS::KMS::Key': ['replicas.*.sseSpecification.kmsMasterKeyId'] },
  'AWS::ECS::Service': { 'AWS::ECS::Cluster': ['cluster'], 'AWS::ECS::TaskDefinition': ['taskDefinition'] },
  'AWS::ECS::TaskDefinition': { 'AWS::IAM::Role': ['taskRoleArn', 'executionRoleArn'] },
  'AWS::CodeDeploy::DeploymentGroup': {
    'AWS::CodeDeploy::Application': ['applicationName'],
    'AWS::CodeDeploy::DeploymentConfig': ['deploymentConfigName'],
  },
};

/** What a resource of the first level names of the types; undefined for anything else. */
export function writtenIn(resource: object, types: readonly string[]): WrittenProperty[] | undefined {
  const type = attempt(() => (resource as Properties)['cfnResourceType']);
  if (typeof type !== 'string') return undefined;
  const found = types.flatMap((one) => paths[type]?.[one] ?? []);
  return found.flatMap((path) =>
    valuesAt(resource, path.split('.')).map((value) => ({ property: path.slice(path.lastIndexOf('.') + 1), value })),
  );
}

function valuesAt(value: unknown, [step, ...rest]: readonly string[]): unknown[] {
  if (value === undefined || value === null) return [];
  if (step === undefined) return [value];
  if (step === '*') return (Array.isArray(value) ? value : []).flatMap((item) => valuesAt(item, rest));
  if (typeof value !== 'object') return [];
  return valuesAt(
    attempt(() => (value as Properties)[step]),
    rest,
  );
}
