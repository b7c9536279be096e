import { Init } from '../init/init.js';
import type { Page } from '../page.js';
import { NeedsScript } from './boxes.js';

/** The page that reads a repository: the roles that its CI needs. */
export function initPage(): Page {
  return {
    path: 'init.html',
    title: 'The roles that a repository needs',
    description:
      'Drop a repository or paste a workflow: which jobs it does on AWS, under which roles, and the postern.yaml for them.',
    script: 'init',
    body: (
      <>
        <header class="intro">
          <h1>The roles that a repository needs</h1>
          <p class="lead">
            Drop a repository or paste a workflow: which jobs it does on AWS, with which options, and what it does not
            say.
          </p>
          <p class="quiet">
            As <code>postern init</code> does it: nothing is run, a question is never answered by a guess, and what no
            use case covers is listed. Nothing leaves your browser.
          </p>
          <NeedsScript />
        </header>
        <div data-app>
          <Init />
        </div>
      </>
    ),
  };
}
