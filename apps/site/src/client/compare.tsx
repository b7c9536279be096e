import { hydrate } from 'preact';
import { Compare } from '../compare/compare.js';
import { fillWith } from '../parts/handed.js';

const place = document.querySelector<HTMLElement>('[data-app]');
if (place !== null) {
  hydrate(<Compare />, place);
  fillWith('before');
  place.dataset['ready'] = '';
}
