import { readFileSync } from 'node:fs';
import { basename, join, posix } from 'node:path';
import { formats } from '@postern/cli/browser';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { violationsOf } from './axe.js';
import { findChromium, openChromium } from './chromium.js';
import { dist, host, type SiteHost } from './host.js';
import { leads, pages } from './pages.js';

const chromium = findChromium();
/** One of each sort, and all that stand alone. */
const sorts = [...new Map(pages.map((path) => [path.includes('/') ? posix.dirname(path) : path, path])).values()];
if (chromium === undefined)
  console.log(
    `SKIPPED: ${sorts.length} sorts of pages are not opened, offline, at 360 px and for axe: there is no Chromium`,
  );

/** What a page names: its links, scripts and style sheets. */
const namesIn = (html: string) => [...html.matchAll(/\s(?:href|src)="([^"]*)"/g)].map(([, name]) => name!);

test('every link of every page leads to a file of the site, and every part of an address to a place on the page', () => {
  expect(pages.length).toBeGreaterThan(40);
  const broken = pages.flatMap((path) => {
    const html = readFileSync(join(dist, path), 'utf8');
    return namesIn(html).filter((name) => !leads(path, name));
  });
  expect([...new Set(broken)]).toEqual([]);
});

test('a broken link would be found', () => {
  expect(leads('index.html', 'nowhere.html')).toBe(false);
  expect(leads('index.html', '#nowhere')).toBe(false);
  expect(leads('index.html', '/index.html'), 'a sub-folder has no such file').toBe(false);
  expect(leads('index.html', '#main')).toBe(true);
});

test('no page has a script or a style of its own in it, and each has the policy that forbids them', () => {
  for (const path of pages) {
    const html = readFileSync(join(dist, path), 'utf8');
    expect(html).toMatch(/<meta http-equiv="Content-Security-Policy" content="default-src (?:'|&#39;)none/);
    expect(html).not.toContain('unsafe-');
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle="|\son[a-z]+="/);
  }
});

