import { hydrate } from 'preact';
import { Compare } from '../compare/compare.js';

const place = document.querySelector<HTMLElement>('[data-app]');
if (place !== null) {
  hydrate(<Compare />, place);
  place.dataset['ready'] = '';
}
