import { hydrate } from 'preact';
import { Check } from '../check/check.js';
import { fillWith } from '../parts/handed.js';

const place = document.querySelector<HTMLElement>('[data-app]');
if (place !== null) {
  hydrate(<Check />, place);
  fillWith('policy');
  place.dataset['ready'] = '';
}
