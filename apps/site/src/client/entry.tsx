import { exampleOptions, formats } from '@postern/cli/browser';
import { loadProof, loadTrustEntry, loadUseCase } from '@postern/core/catalog';
import { hydrate } from 'preact';
import { pause } from '../parts/idle.js';
import { printChoice } from '../tool/printed.js';
import { findPicture } from '../tool/shown.js';
import { Tool } from '../tool/tool.js';

const place = document.querySelector<HTMLElement>('[data-entry]');
const { entry: id = '', sort } = place?.dataset ?? {};
const [entry, json] = await Promise.all([sort === 'trust' ? loadTrustEntry(id) : loadUseCase(id), formats['json']?.()]);
if (place !== null && entry !== undefined && json !== undefined) {
  const example = exampleOptions(entry);
  const printed = printChoice(entry, example, json);
  await pause();
  hydrate(
    <Tool
      entry={entry}
      example={example}
      json={json}
      printed={printed}
      loadProof={() => loadProof(id)}
      picture={findPicture(place)}
    />,
    place,
  );
  place.dataset['ready'] = '';
}
