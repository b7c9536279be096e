import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { digestOf } from '@postern/sandbox';
import { errorOf, type RunSettings, type Stage } from '../../stage.js';
import { createImage, layoutOf } from '../ecr-docker-push/image.js';

/** The image that every function has, as the daemon here names it. */
export const imageName = 'app:latest';
/** The code of the app: an image is another one where it has changed. */
export const codeFile = 'src/index.mjs';
/** What an image is built from, where it is built. */
export const dockerfile = 'Dockerfile';

const jsonOf = (encoded: IncomingMessage['headers'][string]) =>
  JSON.parse(Buffer.from(String(encoded), 'base64url').toString('utf8')) as Readonly<Record<string, string>>;

/**
 * Stands in for the daemon of Docker, to which the SAM CLI speaks itself: it has one image, which it builds and tags, and pushes it
 * with crane, asking for the manifest first as Docker 29 does. It runs as long as what is done with it.
 */
export async function withDocker<T>(stage: Stage, use: (settings: RunSettings) => Promise<T>): Promise<T> {
  for (const [path, bytes] of layoutOf(createImage(), 'latest')) stage.write(join('image', path), bytes);
  const env = { DOCKER_CONFIG: join(stage.folder, '.docker') };

  const id = () => digestOf(readFileSync(join(stage.folder, codeFile)));

  async function push(repository: string, tag: string, login: Readonly<Record<string, string>>): Promise<string> {
    const [host = ''] = repository.split('/');
    const { username = '', password = '' } = login;
    const image = `${repository}:${tag}`;
    const signedIn = await stage.run('crane', ['auth', 'login', '-u', username, '-p', password, host], { env });
    if (signedIn.code !== 0) return errorOf(signedIn);
    const asked = await stage.run('crane', ['manifest', image], { env });
    if (asked.code !== 0 && !/MANIFEST_UNKNOWN|NOT_FOUND|404/.test(asked.stderr)) return errorOf(asked);
    const pushed = await stage.run('crane', ['push', 'image', image], { env });
    return pushed.code === 0 ? '' : errorOf(pushed);
  }

  async function answer(request: IncomingMessage): Promise<{ readonly status: number; readonly body: unknown }> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://docker');
    const [, path = ''] = /^(?:\/v[0-9.]+)?(\/.*)$/.exec(pathname) ?? [];
    if (path === '/auth') return { status: 200, body: { Status: 'Login Succeeded' } };
    if (/^\/images\/.+\/json$/.test(path)) return { status: 200, body: { Id: id(), RepoTags: [imageName] } };
    if (path === '/build')
      return { status: 200, body: { stream: `Successfully built ${id().slice('sha256:'.length)}\n` } };
    if (/^\/images\/.+\/tag$/.test(path)) return { status: 201, body: {} };
    const [, repository] = /^\/images\/(.+)\/push$/.exec(path) ?? [];
    if (repository === undefined) return { status: 200, body: 'OK' };
    const login = jsonOf(request.headers['x-registry-auth']);
    const error = await push(decodeURIComponent(repository), searchParams.get('tag') ?? 'latest', login);
    return { status: 200, body: error === '' ? { status: 'pushed' } : { error, errorDetail: { message: error } } };
  }

  const server = createServer((request, response) => {
    request.resume();
    void answer(request).then(({ status, body }) => {
      response.writeHead(status, { 'content-type': 'application/json', 'api-version': '1.44' });
      response.end(`${JSON.stringify(body)}\n`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await use({ env: { DOCKER_HOST: `tcp://127.0.0.1:${(server.address() as AddressInfo).port}` } });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
