import { existsSync, readFileSync } from 'node:fs';
import {
  detectionOf,
  exportName,
  listIds,
  listPlanned,
  listTrustIds,
  permissionsFolder,
  plansFolder,
  trustExportName,
  trustFolder,
} from './folders.js';

/** What is wrong where a folder, the id of its entry and its export have different names. */
export function describeMisnamed(id: string, name = exportName(id)): string {
  return `\`${id}/entry.ts\` has no entry \`${name}\` of the id \`${id}\`: name the folder, the id and the export alike`;
}

/** The problems of exports that the indexes will import by the name of the folder, found before anything is loaded. */
export function findMisnamed(): string[] {
  const misses = (folder: URL, path: string, name: string) =>
    !new RegExp(`^export const ${name}\\b`, 'm').test(readFileSync(new URL(path, folder), 'utf8'));
  return [
    ...listIds()
      .filter((id) => misses(permissionsFolder, `${id}/entry.ts`, exportName(id)))
      .map((id) => describeMisnamed(id)),
    ...listTrustIds()
      .filter((id) => misses(trustFolder, `${id}/entry.ts`, trustExportName(id)))
      .map((id) => describeMisnamed(id, trustExportName(id))),
    ...listIds()
      .filter(
        (id) =>
          existsSync(detectionOf(id)) && misses(permissionsFolder, `${id}/detect.ts`, `${exportName(id)}Detection`),
      )
      .map((id) => `\`${id}/detect.ts\` has no \`${exportName(id)}Detection\`: name it after the folder`),
    ...listPlanned()
      .filter((id) => misses(plansFolder, `${id}/plan.ts`, `${exportName(id)}Proof`))
      .map((id) => `\`${id}/plan.ts\` has no plan \`${exportName(id)}Proof\`: name it after the folder`),
  ];
}
