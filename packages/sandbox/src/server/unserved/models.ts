import { findByAddress } from '../../protocols/address.js';
import type { OperationModel } from '../../protocols/model.js';
import type { HttpRequest } from '../call.js';
import table from './operations.json' with { type: 'json' };

/** A service that the sandbox does not have, as far as its requests can be told. */
export interface UnservedModel {
  readonly id: string;
  readonly signing: string;
  /** Its IAM prefix. */
  readonly prefix: string;
  readonly protocol: string;
  readonly operations: Readonly<Record<string, OperationModel>>;
}

const models: readonly UnservedModel[] = table.services;

/** Services that sign under a name: most often one. */
export const modelsSigning = (name: string): readonly UnservedModel[] =>
  models.filter(({ signing }) => signing === name);

/** The operation of a request, where a model of the service has its address. */
export function operationByAddress(
  signingName: string,
  http: HttpRequest,
): { readonly model: UnservedModel; readonly operation: string } | undefined {
  for (const model of modelsSigning(signingName)) {
    const operation = findByAddress(model.operations, http, { path: http.path, given: {} });
    if (operation !== undefined) return { model, operation };
  }
  return undefined;
}
