import type { Call, Check } from '../../server/call.js';
import { aliasContext, keyArn, managed } from '../kms/key-names.js';
import { bucketOf } from './parameters.js';

/**
 * The condition keys that S3 fills from a request, besides those of listings.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html#amazons3-policy-keys
 */
export function contextOf(call: Call): Record<string, string | string[]> {
  const { headers, query } = call.http;
  const account = bucketOf(call)?.account;
  const context: Record<string, string | string[]> = {
    's3:authType': query.has('X-Amz-Signature') ? 'REST-QUERY-STRING' : 'REST-HEADER',
    's3:signatureversion': 'AWS4-HMAC-SHA256',
    ...(account === undefined ? {} : { 'aws:ResourceAccount': account, 's3:ResourceAccount': account }),
  };
  const copied = {
    's3:x-amz-acl': 'x-amz-acl',
    's3:x-amz-content-sha256': 'x-amz-content-sha256',
    's3:x-amz-server-side-encryption': 'x-amz-server-side-encryption',
    's3:x-amz-server-side-encryption-aws-kms-key-id': 'x-amz-server-side-encryption-aws-kms-key-id',
    's3:x-amz-storage-class': 'x-amz-storage-class',
    's3:x-amz-copy-source': 'x-amz-copy-source',
    's3:x-amz-object-ownership': 'x-amz-object-ownership',
    's3:if-none-match': 'if-none-match',
    's3:if-match': 'if-match',
  };
  for (const [key, header] of Object.entries(copied)) {
    const value = headers[header];
    if (value !== undefined) context[key] = value;
  }
  const version = query.get('versionId');
  if (version !== null) context['s3:versionid'] = version;
  const tagging = headers['x-amz-tagging'];
  if (tagging !== undefined) {
    const tags = new URLSearchParams(tagging);
    context['s3:RequestObjectTagKeys'] = [...tags.keys()];
    for (const [name, value] of tags) context[`s3:RequestObjectTag/${name}`] = value;
  }
  return context;
}

/**
 * The KMS key that a write will be encrypted with: the one in its headers, else the bucket's default.
 * @param headers those of the request that began the write
 */
export function encryptionOf(call: Call, headers = call.http.headers): string | undefined {
  const how = headers['x-amz-server-side-encryption'];
  const bucket = bucketOf(call);
  if (how === undefined) return bucket?.kmsKey;
  if (!how.startsWith('aws:kms')) return undefined;
  const named = headers['x-amz-server-side-encryption-aws-kms-key-id'] ?? bucket?.kmsKey;
  return named === undefined ? undefined : keyArn(call, named);
}

/** The checks KMS makes when S3 calls it for the caller, whose own permissions count. */
function keyCheck(
  call: Call,
  action: string,
  key: string,
  name = String(call.input['Bucket']),
  object = String(call.input['Key']),
): Check {
  const { world, region } = call;
  const bucketArn = `arn:${world.partition}:s3:::${name}`;
  const context = world.objects.buckets.get(name)?.bucketKey === true ? bucketArn : `${bucketArn}/${object}`;
  return {
    action,
    resource: key,
    context: {
      'kms:ViaService': `s3.${region}.${world.dnsSuffix}`,
      'kms:CallerAccount': call.principal.account,
      'kms:EncryptionContext:aws:s3:arn': context,
      'kms:EncryptionContextKeys': ['aws:s3:arn'],
      ...aliasContext(call, key),
    },
  };
}

export function decryptCheck(call: Call, key: string | undefined): Check[] {
  return key === undefined || managed.test(key) ? [] : [keyCheck(call, 'kms:Decrypt', key)];
}

/** The same for an object that another service reads for the caller. */
export function storedChecks(call: Call, bucket: string, object: string, key: string | undefined): Check[] {
  return key === undefined || managed.test(key) ? [] : [keyCheck(call, 'kms:Decrypt', key, bucket, object)];
}

export function encryptChecks(call: Call, key: string | undefined): Check[] {
  return key === undefined || managed.test(key) ? [] : [keyCheck(call, 'kms:GenerateDataKey', key)];
}
