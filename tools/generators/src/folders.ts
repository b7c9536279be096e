import { existsSync, readdirSync } from 'node:fs';

/** The root of the workspace: paths of generated files begin here. */
export const root = new URL('../../../', import.meta.url);

export const catalogPath = 'packages/core/src/catalog';

/** The folder with one folder for each permissions entry. */
export const permissionsFolder = new URL(`${catalogPath}/permissions/`, root);

/** The folder with one folder for each trust entry. */
export const trustFolder = new URL(`${catalogPath}/trust/`, root);

/** The folder with one folder for each use case that has a proof plan. */
export const plansFolder = new URL('packages/proof/src/use-cases/', root);

export const servicesPath = 'packages/sandbox/src/services';

/** The folder with one folder for each service of the sandbox. */
export const servicesFolder = new URL(`${servicesPath}/`, root);

/** The names of the services of the sandbox. */
export function listServices(): string[] {
  return foldersIn(servicesFolder).filter((name) => existsSync(new URL(`${name}/service.ts`, servicesFolder)));
}

/** The names of the folders in a folder, in alphabetical order; none where it is missing. */
export function foldersIn(folder: URL): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((item) => item.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/** The ids of all entries: the names of the folders that hold an entry, in alphabetical order. */
export function listIds(): string[] {
  return foldersIn(permissionsFolder).filter((id) => existsSync(new URL(`${id}/entry.ts`, permissionsFolder)));
}

/** The ids of all trust entries, in alphabetical order. */
export function listTrustIds(): string[] {
  return foldersIn(trustFolder).filter((id) => existsSync(new URL(`${id}/entry.ts`, trustFolder)));
}

/** The ids of the trust entries that say how the tokens of their provider look. */
export function listModels(): string[] {
  return listTrustIds().filter((id) => existsSync(new URL(`${id}/model.ts`, trustFolder)));
}

/** What the entry in a folder of `trust/` is exported as: `made-up-ci` becomes `madeUpCiTrust`. */
export function trustExportName(id: string): string {
  return `${exportName(id)}Trust`;
}

/** The ids of the use cases that have a proof plan. */
export function listPlanned(): string[] {
  return foldersIn(plansFolder).filter((id) => existsSync(new URL(`${id}/plan.ts`, plansFolder)));
}

/** The folder with one file for each kind of option. */
export const kindsPath = 'packages/core/src/use-case/kinds';

/** The names of the option kinds, in alphabetical order. */
export function listKinds(): string[] {
  return readdirSync(new URL(`${kindsPath}/`, root))
    .filter((name) => name.endsWith('.ts') && name !== 'index.ts')
    .map((name) => name.slice(0, -'.ts'.length))
    .sort();
}

/** The file that recorded runs of a use case are written to. */
export function evidenceOf(id: string): URL {
  return new URL(`${id}/evidence.json`, permissionsFolder);
}

/** The file that says what in a repository shows a use case. */
export function detectionOf(id: string): URL {
  return new URL(`${id}/detect.ts`, permissionsFolder);
}

/** The file that recorded runs of a trust entry are written to. */
export function trustEvidenceOf(id: string): URL {
  return new URL(`${id}/evidence.json`, trustFolder);
}

/** `made-up-job` becomes `madeUpJob`. */
export function exportName(id: string): string {
  return id.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
