import { ServiceError, type Call } from '../../server/call.js';
import type { Repository, StoredManifest } from './state.js';
import { arnOf } from '../../world/world.js';

/** A request may name the registry of another account. */
export const accountOf = (call: Call) => String(call.input['registryId'] ?? call.principal.account);

export function repositoryArn(call: Call, name: string, account = accountOf(call)): string {
  return arnOf(call.world, 'ecr', call.region, account, `repository/${name}`);
}

/** @throws {ServiceError} where it does not exist */
export function requireRepository(call: Call, name: string, account = accountOf(call)): Repository {
  const { registry, assumeExisting } = call.world;
  const found = registry.find(account, call.region, name);
  if (found !== undefined) return found;
  if (assumeExisting && name !== '') return registry.create(account, call.region, name);
  throw new ServiceError(
    'RepositoryNotFoundException',
    `The repository with name '${name}' does not exist in the registry with id '${account}'`,
  );
}

export function findManifest(repository: Repository, reference: string): StoredManifest | undefined {
  return repository.manifests.get(reference) ?? repository.manifests.get(repository.tags.get(reference) ?? '');
}
