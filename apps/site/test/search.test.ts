import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { indexOf } from '../src/search/search-index.js';
import { readIndex } from '../src/search/search-index.js';
import { violationsOf } from './axe.js';
import { findChromium, openChromium } from './chromium.js';
import { findEntries } from './entries.js';
import { dist, host, type SiteHost } from './host.js';
import { pages, leads } from './pages.js';

const data = JSON.parse(readFileSync(join(dist, 'data/search.json'), 'utf8')) as ReturnType<typeof indexOf>;
const search = readIndex(data);
const chromium = findChromium();
if (chromium === undefined) console.log('SKIPPED: the search is not opened: there is no Chromium');

test('the index has every page, and leads to places that are there', () => {
  const found = new Set(data.things.map(({ path }) => path.replace(/#.*/, '')));
  expect(pages.filter((path) => !found.has(path))).toEqual([]);
  expect(data.things.filter(({ path }) => !leads('index.html', path))).toEqual([]);
});

test('a job, a trust entry and each action of a job are found by their names', async () => {
  for (const { id, path, entry } of await findEntries()) {
    expect(
      search(id)
        .found.slice(0, 5)
        .map((one) => one.path),
      id,
    ).toContain(path);
    expect(search(entry.title).found[0]?.path, entry.title).toBe(path);
  }
  const actions = data.things.filter(({ is }) => is === 'action');
  expect(actions.length).toBeGreaterThan(200);
  for (const { title } of actions) expect(search(title).found[0]?.title).toBe(title);
});

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
    page = await (await browser.newContext({ viewport: { width: 360, height: 800 } })).newPage();
    page.on('pageerror', (error) => errors.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
  });
  afterEach(() => page.context().close());
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  const input = () => page.getByRole('combobox', { name: 'Search' });
  // A page has fields with options of their own.
  const options = () => page.locator('dialog.search [role=option]');
  const openWithSlash = async (path: string) => {
    await page.goto(site.address + path);
    await page.getByRole('button', { name: 'Search' }).waitFor();
    await page.keyboard.press('/');
    await input().waitFor();
  };

  test('the key `/` opens it, arrows choose, Enter opens what is chosen, Escape closes it', async () => {
    await openWithSlash('docs/index.html');
    expect(await input().inputValue()).toBe('');
    await page.keyboard.type('ecr push');
    await options().first().waitFor();
    const chosen = () => page.locator('[role=option][aria-selected=true]');
    const first = await chosen().textContent();
    await page.keyboard.press('ArrowDown');
    expect(await chosen().textContent()).not.toBe(first);
    expect(await input().getAttribute('aria-activedescendant')).toBe(await chosen().getAttribute('id'));
    await page.keyboard.press('ArrowUp');
    expect(await chosen().textContent()).toBe(first);
    await page.keyboard.press('ArrowUp');
    expect(await chosen().getAttribute('id'), 'from the first to the last').not.toBe('found-0');
    await page.keyboard.press('Escape');
    expect(await page.locator('dialog.search').isVisible()).toBe(false);
    await page.keyboard.press('/');
    await input().fill('ecr-docker-push');
    await page.waitForFunction(() => document.querySelector('[aria-selected=true]')?.textContent.includes('Push'));
    await Promise.all([page.waitForURL(`${site.address}jobs/ecr-docker-push.html`), page.keyboard.press('Enter')]);
    expect(errors).toEqual([]);
  });

  test('it is opened by its button too, and `/` in a field is a letter', async () => {
    await page.goto(`${site.address}index.html`);
    const field = page.locator('[data-find]');
    await field.focus();
    await page.keyboard.type('a/b');
    expect(await field.inputValue()).toBe('a/b');
    expect(await page.locator('dialog.search').count()).toBe(0);
    await page.getByRole('button', { name: 'Search' }).click();
    await input().waitFor();
  });

  test('what searches, and the index, are asked for when it is used and not before', async () => {
    const context = await browser.newContext({ serviceWorkers: 'block' });
    const quiet = await context.newPage();
    const asked: string[] = [];
    quiet.on('request', (request) => asked.push(request.url()));
    const ofSearch = () => asked.filter((url) => /search\.json$|\/dialog-[^/]*\.js$/.test(url)).length;
    await quiet.goto(`${site.address}docs/index.html`);
    await quiet.waitForLoadState('networkidle');
    expect(ofSearch()).toBe(0);
    await quiet.getByRole('button', { name: 'Search' }).click();
    await quiet.getByRole('combobox', { name: 'Search' }).fill('docker');
    await quiet.locator('dialog.search [role=option]').first().waitFor();
    expect(ofSearch()).toBe(2);
    await context.close();
  });

  test('it says when nothing is found, takes no more than 200 letters, and injects nothing', async () => {
    await openWithSlash('jobs/ecr-docker-push.html');
    const status = page.locator('dialog.search [role=status]');
    for (const text of [
      'zzzzqqq',
      '<img src=x onerror=window.ran=1>',
      '__proto__',
      '"><script>window.ran=1</script>',
    ]) {
      await input().fill(text);
      await page.getByText('nothing was found').or(page.getByText('some of them')).first().waitFor();
      expect(await page.evaluate(() => 'ran' in window)).toBe(false);
      expect(await page.locator('dialog.search img, dialog.search script').count()).toBe(0);
    }
    await input().fill('zzzzqqq');
    expect(await status.textContent()).toMatch(/^nothing was found/);
    expect(await options().count()).toBe(0);
    await input().fill('');
    await page.keyboard.insertText('x'.repeat(5000));
    expect((await input().inputValue()).length).toBe(200);
    expect(errors).toEqual([]);
  });

  test('an index that does not come is told, and asked for again', async () => {
    const context = await browser.newContext({ serviceWorkers: 'block' });
    const lost = await context.newPage();
    await lost.route('**/search.json', (route) => route.abort());
    await lost.goto(`${site.address}docs/index.html`);
    await lost.getByRole('button', { name: 'Search' }).click();
    await lost.getByText('could not be loaded').waitFor();
    await lost.unroute('**/search.json');
    await lost.getByRole('combobox', { name: 'Search' }).fill('docker');
    await lost.locator('dialog.search [role=option]').first().waitFor();
    await context.close();
  });

  test('it works offline', async () => {
    await page.goto(`${site.address}docs/index.html`);
    await page.evaluate(async () => {
      const { active } = await navigator.serviceWorker.ready;
      const isActive = () => active?.state === 'activated';
      for (let wait = 0; wait < 600 && !isActive(); wait += 1) await new Promise((done) => setTimeout(done, 100));
    });
    const address = site.address;
    await site.close();
    await page.goto(`${address}docs/proofs.html`);
    await page.keyboard.press('/');
    await input().fill('terraform state');
    await options().first().waitFor();
    site = await host();
  });

  test('it has no violation of axe in either theme, at 360 px too', async () => {
    await openWithSlash('docs/index.html');
    await input().fill('push');
    await options().first().waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect(await violationsOf(page)).toEqual([]);
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });
});
