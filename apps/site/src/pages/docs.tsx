import accessKeys from '../content/access-keys.md?raw';
import field from '../content/field.md?raw';
import fortyAccounts from '../content/forty-accounts.md?raw';
import index from '../content/index.md?raw';
import planAndApply from '../content/plan-and-apply.md?raw';
import proofs from '../content/proofs.md?raw';
import review from '../content/review.md?raw';
import { renderMarkdown, type Rendered } from '../docs/markdown.js';
import type { Page } from '../page.js';
import type { Findable } from '../search/found.js';

/** What stands in the list beside the documentation, in the order of its reading. */
const groups = [
  { title: 'Postern', texts: { index, proofs, field } },
  {
    title: 'Guides',
    texts: {
      'access-keys': accessKeys,
      'plan-and-apply': planAndApply,
      review,
      'forty-accounts': fortyAccounts,
    },
  },
];

/** The documentation: texts of `src/content`, of which the first heading is the title. */
export function docsPages(): Page[] {
  const listed = groups.map(({ title, texts }) => ({
    title,
    pages: Object.entries(texts).map(([name, text]) => ({ path: `docs/${name}.html`, text: renderMarkdown(text) })),
  }));
  return listed.flatMap(({ pages }) =>
    pages.map(({ path, text }) => ({
      path,
      title: text.title,
      description: `${text.title}: the documentation of Postern, least-privilege IAM policies for CI jobs.`,
      finds: findablesIn(path, text),
      body: (
        <div class="docs">
          <nav aria-label="Documentation">
            {listed.map((group) => (
              <section key={group.title} aria-label={group.title}>
                <h2>{group.title}</h2>
                <ul>
                  {group.pages.map((page) => (
                    <li key={page.path}>
                      <a href={page.path.replace('docs/', '')} aria-current={page.path === path ? 'page' : undefined}>
                        {page.text.title}
                      </a>
                    </li>
                  ))}
                </ul>
              </section>
            ))}
          </nav>
          {/* Our own text, rendered once in the build. */}
          <article class="prose" dangerouslySetInnerHTML={{ __html: text.html }} />
        </div>
      ),
    })),
  );
}

function findablesIn(path: string, { title, sections }: Rendered): Findable[] {
  return sections.map((section) => ({
    path: section.id === undefined ? path : `${path}#${section.id}`,
    is: 'documentation',
    title: section.id === undefined ? title : section.title,
    about: section.id === undefined ? shorten(section.text) : `${title}: ${shorten(section.text)}`,
    words: section.text,
  }));
}

/** The beginning of a text, up to the end of a word. */
function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length <= 140 ? line : `${line.slice(0, 140).replace(/\s\S*$/, '')} …`;
}
