import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium, openChromium } from './chromium.js';
import { findEntries } from './entries.js';
import { dist, host, type SiteHost } from './host.js';

const entries = await findEntries();
const largest = entries.toSorted((a, b) => JSON.stringify(b.entry).length - JSON.stringify(a.entry).length)[0]!;
const trust = entries.find(({ path }) => path.startsWith('trust/'))!;
const most = 150 * 1000;
const chromium = findChromium();
/** What functions of the page are known by once they are built: words that stand in no other. */
const parts = {
  Tool: /split over several policies/,
  Reasons: /walk through them with the arrow keys/,
  printChoice: /explanations:\w+,notes:[^]*characters:/,
};

interface Counted {
  readonly url: string;
  readonly functions: readonly {
    readonly ranges: readonly { readonly startOffset: number; readonly endOffset: number; readonly count: number }[];
  }[];
}

/** How often the innermost function that has these words was called. */
function callsOf(scripts: readonly Counted[], words: RegExp): number {
  return scripts
    .filter(({ url }) => url.includes('/assets/'))
    .map(({ url, functions }) => {
      const text = readFileSync(join(dist, 'assets', basename(url)), 'utf8');
      const found = functions
        .flatMap(({ ranges: [whole] }) => whole ?? [])
        .filter(({ startOffset, endOffset }) => words.test(text.slice(startOffset, endOffset)))
        .toSorted((a, b) => a.endOffset - a.startOffset - (b.endOffset - b.startOffset));
      return found[0]?.count ?? 0;
    })
    .reduce((sum, one) => sum + one, 0);
}

if (chromium === undefined)
  console.log('SKIPPED: what pages weigh, and what typing does, is not looked at: there is no Chromium');

describe.skipIf(chromium === undefined)('in a browser', () => {
  let site: SiteHost;
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
    const has = (file: string, words: string) => readFileSync(join(dist, file), 'utf8').includes(words);
    const built = readdirSync(join(dist, 'assets')).map((file) => `assets/${file}`);
    for (const words of ['yaml.alias', 'incomparable']) {
      expect(built.some((file) => has(file, words))).toBe(true);
      expect(scripts.filter((file) => has(file, words))).toEqual([]);
    }
  });

  test.each([largest, trust])(
    '$id is drawn once when its page opens: its policy is printed once, and what runs showed draws the reasons alone',
    async ({ path }) => {
      const context = await browser.newContext({ serviceWorkers: 'block' });
      const own = await context.newPage();
      const session = await context.newCDPSession(own);
      await session.send('Profiler.enable');
      await session.send('Profiler.startPreciseCoverage', { callCount: true });
      const calls = { Tool: 0, Reasons: 0, printChoice: 0 };
      const count = async () => {
        const { result } = await session.send('Profiler.takePreciseCoverage');
        for (const [name, known] of Object.entries(parts) as [keyof typeof parts, RegExp][])
          calls[name] += callsOf(result, known);
      };
      await own.goto(site.address + path);
      await own.waitForSelector('[data-ready]');
      await expect.poll(async () => (await count(), calls.Reasons)).toBeGreaterThan(1);
      expect(calls).toEqual({ Tool: 1, Reasons: 2, printChoice: 1 });
      await context.close();
    },
  );

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
