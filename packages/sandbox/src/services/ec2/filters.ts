import { ServiceError } from '../../server/call.js';
import type { Ec2Resource } from './state.js';

interface Filter {
  readonly Name?: string;
  readonly Values?: readonly string[];
}

/** Where the value of a filter is found; a list between is gone through. */
export type Filters = Readonly<Record<string, readonly string[]>>;

/** Whether a resource passes all filters: each by one of its values, in which `*` and `?` are wildcards. */
export function passes(resource: Ec2Resource, given: unknown, known: Filters): boolean {
  const filters = (given ?? []) as readonly Filter[];
  return filters.every(({ Name = '', Values = [] }) => {
    const found = valuesOf(resource, Name, known);
    return found.some((value) => Values.some((pattern) => fits(pattern, value)));
  });
}

/** @throws {ServiceError} where the filter is not known here: what it leaves out is not known either */
function valuesOf(resource: Ec2Resource, name: string, known: Filters): string[] {
  if (name.startsWith('tag:')) {
    const tags = (resource['Tags'] ?? []) as readonly { readonly Key?: string; readonly Value?: string }[];
    return tags.flatMap(({ Key, Value = '' }) => (Key === name.slice('tag:'.length) ? [Value] : []));
  }
  if (!Object.hasOwn(known, name))
    throw new ServiceError('NotImplemented', `the sandbox does not know the filter \`${name}\``, 501);
  return known[name]!.reduce<unknown[]>(
    (values, member) =>
      values.flatMap((value) => {
        const inner = (value as Ec2Resource | null)?.[member];
        return inner === undefined ? [] : [inner].flat();
      }),
    [resource],
  ).map(String);
}

/** Goes through a pattern without a regular expression, which a hostile one could make slow. */
function fits(pattern: string, value: string): boolean {
  let [at, from, star, mark] = [0, 0, -1, 0];
  while (from < value.length) {
    if (pattern[at] === '*') [star, mark, at] = [at, from, at + 1];
    else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === value[from]))
      [at, from] = [at + 1, from + 1];
    else if (star >= 0) [at, mark, from] = [star + 1, mark + 1, mark + 1];
    else return false;
  }
  return [...pattern.slice(at)].every((rest) => rest === '*');
}
