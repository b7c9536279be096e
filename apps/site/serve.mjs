// `npm run site`: serves the site from its sources, and reloads the page when one of them changes.
import { createServer } from 'vite';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readApi } from './api.mjs';
import { referenceFiles } from './reference.mjs';
import { common, root } from './vite.mjs';

const source = (name) => readdirSync(join(root, 'src/client')).find((file) => file.replace(/\.tsx?$/, '') === name);
const assets = {
  style: 'src/style/site.css',
  script: (name) => ({ file: `src/client/${source(name)}`, imports: [] }),
  alsoConnectTo: ' ws:',
};

/** Vite sends JSON as a script, which a browser does not take where an import says that it is JSON; a bundle has no such imports. */
const jsonAsScript = {
  name: 'json-as-script',
  enforce: 'pre',
  transform(code, id) {
    if (/\/catalog\/(trust-)?modules\.ts$/.test(id)) return code.replaceAll(/, \{ with: \{ type: 'json' \} \}/g, '');
  },
};

let api;
/** What the reference is made of takes seconds, and is read when the documentation or the search is first opened. */
const apiFor = (name) => (/^docs\/|^data\/search/.test(name) ? (api ??= readApi()) : []);

const pages = {
  name: 'pages',
  configureServer(server) {
    server.middlewares.use(async (request, response, next) => {
      const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname).slice(1);
      try {
        const { listData, listPages } = await server.ssrLoadModule('/src/pages/list.ts');
        const name = path === '' || path.endsWith('/') ? `${path}index.html` : path;
        if (name.startsWith('data/')) {
          const all = name.startsWith('data/reference') ? referenceFiles() : await listData(await apiFor(name));
          const data = all.find((one) => one.path === name);
          if (data === undefined) return next();
          response.setHeader('content-type', name.endsWith('.svg') ? 'image/svg+xml' : 'application/json');
          return response.end(data.text);
        }
        if (!name.endsWith('.html')) return next();
        const page = (await listPages(await apiFor(name))).find((one) => one.path === name);
        if (page === undefined) return next();
        const { renderPage } = await server.ssrLoadModule('/src/document.tsx');
        const html = renderPage(page, assets);
        response.setHeader('content-type', 'text/html; charset=utf-8');
        // Vite's own client is what reloads the page.
        response.end(html.replace('</head>', '<script type="module" src="/@vite/client"></script></head>'));
      } catch (error) {
        next(error);
      }
    });
  },
  handleHotUpdate({ server }) {
    server.ws.send({ type: 'full-reload' });
    return [];
  },
};

const server = await createServer({
  ...common,
  base: '/',
  plugins: [...common.plugins, jsonAsScript, pages],
  server: { host: '127.0.0.1', port: Number(process.env.PORT ?? 4173) },
});
await server.listen();
server.printUrls();
console.log('the site is served from its sources; it reloads when one of them changes, and Ctrl+C ends it');
