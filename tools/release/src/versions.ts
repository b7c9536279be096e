import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';

const root = new URL('../../../', import.meta.url);
const dependencyFields = new Set(['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies']);

/** What a release reads of a `package.json`, and of the same in `package-lock.json`. */
export interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly private?: boolean;
}

/** `package-lock.json`, as far as a release reads it: what stands for each folder. */
export interface Lock {
  readonly packages: Readonly<Record<string, Manifest>>;
}

const read = (path: string): unknown => JSON.parse(readFileSync(new URL(path, root), 'utf8'));

/** The `package.json` of every project, by its path from the workspace root. */
export function readManifests(): Map<string, Manifest> {
  const paths = ['packages', 'apps', 'tools'].flatMap((folder) =>
    readdirSync(new URL(folder, root)).map((name) => `${folder}/${name}/package.json`),
  );
  return new Map(paths.filter((path) => existsSync(new URL(path, root))).map((path) => [path, read(path) as Manifest]));
}

export function readLock(): Lock {
  return read('package-lock.json') as Lock;
}

/** The projects that are published: their names carry the version of the release. */
export function publishedNames(manifests: ReadonlyMap<string, Manifest>): Set<string> {
  const published = [...manifests.values()].filter(
    ({ version, private: own }) => own !== true && version !== undefined,
  );
  return new Set(published.map(({ name }) => name!));
}

/** A manifest of the release: its own version where it is published, and those of the published projects it depends on. */
export function withVersion(manifest: Manifest, published: ReadonlySet<string>, version: string): Manifest {
  const fields = Object.entries(manifest).map(([field, value]): [string, unknown] => {
    if (field === 'version' && published.has(manifest.name ?? '')) return [field, version];
    return [field, dependencyFields.has(field) ? withDependencies(value as Dependencies, published, version) : value];
  });
  return Object.fromEntries(fields) as Manifest;
}

type Dependencies = Readonly<Record<string, string>>;

function withDependencies(dependencies: Dependencies, published: ReadonlySet<string>, version: string): Dependencies {
  return Object.fromEntries(
    Object.entries(dependencies).map(([name, range]) => [name, published.has(name) ? version : range]),
  );
}

/** The lock of the release: the entries of the workspace's own projects change alike. */
export function lockWithVersion(lock: Lock, manifests: ReadonlyMap<string, Manifest>, version: string): Lock {
  const published = publishedNames(manifests);
  const packages = Object.entries(lock.packages).map(([folder, locked]): [string, Manifest] => [
    folder,
    manifests.has(`${folder}/package.json`) ? withVersion(locked, published, version) : locked,
  ]);
  return { ...lock, packages: Object.fromEntries(packages) };
}

/** Files that say which release of the program they run. */
export const pinning = ['.pre-commit-hooks.yaml', 'templates/postern.yml'] as const;

/** A text whose pins are of a version. */
export function withPins(text: string, version: string): string {
  return text
    .replace(/(?<=\bpostern@)\d+\.\d+\.\d+/g, version)
    .replace(/(?<=default: ')\d+\.\d+\.\d+(?=' # this release$)/gm, version);
}

/** Writes a version into every `package.json`, the lock, and what names the release. */
export function writeVersions(version: string): void {
  const manifests = readManifests();
  const published = publishedNames(manifests);
  const files = new Map<string, unknown>([
    ...[...manifests].map(([path, manifest]) => [path, withVersion(manifest, published, version)] as const),
    ['package-lock.json', lockWithVersion(readLock(), manifests, version)],
  ]);
  for (const [path, value] of files) writeFileSync(new URL(path, root), `${JSON.stringify(value, null, 2)}\n`);
  for (const path of pinning) {
    const url = new URL(path, root);
    writeFileSync(url, withPins(readFileSync(url, 'utf8'), version));
  }
}
