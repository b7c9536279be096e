// Measures the numbers that the site promises, in the Chromium of this machine against the built files. Until a page is usable its
// processor is slowed down by the browser itself; what passed on the clock is told, and how long the page's own thread was busy, which
// other work on the machine changes little.
import { readdirSync, readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { findChromium, openChromium } from './chromium.js';
import { findEntries } from './entries.js';
import { dist, host, type SiteHost } from './host.js';

const slowdown = 4;
const loads = 9;
const strokes = 100;

const chromium = findChromium();
if (chromium === undefined) throw new Error('there is no Chromium: install it, or name one in POSTERN_CHROMIUM');
const entries = await findEntries();
const largest = entries.toSorted((a, b) => JSON.stringify(b.entry).length - JSON.stringify(a.entry).length)[0]!;
const browser = await openChromium(chromium);
const site = await host();
console.log(`load of the machine: ${loadavg()[0]!.toFixed(1)}`);
for (const path of ['index.html', largest.path]) await measureView(browser, site, path);
await measureStrokes(browser, site, largest.path);
const all = readdirSync(dist, { recursive: true, withFileTypes: true }).filter((item) => item.isFile());
const size = all.reduce((sum, item) => sum + readFileSync(join(item.parentPath, item.name)).length, 0);
console.log(
  `the whole site, which is kept for use offline: ${all.length} files, ${(size / 1024 / 1024).toFixed(1)} MiB as they lie there`,
);
console.log(`load of the machine: ${loadavg()[0]!.toFixed(1)}`);
await browser.close();
await site.close();

interface Busy {
  readonly all: number;
  readonly script: number;
  readonly style: number;
  readonly layout: number;
}

/** How long the page's thread was busy until now, in milliseconds. */
async function busy(session: CDPSession): Promise<Busy> {
  const { metrics } = await session.send('Performance.getMetrics');
  const of = (name: string) => 1000 * (metrics.find((one) => one.name === name)?.value ?? 0);
  return {
    all: of('TaskDuration'),
    script: of('ScriptDuration'),
    style: of('RecalcStyleDuration'),
    layout: of('LayoutDuration'),
  };
}

async function newPage(browser: Browser, rate = 1): Promise<{ page: Page; session: CDPSession }> {
  const context = await browser.newContext({ serviceWorkers: 'block', viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await session.send('Emulation.setCPUThrottlingRate', { rate });
  return { page, session };
}

/** Runs in the page before anything of it: keeps when it can be used, in milliseconds since somebody went there. */
function noteWhenUsable(): void {
  const usable = new Promise<number>((done) => {
    // Scripts that wait for others run on after it.
    document.addEventListener('DOMContentLoaded', () => {
      const place = document.querySelector<HTMLElement>('[data-entry]');
      if (place === null || 'ready' in place.dataset) return done(performance.now());
      new MutationObserver(() => done(performance.now())).observe(place, { attributeFilter: ['data-ready'] });
    });
  });
  Object.assign(window, { usable });
}

async function measureView(browser: Browser, site: SiteHost, path: string): Promise<void> {
  const took: (Busy & { clock: number; bytes: number })[] = [];
  for (let load = 0; load < loads; load += 1) {
    const { page, session } = await newPage(browser, slowdown);
    site.sent.clear();
    await page.addInitScript(noteWhenUsable);
    await page.goto(site.address + path);
    const clock = await page.evaluate(() => (window as unknown as { readonly usable: Promise<number> }).usable);
    const spent = await busy(session);
    await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    await page.waitForLoadState('networkidle');
    took.push({ ...spent, clock, bytes: [...site.sent.values()].reduce((sum, one) => sum + one, 0) });
    await page.context().close();
  }
  const middle = (of: (one: (typeof took)[number]) => number) =>
    took.map(of).toSorted((a, b) => a - b)[Math.floor(loads / 2)]!;
  const { all, script, style, layout } = took.find((one) => one.all === middle((other) => other.all))!;
  const clocks = took.map(({ clock }) => clock.toFixed(0)).join(', ');
  console.log(`${path}:`);
  console.log(
    `  over the wire, gzip, until nothing is asked for any more: ${(middle(({ bytes }) => bytes) / 1024).toFixed(1)} KiB of 150`,
  );
  console.log(
    `  until it is usable, slowed down ${slowdown} times: ${middle(({ clock }) => clock).toFixed(0)} ms on the clock of 1,000, the middle of ${clocks}; busy for ${all.toFixed(0)} ms (script ${script.toFixed(0)}, style ${style.toFixed(0)}, layout ${layout.toFixed(0)}); load of the machine ${loadavg()[0]!.toFixed(1)}`,
  );
}

async function measureStrokes(browser: Browser, site: SiteHost, path: string): Promise<void> {
  const { page, session } = await newPage(browser);
  await page.goto(site.address + path);
  await page.waitForSelector('[data-ready]');
  const took: (Busy & { clock: number })[] = [];
  for (let stroke = 0; stroke < strokes; stroke += 1) {
    const before = await busy(session);
    const clock = await page.evaluate(
      async (text) => {
        const input = document.querySelector<HTMLInputElement | HTMLTextAreaElement>(
          '.field textarea, .field input[type=text]',
        )!;
        const start = performance.now();
        Object.getOwnPropertyDescriptor(Object.getPrototypeOf(input), 'value')!.set!.call(input, text);
        input.dispatchEvent(new Event('input', { bubbles: true }));
        // The page is drawn anew before the next task.
        await new Promise((done) => setTimeout(done));
        document.querySelector('.code')!.getBoundingClientRect();
        return performance.now() - start;
      },
      `my-app-${'x'.repeat(stroke % 20)}`,
    );
    const after = await busy(session);
    took.push({
      all: after.all - before.all,
      script: after.script - before.script,
      style: after.style - before.style,
      layout: after.layout - before.layout,
      clock,
    });
  }
  const percentile = (of: (one: (typeof took)[number]) => number) =>
    took
      .map(of)
      .toSorted((a, b) => a - b)
      [Math.ceil(0.95 * strokes) - 1]!.toFixed(1);
  console.log(
    `  a keystroke to the new policy, the 95th percentile of ${strokes}: busy for ${percentile(({ all }) => all)} ms of 16 (script ${percentile(({ script }) => script)}, style ${percentile(({ style }) => style)}, layout ${percentile(({ layout }) => layout)}); ${percentile(({ clock }) => clock)} ms on the clock`,
  );
  await page.context().close();
}
