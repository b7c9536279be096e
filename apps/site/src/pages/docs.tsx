import type { ComponentChildren } from 'preact';
import accessKeys from '../content/access-keys.md?raw';
import api from '../content/api.md?raw';
import field from '../content/field.md?raw';
import fortyAccounts from '../content/forty-accounts.md?raw';
import index from '../content/index.md?raw';
import planAndApply from '../content/plan-and-apply.md?raw';
import proofs from '../content/proofs.md?raw';
import review from '../content/review.md?raw';
import type { ApiModule } from '../docs/api/module.js';
import { apiPages, type ApiPage } from '../docs/api/pages.js';
import { renderMarkdown } from '../docs/markdown.js';
import { rootOf, type Page } from '../page.js';
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
  { title: 'Reference', texts: { 'api/index': api } },
];

/** The documentation: texts of `src/content`, of which the first heading is the title, and the reference of the packages. */
export function docsPages(modules: readonly ApiModule[]): Page[] {
  const listed = groups.map(({ title, texts }) => ({
    title,
    pages: Object.entries(texts).map(([name, text]) => textPage(`docs/${name}.html`, text)),
  }));
  listed.at(-1)?.pages.push(...apiPages(modules));
  return listed.flatMap(({ pages }) =>
    pages.map(({ path, title, finds, body }) => ({
      path,
      title,
      description: `${title}: the documentation of Postern, least-privilege IAM policies for CI jobs.`,
      finds,
      body: (
        <div class="docs">
          <nav aria-label="Documentation">
            {listed.map((group) => (
              <section key={group.title} aria-label={group.title}>
                <h2>{group.title}</h2>
                <ul>
                  {group.pages.map((page) => (
                    <li key={page.path}>
                      <a href={rootOf(path) + page.path} aria-current={page.path === path ? 'page' : undefined}>
                        {page.title}
                      </a>
                    </li>
                  ))}
                </ul>
              </section>
            ))}
          </nav>
          {body}
        </div>
      ),
    })),
  );
}

type DocsPage = Pick<ApiPage, 'path' | 'title' | 'finds'> & { readonly body: ComponentChildren };

function textPage(path: string, text: string): DocsPage {
  const { title, html, sections } = renderMarkdown(text);
  const finds = sections.map((section): Findable => {
    const isWhole = section.id === undefined;
    return {
      path: isWhole ? path : `${path}#${section.id}`,
      is: 'documentation',
      title: isWhole ? title : section.title,
      about: `${isWhole ? '' : `${title}: `}${shorten(section.text)}`,
      words: section.text,
    };
  });
  // Our own text, rendered once in the build.
  const body = <article class="prose" dangerouslySetInnerHTML={{ __html: html }} />;
  return { path, title, finds, body };
}

/** The beginning of a text, up to the end of a word. */
function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length <= 140 ? line : `${line.slice(0, 140).replace(/\s\S*$/, '')} …`;
}
