import { didYouMean, quote, type Problem } from '../document/problem.js';
import { configVersion, type Config, type ConfigEntry, type ConfigHalf, type ConfigRole } from './config.js';
import { isMembers, refuseNames, refuseUnknown, within, type Members } from './members.js';
import { readEntries } from './read-entries.js';
import { placeNames, readPlace, regionProblem, type GivenPlace } from './read-place.js';
import { withReferences, type ReferenceValues } from './references.js';

/** What a file says, and what is wrong with it: roles count only where there are no problems. */
export interface ConfigReading extends Config {
  readonly problems: readonly Problem[];
}

const ownSettings = ['roleName', 'path', 'maxSessionDuration', 'boundary'] as const;
const parts = ['trust', 'permissions'] as const;
const roleMembers = [...ownSettings, ...placeNames, ...parts, 'plan', 'apply', 'environments'];

/**
 * Reads the value of a `postern.yaml`: its roles in each of their environments, references written out. What entries say of
 * their options is found by {@link buildConfig}.
 * @param value what JSON or YAML gave
 */
export function readConfig(value: unknown): ConfigReading {
  const problems: Problem[] = [];
  const refused = (path: string, message: string) => ({ roles: [], problems: [{ path, message }] });
  if (!isMembers(value)) return refused('', 'this is no set of roles: write `version: 1`, and `roles` by name');
  const version = versionProblem(value['version']);
  if (version !== undefined) return refused('version', version);
  refuseUnknown(value, ['$schema', 'version', ...placeNames, 'environments', 'roles'], '', 'the file', problems);
  const top = readPlace(value, '', problems);
  const environments = readEnvironments(value['environments'], 'environments', problems);
  const given = value['roles'];
  if (!isMembers(given) || Object.keys(given).length === 0) {
    problems.push({ path: 'roles', message: 'missing: write each role by its name, with `trust` and `permissions`' });
    return { roles: [], problems };
  }
  refuseNames(Object.keys(given), 'roles', 'a role', problems);
  const used = new Set<string>();
  const roles = Object.entries(given).flatMap(([name, role]) =>
    readRole(name, role, { top, environments, used, problems }),
  );
  for (const name of environments.keys()) {
    if (used.has(name)) continue;
    const message = `no role is made for ${quote(name)}: name it in the \`environments\` of a role, or take it out`;
    problems.push({ path: within('environments', name), message });
  }
  return { roles, problems: distinct(problems) };
}

function versionProblem(version: unknown): string | undefined {
  if (version === configVersion) return undefined;
  if (version === undefined) return `missing: write \`version: ${configVersion}\` at the top of the file`;
  if (typeof version === 'number' && Number.isInteger(version) && version > configVersion) {
    return `${quote(version)} is newer than this postern, which reads version ${configVersion}: update postern`;
  }
  return `${quote(version)} is no version of the file: write \`version: ${configVersion}\``;
}

type Environments = ReadonlyMap<string, GivenPlace>;

function readEnvironments(value: unknown, path: string, problems: Problem[]): Environments {
  const found = new Map<string, GivenPlace>();
  if (value === undefined || value === null) return found;
  if (!isMembers(value)) {
    problems.push({
      path,
      message: `${quote(value)} is no set of environments: write them by name, each with its place`,
    });
    return found;
  }
  refuseNames(Object.keys(value), path, 'an environment', problems);
  for (const [name, place] of Object.entries(value)) {
    const where = within(path, name);
    const members = place ?? {};
    if (isMembers(members)) {
      refuseUnknown(members, placeNames, where, 'an environment', problems);
      found.set(name, readPlace(members, where, problems));
    } else {
      problems.push({ path: where, message: `${quote(place)} is no place: write \`account\` and \`region\` under it` });
      found.set(name, {});
    }
  }
  return found;
}

interface Around {
  readonly top: GivenPlace;
  readonly environments: Environments;
  /** Gets the environments that a role is made for. */
  readonly used: Set<string>;
  readonly problems: Problem[];
}

