import { hydrate } from 'preact';
import { Init } from '../init/init.js';
import { fillWith } from '../parts/handed.js';

const place = document.querySelector<HTMLElement>('[data-app]');
if (place !== null) {
  hydrate(<Init />, place);
  fillWith('workflow');
  place.dataset['ready'] = '';
}
