import { catalog, loadProof, loadTrustEntry, loadUseCase, trustCatalog } from '@postern/core/catalog';
import { listPermissions, describePredicate } from '@postern/core';
import type { ApiModule } from '../docs/api/module.js';
import type { DataFile, Page } from '../page.js';
import { findablesIn } from '../search/findables.js';
import { indexOf } from '../search/search-index.js';
import { boxPages } from './boxes.js';
import { docsPages } from './docs.js';
import { entryPage } from './entry.js';
import { listPictures } from './pictures.js';
import { startPage } from './start.js';
import { toolPages } from './tools.js';

/**
 * Every page of the site.
 * @param modules what the packages export, for the reference
 */
export async function listPages(modules: readonly ApiModule[]): Promise<Page[]> {
  const jobs = await Promise.all(
    catalog.map(async ({ id }) => entryPage((await loadUseCase(id))!, await loadProof(id))),
  );
  const trusts = await Promise.all(
    trustCatalog.map(async ({ id }) => entryPage((await loadTrustEntry(id))!, await loadProof(id))),
  );
  return [startPage(catalog, trustCatalog), ...jobs, ...trusts, ...boxPages(), ...toolPages(), ...docsPages(modules)];
}

/** What scripts read besides: which job brings which action, and the index of the search; and the pictures. */
export async function listData(modules: readonly ApiModule[]): Promise<DataFile[]> {
  const found = await Promise.all(
    catalog.map(async ({ id }) =>
      listPermissions((await loadUseCase(id))!).map(({ useCase, sid, action, reason, when }) => ({
        useCase,
        sid,
        action,
        reason,
        when: when === undefined ? 'always' : describePredicate(when),
      })),
    ),
  );
  return [
    { path: 'data/actions.json', text: JSON.stringify(found.flat()) },
    { path: 'data/search.json', text: JSON.stringify(indexOf((await listPages(modules)).flatMap(findablesIn))) },
    ...(await listPictures()),
  ];
}
