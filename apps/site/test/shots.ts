// Writes screenshots of the main pages for people to look at; nothing compares them.
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findChromium, openChromium } from './chromium.js';
import { findEntries } from './entries.js';
import { host } from './host.js';

const folder = fileURLToPath(new URL('../tmp/shots/', import.meta.url));
const chromium = findChromium();
if (chromium === undefined) throw new Error('there is no Chromium: install it, or name one in POSTERN_CHROMIUM');
mkdirSync(folder, { recursive: true });
const entries = await findEntries();
const [job, trust] = ['jobs/', 'trust/'].map((sort) => entries.find(({ path }) => path.startsWith(sort))!.path);
const paths = [
  'index.html',
  job!,
  trust!,
  'compare.html',
  'why.html',
  'init.html',
  'docs/index.html',
  'docs/access-keys.html',
  'docs/api/cdk.html',
];
const site = await host();
const browser = await openChromium(chromium);
for (const colorScheme of ['light', 'dark'] as const)
  for (const width of [360, 1440]) {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
    for (const path of paths) {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(site.address + path, { waitUntil: 'networkidle' });
      // What is not in sight is not drawn, so the window is as high as the page, which changes as it is drawn.
      for (let look = 0; look < 3; look += 1) {
        const end = await page.evaluate(
          () => document.querySelector('main')!.lastElementChild!.getBoundingClientRect().bottom,
        );
        const height = Math.max(900, Math.ceil(end) + 250);
        await page.setViewportSize({ width, height });
        await page.waitForTimeout(200);
      }
      const file = `${folder}${path.replace(/\W+/g, '-').replace(/-html$/, '')}-${width}-${colorScheme}.png`;
      await page.screenshot({ path: file, fullPage: true });
      console.log(file);
    }
    // What is typed into the search, over a page.
    await page.setViewportSize({ width, height: 900 });
    await page.goto(`${site.address}docs/index.html`, { waitUntil: 'networkidle' });
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByRole('combobox', { name: 'Search' }).fill('push image');
    await page.locator('dialog.search [role=option]').first().waitFor();
    const file = `${folder}search-${width}-${colorScheme}.png`;
    await page.screenshot({ path: file });
    console.log(file);
    await page.close();
  }
await browser.close();
await site.close();