describe.skipIf(chromium === undefined)('in a browser', () => {
  let site: SiteHost;
  let browser: Browser;
  let page: Page;
  let errors: string[];
  let asked: string[];

  beforeAll(async () => {
    site = await host();
    browser = await openChromium(chromium!);
  });
  beforeEach(async () => {
    errors = [];
    asked = [];
    const context = await browser.newContext({ viewport: { width: 360, height: 800 } });
    page = await context.newPage();
    page.on('pageerror', (error) => errors.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    context.on('request', (request) => asked.push(request.url()));
  });
  afterEach(() => page.context().close());
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  const open = async (path: string) => {
    await page.goto(site.address + path);
    if (/^(?:jobs|trust|compare|why|check|init)/.test(path)) await page.waitForSelector('[data-ready]');
  };

  test.each(sorts)('%s has no violation of axe in either theme, and is no wider than 360 px', async (path) => {
    await open(path);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    // A name at the top stands on one line.
    const heights = await page.locator('.top nav a').evaluateAll((links) => links.map((link) => link.clientHeight));
    expect(Math.max(...heights)).toBeLessThan(45);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect(await violationsOf(page)).toEqual([]);
    }
    expect(errors).toEqual([]);
  });

  test.each(sorts)(
    '%s fits a 4K screen: nothing goes beyond it, and no paragraph is wider than 1,600 px',
    async (path) => {
      await page.setViewportSize({ width: 3840, height: 2160 });
      try {
        await open(path);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(3840);
        const widths = await page.locator('main p').evaluateAll((all) => all.map((one) => one.clientWidth));
        expect(Math.max(...widths)).toBeGreaterThan(100);
        expect(Math.max(...widths)).toBeLessThanOrEqual(1600);
      } finally {
        await page.setViewportSize({ width: 360, height: 800 });
      }
    },
  );

  test('a job and a trust entry have no violation of axe in any format', async () => {
    const words = Object.keys(formats);
    for (const path of ['jobs/', 'trust/'].map((folder) => pages.find((one) => one.startsWith(folder))!))
      for (const word of words) {
        await page.goto('about:blank');
        await open(`${path}#format=${word}`);
        await page.waitForSelector(`.code[data-format="${word}"]`);
        expect(await violationsOf(page), `${path} ${word}`).toEqual([]);
      }
    expect(errors).toEqual([]);
  });

  test.each(sorts)('%s asks its own folder alone', async (path) => {
    await open(path);
    await page.waitForLoadState('networkidle');
    expect(asked.filter((url) => !url.startsWith(site.address) && !url.startsWith('blob:'))).toEqual([]);
    expect(asked.length).toBeGreaterThan(2);
  });

  const elsewhere = 'http://127.0.0.1:9/elsewhere';
  test('what a script would send elsewhere, load from there or run as text, the page does not let out', async () => {
    await open('index.html');
    const refused = await page.evaluate(async (elsewhere) => {
      const said: string[] = [];
      addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
        said.push(`${effectiveDirective} ${blockedURI}`),
      );
      await fetch(elsewhere).catch(() => undefined);
      navigator.sendBeacon(elsewhere);
      const add = (tag: string, attributes: Record<string, string>) => {
        const element = document.createElement(tag);
        for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
        document.body.append(element);
      };
      add('img', { src: elsewhere });
      add('script', { src: elsewhere });
      add('link', { rel: 'stylesheet', href: elsewhere });
      add('iframe', { src: elsewhere });
      add('img', { src: 'data:,', onerror: 'window.ran = true' });
      const inline = document.createElement('script');
      inline.textContent = 'window.ran = true';
      document.body.append(inline);
      await new Promise((done) => setTimeout(done, 300));
      return { said, ran: 'ran' in window };
    }, elsewhere);
    expect(refused.ran).toBe(false);
    for (const directive of ['connect-src', 'img-src', 'script-src-elem', 'style-src-elem', 'frame-src'])
      expect(refused.said.map((one) => one.replace('/elsewhere', ''))).toContain(`${directive} http://127.0.0.1:9`);
  });

  const hostile = [
    '<img src=x onerror=window.ran=1>',
    '"><script>window.ran=1</script>',
    'javascript:window.ran=1',
    '\u202Egnp.exe',
    '__proto__',
    'constructor',
    '%00',
  ];
  test.each(hostile)('%j in every option of a link injects nothing', async (text) => {
    const path = pages.find((one) => one.startsWith('jobs/'))!;
    await open(path);
    const names = await page
      .locator('[data-option]')
      .evaluateAll((all) => all.map((one) => one.getAttribute('data-option')!));
    const address = new URLSearchParams(names.map((name) => [name, text]));
    address.append('__proto__', text);
    address.append('format', text);
    await page.goto('about:blank');
    await open(`${path}#${address.toString()}`);
    await page.waitForSelector('.problems p');
    expect(await page.evaluate(() => 'ran' in window)).toBe(false);
    expect(await page.locator('main :not(.sheet) > img, main script, main a[href^="javascript"]').count()).toBe(0);
    expect(await page.evaluate(() => Object.keys(Object.prototype))).toEqual([]);
    expect((await page.locator('.problems').allTextContents()).join()).not.toContain('\u202E');
    expect(errors).toEqual([]);
  });

  test('problems stand beside their fields, in the words of the command line, and nothing can be copied', async () => {
    const path = pages.find((one) => one.startsWith('jobs/'))!;
    await open(path);
    const account = page.locator('[data-option="account"]');
    await account.locator('input').fill('12');
    expect(await account.locator('.problems').textContent()).toMatch(/^12 is no AWS account id: use 12 digits/);
    expect(await account.locator('.problems code').first().textContent()).toBe('12');
    expect(await account.locator('input').getAttribute('aria-invalid')).toBe('true');
    expect(await page.getByRole('button', { name: 'Copy', exact: true }).isDisabled()).toBe(true);
  });

  test('what an address says and the page does not know is told until something is chosen', async () => {
    const path = pages.find((one) => one.startsWith('jobs/'))!;
    const trust = pages.find((one) => one.startsWith('trust/'))!.replace(/^trust\/|\.html$/g, '');
    const told = page.locator('[data-unknown]');
    const follow = async (address: string) => {
      await page.goto('about:blank');
      await open(address);
      await told.first().waitFor();
      return (await told.allTextContents()).join('\n');
    };
    expect(await follow(`${path}#acount=123456789012`)).toMatch(/^In the address: acount is no option .* account/);
    expect(await page.getByRole('button', { name: 'Copy', exact: true }).isEnabled()).toBe(true);
    await page.locator('[data-option="account"] input').fill('111122223333');
    await told.waitFor({ state: 'detached' });
    const role = await follow(`${path}#trust=${trust}&trust.qqqqqqq=1`);
    expect(role).toMatch(/^In the address: qqqqqqq is no option of/);
    expect(await follow(`trust/${trust}.html#qqqqqqq=1`)).toMatch(/qqqqqqq is no option of/);
    expect(await follow('check.html#use-case=nope')).toBe('In the address: nope is no use case: choose the job here');
    const id = path.replace(/^jobs\/|\.html$/g, '');
    expect(await follow(`check.html#use-case=${id}&qqqqqqq=1`)).toMatch(/qqqqqqq is no option of/);
    expect(errors).toEqual([]);
  });

  test('a line says why it is there, by mouse and by keys, and the last change is told', async () => {
    const path = pages.find((one) => one.startsWith('jobs/'))!;
    await open(path);
    const lines = page.locator('.line.explained');
    await lines
      .filter({ hasText: /"[a-z-]+:[A-Z]/ })
      .first()
      .hover();
    const reasons = page.locator('.reasons');
    expect(await reasons.locator('.why').textContent()).not.toBe('');
    await page.waitForFunction(() =>
      /proved|replayed|tolerated|claimed/.test(document.querySelector('.reasons')?.textContent ?? ''),
    );
    const before = await reasons.textContent();
    await lines.first().focus();
    await page.keyboard.press('ArrowDown');
    expect(await reasons.textContent()).not.toBe(before);
    await page.locator('[data-option="account"] input').fill('210987654321');
    await page.waitForFunction(() => document.querySelector('.change')?.textContent !== '');
    expect(await page.locator('.change').textContent()).toMatch(/^The last change grants something.*210987654321/);
  });

  test('what runs showed is told as not known where it could not be loaded', async () => {
    const context = await browser.newContext({ serviceWorkers: 'block' });
    const alone = await context.newPage();
    const isRecord = (file: string) => readFileSync(join(dist, 'assets', file), 'utf8').includes('hostile:');
    await context.route('**/evidence-*.js', (route) =>
      isRecord(basename(route.request().url())) ? route.abort() : route.continue(),
    );
    await alone.goto(site.address + pages.find((one) => one.startsWith('jobs/'))!);
    await alone.waitForSelector('[data-ready]');
    await alone.locator('.code [data-line]').first().hover();
    await alone.waitForFunction(() => !document.querySelector('.reasons')?.textContent.includes('loading'));
    const told = await alone.locator('.reasons dd').last().innerText();
    expect(told).toBe('not known: it could not be loaded, so load the page again');
    await context.close();
  });

  test('the search finds jobs by words, and who brings an action', async () => {
    await open('index.html');
    const find = page.locator('[data-find]');
    await find.fill('ecr:BatchGetImage');
    await page.waitForSelector('.found li');
    for (const text of await page.locator('.found li').allTextContents()) expect(text).toContain('ecr:BatchGetImage');
    await find.fill('docker push');
    await page.waitForFunction(() => document.querySelectorAll('[data-card]:not([hidden])').length < 10);
    expect(await page.locator('[data-card]:not([hidden])').count()).toBeGreaterThan(0);
    expect(await page.locator('[data-found]').textContent(), 'no permission was looked for').toMatch(/^\d+ pages?$/);
    await find.fill('ecr:Nothing');
    await page.waitForFunction(() =>
      /, 0 permissions$/.test(document.querySelector('[data-found]')?.textContent ?? ''),
    );
    await find.fill('<img src=x onerror=window.ran=1>');
    expect(await page.evaluate(() => 'ran' in window)).toBe(false);
  });

  const allow = (action: string, resource: string) =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Sid: 'One', Effect: 'Allow', Action: action, Resource: resource }],
    });

  test('two policies are compared over all requests, and a request is decided by both', async () => {
    await open('compare.html');
    await page.fill('#before', allow('s3:GetObject', 'arn:aws:s3:::acme/*'));
    await page.fill('#after', allow('s3:*', 'arn:aws:s3:::acme/*'));
    const answer = page.locator('.answer').first();
    expect(await answer.textContent()).toMatch(/The second allows more.*Only the second allows, for example: s3:/);
    await page.fill('[placeholder="s3:GetObject"]', 's3:PutObject');
    await page.fill('[placeholder="arn:aws:s3:::acme-state/app"]', 'arn:aws:s3:::acme/x');
    expect(await page.locator('.two.answer').textContent()).toMatch(/Before: implicitDeny.*After: allowed, by One/);
    await page.setViewportSize({ width: 1440, height: 900 });
    const tops = await page
      .locator('.two.answer p')
      .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().top));
    expect(tops[1], 'side by side, at one height').toBe(tops[0]);
    await page.fill('[placeholder="arn:aws:s3:::acme-state/app"]', '');
    await page.fill('[placeholder="s3:GetObject"]', 'sts:GetCallerIdentity');
    expect(await page.locator('.two.answer').textContent()).toMatch(
      /Before: allowed on \*, since no resource is given, since it needs no permission/,
    );
    await page.fill('[placeholder="s3:GetObject"]', 's3:PutObject');
    expect(await page.locator('.two.answer').textContent()).toMatch(
      /Before: implicitDeny on \*, since no resource is given, no statement allows it/,
    );
    await page.fill('#after', '{ "Statement": <img src=x onerror=window.ran=1> }');
    expect(await answer.textContent()).toMatch(/^second: /);
    expect(await page.evaluate(() => 'ran' in window)).toBe(false);
  });

  test('a refusal says what brings it, a token which condition fails, and 5 MB of a hostile log inject nothing', async () => {
    await open('why.html');
    const refusal =
      'User: arn:aws:sts::123456789012:assumed-role/ci/run is not authorized to perform: ecr:BatchGetImage on resource: arn:aws:ecr:eu-west-1:123456789012:repository/my-app because no identity-based policy allows the ecr:BatchGetImage action';
    await page.fill('#refusal', refusal);
    await page.waitForSelector('.answer article a');
    expect(await page.locator('.answer').first().textContent()).toMatch(/--repositories my-app/);
    const href = await page.locator('.answer article a').first().getAttribute('href');
    expect(pages).toContain(href);
    const noise = '<img src=x onerror=window.ran=1> javascript:alert(1) \u202e\n';
    await page.evaluate(
      ([line, last]) => {
        const box = document.querySelector<HTMLTextAreaElement>('#refusal')!;
        box.value = line!.repeat(Math.ceil(5_000_000 / line!.length)) + last;
        box.dispatchEvent(new Event('input', { bubbles: true }));
      },
      [noise, refusal.replace('my-app', 'other')],
    );
    await page.waitForFunction(() => /other/.test(document.querySelector('.answer')?.textContent ?? ''));
    expect(await page.evaluate(() => 'ran' in window)).toBe(false);
    expect(await page.locator('.answer img').count()).toBe(0);
    const issuer = 'token.actions.githubusercontent.com';
    await page.fill(
      '#trust-policy',
      JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${issuer}` },
            Action: 'sts:AssumeRoleWithWebIdentity',
            Condition: {
              StringEquals: {
                [`${issuer}:aud`]: 'sts.amazonaws.com',
                [`${issuer}:sub`]: 'repo:acme/shop:ref:refs/heads/main',
              },
            },
          },
        ],
      }),
    );
    const claims = (sub: string) => JSON.stringify({ iss: `https://${issuer}`, aud: 'sts.amazonaws.com', sub });
    await page.fill('#token', claims('repo:acme/shop:ref:refs/heads/other'));
    expect(await page.locator('.answer').last().textContent()).toMatch(/does not let the token in.*sub/);
    await page.fill('#token', claims('repo:acme/shop:ref:refs/heads/main'));
    expect(await page.locator('.answer').last().textContent()).toMatch(/^The policy lets the token in/);
  });

  test('what was not read of a log, and what is not shown of it, is told', async () => {
    await open('why.html');
    const refusal = (name: string) =>
      `User: arn:aws:iam::123456789012:user/ci is not authorized to perform: ecr:PutImage on resource: arn:aws:ecr:eu-west-1:123456789012:repository/${name}\n`;
    const paste = (id: string, text: string) =>
      page.evaluate(
        ([selector, value]) => {
          const box = document.querySelector<HTMLTextAreaElement>(selector!)!;
          box.value = value!;
          box.dispatchEvent(new Event('input', { bubbles: true }));
        },
        [id, text],
      );
    const answer = page.locator('.answer').first();
    await paste('#refusal', Array.from({ length: 50 }, (_, index) => refusal(`app-${index}`)).join(''));
    await page.waitForSelector('.answer article');
    expect(await page.locator('.answer article').count()).toBe(50);
    expect(await answer.textContent()).not.toMatch(/are shown|were read/);
    await paste('#refusal', Array.from({ length: 51 }, (_, index) => refusal(`app-${index}`)).join(''));
    await page.getByText('The first 50 of 51 refusals are shown').waitFor();
    await paste('#refusal', `${`${'nothing '.repeat(128)}\n`.repeat(8192)}${refusal('late')}`);
    await page.getByText('Only the first 8,388,608 of').waitFor();
    expect(await answer.textContent()).toMatch(/No refusal of AWS was found in what was read/);
    await paste('#trust-policy', ' {}'.repeat(400_000));
    await paste('#token', '{}');
    await page.getByText('the policy is longer than a million characters').waitFor();
    await open('index.html');
    await paste('[data-paste]', `${`${'nothing '.repeat(128)}\n`.repeat(1100)}${refusal('late')}`);
    await page.getByRole('button', { name: 'Look at it' }).click();
    await page.getByText('what stands in its first million characters').waitFor();
  });

  test('what is pasted on the first page goes to the page that is for it, and what is none is told', async () => {
    await open('index.html');
    const go = page.getByRole('button', { name: 'Look at it' });
    expect(await go.isDisabled()).toBe(true);
    const status = page.locator('[data-paste-said]');
    await page.fill('[data-paste]', '<img src=x onerror=window.ran=1>');
    await go.click();
    await page.waitForFunction(() => document.querySelector('[data-paste-said]')?.textContent !== '');
    expect(await status.textContent()).toMatch(/no policy/);
    expect(await page.evaluate(() => 'ran' in window)).toBe(false);
    const policy = allow('s3:GetObject', '*');
    await page.fill('[data-paste]', policy);
    await Promise.all([page.waitForURL(/check\.html$/), go.click()]);
    await page.waitForSelector('[data-ready]');
    expect(await page.inputValue('#policy')).toBe(policy);
    await page.goto(`${site.address}index.html`);
    await page.fill('[data-paste]', 'is not authorized to perform: s3:GetObject on resource: arn:aws:s3:::acme/x');
    await Promise.all([page.waitForURL(/why\.html$/), go.click()]);
    await page.waitForSelector('.answer article');
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
  });

  test('after the first visit everything works without a network', async () => {
    await open('index.html');
    await page.evaluate(async () => {
      const { active } = await navigator.serviceWorker.ready;
      const isActive = () => active?.state === 'activated';
      for (let wait = 0; wait < 600 && !isActive(); wait += 1) await new Promise((done) => setTimeout(done, 100));
    });
    await page.reload();
    await site.close();
    for (const path of sorts) {
      await open(path);
      expect(await page.locator('h1').count()).toBe(1);
    }
    site = await host();
  });

  test('without JavaScript every page can be read, and a job shows the policy of its example', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const quiet = await context.newPage();
    for (const path of pages) {
      await quiet.goto(site.address + path);
      // What is there and not shown cannot be read.
      expect(await quiet.locator('h1').isVisible(), path).toBe(true);
      expect((await quiet.locator('main').innerText()).length, path).toBeGreaterThan(200);
      if (await quiet.locator('[data-entry]').count())
        expect(await quiet.locator('.code').innerText()).toContain('"Statement"');
      if (await quiet.locator('[data-app]').count())
        expect(await quiet.locator('noscript').innerText()).toMatch(/needs JavaScript/);
    }
    await context.close();
  });
});
