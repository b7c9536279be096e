import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium, openChromium } from './chromium.js';
import { findEntries } from './entries.js';
import { dist, host, type Host } from './host.js';

const entries = await findEntries();
const largest = entries.toSorted((a, b) => JSON.stringify(b.entry).length - JSON.stringify(a.entry).length)[0]!;
const most = 150 * 1000;
const chromium = findChromium();
if (chromium === undefined)
  console.log('SKIPPED: what pages weigh, and what typing does, is not looked at: there is no Chromium');

describe.skipIf(chromium === undefined)('in a browser', () => {
  let site: Host;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    site = await host();
    browser = await openChromium(chromium!);
    // The worker for use offline asks for everything else once the page stands.
    page = await (await browser.newContext({ serviceWorkers: 'block' })).newPage();
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  test.each(['index.html', largest.path, 'compare.html', 'why.html', 'check.html', 'init.html', 'docs/index.html'])(
    'the first view of %s takes at most 150 kB over the wire',
    async (path) => {
      await page.goto('about:blank');
      site.sent.clear();
      await page.goto(site.address + path, { waitUntil: 'networkidle' });
      const bytes = [...site.sent.values()].reduce((sum, one) => sum + one, 0);
      expect(bytes).toBeGreaterThan(5_000);
      expect(bytes).toBeLessThanOrEqual(most);
    },
  );

  test('a job is shown without what writes YAML or compares policies', async () => {
    await page.goto('about:blank');
    site.sent.clear();
    await page.goto(site.address + largest.path, { waitUntil: 'networkidle' });
    const scripts = [...site.sent.keys()].filter((file) => file.endsWith('.js'));
    expect(scripts.length).toBeGreaterThan(10);
    const heavy = scripts.filter((file) => /yaml\.alias|incomparable/.test(readFileSync(join(dist, file), 'utf8')));
    expect(heavy).toEqual([]);
  });

  test('typing draws the lines that change, and writes the address once nobody types', async () => {
    await page.goto(site.address + largest.path);
    await page.waitForSelector('[data-ready]');
    const seen = await page.evaluate(async () => {
      let written = 0;
      const replace = history.replaceState.bind(history);
      history.replaceState = (...args) => {
        written += 1;
        replace(...args);
      };
      const lines = [...document.querySelectorAll('.line')];
      const code = document.querySelector('.code')!;
      let changed = 0;
      const observer = new MutationObserver((records) => (changed += records.length));
      observer.observe(code, { subtree: true, childList: true, characterData: true, attributes: true });
      const input = document.querySelector<HTMLInputElement>('[data-option="account"] input')!;
      for (let stroke = 0; stroke < 150; stroke += 1) {
        input.value = `1234567890${10 + (stroke % 80)}`;
        input.dispatchEvent(new Event('input', { bubbles: true }));
        await new Promise((done) => setTimeout(done));
      }
      const whileTyping = written;
      await new Promise((done) => setTimeout(done, 500));
      const hasAccount = lines.filter((line) => line.textContent.includes(input.value)).length;
      return { whileTyping, written, changed, hasAccount, hash: location.hash, value: input.value };
    });
    expect(seen.whileTyping).toBeLessThan(10);
    expect(seen.written).toBeLessThan(12);
    expect(seen.hash).toContain(`account=${seen.value}`);
    expect(seen.hasAccount).toBeGreaterThan(0);
    expect(seen.changed).toBeGreaterThan(0);
    expect(seen.changed).toBeLessThanOrEqual(150 * seen.hasAccount * 2);
  });
});
