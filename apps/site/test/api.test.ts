import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { violationsOf } from './axe.js';
import { findChromium, openChromium } from './chromium.js';
import { dist, host, type SiteHost } from './host.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');

interface Package {
  readonly name: string;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, unknown>>>>;
}

const packages = ['core', 'cdk', 'pulumi'].map((folder) => ({
  folder,
  ...(JSON.parse(read(`packages/${folder}/package.json`)) as Package),
}));
const addresses = packages.flatMap(({ folder, name, exports }) =>
  Object.entries(exports)
    .filter(([address]) => address !== './package.json')
    .map(([address, target]) => {
      const source = typeof target === 'string' ? undefined : target['@postern/source'];
      return {
        address: name + address.slice(1),
        file: typeof source === 'string' ? join('packages', folder, source) : undefined,
      };
    }),
);
const modules = addresses.flatMap(({ address, file }) => (file === undefined ? [] : [{ address, file }]));
const pageOf = (address: string) =>
  join(dist, `docs/api/${address.replace('@postern/', '').replaceAll('/', '-')}.html`);

test('the reference names every address of the packages', () => {
  expect(modules.length).toBeGreaterThan(5);
  const overview = readFileSync(join(dist, 'docs/api/index.html'), 'utf8');
  expect(addresses.map(({ address }) => address).filter((one) => !overview.includes(`<code>${one}</code>`))).toEqual(
    [],
  );
  for (const { address } of modules) expect(existsSync(pageOf(address)), address).toBe(true);
});

/** The names that a module of ours exports, also those of types, with what it takes over from other files of its package. */
function exportsOf(file: string): string[] {
  const text = read(file);
  const named = [...text.matchAll(/^export (?:type )?\{([^}]*)\}/gm)].flatMap(([, names]) =>
    names!.split(',').map((name) =>
      name
        .replace(/^.* as /s, '')
        .replace(/^\s*type /, '')
        .trim(),
    ),
  );
  const declared = [...text.matchAll(/^export (?:async )?(?:const|function|class|interface|type) (\w+)/gm)];
  const others = [...text.matchAll(/^export \* from '(\.[^']*)\.js'/gm)];
  return [
    ...named.filter(Boolean),
    ...declared.map(([, name]) => name!),
    ...others.flatMap(([, other]) => exportsOf(join(file, '..', `${other}.ts`))),
  ];
}

describe.each(modules)('$address', ({ address, file }) => {
  const html = readFileSync(pageOf(address), 'utf8');
  const names = exportsOf(file);

  test('has every export, with how it is written', () => {
    expect(names.length).toBeGreaterThan(0);
    const missing = names.filter(
      (name) => !html.includes(` id="${name}"`) && !html.includes(`<li><code>${name}</code>`),
    );
    expect(missing).toEqual([]);
  });

  test('has things with their names, and nothing that could not be written', () => {
    expect(html).toMatch(/<h3 id="|<li><code>/);
    expect(html).not.toContain('[object Object]');
  });
});

test('a docstring stands there with its parameters, result and errors, and types lead to where they are', () => {
  const html = readFileSync(pageOf('@postern/core'), 'utf8');
  const of = (name: string) => html.slice(html.indexOf(` id="${name}"`)).split('<section')[0]!;
  expect(of('compare')).toMatch(/by meaning: order, duplicates, Sids/);
  expect(of('compare')).toMatch(/<dt>Returns<\/dt><dd>.*how b stands to a/s);
  expect(of('compare')).toContain('<a href="core.html#Comparison">Comparison</a>');
  expect(of('PolicyDocument')).toMatch(/interface PolicyDocument/);
  expect(of('build')).toMatch(/<dt>Throws<\/dt>/);
});

const chromium = findChromium();
if (chromium === undefined) console.log('SKIPPED: the reference is not opened: there is no Chromium');

describe.skipIf(chromium === undefined)('in a browser', () => {
  let site: SiteHost;
  let browser: Browser;

  beforeAll(async () => {
    site = await host();
    browser = await openChromium(chromium!);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  test('the largest page of the reference has no violation of axe, is no wider than 360 px, and a link leads to its place', async () => {
    const page = await browser.newPage({ viewport: { width: 360, height: 800 } });
    await page.goto(`${site.address}docs/api/core.html`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    expect(await violationsOf(page)).toEqual([]);
    await page.goto(`${site.address}docs/api/core.html#PolicyDocument`);
    await page.waitForFunction(() => {
      const { top } = document.querySelector('#PolicyDocument')!.getBoundingClientRect();
      return top >= 0 && top < innerHeight;
    });
    await page.close();
  });
});
