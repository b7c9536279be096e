// Measures the numbers that the site promises, in the Chromium of this machine against the built files.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium, openChromium } from './chromium.js';
import { findEntries } from './entries.js';
import { dist, host } from './host.js';

const chromium = findChromium();
if (chromium === undefined) throw new Error('there is no Chromium: install it, or name one in POSTERN_CHROMIUM');
const entries = await findEntries();
const largest = entries.toSorted((a, b) => JSON.stringify(b.entry).length - JSON.stringify(a.entry).length)[0]!;
const browser = await openChromium(chromium);
const site = await host();
console.log('over the wire, gzip, until nothing is asked for any more (the worker for use offline left out):');
for (const path of ['index.html', largest.path]) {
  site.sent.clear();
  const context = await browser.newContext({ serviceWorkers: 'block' });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  const start = performance.now();
  await page.goto(site.address + path);
  if (path !== 'index.html') await page.waitForSelector('[data-ready]');
  const usable = performance.now() - start;
  await page.waitForLoadState('networkidle');
  const bytes = [...site.sent.values()].reduce((sum, one) => sum + one, 0);
  console.log(
    `  ${path}: ${(bytes / 1024).toFixed(1)} KiB of 150; usable after ${usable.toFixed(0)} ms of 1,000 at 4x slowdown`,
  );
  if (path !== 'index.html') {
    await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    const times = await page.evaluate(async () => {
      const input = document.querySelector<HTMLInputElement | HTMLTextAreaElement>(
        '.field textarea, .field input[type=text]',
      )!;
      const took: number[] = [];
      for (let stroke = 0; stroke < 100; stroke += 1) {
        const text = `my-app-${'x'.repeat(stroke % 20)}`;
        const before = performance.now();
        Object.getOwnPropertyDescriptor(Object.getPrototypeOf(input), 'value')!.set!.call(input, text);
        input.dispatchEvent(new Event('input', { bubbles: true }));
        // The page is drawn anew before the next task.
        await new Promise((done) => setTimeout(done));
        document.querySelector('.code')!.getBoundingClientRect();
        took.push(performance.now() - before);
      }
      return took.toSorted((a, b) => a - b);
    });
    console.log(
      `  ${path}: a keystroke to the new policy ${times[94]!.toFixed(1)} ms at the 95th percentile of 100, of 16`,
    );
  }
  await context.close();
}
const all = readdirSync(dist, { recursive: true, withFileTypes: true }).filter((item) => item.isFile());
const size = all.reduce((sum, item) => sum + readFileSync(join(item.parentPath, item.name)).length, 0);
console.log(
  `the whole site, which is kept for use offline: ${all.length} files, ${(size / 1024 / 1024).toFixed(1)} MiB as they lie there`,
);
await browser.close();
await site.close();
