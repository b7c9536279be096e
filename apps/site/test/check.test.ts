import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '@postern/cli';
import { findChromium, openChromium } from './chromium.js';
import { dist, host, type SiteHost } from './host.js';
import { openPage, paste, requireInert, requireOwn, requireReadable, shifted } from './opened.js';

const chromium = findChromium();
if (chromium === undefined) console.log('SKIPPED: 14 tests of the page that checks a policy: there is no Chromium');

const policyOf = (...statements: readonly object[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements }, null, 2);
const repository = 'arn:aws:ecr:eu-west-1:123456789012:repository/shop';
const logIn = { Sid: 'LogIn', Effect: 'Allow', Action: ['ecr:GetAuthorizationToken'], Resource: ['*'] };
const push = {
  Sid: 'Push',
  Effect: 'Allow',
  Action: [
    'ecr:BatchGetImage',
    'ecr:PutImage',
    'ecr:InitiateLayerUpload',
    'ecr:UploadLayerPart',
    'ecr:CompleteLayerUpload',
  ],
  Resource: [repository],
};
const more = { Sid: 'More', Effect: 'Allow', Action: ['s3:*', 's3:GetObjct', 'iam:PassRole'], Resource: ['*'] };
const denied = { Sid: 'Not', Effect: 'Deny', Action: ['ecr:PutImage'], Resource: [repository] };

