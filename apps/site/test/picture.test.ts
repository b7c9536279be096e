import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawPicture, exampleOptions, kebabCase } from '@postern/cli/browser';
import { run } from '@postern/cli';
import { kindOf, tryBuild, type AnyEntry } from '@postern/core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findChromium, openChromium } from './chromium.js';
import { findEntries } from './entries.js';
import { dist, host, type SiteHost } from './host.js';

const entries = await findEntries();
const chromium = findChromium();
if (chromium === undefined)
  console.log(`SKIPPED: the pictures of ${entries.length} entries are not looked at: there is no Chromium`);

/** What `postern show ID --format svg` prints. */
async function drawn(...words: readonly string[]): Promise<string> {
  const written = { stdout: '', stderr: '' };
  const output = (name: 'stdout' | 'stderr') => ({ write: (text: string) => (written[name] += text) });
  async function* stdin(): AsyncGenerator<string> {}
  const io = { stdin: stdin(), stdout: output('stdout'), stderr: output('stderr'), env: {} };
  expect(await run(['show', ...words, '--format', 'svg'], io, '1.2.3')).toBe(0);
  return written.stdout;
}

test.each(entries)('the page of $id begins with the picture that the command line draws', async ({ id, path }) => {
  const html = readFileSync(join(dist, path), 'utf8');
  const [, src = '', height] = /<img src="\.\.\/([^"]*)" alt="[^"]+" width="1000" height="(\d+)"/.exec(html) ?? [];
  expect(readFileSync(join(dist, src), 'utf8')).toBe(await drawn(id));
  expect(await drawn(id)).toContain(` height="${height}"`);
});

/** What is wrong with pictures as they are drawn: texts on each other, on a fence or outside the picture. Runs in the browser. */
function lookAt(pictures: readonly string[]): { readonly problems: string[]; readonly texts: number }[] {
  return pictures.map((svg) => {
    const problems: string[] = [];
    const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml');
    if (parsed.querySelector('parsererror') !== null) problems.push('it is no XML');
    document.body.replaceChildren(document.importNode(parsed.documentElement, true));
    const root = document.querySelector('svg')!;
    const page = root.getBoundingClientRect();
    const lines = [...root.querySelectorAll('text, tspan')].filter((one) => one.querySelector('tspan') === null);
    const boxes = lines.map((line) => ({ text: line.textContent, box: line.getBoundingClientRect() }));
    for (const [index, { text, box }] of boxes.entries()) {
      if (text.trim() === '') continue;
      if (box.width === 0) problems.push(`${text} is not drawn`);
      if (box.left < page.left + 20 || box.right > page.right - 20 || box.top < page.top || box.bottom > page.bottom)
        problems.push(`${text} leaves the picture`);
      for (const other of boxes.slice(index + 1)) {
        const isBeside = box.right <= other.box.left || other.box.right <= box.left;
        // Boxes reach from the highest to the lowest letter of the font; a pixel of them may meet.
        const isBelow = box.bottom <= other.box.top + 1 || other.box.bottom <= box.top + 1;
        if (!isBeside && !isBelow) problems.push(`${text} is on ${other.text}`);
      }
    }
    for (const fence of root.querySelectorAll('.fence')) {
      const around = fence.getBoundingClientRect();
      for (const { text, box } of boxes) {
        const isInside =
          box.left >= around.left && box.right <= around.right && box.top >= around.top && box.bottom <= around.bottom;
        const isOutside =
          box.right <= around.left ||
          box.left >= around.right ||
          box.bottom <= around.top + 1 ||
          box.top >= around.bottom;
        if (!isInside && !isOutside) problems.push(`${text} is on a fence`);
      }
    }
    return { problems, texts: boxes.length };
  });
}

