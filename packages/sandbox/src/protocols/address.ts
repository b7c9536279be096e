import type { HttpRequest } from '../server/call.js';
import type { OperationModel } from './model.js';

/** The parts of an operation's address. */
interface Address {
  readonly method: string;
  readonly segments: readonly string[];
  readonly query: readonly (readonly [string, string])[];
}

/** Where a request went, as an operation's address has it; what the host says besides is in `given`. */
export interface RequestAddress {
  readonly path: string;
  /** Members that stand in the host or before the path. */
  readonly given: Readonly<Record<string, unknown>>;
}

const addresses = new WeakMap<OperationModel, Address>();

/** Reads `PUT /functions/{FunctionName}/code?a=b`. */
export function addressOf(operation: OperationModel): Address {
  const known = addresses.get(operation);
  if (known !== undefined) return known;
  const [method = '', uri = ''] = (operation.http ?? '').split(' ');
  const [path = '', question = ''] = uri.split('?');
  const address = { method, segments: segmentsOf(path), query: [...new URLSearchParams(question)] };
  addresses.set(operation, address);
  return address;
}

const segmentsOf = (path: string) => path.split('/').filter((part) => part !== '');

/** The member in a part of an address: `{Key+}` takes all that is left. */
const labelIn = (part: string) => /^\{([^}+]+)(\+?)\}$/.exec(part);

/**
 * The operation that a request is, by its method and address, and by the parameters and headers that tell operations of
 * one address apart. The one that says most wins; of two that say the same, the one that is served.
 */
export function findByAddress(
  operations: Readonly<Record<string, OperationModel>>,
  { method, query, headers }: Pick<HttpRequest, 'method' | 'query' | 'headers'>,
  { path, given }: RequestAddress,
): string | undefined {
  let best: { readonly name: string; readonly score: number } | undefined;
  for (const [name, operation] of Object.entries(operations)) {
    const address = addressOf(operation);
    if (address.method !== method) continue;
    const labels = readLabels(operation, path);
    if (labels === undefined) continue;
    const needs = operation.needs ?? [];
    if (!address.query.every(([key, value]) => query.has(key) && (value === '' || query.get(key) === value))) continue;
    if (!needs.every((need) => isGiven(need, query, headers, given))) continue;
    const fixed = address.segments.filter((part) => !part.startsWith('{')).length;
    const score = fixed * 16 + (address.query.length + needs.length) * 2 + (operation.input === undefined ? 0 : 1);
    if (best === undefined || score > best.score) best = { name, score };
  }
  return best?.name;
}

function isGiven(
  need: string,
  query: URLSearchParams,
  headers: HttpRequest['headers'],
  given: RequestAddress['given'],
): boolean {
  if (need.startsWith('?')) return query.has(need.slice(1));
  return need.startsWith('{') ? need.slice(1, -1) in given : need in headers;
}

/** What the labels of an address stand for in a path; undefined where the path is another. */
export function readLabels(operation: OperationModel, path: string): Record<string, string> | undefined {
  const { segments } = addressOf(operation);
  const asked = segmentsOf(path);
  const greedy = segments.some((part) => labelIn(part)?.[2] === '+');
  if (segments.length === 0) return /^\/?$/.test(path) ? {} : undefined;
  if (greedy ? asked.length < segments.length - 1 : asked.length !== segments.length || path.includes('//'))
    return undefined;
  const found: Record<string, string> = {};
  for (const [index, part] of segments.entries()) {
    const label = labelIn(part);
    if (label === null) {
      if (part !== asked[index]) return undefined;
      continue;
    }
    // A key may begin and end with slashes, which are its own.
    if (label[2] === '+') {
      const rest = restOf(path, index);
      return rest === '' ? undefined : { ...found, [label[1]!]: decode(rest) };
    }
    found[label[1]!] = decode(asked[index]!);
  }
  return found;
}

function restOf(path: string, segments: number): string {
  let rest = path.replace(/^\//, '');
  for (let index = 0; index < segments; index += 1) rest = rest.slice(rest.indexOf('/') + 1);
  return rest;
}

/** A part that is no valid percent-encoding is read as it stands. */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Writes the path of a request. */
export function writePath(operation: OperationModel, labels: Readonly<Record<string, unknown>>): string {
  const parts = addressOf(operation).segments.map((part) => {
    const label = labelIn(part);
    if (label === null) return part;
    const value = encode(String(labels[label[1]!] ?? ''));
    return label[2] === '+' ? value.replaceAll('%2F', '/') : value;
  });
  return `/${parts.join('/')}`;
}

/** Percent-encoding as signatures have it. */
export const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);
