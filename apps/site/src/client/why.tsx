import { hydrate, render } from 'preact';
import { fillWith } from '../parts/handed.js';
import { Why } from '../why/why.js';

const place = document.querySelector<HTMLElement>('[data-app]');
if (place !== null) {
  hydrate(<Why />, place);
  // The catalog is large: it comes when somebody goes to a box, and the box can be filled meanwhile.
  const load = () => void import('../why/answers.js').then((answers) => render(<Why answers={answers} />, place));
  for (const use of ['focusin', 'input']) place.addEventListener(use, load, { once: true });
  fillWith('refusal');
  place.dataset['ready'] = '';
}