describe.skipIf(chromium === undefined)('in a browser', () => {
  let site: SiteHost;
  let browser: Browser;
  let page: Page;
  let errors: string[];
  beforeAll(async () => {
    site = await host();
    browser = await openChromium(chromium!);
  });
  beforeEach(async () => {
    errors = [];
    page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
    page.on('pageerror', (error) => errors.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
  });
  afterEach(() => page.close());
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  const draw = (entry: AnyEntry, options: Readonly<Record<string, unknown>>): string =>
    drawPicture({ entry, document: tryBuild(entry, options).document, options });

  test.each(entries)(
    'no text of $id is on another, on a fence or outside, for any sample',
    async ({ entry, samples }) => {
      const looks = await page.evaluate(
        lookAt,
        samples.map(({ options }) => draw(entry, options)),
      );
      expect(looks.map(({ problems }, index) => [samples[index]!.name, problems])).toEqual(
        samples.map(({ name }) => [name, []]),
      );
      for (const { texts } of looks) expect(texts).toBeGreaterThan(5);
    },
  );

  const long = ['W', 'm', '日', 'א', '👩‍👩‍👧‍👦', '\u0301e', '-', '/'];
  test.each(long)('nor is a text of %j, however long', async (letter) => {
    const [{ entry }] = entries as [(typeof entries)[number]];
    const text = `arn:aws:s3:::${letter.repeat(150)}`;
    const document = {
      Version: '2012-10-17' as const,
      Statement: [
        {
          Sid: text,
          Effect: 'Allow' as const,
          Action: [text, 's3:GetObject'],
          Resource: [text, text],
          Condition: { StringEquals: { [text]: [text, text] } },
        },
      ],
    };
    const looks = await page.evaluate(lookAt, [drawPicture({ entry, document, options: {} })]);
    expect(looks.map(({ problems }) => problems)).toEqual([[]]);
  });

  test('a text on another would be found', async () => {
    const { entry, samples } = entries[0]!;
    const svg = draw(entry, samples[0]!.options);
    const moved = [svg.replaceAll(/ y="\d+"/g, ' y="100"'), svg.replaceAll(/ x="648"/g, ' x="900"')];
    const [onEachOther, outside] = await page.evaluate(lookAt, moved);
    expect(onEachOther?.problems.some((problem) => problem.includes(' is on '))).toBe(true);
    expect(outside?.problems.some((problem) => problem.includes('leaves the picture'))).toBe(true);
  });

  const job = entries.find(
    ({ path, entry }) => path.startsWith('jobs/') && exampleOptions(entry)['account'] !== undefined,
  )!;

  test('the picture follows the options, is loaded when it is looked at, and is what the command line draws', async () => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(site.address + job.path);
    await page.waitForSelector('[data-ready]');
    const drawing = () => asked.filter((url) => /\/drawn-[^/]*\.js$/.test(url)).length;
    await page.locator('[data-option="account"] input').fill('210987654321');
    await page.waitForFunction(() => document.querySelector('.code')?.textContent?.includes('210987654321'));
    expect(drawing(), 'nobody has looked at it yet').toBe(0);
    await page.locator('.picture').scrollIntoViewIfNeeded();
    const link = page.locator('.picture a.button');
    await page.waitForFunction(() => document.querySelector<HTMLImageElement>('.picture img')?.src.startsWith('blob:'));
    expect(drawing()).toBe(1);
    expect(
      await page
        .locator('.picture img')
        .evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth)),
    ).toBe(1000);
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    expect(download.suggestedFilename()).toBe(`${job.id}.svg`);
    const options = { ...exampleOptions(job.entry), account: '210987654321' };
    const flags = Object.entries(options).flatMap(([name, value]) =>
      kindOf(job.entry.options[name]!).written(kebabCase(name), value),
    );
    expect(readFileSync(await download.path(), 'utf8')).toBe(await drawn(job.id, ...flags));
    expect(errors).toEqual([]);
  });

  test('what is not the policy is not shown as it, and cannot be downloaded', async () => {
    await page.goto(`${site.address}${job.path}`);
    await page.waitForSelector('[data-ready]');
    const button = page.getByRole('button', { name: /^Download .*\.svg$/ });
    expect(await button.count()).toBe(0);
    await page.locator('[data-option="account"] input').fill('12');
    await page.locator('.picture img.stale').waitFor();
    expect(await button.isDisabled()).toBe(true);
    expect(await page.locator('.picture [role=status]').textContent()).toBe('This is not the policy.');
    await page.locator('[data-option="account"] input').fill('210987654321');
    await page.locator('.picture').scrollIntoViewIfNeeded();
    await page.locator('.picture a.button').waitFor();
    expect(await page.locator('.picture img.stale').count()).toBe(0);
  });
});
