import { exampleOptions, formats } from '@postern/cli/browser';
import { loadProof, loadTrustEntry, loadUseCase } from '@postern/core/catalog';
import { hydrate } from 'preact';
import { findPicture } from '../tool/shown.js';
import { Tool } from '../tool/tool.js';

const place = document.querySelector<HTMLElement>('[data-entry]');
const { entry: id = '', sort } = place?.dataset ?? {};
const [entry, json] = await Promise.all([sort === 'trust' ? loadTrustEntry(id) : loadUseCase(id), formats['json']?.()]);
if (place !== null && entry !== undefined && json !== undefined) {
  hydrate(
    <Tool
      entry={entry}
      example={exampleOptions(entry)}
      json={json}
      loadProof={() => loadProof(id)}
      picture={findPicture(place)}
    />,
    place,
  );
  place.dataset['ready'] = '';
}
