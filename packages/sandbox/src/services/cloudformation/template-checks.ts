import type { Call, Check } from '../../server/call.js';
import { storedChecks } from '../s3/encryption.js';
import { templateObject } from './source.js';

/** A template in a bucket is read with the rights of who asks. */
export function templateChecks(call: Call): Check[] {
  const place = templateObject(call);
  if (place === undefined) return [];
  const bucket = call.world.objects.buckets.get(place.bucket);
  const owner =
    bucket === undefined ? {} : { 'aws:ResourceAccount': bucket.account, 's3:ResourceAccount': bucket.account };
  const resource = `arn:${call.world.partition}:s3:::${place.bucket}/${place.key}`;
  return [
    { action: 's3:GetObject', resource, context: owner },
    ...storedChecks(call, place.bucket, place.key, bucket?.objects.get(place.key)?.kmsKey),
  ];
}
