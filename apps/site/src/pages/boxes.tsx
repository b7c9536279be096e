import { Compare } from '../compare/compare.js';
import type { Page } from '../page.js';
import { Why } from '../why/why.js';

/** The pages with boxes to paste into: to compare two policies, and to ask why something was refused. */
export function boxPages(): Page[] {
  return [
    {
      path: 'compare.html',
      title: 'Compare two policies',
      description:
        'What the second of two IAM policies allows more and less, over all requests, with a request for each.',
      script: 'compare',
      body: (
        <>
          <header class="intro">
            <h1>Compare two policies</h1>
            <p class="lead">
              What the second allows more and less, over all requests that there are, with a request that shows it.
            </p>
            <p class="quiet">
              Order, duplicates, Sids and the way it is written do not count. Where it is not known, the page says so.
              Everything stays in your browser.
            </p>
            <NeedsScript />
          </header>
          <div data-app>
            <Compare />
          </div>
        </>
      ),
    },
    {
      path: 'why.html',
      title: 'Why was it refused?',
      description:
        'Paste a refusal of AWS: which action on which resource, for which reason, and what brings the permission.',
      script: 'why',
      body: (
        <>
          <header class="intro">
            <h1>Why was it refused?</h1>
            <p class="lead">
              Paste the refusal: here stands which action it was, on what, for which reason, and which job brings it.
            </p>
            <p class="quiet">
              The command <code>postern why</code> knows more of messages that name an operation alone: it has the rules
              of the sandbox, which this page does not have.
            </p>
            <NeedsScript />
          </header>
          <div data-app>
            <Why />
          </div>
        </>
      ),
    },
  ];
}

/** What is said where no script runs. */
export function NeedsScript() {
  return (
    <noscript>
      <p>This page needs JavaScript; the command line does the same without a browser.</p>
    </noscript>
  );
}
