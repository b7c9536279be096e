import { marked } from 'marked';
import field from '../content/field.md?raw';
import index from '../content/index.md?raw';
import proofs from '../content/proofs.md?raw';
import type { Page } from '../page.js';

const texts = { index, proofs, field };

/** The documentation: texts of `src/content`, of which the first heading is the title. */
export function docsPages(): Page[] {
  const pages = Object.entries(texts).map(([name, text]) => ({
    path: `docs/${name}.html`,
    title: titleOf(text),
    text,
  }));
  return pages.map(({ path, title, text }) => ({
    path,
    title,
    description: `${title}: the documentation of Postern, least-privilege IAM policies for CI jobs.`,
    body: (
      <div class="docs">
        <nav aria-label="Documentation">
          <ul>
            {pages.map((page) => (
              <li key={page.path}>
                <a href={page.path.replace('docs/', '')} aria-current={page.path === path ? 'page' : undefined}>
                  {page.title}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        {/* Our own text, rendered once in the build. */}
        <article class="prose" dangerouslySetInnerHTML={{ __html: marked.parse(text, { async: false }) }} />
      </div>
    ),
  }));
}

function titleOf(text: string): string {
  return /^# (.+)$/m.exec(text)?.[1] ?? '';
}
