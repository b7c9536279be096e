import { ServiceError, type Call } from '../server/call.js';

/** An operation whose checks are made but that cannot be served: to allow it silently would show nothing. */
export function unsupported({ operation }: Call): never {
  throw new ServiceError('UnknownOperationException', `the sandbox authorizes \`${operation}\` but cannot serve it`);
}
