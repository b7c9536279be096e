import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { SiteHost } from './host.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A page of its own, and what went wrong on it. */
export interface Opened {
  readonly page: Page;
  readonly errors: string[];
  /** The addresses that were asked. */
  readonly asked: string[];
}

/** Opens a page of the site as a visitor of its own, and waits until it can be used. */
export async function openPage(browser: Browser, site: SiteHost, path: string, width = 360): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width, height: 800 }, acceptDownloads: true });
  const page = await context.newPage();
  const errors: string[] = [];
  const asked: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  context.on('request', (request) => asked.push(request.url()));
  await page.addInitScript(() => {
    const shifts = { sum: 0 };
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.sum += (entry as unknown as { readonly value: number }).value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto(site.address + path);
  await page.waitForSelector('[data-ready]');
  return { page, errors, asked };
}

/** How much of the page has moved, by the measure of the browser: what follows an input counts too. */
export function shifted(page: Page): Promise<number> {
  return page.evaluate(() => (window as unknown as { readonly shifts: { readonly sum: number } }).shifts.sum);
}

/** Puts a text into a box as a paste does, however long it is. */
export async function paste(page: Page, selector: string, text: string): Promise<void> {
  await page.evaluate(
    ([where, value]) => {
      const box = document.querySelector<HTMLTextAreaElement>(where!)!;
      box.value = value!;
      box.dispatchEvent(new Event('input', { bubbles: true }));
    },
    [selector, text],
  );
}

/** What axe finds in both themes, and how wide the page is. */
export async function requireReadable(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.evaluate(axe);
    const violations = await page.evaluate(async () => {
      const { axe } = window as unknown as {
        axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      };
      return (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
    });
    expect(violations, colorScheme).toEqual([]);
  }
}

/** Everything that was asked is a file of the site. */
export function requireOwn(site: SiteHost, asked: readonly string[]): void {
  expect(asked.filter((url) => !url.startsWith(site.address) && !url.startsWith('blob:'))).toEqual([]);
  expect(asked.length).toBeGreaterThan(2);
}

/** Nothing of a hostile text has run or stands in the page as an element, and nothing turns its direction. */
export async function requireInert(page: Page): Promise<void> {
  expect(await page.evaluate(() => 'ran' in window)).toBe(false);
  expect(await page.locator('main img:not(.picture img), main script, main a[href^="javascript" i]').count()).toBe(0);
  expect(await page.evaluate(() => Object.keys(Object.prototype))).toEqual([]);
  const shown = await page.locator('[data-app] .result, [data-entry]').allInnerTexts();
  expect(shown.join()).not.toContain('\u202E');
}
