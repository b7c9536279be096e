import { spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

export const root = fileURLToPath(new URL('../../../', import.meta.url));

/** What `action.yml` says. */
export const action = parse(readFileSync(join(root, 'action.yml'), 'utf8')) as {
  inputs: Record<string, { description: string; default: string }>;
  outputs: Record<string, { description: string }>;
  runs: { using: string; main: string };
};

export const entry = join(root, action.runs.main);

export const workflow = `on: { push: { branches: [main] } }
jobs:
  ship:
    runs-on: ubuntu-latest
    steps:
      - uses: aws-actions/configure-aws-credentials@v5
        with:
          role-to-assume: arn:aws:iam::111122223333:role/ship
          aws-region: eu-west-1
      - run: aws s3 sync dist s3://acme-site
`;

export const config = (buckets = 'acme-site', more = '') => `version: 1
account: '111122223333'
region: eu-west-1
roles:
  ship:
    trust:
      github-actions: { owner: acme, ownerId: '41000001', repository: shop, repositoryId: '712000001', branches: [main] }
    permissions:
      static-site-s3-cloudfront: { buckets: [${buckets}], command: sync, wholeBucket: true }
${more}`;

/** A repository of git in a folder whose name has a blank and a letter that is no ASCII. */
export function repository(): {
  folder: string;
  commit(files: Readonly<Record<string, string>>): string;
  remove(): void;
} {
  const parent = mkdtempSync(join(tmpdir(), 'postern-action-'));
  const folder = join(parent, 'my wärehouse');
  mkdirSync(folder);
  const git = (...args: string[]) => {
    const made = spawnSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
      cwd: folder,
      encoding: 'utf8',
    });
    if (made.status !== 0) throw new Error(made.stderr);
    return made.stdout.trim();
  };
  git('init', '--quiet', '--initial-branch=main');
  return {
    folder,
    commit(files) {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      git('add', '--all');
      git('commit', '--quiet', '--allow-empty', '-m', 'change');
      return git('rev-parse', 'HEAD');
    },
    remove: () => rmSync(parent, { recursive: true }),
  };
}

export interface Comment {
  readonly id: number;
  body: string;
  readonly user: { readonly login: string } | null;
}

export interface GitHub {
  readonly url: string;
  readonly comments: Comment[];
  readonly requests: { readonly method: string; readonly path: string; readonly authorization: string | undefined }[];
  /** What a request is answered with instead: a status. */
  answer: (method: string, path: string) => number | undefined;
  close(): Promise<void>;
}

