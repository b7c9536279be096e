import { formats } from '@postern/cli/browser';
import { build, isTrustEntry, kindOf, print, type AnyEntry } from '@postern/core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium, mustHave, openChromium } from './chromium.js';
import { commandLine, findEntries, withoutDefaults } from './entries.js';
import { host, type SiteHost } from './host.js';
import { toAddress } from '../src/tool/address.js';

const entries = await findEntries();
const chromium = findChromium();
const words = Object.keys(formats);
if (chromium === undefined)
  console.log(
    `SKIPPED: ${entries.length} pages of entries are not compared with the command line: there is no Chromium`,
  );

test('a browser is there where one must be', () => {
  if (mustHave) expect(chromium).toBeDefined();
  expect(entries.length).toBeGreaterThan(30);
});

describe.skipIf(chromium === undefined)('in a browser', () => {
  let site: SiteHost;
  let browser: Browser;
  let page: Page;
  const errors: string[] = [];

  beforeAll(async () => {
    site = await host();
    browser = await openChromium(chromium!);
    page = await browser.newPage();
    page.on('pageerror', (error) => errors.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
  });

  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  test.each(entries.map((found) => [found.id, found] as const))(
    'the form of %s, filled from its samples, gives what the command line prints in every format',
    async (_, { entry, samples, path }) => {
      expect(samples.length).toBeGreaterThan(0);
      await page.goto('about:blank');
      await page.goto(site.address + path);
      await page.waitForSelector('[data-ready]');
      for (const [index, { options }] of samples.entries()) {
        const given = withoutDefaults(entry, options);
        // The first is typed and clicked; the others come by their link, which takes a tenth of the time.
        if (index === 0) await fill(page, entry, given);
        else await follow(page, toAddress(entry, { options: given, format: 'json' }));
        const shown = await readFormats(page, words);
        for (const [number, word] of words.entries()) {
          const { text, problems, canCopy } = shown[number]!;
          const { code, stdout, stderr } = await commandLine(entry, given, word);
          if (code === 0) expect(text).toBe(stdout);
          else for (const problem of problems) expect(plain(stderr)).toContain(plain(problem));
          expect(problems.length === 0, `${word} is refused as the command line refuses it`).toBe(code === 0);
          expect(canCopy).toBe(code === 0);
          if (word === 'json' && !isTrustEntry(entry))
            expect(stdout).toBe(`${print(build(entry, options as never))}\n`);
        }
        if (index > 0) continue;
        // The address is the choice: who opens it has the same.
        const address = page.url();
        expect(address).toContain(`#${toAddress(entry, { options: given, format: words.at(-1)! })}`);
        await page.goto('about:blank');
        await page.goto(address);
        await page.waitForSelector('[data-ready]');
        expect((await readFormats(page, [words.at(-1)!]))[0]).toEqual(shown.at(-1));
      }
      expect(errors).toEqual([]);
    },
  );
});

const plain = (text: string) => text.replaceAll('`', '').replace(/^line \d+: /, '');

/** Fills the form as a visitor does: what the samples do not say is left, and what the example says besides is taken out. */
async function fill(page: Page, entry: AnyEntry, options: Readonly<Record<string, unknown>>): Promise<void> {
  for (const [name, option] of Object.entries(entry.options)) {
    const value = options[name];
    const kind = kindOf(option);
    const field = page.locator(`[data-option="${name}"]`);
    if (kind.settings(option).length > 0) {
      const setting = value ?? kind.defaultOf(option);
      const radio = field.locator(`input[value="${String(setting)}"]`);
      if (!(await radio.isChecked())) await radio.check({ force: true });
      continue;
    }
    const text = Array.isArray(value) ? value.join('\n') : value === undefined ? '' : String(value);
    const input = field.locator('input, textarea');
    if ((await input.inputValue()) !== text) await input.fill(text);
  }
}

interface Shown {
  readonly text: string;
  readonly problems: readonly string[];
  readonly canCopy: boolean;
}

/** Follows a link to the same page with other options. */
async function follow(page: Page, address: string): Promise<void> {
  await page.evaluate(async (hash) => {
    const changed = new Promise((done) => addEventListener('hashchange', done, { once: true }));
    const isSame = location.hash === `#${hash}`;
    location.hash = hash;
    if (!isSame) await changed;
    await new Promise((done) => setTimeout(done));
  }, address);
}

/** Chooses each format and reads what stands there. */
async function readFormats(page: Page, formats: readonly string[]): Promise<Shown[]> {
  return page.evaluate(async (wanted): Promise<Shown[]> => {
    const code = () => document.querySelector<HTMLElement>('.code');
    const shown: Shown[] = [];
    for (const word of wanted) {
      const buttons = [...document.querySelectorAll<HTMLButtonElement>('.formats button')];
      buttons.find((one) => one.textContent === word)?.click();
      const until = Date.now() + 10_000;
      do await new Promise((done) => setTimeout(done));
      while (code()?.dataset['format'] !== word && Date.now() < until);
      shown.push({
        text: code()?.textContent ?? '',
        problems: [...document.querySelectorAll('.problems p')].map((one) => one.textContent),
        canCopy: document.querySelector<HTMLButtonElement>('.actions button')?.disabled === false,
      });
    }
    return shown;
  }, formats);
}
