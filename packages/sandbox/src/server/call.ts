import type { ContextValue } from '@postern/core';
import type { World } from '../world/world.js';
import type { SigningPrincipal, Principals } from '../principals/principals.js';

/** A request as it came over the wire, its body read and decoded. */
export interface HttpRequest {
  readonly method: string;
  /** The host it was sent to, in lower case, without a port. */
  readonly host: string;
  /** The path as sent, still percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Whether it carries the secret of the run, so that it need not be signed to be the job's own. */
  readonly trusted?: boolean;
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** One thing that AWS asks of IAM before it serves a request. */
export interface Check {
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, ContextValue>>;
}

/** A request whose service and operation are known. */
export interface Call {
  readonly service: string;
  readonly operation: string;
  /** The parameters by name, as the service's API model names them. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly region: string;
  readonly principal: SigningPrincipal;
  readonly principals: Principals;
  readonly world: World;
  readonly http: HttpRequest;
  /** Asks IAM about something that changes the answer without refusing it, and logs the check. */
  allows(check: Check): boolean;
}

/** What AWS checks before it serves an operation, and where that is known from. */
export interface Rule {
  readonly source: string;
  readonly checks: (call: Call) => readonly Check[];
}

/** What an operation gives, by the names of the API; the protocol writes it. */
export type OperationOutput = Readonly<Record<string, unknown>>;

/** An answer that no protocol writes, such as the content of an object. */
export interface Raw {
  readonly raw: Reply;
}

/** What one operation does once it is allowed. */
export type Operation = (call: Call) => OperationOutput | Raw | Promise<OperationOutput | Raw>;

/** What a service's wire protocol makes of a request: its operation and parameters. */
export interface Identified {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** A parameter that the operation is not known to take, or that asks for what no rule asks for. */
  readonly odd?: string | undefined;
  /** Why the parameters cannot be read. */
  readonly failure?: ServiceError | undefined;
}

/** An error answer, before it is put into a protocol's shape. */
export interface Failure {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** Thrown by an operation to answer with an error of the service. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';

  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}