/** In the place of api.github.com: the comments of one pull request. */
export async function gitHub(): Promise<GitHub> {
  const comments: Comment[] = [];
  const requests: GitHub['requests'] = [];
  const state: { answer: GitHub['answer'] } = { answer: () => undefined };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '' } = request;
      requests.push({ method, path: url, authorization: request.headers.authorization });
      const send = (status: number, value: unknown, headers: Record<string, string> = {}) => {
        response.writeHead(status, { 'content-type': 'application/json', ...headers });
        response.end(JSON.stringify(value));
      };
      const other = state.answer(method, url);
      if (other !== undefined) return send(other, { message: '::error::no\n##[error]<b>no</b>' });
      const { pathname, searchParams } = new URL(url, 'http://x');
      const body = (chunks.length === 0 ? {} : JSON.parse(Buffer.concat(chunks).toString('utf8'))) as { body: string };
      if (method === 'GET' && pathname === '/api/v3/repos/acme/shop/issues/7/comments') {
        const [size, page] = [Number(searchParams.get('per_page')), Number(searchParams.get('page'))];
        const end = size * page;
        const link = end < comments.length ? { link: `<http://elsewhere.invalid/?page=${page + 1}>; rel="next"` } : {};
        return send(200, comments.slice(end - size, end), link as Record<string, string>);
      }
      if (method === 'POST' && pathname === '/api/v3/repos/acme/shop/issues/7/comments') {
        const id = 5000 + comments.length;
        comments.push({ id, body: body.body, user: { login: 'github-actions[bot]' } });
        return send(201, { id, html_url: `https://github.com/acme/shop/pull/7#issuecomment-${id}` });
      }
      const [, id] = /^\/api\/v3\/repos\/acme\/shop\/issues\/comments\/(\d+)$/.exec(pathname) ?? [];
      const found = comments.find((one) => one.id === Number(id));
      if (method !== 'PATCH' || found === undefined) return send(404, {});
      found.body = body.body;
      return send(200, { id: found.id, html_url: `https://github.com/acme/shop/pull/7#issuecomment-${found.id}` });
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v3`,
    comments,
    requests,
    get answer() {
      return state.answer;
    },
    set answer(answer) {
      state.answer = answer;
    },
    close: () => new Promise((done) => void server.close(() => done())),
  };
}

export interface Stepped {
  readonly code: number | null;
  readonly log: string;
  readonly stderr: string;
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
}

/** Runs the entry file as the runner does, with the defaults of `action.yml`. */
export async function step(
  folder: string,
  event: { readonly name: string; readonly payload: unknown },
  inputs: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>>,
  file = entry,
): Promise<Stepped> {
  const temporary = mkdtempSync(join(tmpdir(), 'postern-runner-'));
  try {
    const at = (name: string) => join(temporary, name);
    writeFileSync(at('event.json'), JSON.stringify(event.payload));
    writeFileSync(at('output'), '');
    writeFileSync(at('summary'), '');
    const defaults = Object.entries(action.inputs).map(([name, { default: value }]) => [
      name,
      value.replace('${{ github.token }}', 'secret-token'),
    ]);
    const given = [...defaults, ...Object.entries(inputs)].map(([name, value]) => [
      `INPUT_${name!.toUpperCase()}`,
      value!,
    ]);
    const child = spawn(process.execPath, [file], {
      cwd: folder,
      env: {
        PATH: process.env['PATH'],
        HOME: temporary,
        GITHUB_ACTIONS: 'true',
        GITHUB_ACTOR: 'mona',
        GITHUB_EVENT_NAME: event.name,
        GITHUB_EVENT_PATH: at('event.json'),
        GITHUB_OUTPUT: at('output'),
        GITHUB_REPOSITORY: 'acme/shop',
        GITHUB_STEP_SUMMARY: at('summary'),
        GITHUB_WORKSPACE: folder,
        RUNNER_TEMP: temporary,
        ...Object.fromEntries(given),
        ...env,
      },
    });
    const [log, stderr] = await Promise.all(
      [child.stdout, child.stderr].map((stream) => stream.setEncoding('utf8').toArray()),
    );
    const code = await new Promise<number | null>((done) => {
      if (child.exitCode !== null) done(child.exitCode);
      else child.on('exit', done);
    });
    return {
      code,
      log: log!.join(''),
      stderr: stderr!.join(''),
      summary: readFileSync(at('summary'), 'utf8'),
      outputs: readOutputs(readFileSync(at('output'), 'utf8')),
    };
  } finally {
    rmSync(temporary, { recursive: true });
  }
}

/** As the runner reads the file. */
function readOutputs(text: string): Record<string, string> {
  const lines = text.split('\n');
  const outputs: Record<string, string> = {};
  for (let at = 0; at < lines.length - 1; ) {
    const [, name, mark] = /^([^<]+)<<(.+)$/.exec(lines[at]!)!;
    const end = lines.indexOf(mark!, at + 1);
    outputs[name!] = lines.slice(at + 1, end).join('\n');
    at = end + 1;
  }
  return outputs;
}

/** What the runner takes for commands in a log. */
export function commandsIn(log: string): string[] {
  return log.split('\n').filter((line) => /^\s*::/.test(line) || line.includes('##['));
}

export const pullRequest = (base: string, head = 'acme/shop') => ({
  name: 'pull_request',
  payload: {
    number: 7,
    repository: { full_name: 'acme/shop' },
    pull_request: {
      number: 7,
      base: { sha: base, repo: { full_name: 'acme/shop' } },
      head: { repo: { full_name: head } },
    },
  },
});

export const push = (before: string) => ({
  name: 'push',
  payload: { before, repository: { full_name: 'acme/shop' } },
});
