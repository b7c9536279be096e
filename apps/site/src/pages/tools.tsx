import { Check } from '../check/check.js';
import { Init } from '../init/init.js';
import type { Page } from '../page.js';
import { NeedsScript } from './boxes.js';

/** The pages that do what a command does with what one has: a policy, or a repository. */
export function toolPages(): Page[] {
  return [checkPage(), initPage()];
}

/** The page that holds a policy against a job, and looks at it as the linter does. */
function checkPage(): Page {
  return {
    path: 'check.html',
    title: 'Check a policy',
    description:
      'What an IAM policy lacks for a CI job and what it allows besides, each with a request, and what the linter finds in it.',
    script: 'check',
    body: (
      <>
        <header class="intro">
          <h1>Check a policy</h1>
          <p class="lead">
            What it lacks for a job, what it allows besides, each with a request that shows it, and what the linter
            finds.
          </p>
          <p class="quiet">
            As <code>postern check</code> and <code>postern lint</code> say it, over all requests. Nothing leaves your
            browser.
          </p>
          <NeedsScript />
        </header>
        <div data-app>
          <Check />
        </div>
      </>
    ),
  };
}

/** The page that reads a repository: the roles that its CI needs. */
function initPage(): Page {
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
