// Prints what Lighthouse says of the main pages as they are built, in the Chromium of this machine, and ends with 1 where a score is
// below what the site promises; `npm run site:lighthouse -- PAGE...` looks at others. Lighthouse comes from npm when it is first asked for, into the folder of the clients of proofs.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir, loadavg } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { argumentsOf, findChromium } from './chromium.js';
import { findEntries } from './entries.js';
import { host } from './host.js';

/** 12.3 to 13.4 cannot be installed from a lock file, and 13.5 needs Node 22. */
const release = '12.2.3';
const goals = { performance: 98, accessibility: 100, 'best-practices': 100 };

interface Audit {
  readonly id: string;
  readonly title: string;
  readonly score: number | null;
  readonly displayValue?: string;
  readonly details?: { readonly items?: readonly { readonly node?: { readonly snippet: string } }[] };
}

interface Report {
  readonly categories: Readonly<
    Record<
      string,
      { readonly score: number; readonly auditRefs: readonly { readonly id: string; readonly weight: number }[] }
    >
  >;
  readonly audits: Readonly<Record<string, Audit>>;
}

type Lighthouse = (url: string, flags: object) => Promise<{ readonly lhr: Report } | undefined>;

const executablePath = findChromium();
if (executablePath === undefined) throw new Error('there is no Chromium: install it, or name one in POSTERN_CHROMIUM');
const { default: lighthouse } = (await import(
  pathToFileURL(join(install(), 'node_modules/lighthouse/core/index.js')).href
)) as { readonly default: Lighthouse };
const entries = await findEntries();
const largest = entries.toSorted((a, b) => JSON.stringify(b.entry).length - JSON.stringify(a.entry).length)[0]!;
const trust = entries.find(({ path }) => path.startsWith('trust/'))!;
const main = [
  'index.html',
  largest.path,
  trust.path,
  'compare.html',
  'why.html',
  'docs/index.html',
  'docs/api/core.html',
];
const pages = process.argv.length > 2 ? process.argv.slice(2) : main;
const port = 9300 + (process.pid % 600);
const site = await host();
const browser = await chromium.launch({ executablePath, args: [...argumentsOf(), `--remote-debugging-port=${port}`] });
const below: string[] = [];
try {
  for (const path of pages) {
    const result = await lighthouse(site.address + path, {
      port,
      logLevel: 'error',
      onlyCategories: Object.keys(goals),
    });
    if (result === undefined) throw new Error(`Lighthouse said nothing of ${path}`);
    const { categories, audits } = result.lhr;
    const scores = Object.entries(goals).map(([name, goal]) => {
      const score = Math.round(100 * categories[name]!.score);
      if (score < goal) below.push(`${path}: ${name} ${score} of ${goal}`);
      return `${name} ${score}`;
    });
    console.log(`${path}: ${scores.join(', ')} (load of the machine ${loadavg()[0]!.toFixed(1)})`);
    const counted = Object.values(categories).flatMap(({ auditRefs }) => auditRefs.filter(({ weight }) => weight > 0));
    for (const { title, score, displayValue = '', details } of counted.map(({ id }) => audits[id]!)) {
      if (score === null || score >= 0.9) continue;
      const nodes = (details?.items ?? []).flatMap(({ node }) => node?.snippet ?? []).slice(0, 3);
      console.log(`  ${Math.round(100 * score)}: ${title} ${displayValue} ${nodes.join(' ')}`);
    }
  }
} finally {
  await browser.close();
  await site.close();
}
if (below.length > 0) {
  console.log(`below what the site promises:\n  ${below.join('\n  ')}`);
  process.exitCode = 1;
}

/** The folder of Lighthouse, which is installed where it is not there. */
function install(): string {
  const clients = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'postern/clients');
  const folder = join(clients, `lighthouse-${release}`);
  if (existsSync(folder)) return folder;
  console.log(`installing lighthouse ${release} from npm into ${folder}, once`);
  mkdirSync(clients, { recursive: true });
  // Whole or not at all: another run may do the same.
  const made = mkdtempSync(`${folder}.`);
  const words = ['install', '--prefix', made, '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
  const { status } = spawnSync('npm', [...words, `lighthouse@${release}`], { stdio: 'inherit', cwd: made });
  if (status !== 0) {
    rmSync(made, { recursive: true });
    throw new Error(`lighthouse ${release} could not be installed, see above`);
  }
  if (existsSync(folder)) rmSync(made, { recursive: true });
  else renameSync(made, folder);
  return folder;
}
