import { createServer, type Server } from 'node:http';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

/** The folder that `npx nx build site` makes. */
export const dist = fileURLToPath(new URL('../dist', import.meta.url));

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};

/** A host that knows nothing but files, with the site in a sub-folder. */
export interface SiteHost {
  /** The address of the folder, with a slash at its end. */
  readonly address: string;
  /** How many bytes it sent of each file, as the network has them. */
  readonly sent: Map<string, number>;
  close(): Promise<void>;
}

/** Serves the built site below `/some/folder/`. */
export async function host(): Promise<SiteHost> {
  const folder = '/some/folder/';
  const sent = new Map<string, number>();
  const server: Server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const path = pathname.startsWith(folder) ? decodeURIComponent(pathname.slice(folder.length)) : '..';
    const name = path === '' || path.endsWith('/') ? `${path}index.html` : path;
    const file = join(dist, name);
    if (name.split('/').includes('..') || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end('not found');
      return;
    }
    const body = gzipSync(readFileSync(file));
    sent.set(name, body.length);
    response
      .writeHead(200, { 'content-type': types[extname(name)] ?? 'text/plain', 'content-encoding': 'gzip' })
      .end(body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the host has no address');
  return {
    address: `http://127.0.0.1:${address.port}${folder}`,
    sent,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}
