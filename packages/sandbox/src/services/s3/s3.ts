import type { Failure, HttpRequest, Reply, Service } from '../../server/call.js';
import { writeXml } from '../../protocols/xml.js';
import { identifyS3 } from './identify.js';
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

export const s3: Service = {
  name: 's3',
  identify: identifyS3,
  rules,
  operations,
  fail,
  denied: { status: 403, code: 'AccessDenied' },
};
