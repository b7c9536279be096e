import { restXmlProtocol } from '../../protocols/rest-xml.js';
import { writeXml } from '../../protocols/xml.js';
import type { Failure, HttpRequest, Reply } from '../../server/call.js';
import { defineService } from '../define.js';
import { placeOf, writePlace } from './address.js';
import { described } from './described.js';
import model from './model.json' with { type: 'json' };
import { operations } from './operations.js';
import { rules } from './rules.js';

/** An answer to HEAD has no body, so its code is lost, as it is with S3. */
function fail({ status, code, message }: Failure, http: HttpRequest): Reply {
  if (http.method === 'HEAD') return { status };
  return {
    status,
    headers: { 'content-type': 'application/xml' },
    body: writeXml({ Error: { Code: code, Message: message, RequestId: 'SANDBOX', HostId: 'sandbox' } }),
  };
}

export const s3 = defineService({
  name: 's3',
  model,
  rules,
  operations,
  described,
  protocol: restXmlProtocol({ read: placeOf, write: writePlace }),
  fail,
  denied: { status: 403, code: 'AccessDenied', quoted: true },
  unknownKey: { status: 403, code: 'InvalidAccessKeyId' },
  anonymous: true,
  kin: ['s3express', 's3-object-lambda', 's3-outposts'],
  // S3 Control signs as S3 does.
  takes: ({ path }) => !path.startsWith('/v20180820/'),
  /**
   * Each asks for another permission, or does something else.
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html
   */
  notServed:
    /\.(?:ObjectLock(?:Mode|RetainUntilDate|LegalHoldStatus|EventHold.*)|BypassGovernanceRetention|MFA|WriteOffsetBytes|IfMatch(?:LastModifiedTime|Size|InitiatedTime)|BucketNamespace|ObjectAnnotation.*)$/,
});
