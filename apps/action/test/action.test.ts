import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  action,
  commandsIn,
  config,
  entry,
  gitHub,
  pullRequest,
  push,
  repository,
  step,
  workflow,
  type GitHub,
  type Stepped,
} from './step.js';

const shop = repository();
let github: GitHub;
let base: string;
let now: string;
let env: Record<string, string>;

const policy = (action: string) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] }, null, 1);

beforeAll(async () => {
  github = await gitHub();
  base = shop.commit({ '.github/workflows/ship.yml': workflow, 'postern.yaml': config() });
  now = shop.commit({
    'postern.yaml': config('acme-site, acme-other'),
    'in a folder/wrong.json': policy('s3:Getobjct'),
  });
});

beforeEach(() => {
  env = { GITHUB_API_URL: github.url };
  github.comments.length = 0;
  github.requests.length = 0;
  github.answer = () => undefined;
});

afterAll(async () => {
  shop.remove();
  await github.close();
});

const run = (
  event: { name: string; payload: unknown },
  inputs: Record<string, string> = {},
  more: Record<string, string> = {},
) => step(shop.folder, event, inputs, { ...env, ...more });

const errors = ({ log }: Stepped) => log.split('\n').filter((line) => line.startsWith('::error '));

describe('a pull request', () => {
  test('gets one comment, which the next run changes', async () => {
    const first = await run(pullRequest(base));
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.outputs).toEqual({
      result: 'passed',
      findings: '1',
      'comment-url': 'https://github.com/acme/shop/pull/7#issuecomment-5000',
    });
    expect(github.comments).toHaveLength(1);
    const [comment] = github.comments;
    expect(comment!.body).toMatch(/^<!-- postern [0-9a-f]{16} -->\n## Postern\n\n### ✅ `postern init --check`\n/);
    expect(comment!.body).toContain('### ship: changed');
    expect(comment!.body).toContain('acme-other');
    expect(first.summary).toContain('### ship: changed');
    expect(first.log).toContain(
      '::notice file=postern.yaml,line=1,title=postern%3A plan::ship: changed; trust equal, permissions wider',
    );

    github.comments.unshift({ id: 1, body: 'Nice', user: { login: 'mona' } });
    const second = await run(pullRequest(now));
    expect(second).toMatchObject({ code: 0, stderr: '' });
    expect(github.comments).toHaveLength(2);
    expect(comment!.body).toContain('every role is what it was');
    expect(github.requests.map(({ method }) => method)).toEqual(['GET', 'POST', 'GET', 'PATCH']);
    expect(new Set(github.requests.map(({ authorization }) => authorization))).toEqual(
      new Set(['Bearer secret-token']),
    );
  });

  test('its comment is found on a later page, and steps of other folders or commands keep their own', async () => {
    await run(pullRequest(base));
    await run(pullRequest(base), { commands: 'plan' });
    expect(github.comments).toHaveLength(2);
    const others = Array.from({ length: 250 }, (_, id) => ({ id, body: 'x', user: { login: 'mona' } }));
    github.comments.unshift(...others);
    github.requests.length = 0;
    await run(pullRequest(base));
    expect(github.comments).toHaveLength(252);
    expect(github.requests.map(({ method, path }) => `${method} ${path.replace(/^.*\/issues\//, '')}`)).toEqual([
      'GET 7/comments?per_page=100&page=1',
      'GET 7/comments?per_page=100&page=2',
      'GET 7/comments?per_page=100&page=3',
      'PATCH comments/5000',
    ]);
  });

  test('a comment of somebody else that begins alike is left alone, and so is one that only quotes ours', async () => {
    await run(pullRequest(base));
    const [own] = github.comments.splice(0);
    github.comments.push(
      { id: 1, body: own!.body, user: { login: 'mallory' } },
      { id: 2, body: own!.body, user: null },
      { id: 3, body: `> ${own!.body}`, user: { login: 'github-actions[bot]' } },
    );
    await run(pullRequest(base));
    expect(github.comments).toHaveLength(4);
    expect(github.requests.at(-1)).toMatchObject({ method: 'POST' });
    await run(pullRequest(base), { 'comment-author': 'mallory' });
    expect(github.requests.at(-1)).toMatchObject({
      method: 'PATCH',
      path: '/api/v3/repos/acme/shop/issues/comments/1',
    });
  });

  test('a comment that was deleted meanwhile is written again', async () => {
    await run(pullRequest(base));
    github.answer = (method) => (method === 'PATCH' ? 404 : undefined);
    expect(await run(pullRequest(base))).toMatchObject({ code: 0 });
    expect(github.requests.slice(-2).map(({ method }) => method)).toEqual(['PATCH', 'POST']);
  });

  test('of a fork gets none, which is said and is no failure', async () => {
    for (const head of ['mallory/shop', undefined]) {
      const { code, log, outputs, summary } = await run(pullRequest(base, head ?? ''));
      expect({ code, result: outputs['result'] }).toEqual({ code: 0, result: 'passed' });
      expect(log).toContain(
        '::notice title=postern%3A note::No comment is written: the pull request comes from a fork, whose token may only read.',
      );
      expect(summary).toContain('No comment is written: the pull request comes from a fork');
    }
    const bot = await run(pullRequest(base), {}, { GITHUB_ACTOR: 'dependabot[bot]' });
    expect(bot).toMatchObject({ code: 0 });
    expect(bot.log).toContain('one of Dependabot');
    expect(github.requests).toEqual([]);
  });

  test('gets none where that is not wanted', async () => {
    expect(await run(pullRequest(base), { comment: 'false', token: '' })).toMatchObject({ code: 0 });
    expect(github.requests).toEqual([]);
  });

  test('without a token fails in a sentence', async () => {
    const found = await run(pullRequest(base), { token: '' });
    expect(found).toMatchObject({ code: 1, outputs: { result: 'failed' } });
    expect(errors(found)).toEqual([
      expect.stringContaining('there is no token, give `token`, or set `comment: false`'),
    ]);
  });

  test.each([
    ['GET', 401, 'the token is not taken'],
    ['GET', 404, 'does not reach the pull request'],
    ['GET', 500, 'a problem of its own'],
    ['POST', 403, 'give the job `permissions: pull-requests: write`'],
    ['POST', 502, 'a problem of its own'],
    ['POST', 422, 'does not take the comment'],
  ])('where GitHub answers %s with %s, it fails in one sentence and says so', async (method, status, said) => {
    github.answer = (asked) => (asked === method ? status : undefined);
    const found = await run(pullRequest(base));
    expect(found).toMatchObject({ code: 1, stderr: '', outputs: { result: 'failed', 'comment-url': '' } });
    expect(errors(found)).toEqual([
      expect.stringContaining(
        `no comment is written: GitHub answered ${status} to ${method} /repos/acme/shop/issues/7/comments`,
      ),
    ]);
    expect(errors(found)[0]).toContain(said);
    expect(found.summary).toContain(`GitHub answered ${status}`);
    expect(found.log).not.toContain('secret-token');
    expect(github.requests.filter((one) => one.method === method)).toHaveLength(
      method === 'GET' && status >= 500 ? 3 : 1,
    );
  });

  test('an answer that fails once is asked for again', async () => {
    let failures = 0;
    github.answer = (method) => (method === 'GET' && (failures += 1) === 1 ? 503 : undefined);
    expect(await run(pullRequest(base))).toMatchObject({ code: 0 });
    expect(github.comments).toHaveLength(1);
  });

  test('where nobody answers, it fails in one sentence', async () => {
    const found = await run(pullRequest(base), {}, { GITHUB_API_URL: 'http://127.0.0.1:1' });
    expect(found).toMatchObject({ code: 1 });
    expect(errors(found)).toEqual([
      expect.stringMatching(
        /GitHub did not answer GET \/repos\/acme\/shop\/issues\/7\/comments\?per_page=100&page=1: .+/,
      ),
    ]);
  });
});

