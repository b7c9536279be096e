import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '@postern/cli';
import { exampleOptions, flagsText, formats, kebabCase } from '@postern/cli/browser';
import { isTrustEntry, type AnyEntry, type UseCase } from '@postern/core';
import { findChromium, openChromium } from './chromium.js';
import { findEntries, withoutDefaults } from './entries.js';
import { host, type SiteHost } from './host.js';
import { openPage, requireInert, requireOwn, requireReadable, shifted } from './opened.js';
import { canBePair } from '../src/role/pair.js';
import { toAddress } from '../src/tool/address.js';

const entries = await findEntries();
const trusts = entries.filter(({ entry }) => isTrustEntry(entry));
const jobs = entries.filter(({ entry }) => !isTrustEntry(entry));
const words = Object.keys(formats);
const chromium = findChromium();
if (chromium === undefined)
  console.log(`SKIPPED: the whole roles of ${trusts.length} trust entries are not compared: there is no Chromium`);

describe.skipIf(chromium === undefined)('the whole role beside a job', () => {
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

  type Options = Readonly<Record<string, unknown>>;
  const text = (entry: AnyEntry, options: Options) => `${entry.id} ${flagsText(entry, options)}`.trim();

  const command = (trust: string, permissions: string, ...more: readonly string[]) =>
    role('--trust', trust, '--permissions', permissions, ...more);
  async function role(...words: readonly string[]) {
    const written = { stdout: '', stderr: '' };
    const output = (of: 'stdout' | 'stderr') => ({ write: (some: string) => (written[of] += some), columns: 100 });
    async function* stdin(): AsyncGenerator<string> {}
    const io = { stdin: stdin(), stdout: output('stdout'), stderr: output('stderr'), env: {} };
    const code = await run(['role', ...words], io, '1.2.3');
    return { code, ...written };
  }

  const prefixed = (entry: AnyEntry, options: Options, of = 'trust') =>
    [...new URLSearchParams(toAddress(entry, { options, format: 'json' }))]
      .map(([name, value]) => `${of}.${name}=${encodeURIComponent(value)}`)
      .join('&');

  /** Opens the address that the page has by now as somebody does who was given it. */
  async function openAgain(page: Page): Promise<void> {
    const address = page.url();
    await page.goto('about:blank');
    await page.goto(address);
    await page.waitForSelector('.role-tool .code');
  }

  /** Chooses each format, and reads the role in it. */
  const readRoles = (page: Page): Promise<{ text: string; problems: string; notes: string; canCopy: boolean }[]> =>
    page.evaluate(async (wanted) => {
      const shown = [];
      for (const word of wanted) {
        [...document.querySelectorAll<HTMLButtonElement>('.formats button')]
          .find((one) => one.textContent === word)
          ?.click();
        const until = Date.now() + 10_000;
        const code = () => document.querySelector('.role-tool .code');
        do await new Promise((done) => setTimeout(done, 5));
        while (code()?.getAttribute('aria-label') !== `The whole role, as ${word}` && Date.now() < until);
        const all = (selector: string) =>
          [...document.querySelectorAll(selector)].map((one) => one.textContent).join('\n');
        shown.push({
          text: code()?.textContent ?? '',
          problems: all('.role-tool .problems p'),
          notes: all('.role-tool .notes li'),
          canCopy: document.querySelector<HTMLButtonElement>('.role-tool .actions button')?.disabled === false,
        });
      }
      return shown;
    }, words);

  const plain = (lines: string) => lines.replaceAll('`', '');

  test.each(trusts.map((one, index) => [one.id, one, jobs[index % jobs.length]!] as const))(
    'with %s is what postern role prints, in every format, from its link',
    async (_, trust, job) => {
      const given = withoutDefaults(trust.entry, trust.samples[0]!.options);
      const options = withoutDefaults(job.entry, job.samples[0]!.options);
      const address = `${toAddress(job.entry, { options, format: 'json' })}&trust=${trust.id}&${prefixed(trust.entry, given)}`;
      const { page, errors } = await openPage(
        browser,
        site,
        `${job.path}#${address}&role.name=my-role&role.boundary=true`,
      );
      await page.waitForSelector('.role-tool .code', { state: 'attached' });
      const shown = await readRoles(page);
      for (const [index, word] of words.entries()) {
        const more = ['--name', 'my-role', '--boundary', '--format', word];
        const { code, stdout, stderr } = await command(text(trust.entry, given), text(job.entry, options), ...more);
        const { text: role, problems, notes, canCopy } = shown[index]!;
        expect(canCopy, stderr).toBe(code === 0);
        expect(role.trimEnd(), word).toBe(code === 0 ? stdout.trimEnd() : '');
        const said = plain(stderr)
          .trim()
          .split('\n')
          .map((line) => line.replace(/^(?:note|postern): /, ''));
        if (code === 0) for (const line of said) expect(notes).toContain(line);
        else expect(problems).not.toBe('');
      }
      expect(errors).toEqual([]);
      await page.context().close();
    },
  );

  const job = jobs.find(({ id }) => id === 'ecr-docker-push')!;
  const given = { repositories: ['shop'], account: '123456789012', region: 'eu-west-1' };
  const link = `${job.path}#${toAddress(job.entry, { options: given, format: 'json' })}`;

  test('is chosen and filled in by keys, the address holds it, and its command prints the same', async () => {
    const { page, errors, asked } = await openPage(browser, site, link);
    await page.locator('.whole-role select').focus();
    await page.selectOption('.whole-role select', 'github-actions');
    await page.waitForSelector('[data-option="trust-owner"] input');
    await page.fill('[data-option="trust-owner"] input', 'acme');
    await page.fill('[data-option="trust-repository"] input', 'other');
    await page.locator('.role-tool .check input').focus();
    await page.keyboard.press('Space');
    await page.fill('#role-name', 'deploy it');
    await page.waitForSelector('[data-option="role.name"] .problems p');
    const wrong = await command(
      'github-actions --owner acme --repository other --environments production',
      text(job.entry, given),
      '--name',
      'deploy it',
    );
    const beside = await page.locator('[data-option="role.name"] .problems p').first().innerText();
    expect(plain(wrong.stderr)).toContain(`--name: ${beside}`);
    await page.fill('#role-name', 'deploy');
    await page.waitForURL(/trust\.repository=other.*role\.name=deploy&role\.boundary=true/);
    const before = await page.locator('.role-tool .code').textContent();
    const line = (await page.locator('.role-tool .command code').innerText()).replaceAll('\n', ' ');
    expect(line).toMatch(/^postern role --trust 'github-actions --owner acme /);
    const parts = /--trust '([^']*)' --permissions '([^']*)' --name deploy --boundary$/.exec(line)!;
    const { stdout } = await command(parts[1]!, parts[2]!, '--boundary', '--name', 'deploy');
    expect(before!.trimEnd()).toBe(stdout.trimEnd());
    const address = page.url();
    await page.goto('about:blank');
    await page.goto(address);
    await page.waitForSelector('.role-tool .code');
    expect(await page.locator('.role-tool .code').textContent()).toBe(before);
    await page.selectOption('.whole-role select', '');
    await page.waitForURL((url) => !url.hash.includes('trust'));
    expect(await page.locator('.role-tool').count()).toBe(0);
    expect(errors).toEqual([]);
    requireOwn(site, asked);
    await page.context().close();
  });

  const withoutUndefined = (options: Options) =>
    Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const trustOf = (id: string) => trusts.find((one) => one.id === id)!.entry;
  const settings = {
    name: 'my-role',
    path: '/ci/',
    maxSessionDuration: '7200',
    boundary: 'arn:aws:iam::123456789012:policy/limits',
    account: '123456789012',
    region: 'eu-west-1',
    partition: 'aws',
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => [`--${kebabCase(name)}`, value]);

  test('has the settings that postern role takes, in its form, its address and its command, in every format', async () => {
    const { page, errors } = await openPage(browser, site, link);
    await page.selectOption('.whole-role select', 'github-actions');
    await page.locator('[data-boundary]').check();
    for (const [name, value] of Object.entries(settings)) await page.fill(`#role-${name}`, value);
    await page.waitForURL(/role\.path=%2Fci%2F.*role\.maxSessionDuration=7200.*role\.partition=aws/);
    const trust = trustOf('github-actions');
    const { stdout } = await command(text(trust, exampleOptions(trust)), text(job.entry, given), ...flags);
    expect(stdout).toContain('"MaxSessionDuration": 7200');
    expect((await page.locator('.role-tool .code').textContent())!.trimEnd()).toBe(stdout.trimEnd());
    const line = await page.locator('.role-tool .command code').innerText();
    expect(line.replaceAll('\n', ' ')).toContain(flags.join(' '));
    await openAgain(page);
    const shown = await readRoles(page);
    for (const [index, word] of words.entries()) {
      const made = await command(
        text(trust, exampleOptions(trust)),
        text(job.entry, given),
        ...flags,
        '--format',
        word,
      );
      expect(made.code, made.stderr).toBe(0);
      expect(shown[index]!.text.trimEnd(), word).toBe(made.stdout.trimEnd());
    }
    for (const [name, wrong] of [
      ['path', 'ci'],
      ['maxSessionDuration', '60'],
      ['maxSessionDuration', 'x'],
      ['boundary', 'limits'],
      ['account', '12'],
    ] as const) {
      await page.fill(`#role-${name}`, wrong);
      const beside = page.locator(`[data-option="role.${name}"] .problems p`).first();
      await beside.waitFor();
      const { stderr } = await command(
        text(trust, exampleOptions(trust)),
        text(job.entry, given),
        ...Object.entries({ ...settings, [name]: wrong }).flatMap(([one, value]) => [`--${kebabCase(one)}`, value]),
      );
      expect(plain(stderr)).toContain(await beside.innerText());
      await page.fill(`#role-${name}`, settings[name]);
    }
    expect(errors).toEqual([]);
    await page.context().close();
  });

  test('is a pair where plan and apply are apart, in every format, and they exclude each other', async () => {
    const pairs = jobs.filter(({ entry }) => canBePair(entry as UseCase));
    expect(pairs.length).toBeGreaterThan(0);
    const trust = trustOf('github-actions');
    const applied = exampleOptions(trust);
    const planned = withoutUndefined({ ...applied, environments: undefined, branches: ['dev'] });
    const sharedBy = (found: (typeof jobs)[number]) => {
      return { ...withoutDefaults(found.entry, found.samples[0]!.options), access: undefined };
    };
    const partsOf = (found: (typeof jobs)[number]) => [
      ...['--plan-trust', text(trust, planned), '--apply-trust', text(trust, applied)],
      ...[
        '--permissions',
        text(found.entry, withoutUndefined(sharedBy(found))),
        '--account',
        '123456789012',
        '--region',
        'eu-west-1',
      ],
    ];
    const codes = await Promise.all(pairs.map(async (found) => (await role(...partsOf(found))).code));
    const one = pairs[codes.indexOf(0)]!;
    const parts = partsOf(one);
    const { page, errors } = await openPage(
      browser,
      site,
      `${one.path}#${toAddress(one.entry, { options: { ...sharedBy(one), access: 'plan' }, format: 'json' })}`,
    );
    await page.locator('.whole-role select').first().selectOption('github-actions');
    await page.locator('.whole-role select').nth(1).selectOption('github-actions');
    const problems = page.locator('.role-tool .problems p');
    await page.waitForSelector('[data-option="plan-trust-branches"]');
    await page.locator('#role-account').fill('123456789012');
    await page.locator('#role-region').fill('eu-west-1');
    await page.getByText('do not exclude each other').waitFor();
    expect(await page.getByRole('button', { name: 'Copy the role' }).isDisabled()).toBe(true);
    await page.locator('[data-option="plan-trust-environments"] textarea').fill('');
    await page.locator('[data-option="plan-trust-branches"] textarea').fill('dev');
    await problems.first().waitFor({ state: 'detached' });
    await page.waitForURL(/plan-trust\.branches=dev/);
    const line = (await page.locator('.role-tool .command code').innerText()).replaceAll('\n', ' ');
    expect(line).toMatch(/^postern role --plan-trust '[^']*--branches dev[^']*' --apply-trust '.*' --permissions '/);
    await openAgain(page);
    const shown = await readRoles(page);
    for (const [index, word] of words.entries()) {
      const { code, stdout, stderr } = await role(...parts, '--format', word);
      expect(code, stderr).toBe(0);
      expect(shown[index]!.text.trimEnd(), word).toBe(stdout.trimEnd());
    }
    await requireReadable(page);
    await page.locator('.whole-role select').nth(1).selectOption('');
    await page.waitForURL((url) => !url.hash.includes('plan-trust'));
    expect(errors).toEqual([]);
    await page.context().close();
  });

  test('keeps options that few need folded until they are wanted, set or wrong, by keys too', async () => {
    const { page, errors } = await openPage(browser, site, `${link}&trust=github-actions`);
    const others = page.locator('.role-tool details');
    const audience = page.locator('#trust-audience');
    await others.waitFor();
    for (const shown of ['owner', 'repository', 'environments', 'branches', 'tags'])
      expect(await page.locator(`[data-option="trust-${shown}"]`).isVisible(), shown).toBe(true);
    expect(await page.locator('#role-name').isVisible()).toBe(true);
    expect(await audience.isVisible()).toBe(false);
    await others.locator('summary').focus();
    await page.keyboard.press('Enter');
    await audience.fill('x y');
    await page.locator('[data-option="trust-audience"] .problems p').first().waitFor();
    await audience.fill('');
    await page.locator('[data-option="trust-audience"] .problems p').first().waitFor({ state: 'detached' });
    expect(await audience.isVisible(), 'it does not close under the hands').toBe(true);
    await requireReadable(page);
    const set = await openPage(browser, site, `${link}&trust=github-actions&trust.host=git.example.com`);
    await set.page.locator('#trust-host').waitFor();
    expect(await set.page.locator('#trust-host').inputValue()).toBe('git.example.com');
    await set.page.context().close();
    expect(errors).toEqual([]);
    await page.context().close();
  });

  test('is refused where pull requests would write, as the command line words it, and so are wrong fields beside them', async () => {
    const { page } = await openPage(
      browser,
      site,
      `${link}&trust=github-actions&trust.owner=acme&trust.repository=shop&trust.pullRequests=true`,
    );
    await page.waitForSelector('.role-tool .problems p');
    const trust = 'github-actions --owner acme --repository shop --pull-requests';
    const { code, stderr } = await command(trust, text(job.entry, given));
    expect(code).toBe(2);
    const shown = await page.locator('.role-tool .problems p').allInnerTexts();
    for (const line of shown.filter((one) => !one.startsWith('Some fields'))) expect(plain(stderr)).toContain(line);
    expect(shown.join()).toMatch(/pull/);
    expect(await page.getByRole('button', { name: 'Copy the role' }).isDisabled()).toBe(true);
    await page.fill('[data-option="trust-account"] input', '12');
    await page.waitForSelector('[data-option="trust-account"] .problems p');
    expect(await page.locator('[data-option="trust-account"] .problems').innerText()).toMatch(
      /^12 is no AWS account id/,
    );
    await page.context().close();
  });

  test('has no violation of axe, is no wider than 360 px, and is loaded once somebody is chosen', async () => {
    const { page, errors } = await openPage(browser, site, link);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.waitForLoadState('networkidle');
    expect(asked.filter((url) => /\/role-[^/]*\.js/.test(url))).toEqual([]);
    await page.selectOption('.whole-role select', 'gitlab');
    await page.waitForSelector('.role-tool .code');
    expect(asked.filter((url) => /\/role-[^/]*\.js/.test(url)).length).toBeGreaterThan(0);
    expect(await shifted(page)).toBeLessThan(0.05);
    await requireReadable(page);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  test.each([
    '<img src=x onerror=window.ran=1>',
    '"><script>window.ran=1</script>',
    'javascript:window.ran=1',
    '\u202Egnp',
    '__proto__',
  ])('%j in every part of its link injects nothing', async (hostile) => {
    const parts = Object.keys(trusts.find(({ id }) => id === 'github-actions')!.entry.options).map(
      (name) => `trust.${name}=${encodeURIComponent(hostile)}`,
    );
    const more = `trust.__proto__=${encodeURIComponent(hostile)}&role.name=${encodeURIComponent(hostile)}&role.boundary=${encodeURIComponent(hostile)}&role.path=${encodeURIComponent(hostile)}&plan-trust=github-actions&plan-trust.owner=${encodeURIComponent(hostile)}`;
    const { page, errors } = await openPage(browser, site, `${link}&trust=github-actions&${parts.join('&')}&${more}`);
    await page.waitForSelector('.role-tool .problems p');
    await requireInert(page);
    const other = await openPage(browser, site, `${link}&trust=${encodeURIComponent(hostile)}`);
    expect(await other.page.locator('.role-tool').count()).toBe(0);
    await requireInert(other.page);
    expect([...errors, ...other.errors]).toEqual([]);
    await page.context().close();
    await other.page.context().close();
  });

  test('a list is written line by line, as it is typed', async () => {
    const { page } = await openPage(browser, site, link);
    const box = page.locator('[data-option="repositories"] textarea');
    await box.focus();
    await page.keyboard.press('Control+End');
    await page.keyboard.press('Enter');
    await page.keyboard.type('second');
    expect(await box.inputValue()).toBe('shop\nsecond');
    expect(await page.locator('.policy .code').first().textContent()).toMatch(/repository\/shop[^]*repository\/second/);
    await page.context().close();
  });

  test('a policy that is larger than the quota is split as the command line splits it, in every format', async () => {
    const large = { ...given, repositories: Array.from({ length: 150 }, (_, index) => `shop-of-the-team-${index}`) };
    const address = toAddress(job.entry, { options: large, format: 'json' });
    const { page, errors } = await openPage(browser, site, `${job.path}#${address}`);
    await page.locator('[data-split]').focus();
    await page.keyboard.press('Space');
    await page.waitForURL(/split=true/);
    for (const word of words) {
      await page.locator('.formats button', { hasText: new RegExp(`^${word}$`) }).click();
      await page.waitForSelector(`.code[data-format="${word}"]`);
      const written = { stdout: '', stderr: '' };
      const output = (of: 'stdout' | 'stderr') => ({ write: (some: string) => (written[of] += some), columns: 100 });
      async function* stdin(): AsyncGenerator<string> {}
      const io = { stdin: stdin(), stdout: output('stdout'), stderr: output('stderr'), env: {} };
      const flags = ['--repositories', ...large.repositories, '--account', given.account, '--region', given.region];
      const code = await run(['generate', job.id, ...flags, '--split', '--format', word], io, '1.2.3');
      expect(code, written.stderr).toBe(0);
      expect(await page.locator('.code').first().textContent(), word).toBe(written.stdout);
      expect(await page.locator('.size span').textContent()).toBe(written.stderr.split('\n')[0]);
    }
    expect(errors).toEqual([]);
    await page.context().close();
  });
});
