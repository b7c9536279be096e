/** One thing that IAM is asked for a request. */
export interface AskedCheck {
  readonly action: string;
  readonly resource: string;
}

/** Where a request went, as far as it is known. */
export interface AskedAt {
  readonly account?: string | undefined;
  readonly region?: string | undefined;
}

/** A request of HTTP as a message tells it. */
export interface RequestLine {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  /** What stands behind `?`. */
  readonly question: string;
}

/** What is known of the requests that services answer; the sandbox has such rules. */
export interface Rules {
  /**
   * What IAM is asked for an operation; nothing where it is not known.
   * @param service as IAM names it
   */
  listChecks(
    service: string,
    operation: string,
    input?: Readonly<Record<string, unknown>>,
    at?: AskedAt,
  ): readonly AskedCheck[];
  /**
   * The operation that a request is, and what IAM is asked for it; undefined where it is not known.
   * @param service `s3`, or `registry` for the HTTP of a container registry
   */
  readRequest(
    service: string,
    request: RequestLine,
    at?: AskedAt,
    input?: Readonly<Record<string, unknown>>,
  ): { readonly operation: string; readonly checks: readonly AskedCheck[] } | undefined;
  /** The services that have an operation of this name. */
  servicesWith(operation: string): readonly string[];
}

/** Nothing but the names in the message. */
export const namesAlone: Rules = {
  listChecks: () => [],
  readRequest: () => undefined,
  servicesWith: () => [],
};
