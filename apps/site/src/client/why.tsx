import { hydrate, render } from 'preact';
import { fillWith } from '../parts/handed.js';
import { Why } from '../why/why.js';

const place = document.querySelector<HTMLElement>('[data-app]');
if (place !== null) {
  hydrate(<Why />, place);
  // The catalog is large: the page can be filled in while it comes.
  void import('../why/answers.js').then((answers) => {
    render(<Why answers={answers} />, place);
    fillWith('refusal');
    place.dataset['ready'] = '';
  });
}