describe.skipIf(chromium === undefined)('the page that checks a policy', () => {
  let site: SiteHost;
  let browser: Browser;
  const folder = mkdtempSync(join(tmpdir(), 'postern-check-page-'));

  beforeAll(async () => {
    site = await host();
    browser = await openChromium(chromium!);
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await browser?.close();
    await site?.close();
  });

  const open = (hash = '', width?: number) => openPage(browser, site, `check.html${hash}`, width);

  /** What the command line says of a policy. */
  async function command(name: string, text: string, ...words: readonly string[]) {
    const path = join(folder, name);
    writeFileSync(path, text);
    const written = { stdout: '', stderr: '' };
    const output = (of: 'stdout' | 'stderr') => ({ write: (more: string) => (written[of] += more), columns: 100 });
    async function* stdin(): AsyncGenerator<string> {}
    const [first = '', ...rest] = words;
    const io = { stdin: stdin(), stdout: output('stdout'), stderr: output('stderr'), env: {} };
    const code = await run([first, path, ...rest], io, '1.2.3');
    const own = (lines: string) => lines.replaceAll(path, name).replaceAll('`', '');
    return { code, stdout: own(written.stdout), stderr: own(written.stderr) };
  }

  const settled = async (page: Page) => {
    await page.waitForFunction(
      () =>
        document.querySelector('[data-lint], .result .problems p') !== null &&
        !/Looking …/.test(document.querySelector('.result')!.textContent),
    );
  };
  const text = async (page: Page, selector: string) => (await page.locator(selector).allInnerTexts()).join('\n');
  /** Every line of the command line stands on the page; what it sets before them for its columns does not. */
  const expectLines = (shown: string, lines: string) => {
    const parts = lines
      .split('\n')
      .map((line) =>
        line
          .trim()
          .replace(/^(?:step|in|from) {2,}/, '')
          .replace(/^postern: /, ''),
      )
      .filter((line) => line !== '' && line !== 'add');
    expect(parts.length).toBeGreaterThan(0);
    const plain = shown.replace(/\s+/g, ' ');
    for (const part of parts) expect(plain).toContain(part.replace(/\s+/g, ' '));
  };

  const words = ['--use-case', 'ecr-docker-push', '--repositories', 'shop', '--region', 'eu-west-1'];
  const address = '#use-case=ecr-docker-push&repositories=shop&region=eu-west-1&account=123456789012';

  test.each([
    ['lacks one and allows more', policyOf(logIn, push, more)],
    ['refuses what is needed', policyOf(logIn, push, denied)],
    [
      'fits',
      policyOf(logIn, { ...push, Action: [...push.Action, 'ecr:BatchCheckLayerAvailability', 'ecr:DescribeImages'] }),
    ],
    ['lacks all', policyOf({ ...logIn, Action: ['s3:ListBucket'] })],
    [
      'is a template',
      JSON.stringify(
        {
          Resources: { P: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Statement: [push] } } } },
        },
        null,
        2,
      ),
    ],
  ])('a policy that %s is told as check and lint tell it', async (_, policy) => {
    const { page, errors, asked } = await open(address);
    await page.waitForSelector('details form', { state: 'attached' });
    await paste(page, '#policy', policy);
    await page.waitForSelector('[data-verdict]');
    await settled(page);
    for (const details of await page.locator('[data-told] summary').all()) await details.click();
    const checked = await command('policy.json', policy, 'check', ...words, '--account', '123456789012');
    const shown = await text(page, '.result');
    expectLines(shown, checked.stdout);
    if (checked.code === 0) expect(checked.stderr).toBe('');
    else expectLines(shown, checked.stderr);
    const linted = await command('policy.json', policy, 'lint');
    const findings = [...linted.stdout.matchAll(/^ {2}(\d+):(\d+) +(error|warning|note): (.*) \[(.*)\]$/gm)];
    for (const [, line, column, level, what, rule] of findings)
      expectLines(await text(page, '.finding'), `${level} ${line}:${column} ${what} ${rule}`);
    expect(await page.locator('.finding').count()).toBe(findings.length);
    const lines = new Set(findings.map(([, line]) => line));
    expect(
      new Set(await page.locator('.line.at').evaluateAll((all) => all.map((one) => one.getAttribute('data-number')))),
    ).toEqual(lines);
    expectLines(shown, linted.stdout.trim().split('\n').at(-1)!);
    expectLines(shown, linted.stderr.split('\n').find((line) => line.startsWith('service reference'))!);
    expect(errors).toEqual([]);
    requireOwn(site, asked);
    await page.context().close();
  });

  test('without a job those that fit best are named, and one is checked against with its options, by keys', async () => {
    const policy = policyOf(logIn, push, more);
    const { page } = await open();
    await page.locator('#policy').focus();
    await page.fill('#policy', policy);
    await page.waitForSelector('[data-fits]');
    const guessed = await command('policy.json', policy, 'check');
    expectLines(await text(page, '[data-fits]'), guessed.stdout);
    await page.getByRole('button', { name: 'Check against ecr-docker-push' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForSelector('[data-verdict]');
    expect(page.url()).toContain('#use-case=ecr-docker-push&repositories=shop');
    expect(await page.inputValue('#use-case')).toBe('ecr-docker-push');
    expect(await text(page, '[data-verdict]')).toBe(
      'policy.json is not what ecr-docker-push needs: 1 missing, 3 extra',
    );
    await page.context().close();
  });

  test('a job without options is checked with those that the policy tells, which can be taken', async () => {
    const policy = policyOf(logIn, push);
    const { page } = await open();
    await page.fill('#policy', policy);
    await page.selectOption('#use-case', 'ecr-docker-push');
    await page.waitForSelector('[data-verdict]');
    const guessed = await command('policy.json', policy, 'check', '--use-case', 'ecr-docker-push');
    for (const details of await page.locator('[data-told] summary').all()) await details.click();
    expectLines(await text(page, '.result'), guessed.stdout);
    await page.getByRole('button', { name: 'Take these options' }).click();
    await page.waitForURL(/repositories=shop/);
    await settled(page);
    expect(await text(page, '.result')).not.toContain('Guessed from');
    await page
      .locator('details')
      .first()
      .evaluate((details) => ((details as HTMLDetailsElement).open = true));
    await page.fill('[data-option="account"] input', '12');
    await page.waitForSelector('[data-option="account"] .problems p');
    expect(await text(page, '[data-option="account"] .problems')).toMatch(/^12 is no AWS account id/);
    expect(await page.locator('[data-told]').count()).toBe(0);
    await page.context().close();
  });

  test('a policy is proposed as check --fix prints it, with what is missing, exactly, or not where a Deny bars it', async () => {
    const { page, errors } = await open(address);
    const given = policyOf(logIn, push, more);
    await paste(page, '#policy', given);
    await settled(page);
    const proposed = page.locator('[data-propose] .code');
    for (const [says, flags] of [
      ['with what is missing added', ['--fix']],
      ['and with what is not needed taken out', ['--fix', '--remove-extra']],
    ] as const) {
      await page.getByLabel(says).check({ force: true });
      const { code, stdout, stderr } = await command(
        'policy.json',
        given,
        'check',
        ...words,
        '--account',
        '123456789012',
        ...flags,
      );
      expect(code, stderr).toBe(0);
      await page.locator('[data-proposed]', { hasText: stderr.trim() }).waitFor();
      expect(await proposed.textContent()).toBe(stdout);
    }
    await requireReadable(page);
    const barred = policyOf(logIn, push, denied);
    await paste(page, '#policy', barred);
    await page.locator('[data-proposed]', { hasText: 'cannot be fixed' }).waitFor();
    const { code, stderr } = await command(
      'policy.json',
      barred,
      'check',
      ...words,
      '--account',
      '123456789012',
      '--fix',
    );
    expect(code).toBe(1);
    expect(stderr).toContain(
      await page
        .locator('[data-proposed]')
        .innerText()
        .then((line) => line.replace(/^it /, '')),
    );
    expect(await proposed.count()).toBe(0);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  test('what cannot be read is told in the words of the command line', async () => {
    const { page } = await open();
    for (const policy of [
      '{ "Statement": [',
      '{"a": 1}',
      'hello',
      policyOf({ ...logIn, Effect: 'Deny' }),
      policyOf({ ...logIn, Action: ['*'] }),
    ]) {
      await paste(page, '#policy', '');
      await page.waitForSelector('.result .problems p', { state: 'detached' });
      await paste(page, '#policy', policy);
      await page.waitForSelector('.result .problems p');
      await settled(page);
      const { stderr } = await command('policy.json', policy, 'check');
      expectLines(await text(page, '.result .problems'), stderr.replace(/^postern: /, ''));
    }
    await page.context().close();
  });

  test('of a file with several policies one is chosen', async () => {
    const { page } = await open(address);
    const template = JSON.stringify({
      Resources: Object.fromEntries(
        ['One', 'Two'].map((name) => [
          name,
          {
            Type: 'AWS::IAM::ManagedPolicy',
            Properties: { PolicyDocument: { Statement: [name === 'One' ? push : logIn] } },
          },
        ]),
      ),
    });
    await page.setInputFiles('.file input', {
      name: 'stack.json',
      mimeType: 'application/json',
      buffer: Buffer.from(template),
    });
    await page.waitForSelector('.result .problems p');
    const { stderr } = await command('stack.json', template, 'check', ...words, '--account', '123456789012');
    expectLines(await text(page, '.result .problems'), stderr.replace(/^postern: /, ''));
    await page.selectOption('.of-policy select', 'Two');
    await page.waitForSelector('[data-verdict]');
    expect(await text(page, '[data-verdict]')).toMatch(/^stack\.json#Two is not what ecr-docker-push needs: /);
    await page.selectOption('.of-policy select', '*');
    await page.waitForFunction(() =>
      /stack\.json#\*/.test(document.querySelector('[data-verdict]')?.textContent ?? ''),
    );
    await page.context().close();
  });

  test('it has no violation of axe with an answer, is no wider than 360 px, and nothing moves but by the form that was asked for', async () => {
    const { page, errors } = await open(address);
    await paste(page, '#policy', policyOf(logIn, push, more));
    await page.waitForSelector('[data-verdict]');
    await settled(page);
    expect(await shifted(page)).toBeLessThan(0.02);
    await requireReadable(page);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  test('a hostile policy injects nothing, a long one is marked in parts, and of 5 MB it is told that they were not read', async () => {
    const hostile = '<img src=x onerror=window.ran=1>\u202Egnp javascript:window.ran=1';
    const statement = (index: number) => ({
      Sid: `S${index}`,
      Effect: 'Allow',
      Action: [`s3:${hostile}`, 's3:GetObjct'],
      Resource: [`arn:aws:s3:::${hostile}`],
      Condition: { StringEquals: { __proto__x: hostile, constructor: hostile } },
    });
    const { page, errors, asked } = await open();
    await paste(page, '#policy', policyOf(statement(0), { ...logIn, Sid: hostile }));
    await page.waitForSelector('.finding');
    await settled(page);
    await requireInert(page);
    await paste(
      page,
      '#policy',
      policyOf(...Array.from({ length: 60 }, (_, index) => statement(index))).replace('"__proto__x"', '"__proto__"'),
    );
    await page.waitForSelector('.skipped');
    await settled(page);
    await requireInert(page);
    await paste(
      page,
      '#policy',
      JSON.stringify({ Statement: [statement(1)], Version: `${' '.repeat(5000)}2012-10-17` }),
    );
    await page.waitForSelector('.finding');
    await settled(page);
    expect((await page.locator('.marked .line').first().textContent())!.length).toBeLessThan(500);
    await paste(page, '#policy', `${policyOf(statement(0))}${`# ${hostile} ${'x'.repeat(200)}\n`.repeat(20_000)}`);
    await page.getByText('it is longer than a million characters').waitFor();
    expect(await page.locator('[data-lint]').count()).toBe(0);
    await requireInert(page);
    expect(errors).toEqual([]);
    requireOwn(site, asked);
    await page.context().close();
  });

  test('the first page leads a policy here, and nothing of it is loaded before it is used', async () => {
    const { page } = await openPage(browser, site, 'check.html');
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(`${site.address}index.html`);
    const policy = policyOf(logIn, push);
    await page.fill('[data-paste]', policy);
    await page.waitForLoadState('networkidle');
    const heavy = (url: string) => /\/work-|reference\.json/.test(url);
    expect(asked.filter(heavy)).toEqual([]);
    await Promise.all([page.waitForURL(/check\.html$/), page.getByRole('button', { name: 'Look at it' }).click()]);
    await page.waitForSelector('[data-lint]');
    expect(asked.filter(heavy).length).toBeGreaterThan(0);
    expect(await page.inputValue('#policy')).toBe(policy);
    await page.context().close();
  });

  test('the service reference is one file of less than half a million bytes over the wire, with its licence', () => {
    expect(gzipSync(readFileSync(join(dist, 'data/reference.json'))).length).toBeLessThan(500_000);
    expect(readFileSync(join(dist, 'data/reference-licence.txt'), 'utf8')).toMatch(/MIT License/);
  });
});
