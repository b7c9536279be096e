import type { IdentityProblem } from './identity-problems.js';

/** A refusal as a message tells it; what it does not tell is undefined. */
export interface ReadDenial {
  readonly action: string | undefined;
  /** The ARN, or as much of it as the message names. */
  readonly resource: string | undefined;
  readonly principal: string | undefined;
  /** Which kind of policy is said to be the reason. */
  readonly reason: string | undefined;
  /** The ARN of that policy, which AWS names within an account or organization. */
  readonly policy: string | undefined;
  /** The API operation, where the message names one. */
  readonly operation: string | undefined;
  /** The service that was called, as IAM names it. */
  readonly service: string | undefined;
  /** The service that asked for the caller, where the refused action is another service's. */
  readonly via: string | undefined;
  /** The HTTP status, where it changes what the refusal means. */
  readonly status: number | undefined;
  /** Why there is no session, where that is no question of a permission. */
  readonly problem: IdentityProblem | undefined;
  /** The issuer of the token, where the message names it. */
  readonly issuer: string | undefined;
  /** Whether AWS encoded the message, so that only AWS can read it. */
  readonly encoded: boolean;
}

/** A refusal, and where in the text it stands. */
export interface FoundDenial {
  readonly at: number;
  readonly end: number;
  readonly denial: ReadDenial;
}

/** A refusal of which only some is known. */
export function denialOf(known: Partial<ReadDenial>): ReadDenial {
  return {
    action: undefined,
    resource: undefined,
    principal: undefined,
    reason: undefined,
    policy: undefined,
    operation: undefined,
    service: undefined,
    via: undefined,
    status: undefined,
    problem: undefined,
    issuer: undefined,
    encoded: false,
    ...known,
  };
}
