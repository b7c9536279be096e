import type { Call } from '../../server/call.js';

const groups = 'http://acs.amazonaws.com/groups';
const logDelivery = `${groups}/s3/LogDelivery`;
const xmlns = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';
const instance = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';

const permissions: Readonly<Record<string, string>> = {
  'x-amz-grant-read': 'READ',
  'x-amz-grant-write': 'WRITE',
  'x-amz-grant-read-acp': 'READ_ACP',
  'x-amz-grant-write-acp': 'WRITE_ACP',
  'x-amz-grant-full-control': 'FULL_CONTROL',
};

/**
 * Groups that a canned ACL lets in, besides the owner.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl
 */
const canned: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  private: [],
  'public-read': [[`${groups}/global/AllUsers`, 'READ']],
  'public-read-write': [
    [`${groups}/global/AllUsers`, 'READ'],
    [`${groups}/global/AllUsers`, 'WRITE'],
  ],
  'authenticated-read': [[`${groups}/global/AuthenticatedUsers`, 'READ']],
  'log-delivery-write': [
    [logDelivery, 'WRITE'],
    [logDelivery, 'READ_ACP'],
  ],
};

/** The ACL that the headers of a request describe; undefined where they describe none that is known. */
export function aclOfHeaders({ http: { headers } }: Call): string | undefined {
  const name = headers['x-amz-acl'];
  if (name !== undefined) return canned[name] === undefined ? undefined : documentOf(canned[name]);
  const grants = Object.entries(permissions).flatMap(([header, permission]) =>
    [...(headers[header] ?? '').matchAll(/uri="?(http[^",\s]+)"?/g)].map(([, uri]) => [uri!, permission] as const),
  );
  return grants.length === 0 ? undefined : documentOf(grants);
}

function documentOf(grants: readonly (readonly [string, string])[]): string {
  const owner = `<Grant><Grantee ${instance} xsi:type="CanonicalUser"><ID>sandbox</ID></Grantee><Permission>FULL_CONTROL</Permission></Grant>`;
  const others = grants.map(
    ([uri, permission]) =>
      `<Grant><Grantee ${instance} xsi:type="Group"><URI>${uri.replace(/[<>&]/g, '')}</URI></Grantee><Permission>${permission}</Permission></Grant>`,
  );
  return `<AccessControlPolicy ${xmlns}><Owner><ID>sandbox</ID></Owner><AccessControlList>${owner}${others.join('')}</AccessControlList></AccessControlPolicy>`;
}
