import type { Failure, HttpRequest, Reply, ServiceError } from '../server/call.js';
import type { ServiceModel } from './model.js';

/** What a request says, by the names of the API. */
export interface ReadInput {
  readonly input: Readonly<Record<string, unknown>>;
  /** What it has and the operation is not known to take, in words. */
  readonly odd?: string | undefined;
  /** Why it cannot be read. */
  readonly failure?: ServiceError | undefined;
}

/** A request that a client sends, before it is signed. */
export interface WrittenRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** One of AWS's wire protocols: reads and answers requests, and writes them and reads the answers for replays. */
export interface Protocol {
  /**
   * The operation that a request names; undefined where its address is that of none.
   * @throws {ServiceError} where it names none
   */
  readonly name: (model: ServiceModel, http: HttpRequest) => string | undefined;
  readonly read: (model: ServiceModel, operation: string, http: HttpRequest) => ReadInput;
  readonly reply: (model: ServiceModel, operation: string, output: object) => Reply;
  readonly fail: (failure: Failure, http: HttpRequest) => Reply;
  /** The status and code of a refusal. */
  readonly denied: { readonly status: number; readonly code: string };
  readonly write: (model: ServiceModel, operation: string, input: object) => WrittenRequest;
  /** What an answer says: its output, or the error that it is. */
  readonly answer: (model: ServiceModel, operation: string, reply: ReceivedReply) => OutputMessage | Failure;
}

/** An answer as a client receives it. */
export interface ReceivedReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** What an operation gave, by the names of the API. */
export interface OutputMessage {
  readonly output: Readonly<Record<string, unknown>>;
}
