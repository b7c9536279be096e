import { regionOfAddress } from './region-of-address.js';
import type { Rules } from './rules.js';

/** How tools name a bucket and a key near an error that does not. */
const patterns: readonly RegExp[] = [
  /object\s+"(?<key>[^"]{1,1024})"\s+in\s+S3\s+bucket\s+"(?<bucket>[^"]{1,63})"/g,
  /S3\s+bucket\s+"(?<bucket>[a-z0-9.-]{1,63})"(?:\s+with\s+prefix\s+"[^"]{0,1024}")?/g,
  /\b(?:upload|copy|move) failed: .{1,2000}? to s3:\/\/(?<bucket>[a-z0-9.-]{1,63})\/(?<key>.{1,1024}?) An error occurred/g,
  /\b(?:download|delete) failed: s3:\/\/(?<bucket>[a-z0-9.-]{1,63})\/(?<key>.{1,1024}?)(?: to .{1,2000}?)? An error occurred/g,
  /https?:\/\/(?<bucket>[a-z0-9.-]{1,63})\.s3[.-](?:[a-z0-9-]{1,30}\.){0,3}amazonaws\.(?:com(?:\.cn)?|eu)\/(?<url>[^\s"'`?<]{1,3000})/g,
  /https?:\/\/s3[.-](?:[a-z0-9-]{1,30}\.){0,3}amazonaws\.(?:com(?:\.cn)?|eu)\/(?<bucket>[a-z0-9.-]{1,63})(?:\/(?<url>[^\s"'`?<]{1,3000}))?/g,
  /["']?\bBucket["']?\s?[:=]\s?["']?(?<bucket>[a-z0-9.-]{1,63})["']?,\s?["']?Key["']?\s?[:=]\s?(?:"(?<key>[^"\n]{1,1024})"|'(?<key2>[^'\n]{1,1024})'|(?<key3>[^\s,"']{1,1024}))/g,
  /--bucket[ =]["']?(?<bucket>[a-z0-9.-]{1,63})["']?(?:[^\n]{0,300}?--key[ =](?:"(?<key>[^"\n]{1,1024})"|'(?<key2>[^'\n]{1,1024})'|(?<key3>\S{1,1024})))?/g,
  /s3:\/\/(?<bucket>[a-z0-9.-]{1,63})(?:\/(?<key>[^\s"'`,;)<>]{1,1024}))?/g,
];

/** How far before an error what it is about may stand, and how far behind its start. */
const before = 1500;
const behind = 400;

/** The ARN of the bucket or object that an error of S3 is about, where the text around it names one. */
export function findObject(rules: Rules, text: string, at: number, operation: string): string | undefined {
  const start = Math.max(0, at - before);
  // Another error ends what belongs to this one.
  const window = text.slice(start, at + behind);
  const found: RegExpExecArray[] = [];
  for (const pattern of patterns) {
    for (const match of window.matchAll(pattern)) if (!found.some((other) => holds(other, match))) found.push(match);
  }
  const nearest = found.sort((a, b) => distance(a.index, at - start) - distance(b.index, at - start))[0];
  if (nearest === undefined) return undefined;
  const { bucket = '', key, key2, key3, url } = nearest.groups ?? {};
  const name = key ?? key2 ?? key3 ?? (url === undefined ? undefined : plain(url));
  const region = regionOfAddress(/^https?:\/\/[^/]*/.exec(nearest[0])?.[0] ?? '');
  const [check] = rules.listChecks('s3', operation, { Bucket: bucket, Key: name }, { region });
  if (check === undefined || (name === undefined && check.resource.includes('/'))) return undefined;
  return check.resource.replace(/\s*\n\s*/g, ' ');
}

/** Whether the one pattern has read what the other one reads less of. */
const holds = (outer: RegExpExecArray, { index, 0: text }: RegExpExecArray) =>
  outer.index <= index && index + text.length <= outer.index + outer[0].length;

/** What stands before counts nearer than what stands behind. */
const distance = (index: number, at: number) => (index <= at ? at - index : (index - at) * 4);

function plain(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}
