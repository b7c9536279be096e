import type { World } from '../world/world.js';

export const region = 'eu-west-1';
export const account = '123456789012';

/** A request as a client of AWS would send it. */
export interface RawRequest {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  readonly region?: string;
}

/** What a request is, and every check that it must bring, as `action resource`, with condition keys as `key=value` behind. */
export type Row = readonly [operation: string, request: RawRequest, checks: readonly string[]];

/** What `rows.ts` in the folder of a service gives to the test of the rules. */
export interface ServiceRows {
  readonly rows: readonly Row[];
  /** Makes what is there before each request; `key` is the access key of who asks. */
  readonly setUp?: (world: World, key: string) => void;
  /** Actions for which the service reference and live refusals differ. */
  readonly unlikeTheReference?: readonly string[];
  /** Checks, as `action resource`, of another type than the service reference has for the action: the source of the rule says so. */
  readonly ofAnotherType?: readonly string[];
}

/** A request of a JSON protocol. */
export const json = (operation: string, input: object): RawRequest => ({
  method: 'POST',
  headers: { 'x-amz-target': `Service.${operation}`, 'content-type': 'application/x-amz-json-1.1' },
  body: JSON.stringify(input),
});

/** A request of the query protocol. */
export const query = (operation: string, fields: Readonly<Record<string, string>> = {}): RawRequest => ({
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams({ Action: operation, ...fields }).toString(),
});

/** A request of a protocol that tells operations by method and address. */
export const rest = (
  method: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  body?: string,
): RawRequest => ({ method, path, headers, ...(body === undefined ? {} : { body }) });
