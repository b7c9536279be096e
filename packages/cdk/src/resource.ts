import type { ICluster, IBaseService } from 'aws-cdk-lib/aws-ecs';
import type { IRepository } from 'aws-cdk-lib/aws-ecr';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ResourceReference } from '@postern/core';

/** A construct that may stand wherever an option takes a name or an ARN. */
export type Resource =
  | Pick<IRepository, 'repositoryArn' | 'repositoryName'>
  | Pick<ICluster, 'clusterArn' | 'clusterName'>
  | Pick<IBaseService, 'serviceArn' | 'serviceName'>
  | Pick<IBucket, 'bucketArn' | 'bucketName'>
  | Pick<ITable, 'tableArn' | 'tableName'>
  | Pick<IKey, 'keyArn' | 'keyId'>
  | Pick<IRole, 'roleArn' | 'roleName'>;

const attributes = [
  ['repositoryArn', 'repositoryName'],
  ['clusterArn', 'clusterName'],
  ['serviceArn', 'serviceName'],
  ['bucketArn', 'bucketName'],
  ['tableArn', 'tableName'],
  ['keyArn', 'keyId'],
  ['roleArn', 'roleName'],
] as const;

/** The ARN and name of a construct; every other value as it is. */
export function toReference(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toReference);
  if (typeof value !== 'object' || value === null) return value;
  const resource = value as Record<string, unknown>;
  for (const [arn, name] of attributes) {
    if (typeof resource[arn] === 'string') {
      return { arn: resource[arn], name: resource[name] as string } satisfies ResourceReference;
    }
  }
  return value;
}
