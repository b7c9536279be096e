import { partitionOfRegion } from '@postern/core';
import { knownOperations, registryRequests, s3Requests, s3Signing, type KnownCheck } from './known-requests.js';
import type { AskedAt, AskedCheck, RequestLine, Rules } from './rules.js';

type Input = Readonly<Record<string, unknown>>;

/**
 * What the sandbox knows of requests, as data: it needs neither a server nor Node. Where a resource follows from more than names,
 * it stays unknown here.
 */
export const knownRules: Rules = { listChecks, readRequest, servicesWith };

const own = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

function listChecks(service: string, operation: string, input: Input = {}, at: AskedAt = {}): readonly AskedCheck[] {
  const checks = own(own(knownOperations, service) ?? {}, operation) ?? [];
  return checks.map((check) => fill(check, input, at));
}

function servicesWith(operation: string): readonly string[] {
  return Object.keys(knownOperations).filter((service) => own(knownOperations[service]!, operation) !== undefined);
}

const optional = /\[([^{\]]*\{([^}]*)\})\]/g;
const member = /\{([*/~@,]*)(\w+)(?:\|(\w+))?(?:=([^}]*))?\}/g;

/** The check of a request; `undefined` stands in its resource for what is not known, as the rules of the sandbox have it. */
function fill([action, template]: KnownCheck, input: Input, at: AskedAt): AskedCheck {
  const { account = '000000000000', region = 'us-east-1' } = at;
  const place: Input = { account, region, partition: partitionOfRegion.get(region) ?? 'aws' };
  const given = (name: string) => (Object.hasOwn(place, name) ? place[name] : own(input, name));
  const shown = template.replace(optional, (_, part: string, inside: string) =>
    given(inside.replace(/^[*/~@,]+/, '')) === undefined ? '' : part,
  );
  let whole: string | undefined;
  const resource = shown.replace(member, (_, signs: string, name: string, other?: string, usual?: string) => {
    if (Object.hasOwn(place, name)) return String(place[name]);
    const said = given(name) ?? (other === undefined ? undefined : given(other)) ?? usual;
    const value: unknown = signs.includes(',') && Array.isArray(said) ? said[0] : said;
    if (typeof value !== 'string' || value === '') return 'undefined';
    if (signs.includes('@') && isMadeBy(shown, value)) whole = value;
    const text = signs.includes('~') ? value.replace(/^\//, '') : value;
    return value === usual || fits(signs, text) ? text : 'undefined';
  });
  return { action, resource: whole ?? resource };
}

function fits(signs: string, value: string): boolean {
  if (signs.includes('*')) return true;
  return signs.includes('/') ? /^[^:/]+(?:\/[^:/]+)*$/.test(value) : /^[^:/]+$/.test(value);
}

/** Whether an ARN is of the form of a template: what stands between its places is the same. */
function isMadeBy(template: string, arn: string): boolean {
  const [start = ''] = template.split(':').slice(5).join(':').split(/[{[]/) as [string?];
  const [, , service] = template.split(':');
  const [scheme, , ofArn, , , ...rest] = arn.split(':');
  return scheme === 'arn' && ofArn === service && start !== '' && rest.join(':').startsWith(start);
}

function readRequest(
  service: string,
  request: RequestLine,
  at: AskedAt = {},
  input: Input = {},
): ReturnType<Rules['readRequest']> {
  return service === 'registry' ? readRegistryRequest(request, at, input) : readS3Request(request, at);
}

function readRegistryRequest({ method, path, question }: RequestLine, at: AskedAt, given: Input) {
  const [, name, kind = '', rest = ''] = /^\/v2\/(.+?)\/(manifests|blobs|tags)\/(.*)$/.exec(plain(path)) ?? [];
  const names = namesIn(question);
  const mounts = names.includes('mount') && names.includes('from') ? '?mount&from' : '';
  const shape = [
    ...(kind === 'tags' ? [`tags/${rest}`] : []),
    ...(kind === 'blobs' && /^uploads\/?$/.test(rest) ? [`blobs/uploads${mounts}`, 'blobs/uploads'] : []),
    ...(kind === 'blobs' && /^uploads(?!\/?$)/.test(rest) ? ['blobs/uploads/'] : []),
    ...(kind !== 'tags' && !(kind === 'blobs' && /^uploads/.test(rest)) ? [`${kind}/`] : []),
  ].find((one) => own(registryRequests, `${method} ${one}`) !== undefined);
  const found = shape === undefined ? undefined : own(registryRequests, `${method} ${shape}`);
  if (name === undefined || found === undefined) return undefined;
  const [operation, action] = found;
  const input = { name, ...given };
  const check: KnownCheck = [action, 'arn:{partition}:ecr:{region}:{*registry|account}:repository/{*name}'];
  return { operation, checks: [fill(check, { ...input, registry: given['account'] }, at)] };
}

/** Names that no general purpose bucket can have, and hosts that are none of buckets. */
const noBucket = /(?:-s3alias|--ol-s3|\.mrap|--(?:x|table)-s3)$/;
const otherHost = /(?:^|\.)(?:s3-(?:accesspoint|control|outposts|object-lambda)(?:-fips)?|accesspoint\.s3-global)\./;
const bucketHost = /^(?<bucket>[a-z0-9][a-z0-9.-]{1,254})\.s3[.-][a-z0-9.-]{1,254}\.[a-z]+$/;

function readS3Request({ method, host, path, question }: RequestLine, at: AskedAt) {
  const ofHost = /^s3[.-]/.test(host) ? undefined : bucketHost.exec(host)?.groups?.['bucket'];
  const [, first = '', rest = ''] = /^([^/]*)\/?(.*)$/s.exec(path.replace(/^\//, '')) ?? [];
  const bucket = ofHost ?? plain(first);
  const key = ofHost === undefined ? rest : path.replace(/^\//, '');
  if (bucket !== '' && (otherHost.test(host) || noBucket.test(bucket) || !/^[A-Za-z0-9._-]{1,255}$/.test(bucket)))
    return undefined;
  const names = namesIn(question);
  const parts = bucket === '' ? 0 : key === '' ? 1 : 2;
  const isIn = (one: string) => names.includes(one) || question.split('&').includes(one);
  const [found] = s3Requests
    .filter((one) => one.method === method && one.parts === parts && one.needs.every(isIn))
    .sort((one, other) => other.needs.length - one.needs.length);
  const known = (one: string) =>
    s3Signing.includes(one) ||
    found?.takes.includes(one) === true ||
    found?.needs.some((need) => need.split('=')[0] === one) === true;
  if (found === undefined || !names.every(known)) return undefined;
  const action = names.includes('versionId') ? (found.ofVersion ?? found.action) : found.action;
  const resource = ['*', 'arn:{partition}:s3:::{*Bucket}', 'arn:{partition}:s3:::{*Bucket}/{*Key}'][parts]!;
  return { operation: found.operation, checks: [fill([action, resource], { Bucket: bucket, Key: plain(key) }, at)] };
}

const namesIn = (question: string): string[] =>
  question
    .split('&')
    .filter((one) => one !== '')
    .map((one) => plain(one.split('=')[0]!));

function plain(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
