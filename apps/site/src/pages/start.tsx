import type { CatalogItem } from '@postern/core/catalog';
import type { Page } from '../page.js';
import { Words } from '../tool/reasons.js';

/** The first page: what this is, every job, and a box for whatever one has at hand. */
export function startPage(jobs: readonly CatalogItem[], trusts: readonly CatalogItem[]): Page {
  return {
    path: 'index.html',
    title: 'the least IAM policy for your CI job',
    description: 'The AWS IAM policy that lets exactly one CI job through, with the reason for every line.',
    script: 'start',
    body: (
      <>
        <header class="hero">
          <h1>The IAM policy that lets exactly your CI job through, with the reason for every line.</h1>
          <label class="find">
            <span>Find a job, or who brings an action</span>
            <input
              type="search"
              data-find
              autocomplete="off"
              spellcheck={false}
              placeholder="push an image, or ecr:BatchGetImage"
            />
          </label>
          <p class="quiet" role="status" data-found></p>
        </header>
        <div data-actions></div>
        <Cards title="What the job does" folder="jobs" items={jobs} />
        <Cards title="Who may assume the role" folder="trust" items={trusts} />
        <section class="paste" aria-labelledby="paste-title">
          <h2 id="paste-title">Or paste what you have</h2>
          <p class="quiet">
            The text of a refusal, a policy as JSON, or a workflow: it is looked at here, and the page that is for it
            opens.
          </p>
          <textarea data-paste rows={6} spellcheck={false} aria-labelledby="paste-title"></textarea>
          <div class="actions">
            <button type="button" data-paste-go disabled>
              Look at it
            </button>
            <span role="status" data-paste-said></span>
          </div>
          <noscript>
            <p>
              Without JavaScript the forms stand still: every page shows the policy of an example, and all that is known
              of it.
            </p>
          </noscript>
        </section>
      </>
    ),
  };
}

interface CardsProps {
  readonly title: string;
  readonly folder: string;
  readonly items: readonly CatalogItem[];
}

function Cards({ title, folder, items }: CardsProps) {
  return (
    <section class="cards" aria-label={title}>
      <h2>{title}</h2>
      <ul>
        {items.map(({ id, title: name, summary }) => (
          <li key={id} data-card={id}>
            <a href={`${folder}/${id}.html`}>
              <strong>{name}</strong>
              <span>
                <Words text={summary} />
              </span>
              <code>{id}</code>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
