import { arn, region, dnsSuffix, template } from '../../use-case/template.js';
import type { ConditionTemplate } from '../../use-case/use-case.js';

/**
 * Limits a KMS key to objects, read and written through S3. The encryption context is the object's ARN, or the bucket's ARN
 * where it uses bucket keys.
 * @param values the ARNs of the objects
 * @param buckets the ARNs of their buckets; the entry's `bucket` by default
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 */
export function onlyObjects(
  values: ConditionTemplate['values'],
  buckets: ConditionTemplate['values'] = [arn('bucket')],
): ConditionTemplate[] {
  return objectsBy({ exact: 'StringEquals', wildcards: 'StringLike' }, [...buckets, ...values]);
}

/**
 * The same for objects of which only the beginning of the key is known.
 * @param values the ARNs of the objects, with a star at their end
 * @param buckets the ARNs of their buckets; the entry's `bucket` by default
 */
export function onlyObjectsUnder(
  values: ConditionTemplate['values'],
  buckets: ConditionTemplate['values'] = [arn('bucket')],
): ConditionTemplate[] {
  return objectsBy('StringLike', [...buckets, ...values]);
}

function objectsBy(operator: ConditionTemplate['operator'], values: ConditionTemplate['values']): ConditionTemplate[] {
  return [
    {
      operator: 'StringEquals',
      key: 'kms:ViaService',
      values: [template`s3.${region}.${dnsSuffix}`],
      reason: 'only through S3',
    },
    {
      operator,
      key: 'kms:EncryptionContext:aws:s3:arn',
      values,
      reason: 'only for these objects, or for the bucket where it uses bucket keys',
    },
  ];
}

/**
 * Limits a KMS key to values that a service decrypts for the caller, with their ARN as encryption context.
 * @param service as it stands in the host name of the service
 * @param key the key of the encryption context
 * @param what the values in words: "these secrets"
 * @param values the ARNs, which may hold wildcards
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/services-parameter-store.html
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
 */
export function onlyEncryptedFor(
  service: string,
  key: string,
  what: string,
  values: ConditionTemplate['values'],
): ConditionTemplate[] {
  return [
    {
      operator: 'StringEquals',
      key: 'kms:ViaService',
      values: [[`${service}.`, region, '.', dnsSuffix]],
      reason: 'only through the service',
    },
    { operator: 'StringLike', key: `kms:EncryptionContext:${key}`, values, reason: `only for ${what}` },
  ];
}
