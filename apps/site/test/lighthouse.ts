// Prints what Lighthouse says of the main pages as they are built, in the Chromium of this machine: the run in the middle of five by
// performance, with all of them and the load of the machine beside it. It ends with 1 where a score is below what the site promises.
// `npm run site:lighthouse -- PAGE...` looks at others, RUNS=1 looks once. Lighthouse comes from npm when it is first asked for, into the
// folder of the clients of proofs.
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
  readonly numericValue?: number;
  readonly details?: { readonly items?: readonly { readonly node?: { readonly snippet: string } }[] };
}

interface LighthouseReport {
  readonly categories: Readonly<
    Record<
      string,
      { readonly score: number; readonly auditRefs: readonly { readonly id: string; readonly weight: number }[] }
    >
  >;
  readonly audits: Readonly<Record<string, Audit>>;
}

type Lighthouse = (url: string, flags: object) => Promise<{ readonly lhr: LighthouseReport } | undefined>;

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
  'check.html',
  'init.html',
  'docs/index.html',
  'docs/field.html',
  'docs/plan-and-apply.html',
  'docs/api/core.html',
];
const runs = Number(process.env['RUNS'] ?? 5);
if (!Number.isInteger(runs) || runs < 1) throw new Error('RUNS is a number of runs, such as 5');
/** What the score of performance is made of. */
const metrics = {
  'first-contentful-paint': 'FCP',
  'largest-contentful-paint': 'LCP',
  'total-blocking-time': 'TBT',
  'cumulative-layout-shift': 'CLS',
  'speed-index': 'SI',
};
const pages = process.argv.length > 2 ? process.argv.slice(2) : main;
const port = 9300 + (process.pid % 600);
const site = await host();
const browser = await chromium.launch({ executablePath, args: [...argumentsOf(), `--remote-debugging-port=${port}`] });
const below: string[] = [];
try {
  for (const path of pages) {
    const { all, middle } = await look(path);
    const { categories, audits } = middle.report;
    const scores = Object.entries(goals).map(([name, goal]) => {
      const score = scoreOf(middle.report, name);
      if (score < goal) below.push(`${path}: ${name} ${score} of ${goal}`);
      return `${name} ${score}`;
    });
    const parts = Object.entries(metrics).map(([id, short]) => {
      const value = audits[id]!.numericValue ?? 0;
      return `${short} ${id === 'cumulative-layout-shift' ? value.toFixed(3) : `${value.toFixed(0)} ms`}`;
    });
    console.log(`${path}: ${scores.join(', ')}`);
    const each = all.map(({ report, load }) => `${scoreOf(report, 'performance')} at ${load.toFixed(1)}`);
    console.log(`  ${parts.join(', ')}; performance of each run, at the load of the machine: ${each.join(', ')}`);
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

interface LighthouseRun {
  readonly report: LighthouseReport;
  readonly load: number;
}

/** Opens a page several times; the run in the middle is the one by which it is judged. */
async function look(path: string): Promise<{ readonly all: readonly LighthouseRun[]; readonly middle: LighthouseRun }> {
  const all: LighthouseRun[] = [];
  for (let run = 0; run < runs; run += 1) {
    const load = loadavg()[0]!;
    const result = await lighthouse(site.address + path, {
      port,
      logLevel: 'error',
      onlyCategories: Object.keys(goals),
    });
    if (result === undefined) throw new Error(`Lighthouse said nothing of ${path}`);
    all.push({ report: result.lhr, load });
  }
  const sorted = all.toSorted((a, b) => scoreOf(a.report, 'performance') - scoreOf(b.report, 'performance'));
  return { all, middle: sorted[Math.floor((runs - 1) / 2)]! };
}

function scoreOf({ categories }: LighthouseReport, name: string): number {
  return Math.round(100 * categories[name]!.score);
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