describe('a push', () => {
  test('is compared with what was there before, and writes no comment', async () => {
    const { code, log, outputs, summary } = await run(push(base));
    expect({ code, result: outputs['result'], url: outputs['comment-url'] }).toEqual({
      code: 0,
      result: 'passed',
      url: '',
    });
    expect(log).toContain('ship: changed');
    expect(summary).toContain('### ship: changed');
    expect(github.requests).toEqual([]);
  });

  test('of a new branch has nothing to compare with, which is said', async () => {
    const { code, log, summary } = await run(push('0'.repeat(40)));
    expect(code).toBe(0);
    expect(log).toContain('names no commit to compare with');
    expect(summary).toContain('### ➖ `postern plan`');
    expect(commandsIn(log).filter((line) => line.startsWith('::notice'))).toEqual([
      '::notice title=postern%3A plan::not run: the event `push` names no commit to compare with, name one with `since`',
    ]);
  });

  test('after a commit that is in no clone fails in a sentence that says what to do', async () => {
    const found = await run(push('1234567890123456789012345678901234567890'));
    expect(found).toMatchObject({ code: 1, outputs: { result: 'failed' } });
    expect(errors(found)).toEqual([expect.stringContaining('`fetch-depth: 0`')]);
  });

  test('in a shallow clone gets the commit before from where the clone came from', async () => {
    const clone = mkdtempSync(join(tmpdir(), 'postern-shallow-'));
    try {
      const { spawnSync } = await import('node:child_process');
      const git = (...args: string[]) => spawnSync('git', args, { cwd: clone, encoding: 'utf8' });
      git('-C', shop.folder, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
      expect(git('clone', '--quiet', '--depth=1', `file://${shop.folder}`, 'shop').stderr).toBe('');
      expect(git('-C', 'shop', 'cat-file', '-e', base).status).not.toBe(0);
      const { code, summary } = await step(join(clone, 'shop'), push(base), {}, env);
      expect(code).toBe(0);
      expect(summary).toContain('### ship: changed');
    } finally {
      rmSync(clone, { recursive: true });
    }
  });
});

test('what a change grants fails the step where that is asked for', async () => {
  const { code, log, outputs } = await run(push(base), { 'fail-on': 'wider' });
  expect({ code, result: outputs['result'] }).toEqual({ code: 1, result: 'findings' });
  expect(log).toContain(
    '::warning file=postern.yaml,line=1,title=postern%3A plan::ship: changed; trust equal, permissions wider',
  );
});

test('where the CI files and postern.yaml differ, each difference is shown at its line', async () => {
  const other = repository();
  try {
    other.commit({
      'services/shop/.github/workflows/ship.yml': workflow,
      'services/shop/postern.yaml': config('other').replace('command: sync', 'command: cp'),
    });
    const found = await step(other.folder, push(''), { commands: 'init', path: 'services/shop' }, env);
    expect(found).toMatchObject({ code: 1, outputs: { result: 'findings', findings: '2' } });
    expect(commandsIn(found.log).slice(2)).toEqual([
      expect.stringMatching(
        /^::warning file=services\/shop\/\.github\/workflows\/ship\.yml,line=10,title=postern%3A init --check::.*%0A {2}buckets: \[acme-site\]$/,
      ),
      expect.stringMatching(
        /^::warning file=services\/shop\/\.github\/workflows\/ship\.yml,line=10,.*%0A {2}command: sync$/,
      ),
    ]);
    expect(found.summary).toContain('```text\nThe CI files say what');
  } finally {
    other.remove();
  }
});

describe('lint, check and SARIF', () => {
  const guessed = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::shop-cache/builds/*' }],
  };
  beforeAll(() => writeFileSync(join(shop.folder, 'guess.json'), JSON.stringify(guessed)));
  const sarif = () =>
    JSON.parse(readFileSync(join(shop.folder, 'postern.sarif'), 'utf8')) as {
      runs: {
        automationDetails: { id: string };
        results: { ruleId: string; locations: { physicalLocation: object }[] }[];
      }[];
    };

  test('are annotated at their places, and written for GitHub to take, a category each', async () => {
    const found = await run(push(base), {
      commands: 'lint, check\ninit',
      lint: 'in a folder/*.json',
      check:
        '"in a folder/wrong.json" --use-case ecr-docker-push --repositories shop --account 111122223333 --region eu-west-1',
      sarif: 'postern.sarif',
    });
    expect(found).toMatchObject({ code: 1, stderr: '', outputs: { result: 'findings', sarif: 'postern.sarif' } });
    expect(found.log).toMatch(
      /^::error file=in a folder\/wrong\.json,line=6,col=\d+,title=postern%3A unknown-action::/m,
    );
    expect(found.log).toMatch(/^::error file=in a folder\/wrong\.json,line=1,title=postern%3A missing-permission::/m);
    expect(sarif().runs.map(({ automationDetails }) => automationDetails.id)).toEqual([
      'postern/lint/',
      'postern/check/',
      'postern/init/',
    ]);
    expect(sarif().runs[0]!.results[0]).toMatchObject({
      ruleId: 'unknown-action',
      locations: [{ physicalLocation: { artifactLocation: { uri: 'in%20a%20folder/wrong.json' } } }],
    });
  });

  test('what is said besides is shown: how much was looked at, and that options were guessed', async () => {
    const { log, outputs, summary } = await run(push(base), {
      commands: 'lint check',
      lint: 'guess.json',
      check: 'guess.json --use-case s3-build-cache',
    });
    expect(outputs['result']).toBe('passed');
    for (const text of [log, summary]) {
      expect(text).toContain('\n1 policy in 1 file: 0 errors, 0 warnings, 0 notes\n');
      expect(text).toContain(
        '\nGuessed from the policy, since no options were given: look whether they are what the job does\n',
      );
      expect(text).toContain('--bucket shop-cache --prefixes builds');
    }
  });

  test('paths are from the root of the repository, whatever folder is looked at', async () => {
    await run(push(base), { commands: 'lint', lint: 'wrong.json', path: 'in a folder', sarif: 'postern.sarif' });
    expect(sarif().runs[0]).toMatchObject({
      automationDetails: { id: 'postern/in a folder/lint/' },
      results: [{ locations: [{ physicalLocation: { artifactLocation: { uri: 'in%20a%20folder/wrong.json' } } }] }],
    });
  });

  test('none is written where a command could not do its work, so that nothing looks mended', async () => {
    rmSync(join(shop.folder, 'postern.sarif'));
    const found = await run(push(base), { commands: 'lint init', lint: 'none.json', sarif: 'postern.sarif' });
    expect(found).toMatchObject({ code: 1, outputs: { result: 'failed' } });
    expect(found.outputs).not.toHaveProperty('sarif');
    expect(found.log).toContain('No SARIF is written');
    expect(existsSync(join(shop.folder, 'postern.sarif'))).toBe(false);
  });

  test('a link in the place of the file is replaced and not followed, and no link leads out', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'postern-outside-'));
    try {
      writeFileSync(join(outside, 'mine'), 'before');
      symlinkSync(join(outside, 'mine'), join(shop.folder, 'link.sarif'));
      symlinkSync(outside, join(shop.folder, 'out'));
      expect(await run(push(base), { commands: 'init', sarif: 'link.sarif' })).toMatchObject({ code: 0 });
      expect(readFileSync(join(outside, 'mine'), 'utf8')).toBe('before');
      for (const inputs of [
        { sarif: 'out/a.sarif' },
        { sarif: '../a.sarif' },
        { path: 'out' },
        { path: '..' },
        { path: outside },
      ]) {
        const found = await run(push(base), { commands: 'init', ...inputs });
        expect(found, JSON.stringify(inputs)).toMatchObject({ code: 1 });
        expect(errors(found)).toEqual([expect.stringContaining('leads out of the repository')]);
      }
    } finally {
      rmSync(join(shop.folder, 'link.sarif'), { force: true });
      rmSync(join(shop.folder, 'out'), { force: true });
      rmSync(outside, { recursive: true });
    }
  });
});

test('all that is wrong with the inputs is said at once', async () => {
  const found = await run(push(base), { commands: 'int lint', comment: 'yes', check: "a 'b" });
  expect(found).toMatchObject({ code: 1, stderr: '', outputs: { result: 'failed' } });
  expect(errors(found)).toHaveLength(5);
});

test.each([
  ['no JSON', '{'],
  ['nothing', undefined],
])('an event that is %s is said in a sentence', async (_, text) => {
  const file = join(shop.folder, 'event.json');
  if (text !== undefined) writeFileSync(file, text);
  const found = await run(push(base), {}, { GITHUB_EVENT_PATH: file });
  rmSync(file, { force: true });
  expect(found).toMatchObject({ code: 1, stderr: '' });
  expect(errors(found)).toEqual([expect.stringMatching(/the event in `.*event\.json` cannot be read: /)]);
});

test('without a runner, it works and writes no files of its', async () => {
  const more = { GITHUB_OUTPUT: '', GITHUB_STEP_SUMMARY: '', GITHUB_EVENT_PATH: '', GITHUB_EVENT_NAME: '' };
  const { code, log } = await run(push(base), { commands: 'init' }, more);
  expect(code).toBe(0);
  expect(log).toContain('has what was found in the CI files');
});

test('nothing of the environment of the job reaches what it runs: no token, no credentials', async () => {
  const copy = mkdtempSync(join(tmpdir(), 'postern-copy-'));
  try {
    mkdirSync(join(copy, 'apps/action/bundle'), { recursive: true });
    mkdirSync(join(copy, 'apps/cli/dist'), { recursive: true });
    cpSync(entry, join(copy, 'apps/action/bundle/main.mjs'));
    const alone = await step(
      shop.folder,
      push(base),
      { commands: 'init' },
      env,
      join(copy, 'apps/action/bundle/main.mjs'),
    );
    expect(alone).toMatchObject({ code: 1, stderr: '' });
    expect(errors(alone)).toEqual([
      expect.stringContaining('holds no built program: use a tag that begins with `action-v`'),
    ]);
    writeFileSync(join(copy, 'apps/cli/dist/postern.cjs'), 'console.log(Object.keys(process.env).sort().join())');
    const secrets = {
      AWS_SECRET_ACCESS_KEY: 'x',
      GITHUB_TOKEN: 'x',
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'x',
      NODE_OPTIONS: '',
    };
    const { log } = await step(
      shop.folder,
      push(base),
      { commands: 'init' },
      { ...env, ...secrets },
      join(copy, 'apps/action/bundle/main.mjs'),
    );
    expect(log).toMatch(/^HOME,NO_COLOR,PATH(,__CF\w+)?$/m);
  } finally {
    rmSync(copy, { recursive: true });
  }
});

test('each output that action.yml names is set, and no other', async () => {
  const { outputs } = await run(pullRequest(base), { sarif: 'postern.sarif' });
  expect(Object.keys(outputs).sort()).toEqual(Object.keys(action.outputs).sort());
});
