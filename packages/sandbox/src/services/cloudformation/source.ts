import { decode } from '../../protocols/address.js';
import { ServiceError, type Call } from '../../server/call.js';
import { assumeStack, text } from './stacks.js';

/**
 * The address of a template in a bucket, as AWS sees it: clients that were given an endpoint write it into the address.
 */
export function templateUrl(call: Call): string | undefined {
  const url = text(call.input['TemplateURL']);
  return url?.replace(
    /^http:\/\/(?:127\.0\.0\.1|localhost)(?::[0-9]+)?\//,
    `https://s3.${call.region}.${call.world.dnsSuffix}/`,
  );
}

/** Where a template in a bucket is: `https://s3.REGION.SUFFIX/BUCKET/KEY`, or with the bucket in the host. */
export function templateObject(call: Call): TemplateObject | undefined {
  const url = templateUrl(call);
  return url === undefined ? undefined : placeOfTemplate(url);
}

export interface TemplateObject {
  readonly bucket: string;
  readonly key: string;
}

/** @throws {ServiceError} where the address is not in a bucket */
export function placeOfTemplate(url: string): TemplateObject {
  const [, host = '', path = ''] = /^https:\/\/([^/]+)\/([^?]+)/.exec(url) ?? [];
  if (!/(?:^|\.)s3[.-]/.test(host))
    throw new ServiceError('NotImplemented', `the sandbox does not know what reading \`${url}\` asks for`, 501);
  const own = /^(.+?)\.s3[.-]/.exec(host)?.[1];
  const slash = path.indexOf('/');
  return own === undefined
    ? { bucket: path.slice(0, slash), key: decode(path.slice(slash + 1)) }
    : { bucket: own, key: decode(path) };
}

/** The template of a request: its own, one in a bucket, or what the stack has; undefined where nobody knows it. */
export function templateOf(call: Call): string | undefined {
  const own = text(call.input['TemplateBody']);
  if (own !== undefined) return own;
  const place = templateObject(call);
  if (place === undefined) return assumeStack(call, String(call.input['StackName'] ?? ''))?.deployed?.template;
  return call.world.objects.buckets.get(place.bucket)?.objects.get(place.key)?.body.toString('utf8');
}
