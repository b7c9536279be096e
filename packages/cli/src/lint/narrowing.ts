import { type Statement } from '@postern/core';
import { reachOf, type ArnReach } from './reference/arn-form.js';
import { isDeferred } from '../policies/deferred.js';
import { formsOf, type KnownAction } from './service-reference.js';

/** Keys that every request to a service has, whatever it is about: they keep nobody from a resource. */
const notAboutResources =
  /^aws:(securetransport|currenttime|epochtime|multifactorauth\w*|requestedregion|useragent|referer|principal.*|userid|username|tokenissuetime|sourceidentity|federatedprovider|resourceaccount|resourceorg\w*|tagkeys)$/;

/**
 * Whether the statement's condition tells resources apart, so that `*` is not all there are: a key of the resource or of the
 * service that must be there and have one of some values.
 */
export function isNarrowed(statement: Statement): boolean {
  return Object.entries(statement.Condition ?? {}).some(([operator, keys]) => {
    if (/Not|IfExists|^ForAllValues|^Null$/.test(operator)) return false;
    return Object.entries(keys).some(
      ([key, values]) =>
        // A condition of the template tells deployments apart, not resources.
        !isDeferred(key) &&
        !notAboutResources.test(key.toLowerCase()) &&
        values.length > 0 &&
        !values.some((value) => /^\*+$/.test(value)),
    );
  });
}

/** How far the resources of a statement reach for an action: as far as the farthest of them. */
export function reachFor(statement: Statement, action: KnownAction): { reach: ArnReach; index: number } {
  const resources = statement.Resource ?? [];
  let best: { reach: ArnReach; index: number } = { reach: 'named', index: -1 };
  for (const [index, resource] of resources.entries()) {
    if (isDeferred(resource)) continue;
    for (const reach of /^\*+$/.test(resource)
      ? (['everything'] as const)
      : formsOf(action).map((form) => reachOf(resource, form))) {
      if (reach === 'everything') return { reach, index };
      if (reach === 'account' && best.reach === 'named') best = { reach, index };
    }
  }
  return best;
}
