import { existsSync, readdirSync } from 'node:fs';
import {
  catalogPath,
  foldersIn,
  listIds,
  listPlanned,
  listTrustIds,
  plansFolder,
  root,
  servicesFolder,
  servicesPath,
  trustFolder,
} from './folders.js';

/** The folders in which every file is generated. */
const generatedFolders = ['packages/terraform/documents/', 'packages/terraform/modules/'];

/** What a run of the generator or of a proof writes into the folder of an entry. */
const written = /^(README\.md|evidence\.json|proved\.json|picture\.svg|samples\/.*)$/;
/** What of it is there for some entries alone. */
const ofSamples = /^(picture\.svg|samples\/.*)$/;

/**
 * The files that stand where only generated files stand, and that nothing generates any more: what a renamed or deleted
 * entry or sample left behind.
 * @param files every generated file
 * @returns their paths from the workspace root
 */
export function findStrays(files: ReadonlyMap<string, string>): string[] {
  const ids = new Set(listIds());
  // The package that names these modules imports the catalog, which is not written yet when this is loaded.
  const known = new Set([...ids, ...listTrustIds().map((id) => `trust-${id}`), 'ci-role', 'ci-role-pair']);
  const inGenerated = generatedFolders.flatMap((folder) =>
    filesBelow(folder).filter((path) => !known.has(path.slice(folder.length).split('/')[0]!) || !isLocal(path)),
  );
  const permissions = `${catalogPath}/permissions/`;
  const besideEntries = foldersIn(new URL(permissions, root)).flatMap((id) =>
    filesBelow(`${permissions}${id}/`).filter((path) => {
      const name = path.slice(permissions.length + id.length + 1);
      return ids.has(id) ? ofSamples.test(name) : written.test(name);
    }),
  );
  const trusts = new Set(listTrustIds());
  const trust = `${catalogPath}/trust/`;
  const besideTrusts = foldersIn(trustFolder).flatMap((id) =>
    filesBelow(`${trust}${id}/`).filter((path) => {
      const name = path.slice(trust.length + id.length + 1);
      return trusts.has(id) ? ofSamples.test(name) : written.test(name);
    }),
  );
  const models = foldersIn(servicesFolder).flatMap((name) =>
    filesBelow(`${servicesPath}/${name}/`).filter((path) => path.endsWith('/model.json')),
  );
  return [...inGenerated, ...besideEntries, ...besideTrusts, ...models].filter((path) => !files.has(path)).sort();
}

/** What is written by hand for an entry that is not there: it is named, not removed. */
export function findOrphans(): string[] {
  const ids = new Set(listIds());
  const permissions = `${catalogPath}/permissions/`;
  const orphans = foldersIn(new URL(permissions, root)).filter((id) =>
    filesBelow(`${permissions}${id}/`).some((path) => !ids.has(id) && !written.test(path.split(`/${id}/`)[1]!)),
  );
  const plans = listPlanned().filter((id) => !ids.has(id));
  return [
    ...orphans.map((id) => `\`${permissions}${id}\` has no entry.ts: write it, or remove the folder`),
    ...plans.map(
      (id) => `\`${plansFolder.pathname.slice(root.pathname.length)}${id}\` proves no use case: rename or remove it`,
    ),
  ];
}

/** What Terraform keeps for itself where somebody ran it. */
const isLocal = (path: string): boolean => /\/\.terraform|\.tfstate/.test(path);

function filesBelow(folder: string): string[] {
  const url = new URL(folder, root);
  if (!existsSync(url)) return [];
  return readdirSync(url, { withFileTypes: true }).flatMap((item) =>
    item.isDirectory() ? filesBelow(`${folder}${item.name}/`) : [folder + item.name],
  );
}
