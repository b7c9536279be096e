import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '@postern/cli';
import { findIn, firstFile, openQuestions, readAnswer, schemaHint, withAnswers } from '@postern/cli/browser';
import { findChromium, openChromium } from './chromium.js';
import { host, type SiteHost } from './host.js';
import { openPage, paste, requireInert, requireOwn, requireReadable, shifted } from './opened.js';

const chromium = findChromium();
if (chromium === undefined) console.log('SKIPPED: 9 tests of the page that reads a repository: there is no Chromium');

const examples = fileURLToPath(new URL('../../../examples/', import.meta.url));
const workflow = (name: string) => `on: { push: { branches: [main] } }
permissions: { id-token: write }
jobs:
  push:
    runs-on: ubuntu-latest
    steps:
      - uses: aws-actions/configure-aws-credentials@v4
        with: { role-to-assume: 'arn:aws:iam::123456789012:role/${name}', aws-region: eu-west-1 }
      - uses: aws-actions/amazon-ecr-login@v2
      - run: docker push 123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:1
`;

/** What `postern init` prints of a folder or a file, and the file that it writes. */
async function command(path: string): Promise<{ readonly lines: string; readonly errors: string; file?: string }> {
  const written = { lines: '', errors: '' };
  const output = (name: 'lines' | 'errors') => ({ write: (text: string) => (written[name] += text), columns: 100 });
  async function* stdin(): AsyncGenerator<string> {}
  await run(['init', path], { stdin: stdin(), stdout: output('lines'), stderr: output('errors'), env: {} }, '1.2.3');
  try {
    return { ...written, file: readFileSync(join(path, 'postern.yaml'), 'utf8') };
  } catch {
    return written;
  }
}

