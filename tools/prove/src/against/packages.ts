import { digest } from './digest.js';

/** What a lock file of npm says of the packages. */
export interface LockedTree {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

interface LockedPackage {
  readonly version?: string;
  readonly integrity?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/**
 * A digest of the releases of packages, and of all that these need.
 * @param from the folder of the package that imports them
 */
export function digestPackages(lock: LockedTree, names: Iterable<string>, from: string): string {
  const found = new Map<string, string>();
  const visit = (name: string, folder: string): void => {
    const place = placeOf(lock, name, folder);
    if (place === undefined || found.has(place)) return;
    const { version, integrity, dependencies, optionalDependencies } = lock.packages[place]!;
    found.set(place, `${version} ${integrity}`);
    for (const other of Object.keys({ ...dependencies, ...optionalDependencies })) visit(other, place);
  };
  for (const name of names) visit(name, from);
  return digest([...found].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Where Node finds a package: in the `node_modules` of the folder, or of one above it. */
function placeOf({ packages }: LockedTree, name: string, folder: string): string | undefined {
  const place = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
  if (packages[place] !== undefined) return place;
  return folder === '' ? undefined : placeOf({ packages }, name, folder.split('/').slice(0, -1).join('/'));
}