function readRole(name: string, value: unknown, { top, environments, used, problems }: Around): ConfigRole[] {
  const path = within('roles', name);
  if (!isMembers(value)) {
    problems.push({ path, message: `${quote(value)} is no role: write \`trust\` and \`permissions\` under it` });
    return [];
  }
  refuseUnknown(value, roleMembers, path, 'a role', problems);
  const own = readPlace(value, path, problems);
  const half = readHalf(value, path, problems);
  const isPair = value['plan'] !== undefined || value['apply'] !== undefined;
  const halves = isPair
    ? { plan: readNamed(value, 'plan', path, problems), apply: readNamed(value, 'apply', path, problems) }
    : undefined;
  if (isPair && half.trust.length > 0) {
    const message = 'with plan and apply apart, each has its own: write it under `plan` and under `apply`';
    problems.push({ path: within(path, 'trust'), message });
  }
  const where = within(path, 'environments');
  const places = placesOf(value['environments'], environments, where, problems);
  for (const environment of places.keys()) if (environment !== undefined) used.add(environment);
  return [...places].map(([environment, place]) => {
    const said = { ...top, ...place.shared, ...own, ...place.own };
    const disagreement = regionProblem(said);
    if (disagreement !== undefined) problems.push(disagreement);
    const { partition, ...others } = said;
    const all: GivenPlace = disagreement === undefined && partition !== undefined ? { ...others, partition } : others;
    const values: ReferenceValues = {
      account: all.account?.value,
      region: all.region?.value,
      environment,
    };
    const written = (entries: readonly ConfigEntry[]) =>
      entries.map((entry) => ({
        ...entry,
        options: withReferences(entry.options, values, entry.path, problems) as Members,
      }));
    const writtenHalf = ({ trust, permissions }: ConfigHalf) => ({
      trust: written(trust),
      permissions: written(permissions),
    });
    const settings = ownSettings.flatMap((setting) =>
      value[setting] === undefined
        ? []
        : [[setting, withReferences(value[setting], values, within(path, setting), problems)]],
    );
    const placed = placeNames.flatMap((one) => (all[one] === undefined ? [] : [[one, all[one].value]]));
    return {
      name,
      environment,
      ...writtenHalf(half),
      halves: halves && { plan: writtenHalf(halves.plan), apply: writtenHalf(halves.apply) },
      settings: Object.fromEntries([['roleName', name], ...settings, ...placed]) as Members,
      path,
      placePaths: new Map(placeNames.flatMap((one) => (all[one] === undefined ? [] : [[one, all[one].path]]))),
    };
  });
}

interface PlaceOfRole {
  /** What the environment says of every role. */
  readonly shared: GivenPlace;
  /** What the role says of the environment. */
  readonly own: GivenPlace;
}

/** In which environments a role is made: all where it does not say, and once where there are none. */
function placesOf(
  value: unknown,
  environments: Environments,
  path: string,
  problems: Problem[],
): ReadonlyMap<string | undefined, PlaceOfRole> {
  const once = new Map([[undefined, { shared: {}, own: {} }]]);
  const shared = (name: string) => environments.get(name) ?? {};
  if (value === undefined || value === null) {
    if (environments.size === 0) return once;
    return new Map([...environments].map(([name, place]) => [name, { shared: place, own: {} }]));
  }
  if (!Array.isArray(value)) {
    const own = readEnvironments(value, path, problems);
    return new Map([...own].map(([name, place]) => [name, { shared: shared(name), own: place }]));
  }
  const named = value.flatMap((name: unknown, index): [string, PlaceOfRole][] => {
    if (typeof name === 'string' && environments.has(name)) return [[name, { shared: shared(name), own: {} }]];
    const known = [...environments.keys()];
    const hint =
      (typeof name === 'string' && didYouMean(name, known)) || ': write it under `environments` at the top of the file';
    problems.push({ path: `${path}[${index}]`, message: `${quote(name)} is no environment of the file${hint}` });
    return [];
  });
  return value.length === 0 ? once : new Map(named);
}

function readNamed(value: Members, name: 'plan' | 'apply', path: string, problems: Problem[]): ConfigHalf {
  const found = value[name];
  const where = within(path, name);
  if (!isMembers(found)) {
    problems.push({ path: where, message: 'missing: write `trust` under it, and `permissions` of its own' });
    return { trust: [], permissions: [] };
  }
  refuseUnknown(found, parts, where, 'one of two roles', problems);
  return readHalf(found, where, problems);
}

function readHalf(value: Members, path: string, problems: Problem[]): ConfigHalf {
  return {
    trust: readEntries('trust', value['trust'], within(path, 'trust'), problems),
    permissions: readEntries('permissions', value['permissions'], within(path, 'permissions'), problems),
  };
}

/** What is wrong in every environment is said once. */
export function distinct(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [`${problem.path}\n${problem.message}`, problem])).values()];
}