describe.skipIf(chromium === undefined)('the page that reads a repository', () => {
  let site: SiteHost;
  let browser: Browser;
  const folder = mkdtempSync(join(tmpdir(), 'postern-init-page-'));

  beforeAll(async () => {
    site = await host();
    browser = await openChromium(chromium!);
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await browser?.close();
    await site?.close();
  });

  const open = (width?: number) => openPage(browser, site, 'init.html', width);
  const summary = (page: Page) => page.waitForSelector('[data-summary]');
  const result = (page: Page) => page.locator('.result').innerText();
  const file = (page: Page) => page.locator('.result .code').textContent();

  /** A repository with what is not to be read of it. */
  function repository(name: string): string {
    const root = join(folder, name);
    const write = (path: string, text: string | Buffer) => {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    };
    write('.github/workflows/deploy.yml', workflow('deploy').replaceAll('\n', '\r\n'));
    write('.gitignore', '/made/\n');
    write('made/.gitlab-ci.yml', 'a: { script: [aws s3 cp a s3://made/a] }\n');
    write('node_modules/x/.github/workflows/no.yml', workflow('from-node-modules'));
    write('vendor/sub/.git', 'gitdir: ../x\n');
    write('sub/.git', 'gitdir: ../x\n');
    write('sub/.gitlab-ci.yml', 'a: { script: [aws s3 cp a s3://submodule/a] }\n');
    write('logo.yml', Buffer.from([0, 1, 2]));
    write('.git/config', '[remote "origin"]\n\turl = https://github.com/acme/shop.git\n');
    return root;
  }

  test('a folder that was chosen gives what postern init prints and writes, byte for byte', async () => {
    const root = repository('picked');
    const { page, errors, asked } = await open();
    await page.setInputFiles('input[webkitdirectory]', root);
    await summary(page);
    const { lines, file: written } = await command(root);
    const shown = await result(page);
    const parts = lines.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('Wrote '));
    expect(parts.length).toBeGreaterThan(5);
    for (const line of parts.flatMap((one) => one.trim().split(/: | {2}/))) expect(shown).toContain(line);
    expect(shown).not.toMatch(/made|node-modules|submodule/);
    expect(await file(page)).toBe(written);
    expect(written).toContain('owner: acme');
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByText('Download').click()]);
    expect(download.suggestedFilename()).toBe('postern.yaml');
    expect(readFileSync(await download.path(), 'utf8')).toBe(written);
    expect(errors).toEqual([]);
    requireOwn(site, asked);
    await page.context().close();
  });

  test('a folder that was dropped gives the same, and so do the examples', async () => {
    for (const [index, from] of [
      repository('dropped'),
      ...['container-service', 'terraform-gitlab'].map((one) => `${examples}${one}`),
    ].entries()) {
      const root = index === 0 ? from : join(folder, basename(from));
      if (index > 0) cpSync(from, root, { recursive: true, filter: (path) => basename(path) !== 'postern.yaml' });
      const { page, errors } = await open(1280);
      const box = (await page.locator('.drop').boundingBox())!;
      const session = await page.context().newCDPSession(page);
      const data = { items: [], files: [root], dragOperationsMask: 1 };
      for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
        await session.send('Input.dispatchDragEvent', { type, x: box.x + 20, y: box.y + 20, data });
      await summary(page);
      const { file: written } = await command(root);
      expect(written).toMatch(/^version: 1$/m);
      expect(await file(page)).toBe(written);
      expect(errors).toEqual([]);
      await page.context().close();
    }
  });

  test('a pasted workflow says its jobs with their lines, and its links open pages with the options', async () => {
    const { page, errors } = await open();
    await page.fill('#workflow', workflow('deploy'));
    await summary(page);
    expect(await result(page)).toMatch(/ecr-docker-push[^]*pasted\.yml:1[01][^]*repositories[^]*shop/);
    const job = page.locator('.role li a').first();
    await job.focus();
    await Promise.all([page.waitForURL(/jobs\/ecr-docker-push\.html#/), page.keyboard.press('Enter')]);
    await page.waitForSelector('[data-ready]');
    expect(await page.inputValue('[data-option="repositories"] textarea')).toBe('shop');
    expect(await page.inputValue('[data-option="region"] input')).toBe('eu-west-1');
    await page.waitForSelector('[data-option="trust-branches"] textarea');
    expect(await page.inputValue('[data-option="trust-branches"] textarea')).toBe('main');
    await page.goBack();
    await page.waitForSelector('[data-ready]');
    await page.fill('#workflow', workflow('deploy'));
    await summary(page);
    const trust = page.locator('.role a[href^="trust/"]').first();
    await Promise.all([page.waitForURL(/trust\/github-actions\.html#/), trust.click()]);
    await page.waitForSelector('[data-ready]');
    expect(await page.inputValue('[data-option="branches"] textarea')).toBe('main');
    expect(errors).toEqual([]);
    await page.context().close();
  });

  test('what the repository does not say can be answered, and the file is the one that postern init writes with it', async () => {
    const root = join(folder, 'open');
    mkdirSync(join(root, '.github/workflows'), { recursive: true });
    const text = workflow('deploy')
      .replaceAll('123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop', '${{ vars.REGISTRY }}/${{ vars.NAME }}')
      .replace('arn:aws:iam::123456789012:role/deploy', '${{ vars.ROLE }}')
      .replace('aws-region: eu-west-1', 'aws-region: "${{ vars.AWS_REGION }}"');
    writeFileSync(join(root, '.github/workflows/deploy.yml'), text);
    const { page, errors, asked } = await open();
    await page.setInputFiles('input[webkitdirectory]', root);
    await summary(page);
    const { file: before } = await command(root);
    expect(await file(page)).toBe(before);
    const field = (option: string) => page.locator(`[data-question="${option}"]`);
    expect(await field('account').locator('label').innerText()).toMatch(/^account/);
    await field('account').locator('input').fill('12');
    await field('account').locator('.problems p').waitFor();
    expect(await field('account').locator('.problems').innerText()).toMatch(/^12 is no AWS account id/);
    expect(await file(page)).toBe(before);
    await field('account').locator('input').fill('123456789012');
    await field('region').locator('input').fill('eu-west-1');
    await field('repositories').locator('input').fill('shop, second-one');
    await page.waitForFunction(() => document.querySelector('.result .code')?.textContent?.includes('second-one'));
    const answered = findIn(
      {
        files: new Map([['.github/workflows/deploy.yml', text]]),
        single: undefined,
        unreadable: [],
        remote: undefined,
      },
      'open',
    );
    const told: Readonly<Record<string, string>> = {
      account: '123456789012',
      region: 'eu-west-1',
      repositories: 'shop, second-one',
    };
    const values = openQuestions(answered).flatMap((question) => {
      const answer = readAnswer(question, told[question.option] ?? '');
      return told[question.option] !== undefined && 'value' in answer ? [[question, answer.value] as const] : [];
    });
    expect(values.length).toBe(3);
    expect(await file(page)).toBe(firstFile(withAnswers(answered, new Map(values)), schemaHint));
    expect(await file(page)).toMatch(/^account: '123456789012'$/m);
    expect(await page.locator('.role').first().innerText()).toMatch(/shop, second-one/);
    await field('repositories').locator('input').fill('');
    await page.waitForFunction(() => !document.querySelector('.result .code')?.textContent?.includes('second-one'));
    await requireReadable(page);
    expect(errors).toEqual([]);
    requireOwn(site, asked);
    await page.context().close();
  });

  test('what cannot be read is told in the words of the command line', async () => {
    const { page } = await open();
    for (const [text, says] of [
      ['jobs: [', /`?pasted\.yml`? line \d+ is no YAML that can be read/],
      ['hello: world\n', /pasted\.yml is no CI file that postern knows/],
    ] as const) {
      await page.fill('#workflow', text);
      await page.waitForSelector('.result .problems p');
      const shown = await page.locator('.result .problems').innerText();
      expect(shown).toMatch(says);
      const path = join(folder, 'pasted.yml');
      writeFileSync(path, text);
      const { errors } = await command(path);
      expect(errors.replaceAll('`', '').replaceAll(path, 'pasted.yml')).toContain(shown);
      await page.fill('#workflow', '');
      await page.waitForSelector('.result .problems', { state: 'detached' });
    }
    await page.setInputFiles('.pick input:not([webkitdirectory])', {
      name: 'a.yml',
      mimeType: 'text/plain',
      buffer: Buffer.from([1, 0, 2]),
    });
    await page.getByText('a.yml is no text: name a CI file').waitFor();
    await page.context().close();
  });

  test('files without their folder are read by what stands in them', async () => {
    const { page } = await open();
    const one = { name: 'a.yml', mimeType: 'text/plain', buffer: Buffer.from(workflow('one')) };
    const two = { name: 'b.yml', mimeType: 'text/plain', buffer: Buffer.from(workflow('two')) };
    await page.setInputFiles('.pick input:not([webkitdirectory])', [one, two]);
    await summary(page);
    expect(await page.locator('[data-summary]').innerText()).toMatch(/^Read 2 CI files: .* under 2 roles/);
    await page.context().close();
  });

  test('it has no violation of axe with an answer, is no wider than 360 px, and nothing moves when the answer comes', async () => {
    const { page, errors } = await open();
    await page.fill('#workflow', workflow('deploy'));
    await summary(page);
    await page.locator('.result .code').waitFor();
    expect(await shifted(page)).toBeLessThan(0.02);
    await requireReadable(page);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  test('hostile names and texts inject nothing, and 5 MB are answered', async () => {
    const { page, errors, asked } = await open();
    const hostile = '<img src=x onerror=window.ran=1>\u202Egnp';
    await page.fill(
      '#workflow',
      workflow(`x`).replace('shop:1', `shop && aws s3 cp a "s3://${hostile}/javascript:window.ran=1"`) +
        `  '__proto__':\n    runs-on: x\n    steps: [{ uses: 'evil/${hostile}@v1' }, { run: 'aws lambda invoke ${hostile}' }]\n`,
    );
    await summary(page);
    expect(await result(page)).toContain('<img src=x');
    await requireInert(page);
    await paste(page, '#workflow', `${workflow('x')}${`# ${hostile}\n`.repeat(110_000)}`);
    await page.getByText('pasted.yml is larger than 4 MiB: no CI file is, name another one').waitFor();
    await paste(page, '#workflow', `${workflow('x')}${`# ${hostile}\n`.repeat(80_000)}`);
    await page.getByText('pasted.yml line 1 is no YAML that can be read: is too long for a CI file').waitFor();
    await paste(page, '#workflow', `${workflow('x')}${`# ${hostile}\n`.repeat(20_000)}`);
    await summary(page);
    await requireInert(page);
    expect(errors).toEqual([]);
    requireOwn(site, asked);
    await page.context().close();
  });

  test('what leads here is the first page, and the parser is loaded when it is needed', async () => {
    const { page } = await openPage(browser, site, 'compare.html');
    // What the page asks, without what is kept for use offline.
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(`${site.address}index.html`);
    await page.fill('[data-paste]', workflow('deploy'));
    await page.waitForLoadState('networkidle');
    const worker = (url: string) => /\/work-[^/]*\.js$/.test(url);
    expect(asked.filter(worker)).toEqual([]);
    await Promise.all([page.waitForURL(/init\.html$/), page.getByRole('button', { name: 'Look at it' }).click()]);
    await summary(page);
    expect(asked.filter(worker)).toHaveLength(1);
    expect(await page.inputValue('#workflow')).toBe(workflow('deploy'));

    await page.context().close();
  });
});
