import { describePicture, drawPicture, exampleOptions, usualPartition, type Drawing } from '@postern/cli/browser';
import { isTrustEntry, tryBuild, type AnyEntry } from '@postern/core';
import { catalog, loadTrustEntry, loadUseCase, trustCatalog } from '@postern/core/catalog';
import type { DataFile } from '../page.js';
import { heightOf, type ShownPicture } from '../tool/shown.js';

/** The picture of the example that the page of an entry begins with. */
function exampleDrawing(entry: AnyEntry): Drawing {
  const options = exampleOptions(entry);
  const { document } = tryBuild(entry, options, isTrustEntry(entry) ? usualPartition : {});
  return { entry, document, options };
}

const pathOf = ({ id }: AnyEntry): string => `data/pictures/${id}.svg`;

/** The same as its page shows it before any script runs. */
export function examplePicture(entry: AnyEntry): ShownPicture {
  const drawing = exampleDrawing(entry);
  return {
    src: `../${pathOf(entry)}`,
    alt: describePicture(drawing),
    height: heightOf(drawPicture(drawing)),
  };
}

/** The pictures of all entries. */
export async function listPictures(): Promise<DataFile[]> {
  const entries = await Promise.all([
    ...catalog.map(({ id }) => loadUseCase(id)),
    ...trustCatalog.map(({ id }) => loadTrustEntry(id)),
  ]);
  return entries.flatMap((entry) =>
    entry === undefined ? [] : [{ path: pathOf(entry), text: drawPicture(exampleDrawing(entry)) }],
  );
}
