import { catalog, loadProof, loadTrustEntry, loadUseCase, trustCatalog } from '@postern/core/catalog';
import { listPermissions, describePredicate } from '@postern/core';
import type { ApiModule } from '../docs/api/module.js';
import type { DataFile, Page } from '../page.js';
import { findablesIn } from '../search/findables.js';
import { indexOf } from '../search/search-index.js';
import { boxPages } from './boxes.js';
import { docsPages } from './docs.js';
import { entryPage } from './entry.js';
<<<<<<< HEAD
import { listPictures } from './pictures.js';
import { initPage } from './repository.js';
=======
>>>>>>> a2542ed (The site checks a policy as postern check and postern lint do, in their words: what it lacks for a job and allows besides with requests, the jobs that fit where none is named, and what the linter finds at its lines)
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
<<<<<<< HEAD
  return [startPage(catalog, trustCatalog), ...jobs, ...trusts, ...boxPages(), initPage(), ...docsPages(modules)];
=======
  return [startPage(catalog, trustCatalog), ...jobs, ...trusts, ...boxPages(), ...toolPages(), ...docsPages()];
>>>>>>> a2542ed (The site checks a policy as postern check and postern lint do, in their words: what it lacks for a job and allows besides with requests, the jobs that fit where none is named, and what the linter finds at its lines)
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
