import { renderToString } from 'preact-render-to-string';
import { rootOf, type Page } from './page.js';

/** Where a build, or the server of `npm run site`, has put the scripts and the style sheet. */
export interface Assets {
  readonly style: string;
  /** A script of `src/client` by its name, with the modules that it imports at once. */
  script(name: string): { readonly file: string; readonly imports: readonly string[] };
  /** What the policy for contents allows besides; the server of `npm run site` reloads the page over a socket. */
  readonly alsoConnectTo?: string;
}

/**
 * What the pages may load and run: their own files, and nothing that stands in a page or comes from elsewhere. A static host
 * may not send headers, so it stands in each page.
 */
function contentPolicy({ alsoConnectTo = '' }: Assets): string {
  const parts = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    // A picture of a policy is drawn in the browser.
    "img-src 'self' blob:",
    `connect-src 'self'${alsoConnectTo}`,
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ];
  return parts.join('; ');
}

const places = [
  ['index.html', 'Jobs'],
  ['compare.html', 'Compare'],
  ['why.html', 'Why'],
  ['check.html', 'Check'],
  ['init.html', 'Init'],
  ['docs/index.html', 'Documentation'],
] as const;

/** A page as HTML. */
export function renderPage(page: Page, assets: Assets): string {
  const root = rootOf(page.path);
  const scripts = ['every', ...(page.script === undefined ? [] : [page.script])].map((name) => assets.script(name));
  const imports = new Set(scripts.flatMap((script) => script.imports));
  const title = page.path === 'index.html' ? `Postern: ${page.title}` : `${page.title} | Postern`;
  const html = renderToString(
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={contentPolicy(assets)} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta name="color-scheme" content="light dark" />
        <title>{title}</title>
        <meta name="description" content={page.description} />
        <link rel="icon" href={`${root}icon.svg`} type="image/svg+xml" />
        <script src={`${root}theme.js`} />
        <link rel="stylesheet" href={root + assets.style} />
        {[...imports].map((file) => (
          <link key={file} rel="modulepreload" href={root + file} />
        ))}
        {scripts.map(({ file }) => (
          <script key={file} type="module" src={root + file} />
        ))}
      </head>
      <body data-root={root}>
        <a class="skip" href="#main">
          Skip to the content
        </a>
        <header class="top">
          <a class="mark" href={`${root}index.html`}>
            <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
              <path d="M4 22V10a8 8 0 0 1 16 0v12M9 22v-9a3 3 0 0 1 6 0v9M2 22h20" />
            </svg>
            Postern
          </a>
          <nav aria-label="Pages">
            {places.map(([path, name]) => (
              <a key={path} href={root + path} aria-current={isIn(page.path, path) ? 'page' : undefined}>
                {name}
              </a>
            ))}
          </nav>
          <button type="button" class="find-key" data-search aria-keyshortcuts="/" hidden>
            Search <kbd>/</kbd>
          </button>
          <button type="button" class="theme" data-theme-switch hidden>
            Theme
          </button>
        </header>
        <main id="main" tabIndex={-1}>
          {page.body}
        </main>
        <footer class="foot">
          <p>
            Everything you type stays in your browser: the site has no server, and the content security policy of its
            pages lets them ask for nothing from elsewhere. What you fill in stands behind the <code>#</code> of the
            address, which browsers do not send.
          </p>
        </footer>
      </body>
    </html>,
  );
  return `<!doctype html>\n${html}\n`;
}

/** Whether a page is the one of a link at the top, or stands in its folder. */
function isIn(page: string, link: string): boolean {
  if (page === link) return true;
  return link.startsWith('docs/') && page.startsWith('docs/');
}
