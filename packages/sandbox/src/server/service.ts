import type { ServiceModel } from '../protocols/model.js';
import type { Protocol } from '../protocols/protocol.js';
import type { SigningPrincipal } from '../principals/principals.js';
import type { Section } from '../world/section.js';
import type { World } from '../world/world.js';
import type { Failure, HttpRequest, Identified, Operation, OperationOutput, Reply, Rule } from './call.js';
import type { ServerSetting } from './setting.js';

/** Who asks, where no signature of AWS says so. */
export type SignedIn =
  | { readonly principal: SigningPrincipal; readonly region: string | undefined }
  | { readonly failure: Failure };

/** A service as the sandbox knows it: everything that is particular to it. */
export interface Service {
  /** The name of its folder, which is its IAM prefix. */
  readonly name: string;
  /** What AWS publishes about it; a service without has HTTP of its own. */
  readonly model?: ServiceModel;
  readonly protocol?: Protocol;
  /** @throws {ServiceError} where the request is none that the service has */
  readonly identify: (http: HttpRequest) => Identified;
  /** One rule for each operation. */
  readonly rules: Readonly<Record<string, Rule>>;
  /** The operations, under the same names as the rules. */
  readonly operations: Readonly<Record<string, Operation>>;
  readonly reply: (operation: string, output: OperationOutput) => Reply;
  /** An error in the shape of the service's protocol. */
  readonly fail: (failure: Failure, http: HttpRequest) => Reply;
  /** How a refusal is spelled. */
  readonly denied: RefusalForm;
  /** What is said where nobody has the access key of a signature. */
  readonly unknownKey?: Omit<Failure, 'message'>;
  /** Operations that are not signed, because what the caller shows is a token of somebody else. */
  readonly unsigned?: readonly string[];
  /** Whether it is asked for by requests that nobody signs and that name no service. */
  readonly anonymous?: boolean;
  /** Names in signatures of services that are not served and spell errors as it does. */
  readonly kin?: readonly string[];
  /** Whether a request that is signed for it is its own; else it is not served. */
  readonly takes?: (http: HttpRequest, world: World) => boolean;
  /** Reads credentials of its own kind; undefined where the request is not its own. */
  readonly signIn?: (http: HttpRequest, setting: ServerSetting) => SignedIn | undefined;
  /** The resources that a resource of a check may stand for, where AWS alone knows which; any of them may be the one. */
  readonly standsFor?: (resource: string, principal: SigningPrincipal) => readonly string[] | undefined;
  /** What a file may say exists of it, by section. */
  readonly described?: Readonly<Record<string, Section>>;
}

/** The status and code of a refusal, and whether its message has the resource in quotation marks. */
export interface RefusalForm {
  readonly status: number;
  readonly code: string;
  readonly quoted?: boolean;
}
