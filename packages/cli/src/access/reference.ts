import type { ServiceReference } from '../lint/service-reference.js';

/** Loads AWS's service reference when it is first asked for; undefined where it is not installed. */
export function lazyReference(): () => Promise<ServiceReference | undefined> {
  let loaded: Promise<ServiceReference | undefined> | undefined;
  return () => {
    loaded ??= import('../lint/service-reference.js')
      .then(({ ServiceReference: reference }) => reference.load())
      .catch(() => undefined);
    return loaded;
  };
}
